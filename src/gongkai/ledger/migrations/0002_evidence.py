"""Any number of pieces of evidence for a report; the one record that a report could name is kept as its first."""

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


def keep_records(apps, schema_editor):
    """Each record that was named in a report becomes a row of its own."""
    report = apps.get_model("ledger", "ProgressReport")
    evidence = apps.get_model("ledger", "Evidence")
    named = report._base_manager.filter(former__isnull=False).order_by("pk")
    evidence._base_manager.bulk_create(
        (
            evidence(report_id=pk, order=1, kind="record", publication_id=publication, title=title)
            for pk, publication, title in named.values_list("pk", "former_id", "former__title").iterator()
        ),
        batch_size=500,
    )


def put_back(apps, schema_editor):
    """The first record of each report goes back to where it was; other pieces had no place there."""
    report = apps.get_model("ledger", "ProgressReport")
    evidence = apps.get_model("ledger", "Evidence")
    for pk, publication in (
        evidence._base_manager.filter(kind="record").order_by("-order").values_list("report_id", "publication_id")
    ):
        report._base_manager.filter(pk=pk).update(former=publication)


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
        ("publishing", "0001_initial"),
        ("ledger", "0001_initial"),
    ]

    operations = [
        migrations.RenameField(model_name="progressreport", old_name="evidence", new_name="former"),
        migrations.AddField(
            model_name="progressreport",
            name="measures",
            field=models.TextField(blank=True, default="", verbose_name="举措"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="progressreport",
            name="state",
            field=models.CharField(
                choices=[
                    ("submitted", "待审核"),
                    ("accepted", "已核对"),
                    ("returned", "已退回"),
                    ("withdrawn", "已收回"),
                ],
                default="submitted",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(verbose_name="次序")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("record", "本站公开的文件"),
                            ("link", "外部网页"),
                            ("file", "内部材料"),
                            ("meeting", "会议"),
                        ],
                        max_length=8,
                        verbose_name="种类",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="名称")),
                ("url", models.CharField(blank=True, max_length=500, verbose_name="网址")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="开会日期")),
                ("decided", models.TextField(blank=True, verbose_name="议定事项")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="材料",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="publishing.publication",
                        verbose_name="文件",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="ledger.progressreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "佐证",
                "verbose_name_plural": "佐证",
                "ordering": ["report", "order"],
                "base_manager_name": "_plain",
                "default_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("report", "order"), name="evidence_place_once"),
                    models.CheckConstraint(
                        condition=(
                            models.Q(kind="record", publication__isnull=False)
                            | models.Q(kind="link", publication__isnull=True) & ~models.Q(url="")
                            | models.Q(kind="file", publication__isnull=True, file__isnull=False)
                            | models.Q(kind="meeting", publication__isnull=True, held_on__isnull=False)
                            & ~models.Q(decided="")
                        ),
                        name="evidence_as_its_kind",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("_plain", django.db.models.manager.Manager()),
            ],
        ),
        migrations.RunPython(keep_records, put_back),
    ]
