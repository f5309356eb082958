from zoneinfo import ZoneInfo

from django.db import migrations, models

SHANGHAI = ZoneInfo("Asia/Shanghai")


def begin_clocks(apps, schema_editor):
    """Corrections until now changed the information on the day they began; the last day is put when one is described."""
    corrections = apps.get_model("documents", "Correction").objects
    for pk, at in corrections.values_list("pk", "at"):
        corrections.filter(pk=pk).update(changed_on=at.astimezone(SHANGHAI).date())


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0006_corrections'),
    ]

    operations = [
        migrations.AddField(
            model_name='correction',
            name='changed_on',
            field=models.DateField(blank=True, null=True, verbose_name='变更日期'),
        ),
        migrations.AddField(
            model_name='correction',
            name='due_on',
            field=models.DateField(blank=True, null=True, verbose_name='公开期限'),
        ),
        migrations.AddField(
            model_name='correction',
            name='due_provisional',
            field=models.BooleanField(default=False, verbose_name='期限暂定'),
        ),
        migrations.RunPython(begin_clocks, migrations.RunPython.noop),
    ]
