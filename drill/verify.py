"""What must hold after a kill or a power cut; run in a process of its own on the files that are left."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.db import connection  # noqa: E402 -- after setup

from gongkai.documents.models import Document  # noqa: E402 -- after setup
from gongkai.trail import chain  # noqa: E402 -- after setup
from gongkai.trail.models import TrailRow  # noqa: E402 -- after setup


def examine(acknowledged: list[list[int]]) -> dict[str, object]:
    """Lost acknowledged acts, half transactions, a broken chain, a damaged file: all must be none."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        whole = [row[0] for row in cursor.fetchall()] == ["ok"]
    rows = set(TrailRow.objects.values_list("seq", flat=True))
    documents = set(Document.objects.unscoped("drill").values_list("pk", flat=True))
    told = {
        int(number)
        for number in TrailRow.objects.filter(object_kind="documents.document").values_list(
            "object_id", flat=True
        )
    }
    return {
        "acknowledged": len(acknowledged),
        "stored": len(documents),
        "lost": sum(seq not in rows or document not in documents for seq, document in acknowledged),
        "half": len(told ^ documents),
        "chain": chain.verify().ok,
        "whole": whole,
    }


if __name__ == "__main__":
    print(json.dumps(examine(json.load(sys.stdin))))
