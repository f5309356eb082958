"""The generated pages, each a function that returns its text."""

from __future__ import annotations

import ast
import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib import import_module, metadata

from docs.generate import NOTE, PACKAGE, ROOT, table
from docs.generate.plan_index import plan_index_page

REFUSED_LICENCES = re.compile(r"\bA?GPL|Affero|GNU General Public", re.I)
LESSER = re.compile(r"LGPL|Lesser", re.I)
EVENT = re.compile(r"\bemit\(\s*(\w+)")


def settings_page() -> str:
    """Every environment variable, its default and what it means."""
    from gongkai import settings  # noqa: PLC0415 -- reading them has effects

    rows = [
        [f"`{name}`", f"`{default}`" if default else "", text]
        for name, (default, text) in settings.DECLARED.items()
    ]
    intro = "# 设置\n\n都是环境变量，没有设置文件。目录和密钥由第一个命令自动准备。\n\n"
    return NOTE + intro + table(["名称", "默认值", "含义"], rows)


def acceptance_page() -> str:
    """Which test shows which feature and holds which article."""
    names = dict(csv.reader((ROOT / "docs" / "features.tsv").open(encoding="utf-8"), delimiter="\t"))
    shown: dict[str, dict[str, set[str]]] = {"feature": defaultdict(set), "law": defaultdict(set)}
    for kind, value, test in _marks():
        shown[kind][value].add(test)
    features = [
        [identifier, names.get(identifier, ""), " ".join(f"`{test}`" for test in sorted(tests))]
        for identifier, tests in sorted(shown["feature"].items())
    ]
    articles = [
        [article, " ".join(f"`{test}`" for test in sorted(tests))]
        for article, tests in sorted(shown["law"].items())
    ]
    return (
        NOTE
        + f"# Acceptance\n\n{len(features)} of {len(names)} features of the list have a test that shows them.\n\n"
        + table(["feature", "what", "tests"], features)
        + "\n## Articles\n\n"
        + table(["article", "tests"], articles)
    )


def licences_page() -> str:
    """The licence of every distribution that is installed at run time."""
    lines = (ROOT / "requirements" / "runtime.txt").read_text()
    locked = re.findall(r"^([A-Za-z0-9_.-]+)==(?![^\n]*win32)", lines, re.M)  # not what only Windows needs
    rows = [[name, licence_of(name)] for name in sorted(locked)]
    intro = f"# Licences\n\n{len(rows)} distributions at run time. GPL and AGPL are refused by a test.\n\n"
    return NOTE + intro + table(["distribution", "licence"], rows)


def licence_of(name: str) -> str:
    """What a distribution says about its licence, from the most exact field that it fills."""
    told = metadata.metadata(name)
    classifiers = [
        entry.rpartition(" :: ")[2]
        for entry in told.get_all("Classifier") or []
        if entry.startswith("License")
    ]
    free_text = (told.get("License") or "").strip().splitlines()
    return (told.get("License-Expression") or ", ".join(classifiers) or (free_text[0] if free_text else ""))[
        :80
    ]


def refused(licence: str) -> bool:
    """Whether a licence would bind the whole program; the lesser licence of an unchanged library does not."""
    return bool(REFUSED_LICENCES.search(LESSER.sub("", licence))) or not licence


