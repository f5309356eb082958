"""Places of a list on a plain map: numbered points by their coordinates, without tiles from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.portal.context.records import MapPoint
from gongkai.records.queries import PublicRow, RecordType

EAST, NORTH = "east", "north"
WIDTH, HEIGHT, EDGE = 640, 240, 30


def points_of(kind: RecordType, rows: Sequence[PublicRow]) -> tuple[MapPoint, ...]:
    """The rows that say where they are, fitted into the picture; north is up."""
    if not {EAST, NORTH} <= {field.name for field in kind.fields}:
        return ()
    placed = [
        (row, float(row.values[EAST]), float(row.values[NORTH]))
        for row in rows
        if row.values.get(EAST) and row.values.get(NORTH)
    ]
    if not placed:
        return ()
    west, east = min(one[1] for one in placed), max(one[1] for one in placed)
    south, north = min(one[2] for one in placed), max(one[2] for one in placed)
    across, up = (east - west) or 1.0, (north - south) or 1.0
    return tuple(
        MapPoint(
            number=number,
            x=round(EDGE + (x - west) / across * (WIDTH - 2 * EDGE)),
            y=round(HEIGHT - EDGE - (y - south) / up * (HEIGHT - 2 * EDGE)),
            label=row.title,
            anchor=f"r{row.pk}",
        )
        for number, (row, x, y) in enumerate(placed, 1)
    )
