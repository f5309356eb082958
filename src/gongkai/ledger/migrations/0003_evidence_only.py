"""The record that a report named stands among its evidence now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_evidence")]

    operations = [migrations.RemoveField(model_name="progressreport", name="former")]
