from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gate', '0002_clean_copies_live_in_files'),
    ]

    operations = [
        migrations.AddField(
            model_name='livefinding',
            name='mend',
            field=models.CharField(blank=True, max_length=200, verbose_name='办理页'),
        ),
        migrations.AddField(
            model_name='livefinding',
            name='seen_on',
            field=models.DateField(blank=True, null=True, verbose_name='最近查到'),
        ),
    ]
