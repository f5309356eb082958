from zoneinfo import ZoneInfo

from django.db import migrations, models

SHANGHAI = ZoneInfo("Asia/Shanghai")


def begin_clocks(apps, schema_editor):
    """Changes that wait now were made, as far as anybody noted, when their row was last touched."""
    rows = apps.get_model("records", "RecordRow")._base_manager
    for pk, at in rows.filter(proposed__isnull=False).values_list("pk", "changed_at").iterator():
        rows.filter(pk=pk).update(proposed_on=at.astimezone(SHANGHAI).date())


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0003_long_sheets'),
    ]

    operations = [
        migrations.AddField(
            model_name='recordrow',
            name='proposed_on',
            field=models.DateField(blank=True, null=True, verbose_name='变更日期'),
        ),
        migrations.RunPython(begin_clocks, migrations.RunPython.noop),
    ]
