import django.db.models.deletion
from django.db import migrations, models


def name_originals(apps, schema_editor):
    """Every copy until now was made by cleaning."""
    files = apps.get_model("files", "StoredFile").objects
    for pk, copy in files.filter(public__isnull=False).values_list("pk", "public_id"):
        files.filter(pk=copy).update(original_id=pk, treatments=["clean"])


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0002_public_copies_and_scans'),
    ]

    operations = [
        migrations.AddField(
            model_name='storedfile',
            name='original',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='原件'),
        ),
        migrations.AddField(
            model_name='storedfile',
            name='treatments',
            field=models.JSONField(blank=True, default=list, verbose_name='处理'),
        ),
        migrations.RunPython(name_originals, migrations.RunPython.noop),
    ]
