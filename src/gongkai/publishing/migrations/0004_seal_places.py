from django.db import migrations, models

from gongkai.publishing.rules import seal_of_place

AT_ONCE = 1000


def seal_places(apps, schema_editor):
    """Places given before seals existed are sealed as they stand; from now on a record put in another's place is told."""
    Entry = apps.get_model("publishing", "Entry")
    after = 0
    while True:
        rows = list(Entry.objects.filter(pk__gt=after).select_related("listing").order_by("pk")[:AT_ONCE])
        if not rows:
            return
        for row in rows:
            row.seal = seal_of_place(
                listing=row.listing.address, position=row.position, publication=row.publication_id
            )
        Entry.objects.bulk_update(rows, ["seal"])
        after = rows[-1].pk


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0003_life_of_a_record'),
    ]

    operations = [
        migrations.AddField(
            model_name='entry',
            name='seal',
            field=models.CharField(default='', max_length=64, verbose_name='摘要'),
        ),
        migrations.RunPython(seal_places, migrations.RunPython.noop),
    ]
