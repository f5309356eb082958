"""The gate: how much it finds and finds wrongly, how many documents a second, how long the editor waits."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from random import Random

from bench.report import ROOT, Result, write

sys.path.insert(0, str(ROOT / "tests"))

from corpus import draws  # noqa: E402 -- not part of the package
from corpus import personal as made  # noqa: E402

from gongkai.documents.queries import text_findings  # noqa: E402 -- after setup
from gongkai.gate.rules import personal  # noqa: E402
from gongkai.gate.rules.finding import Known, Passage  # noqa: E402
from gongkai.kernel.clock import today  # noqa: E402

KNOWN = Known(frozenset(made.OWN_PHONES), frozenset(made.OWN_ADDRESSES), frozenset(made.OWN_CODES))
NAIVE = (re.compile(r"\d{17}[\dXx]"), re.compile(r"1[3-9]\d{9}"))
SENTENCE = "各街道、各部门要高度重视政务公开工作，按照职责分工抓好落实，于每季度末月25日前报送进展情况。"
ROUNDS = 5
CHARACTERS, ROWS = 5_000, 200


def measure(rounds: int = 60) -> None:
    """Errors on the made texts; CPU of a document against two naive expressions; the editor's wait."""
    planted, innocent = made.positives(), made.negatives()
    _errors(planted, innocent)
    _speed([_passages(case) for case in (*planted, *innocent)])
    _editor(rounds)


def _passages(case: made.Case) -> list[Passage]:
    return [Passage(f"名单!A{cell.row}", cell.text, cell.head, cell.row) for cell in case.cells]


def _errors(planted: Sequence[made.Case], innocent: Sequence[made.Case]) -> None:
    hits = wrong = 0
    for case in planted:
        rules = {one.rule for one in personal.find(_passages(case), KNOWN)}
        hits += case.rule in rules
        wrong += len(rules - {case.rule})
    wrong += sum(bool(personal.find(_passages(case), KNOWN)) for case in innocent)
    recall, precision = hits / len(planted), hits / (hits + wrong)
    write(
        Result(
            name="gate-errors",
            what="个人信息：漏报与误报占限值的比例（漏报限 0.5%，误报限 1%）",
            peer="限值",
            unit="倍",
            sizes={"positives": len(planted), "negatives": len(innocent)},
            runs={"recall": [recall], "precision": [precision]},
            value=max((1 - recall) / 0.005, (1 - precision) / 0.01),
            goal=1.0,
            seed=20211,
            more={"recall": recall, "precision": precision},
        )
    )


def _speed(cases: Sequence[list[Passage]]) -> None:
    """A document is twenty paragraphs and a table of what the corpus holds, as papers with lists are."""
    plain = [Passage(f"正文第{n}段", SENTENCE * 3) for n in range(20)]
    documents = [[*plain, *case] for case in islice(cycle(cases), 400)]
    runs: dict[str, list[float]] = {"gate": [], "naive": []}
    for _ in range(ROUNDS):  # in turn, so that a busy moment of the machine meets both
        runs["gate"].append(_cpu(lambda: [personal.find(one, KNOWN) for one in documents]) / len(documents))
        runs["naive"].append(_cpu(lambda: [_naive(one) for one in documents]) / len(documents))
    best, naive = min(runs["gate"]), min(runs["naive"])
    write(
        Result(
            name="gate-documents",
            what="个人信息规则每份文件的 CPU 时间，对照两条朴素正则",
            peer="朴素正则",
            unit="ms",
            sizes={"documents": len(documents), "characters": sum(len(one.text) for one in documents[0])},
            runs={name: [1000 * one for one in found] for name, found in runs.items()},
            value=1000 * best,
            goal=60.0,
            ratio=best / naive,
            more={"documents_per_second": round(1 / best)},
        )
    )


def _naive(passages: Sequence[Passage]) -> int:
    return sum(len(pattern.findall(one.text)) for one in passages for pattern in NAIVE)


def _editor(rounds: int) -> None:
    """The whole look of the editor: page to passages, lists from the database, all rules."""
    r = Random(1)
    paragraphs = "".join(f"<p>{SENTENCE}</p>" for _ in range(CHARACTERS // len(SENTENCE)))
    rows = "".join(
        f"<tr><td>{n}</td><td>{draws.name(r)}</td><td>{draws.id_number(r)}</td><td>{draws.mobile(r)}</td></tr>"
        for n in range(ROWS)
    )
    body = (
        f"{paragraphs}<table><tr><td>序号</td><td>姓名</td><td>身份证号</td><td>手机</td></tr>{rows}</table>"
    )
    on = today()
    walls, trivial = [], []
    for _ in range(rounds):
        walls.append(_wall(lambda: text_findings(body, title="名单公示", today=on)))
        trivial.append(_wall(lambda: [pattern.findall(body) for pattern in NAIVE]))
    write(
        Result(
            name="gate-editor",
            what="编辑时检查 5000 字和 200 行的表，p95",
            peer="朴素正则",
            unit="ms",
            sizes={"characters": CHARACTERS, "rows": ROWS},
            runs={"editor": [1000 * one for one in walls], "trivial": [1000 * one for one in trivial]},
            value=1000 * _p95(walls),
            goal=300.0,
            more={"trivial_p95_ms": 1000 * _p95(trivial)},
        )
    )


def _cpu(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _wall(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _p95(found: Sequence[float]) -> float:
    return sorted(found)[int(0.95 * (len(found) - 1))]