def map_page() -> str:
    """The stations from the ground up: what each holds and which events leave it."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    rows = []
    for layer in reversed(contracts[0]["layers"]):
        for entry in layer.split("|"):
            name = entry.strip().strip("()").removeprefix("gongkai.")
            folder = PACKAGE / name
            if folder.is_dir():
                rows.append([f"`{name}`", _first_line(name), _rooms(name), _events_out(name)])
    hears = [
        [
            f"`{stop.event.__name__}`",
            " → ".join(f"`{handler.removeprefix('gongkai.')}`" for handler in stop.handlers),
        ]
        for stop in import_module("gongkai.lines").LINES
    ]
    return (
        NOTE
        + "# Map\n\nStations from the ground up; imports point up this table only.\n\n"
        + table(["station", "what it is", "rooms", "events that leave"], rows)
        + "\n## Lines\n\nWho hears what, in this order (`src/gongkai/lines.py`).\n\n"
        + table(["event", "heard by"], hears)
    )


def states_page() -> str:
    """The state tables as diagrams."""
    parts = [NOTE, "# States\n\nDrawn from the tables in `states.py`.\n"]
    for path in sorted(PACKAGE.glob("*/states.py")):
        module = import_module(f"gongkai.{path.parent.name}.states")
        for name, rows in _state_tables(module):
            # A second table of a station brings its own words (ORDERS: ORDER_LABELS).
            labels = {**getattr(module, "LABELS", {}), **getattr(module, f"{name[:-1]}_LABELS", {})}
            parts.append(
                f"\n## {path.parent.name}{'' if name == 'TABLE' else ' ' + name}\n\n```mermaid\nstateDiagram-v2\n"
            )
            parts += [f"    {state} : {labels.get(state, state)}\n" for state in _states_of(rows)]
            parts += [f"    {row.source} --> {row.target} : {row.verb}{_basis(row)}\n" for row in rows]
            parts.append("```\n")
    return "".join(parts)


PAGES: dict[str, Callable[[], str]] = {
    "docs/settings.md": settings_page,
    "docs/acceptance.md": acceptance_page,
    "docs/licences.md": licences_page,
    "docs/map.md": map_page,
    "docs/states.md": states_page,
    "docs/plan-index.md": lambda: plan_index_page(_marks()),
}


def _marks() -> Iterator[tuple[str, str, str]]:
    """(feature|law, value, test) of every marked test function, class or module."""
    files = [*(ROOT / "tests").rglob("test_*.py"), *PACKAGE.rglob("tests/test_*.py")]
    for path in sorted(files):
        tree = ast.parse(path.read_text())
        place = path.relative_to(ROOT).as_posix().removeprefix("src/gongkai/")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                for decorator in node.decorator_list:
                    yield from ((kind, value, f"{place}::{node.name}") for kind, value in _of(decorator))
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
                yield from (
                    (kind, value, place) for call in ast.walk(node.value) for kind, value in _of(call)
                )


def _of(node: ast.AST) -> Iterator[tuple[str, str]]:
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("feature", "law")
    ):
        for argument in node.args:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield node.func.attr, argument.value


def _first_line(station: str) -> str:
    readme = PACKAGE / station / "README.md"
    if not readme.exists():
        return ""
    lines = [
        line.strip() for line in readme.read_text().splitlines() if line.strip() and not line.startswith("#")
    ]
    return lines[0][:160] if lines else ""


def _rooms(station: str) -> str:
    order = ["rules", "states", "models", "policies", "queries", "actions", "forms", "views", "tasks", "subscribers",
             "management", "urls"]  # fmt: skip
    folder = PACKAGE / station
    return " ".join(room for room in order if (folder / room).is_dir() or (folder / f"{room}.py").exists())


def _events_out(station: str) -> str:
    found: set[str] = set()
    for path in (PACKAGE / station).rglob("*.py"):
        if "tests" not in path.parts:
            found |= {name for name in EVENT.findall(path.read_text()) if name[0].isupper()}
    return " ".join(f"`{name}`" for name in sorted(found))


def _state_tables(module: object) -> Iterator[tuple[str, list[object]]]:
    for name, value in sorted(vars(module).items()):
        if (
            isinstance(value, tuple)
            and value
            and all(hasattr(row, "source") and hasattr(row, "verb") for row in value)
        ):
            yield name, list(value)


def _states_of(rows: list[object]) -> list[str]:
    return list(dict.fromkeys(state for row in rows for state in (row.source, row.target)))  # type: ignore[attr-defined]


def _basis(row: object) -> str:
    basis = getattr(row, "basis", "")
    return f"（{basis}）" if basis else ""
