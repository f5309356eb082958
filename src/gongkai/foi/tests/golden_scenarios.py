"""The golden scenarios: every way a case can go, begun at the edges of holidays.

``python -m gongkai.foi.tests.golden_scenarios`` writes ``golden/cases.csv`` anew from the oracle; the rows marked
``hand`` were reckoned by hand from official calendars and are not touched.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.foi.tests.oracle import GOLDEN, Expected, expect, read

FILE = GOLDEN / "cases.csv"
COLUMNS = (
    *("name", "source", "channel", "arrived", "confirmed", "received", "events"),
    *("due", "uncertain", "risk_due", "first_due", "notice_by", "correction_by", "payment_by", "opinions_by"),
    *("half", "two_left", "extended", "waiting"),
)
# The eve of long holidays, make-up Saturdays and Sundays, turns of the year, a holiday that was lengthened
# afterwards (2020), and the end of the year whose next notice is not here.
STARTS = (
    *("2019-05-15", "2019-09-29", "2020-01-20", "2021-01-29", "2021-09-17", "2021-09-18", "2021-12-31"),
    *("2022-01-28", "2023-04-21", "2024-02-04", "2024-04-30", "2025-01-24", "2025-09-26", "2026-02-13"),
    *("2026-09-30", "2026-12-04"),
)
CHANNELS = ("counter", "registered_mail", "plain_mail", "web", "fax", "email", "oral")
FEES_SINCE = date(2021, 1, 1)
# Days after receipt in braces.
WAYS = {
    "plain": "",
    "extended 20": "extend 20 {10}",
    "extended twice": "extend 5 {3}; extend 15 {12}",
    "extended beyond 20": "extend 12 {3}; extend 12 {5}",
    "extended on a late day": "extend 10 {75}",
    "corrected": "asked {3}; corrected {15}",
    "correction awaited": "asked {3}",
    "notice on day nine": "asked {9}; corrected {15}",
    "notice on day eleven": "asked {11}; corrected {15}",
    "late notice": "asked {19}; corrected {26}",
    "late notice, awaited": "asked {19}",
    "asked twice": "asked {2}; corrected {9}; asked {12}; corrected {18}",
    "asked twice before the answer": "asked {2}; asked {4}; corrected {18}",
    "corrected without notice": "corrected {8}",
    "third party": "third {4}>{6}>{15}",
    "third party silent": "third {4}>{6}>",
    "third party, delivery unknown": "third {4}>>{33}",
    "third party answers late": "third {4}>{6}>{48}",
    "joint maker": "joint {4}>{4}>{10}",
    "joint maker silent": "joint {5}>{7}>",
    "other agency for long": "other {5}>{5}>{44}",
    "overlap": "third {4}>{5}>{16}; joint {9}>{9}>{21}",
    "three at once": "third {4}>{4}>{18}; third {4}>{7}>{12}; joint {4}>{4}>{18}",
    "two after each other": "third {3}>{3}>{9}; other {11}>{11}>{17}",
    "consulted near the end": "third {24}>{25}>{30}",
    "consulted too late": "third {80}>{81}>{90}",
    "fee paid": "fee {5}; paid {20}",
    "fee awaited": "fee {5}",
    "fee asked too late": "fee {85}; paid {95}",
    "delayed": "reasons {5}; delay {120} {20}",
    "delay told too late": "reasons {5}; delay {120} {95}",
    "delayed by nothing": "reasons {5}; delay {12} {6}",
    "correction and third party": "asked {3}; corrected {10}; third {12}>{13}>{24}",
    "third party over the restart": "third {2}>{3}>{16}; asked {4}; corrected {11}",
    "fee over a consultation": "fee {4}; joint {6}>{6}>{22}; paid {12}",
    "everything": "asked {3}; corrected {9}; third {11}>{12}>{25}; joint {13}>{13}>{20}; extend 10 {27}; fee {30}; paid {36}",
    "late notice and extension": "asked {20}; corrected {23}; extend 15 {24}",
    "late notice, then a fee": "asked {16}; corrected {20}; fee {44}; paid {50}",
    "answered in time": "third {3}>{3}>{8}; answered {20}; third {25}>{25}>{30}",
}


@dataclass(frozen=True)
class Scenario:
    """One case as it is written in the file."""

    name: str
    channel: str
    arrived: date
    confirmed: date | None
    received: date
    events: str


def scenarios() -> Iterator[Scenario]:
    for place, start in enumerate(STARTS):
        for number, (name, way) in enumerate(WAYS.items()):
            received = date.fromisoformat(start)
            if ("fee" in way or "paid" in way) and received < FEES_SINCE:
                continue
            channel = CHANNELS[(place + number) % len(CHANNELS)]
            asks_back = channel in ("plain_mail", "web", "fax", "email")
            days = {str(after): (received + timedelta(days=after)).isoformat() for after in range(130)}
            yield Scenario(
                f"{name}, {start}",
                channel,
                received - timedelta(days=2 if asks_back and number % 2 else 0),
                received if asks_back else None,
                received,
                # str.format takes {3} for a position, and positions are days here
                way.format(*days.values()),
            )


def row_of(one: Scenario, source: str = "oracle") -> dict[str, str]:
    expected = expect(one.received, read(one.events))
    return {
        "name": one.name,
        "source": source,
        "channel": one.channel,
        "arrived": one.arrived.isoformat(),
        "confirmed": shown(one.confirmed),
        "received": one.received.isoformat(),
        "events": one.events,
        **dates_of(expected),
    }


def dates_of(expected: Expected) -> dict[str, str]:
    counted = expected.counted
    return {
        "due": shown(expected.due),
        "uncertain": "yes" if expected.uncertain else "",
        "risk_due": shown(expected.risk_due),
        "first_due": shown(expected.first_due),
        "notice_by": shown(expected.notice_by),
        "correction_by": shown(expected.correction_by),
        "payment_by": shown(expected.payment_by),
        "opinions_by": " ".join(sorted(day.isoformat() for day in expected.opinions_by)),
        "half": shown(counted[(len(counted) + 1) // 2 - 1] if counted else None),
        "two_left": shown(counted[-3] if counted else None),
        "extended": str(expected.extended),
        "waiting": {"asked": "correction", "fee": "fee"}.get(expected.waiting, ""),
    }


def shown(day: date | None) -> str:
    return day.isoformat() if day else ""


def stored() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write() -> None:
    kept = [row for row in stored() if row["source"] == "hand"] if FILE.exists() else []
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows([*kept, *map(row_of, scenarios())])


if __name__ == "__main__":
    write()
