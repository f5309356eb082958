"""The colours of the style sheets against each other, computed as WCAG 2.1 computes them."""

from __future__ import annotations

import re
from importlib import resources

import pytest

TEXT, GRAPHIC = 4.5, 3.0
# (ink, ground, least ratio); the ground's own tint beside it.
PAIRS = [
    ("ink", "bg", TEXT),
    ("ink2", "bg", TEXT),
    ("ink3", "bg", TEXT),
    ("ink3", "bg2", TEXT),
    ("ink3", "bg3", TEXT),
    ("ink2", "bg3", TEXT),
    ("link", "bg", TEXT),
    ("link", "bg2", TEXT),
    ("link", "bg3", TEXT),
    ("link", "main-t", TEXT),
    ("on-main", "main", TEXT),
    ("head-ink", "head-bg", TEXT),
    ("red", "bg", TEXT),
    ("red", "red-t", TEXT),
    ("amb", "bg", TEXT),
    ("amb", "amb-t", TEXT),
    ("hit-ink", "hit", TEXT),
    ("amb-g", "bg", GRAPHIC),
    ("amb-g", "bg3", GRAPHIC),
    ("line2", "bg", GRAPHIC),
]


def tokens(name: str) -> dict[str, str]:
    """The colour tokens of a sheet, over those of the standard one."""
    folder = resources.files("gongkai.portal") / "static" / "gongkai"
    found: dict[str, str] = {}
    for sheet in ("site.css", name):
        root = re.search(r":root\{(.*?)\}", (folder / sheet).read_text(encoding="utf-8"), re.S)
        assert root
        found |= dict(re.findall(r"--([\w-]+):(#[0-9a-fA-F]{3,6})\b", root.group(1)))
    return found


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert ratio("#000", "#fff") == pytest.approx(21)
    assert ratio("#0f4c5c", "#ffffff") == pytest.approx(9.51, abs=0.01)


@pytest.mark.parametrize("sheet", ["site.css", "large.css", "contrast.css"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_contrast(sheet: str, ink: str, ground: str, least: float) -> None:
    colours = tokens(sheet)
    assert ratio(colours[ink], colours[ground]) >= least


def test_high_contrast_is_higher() -> None:
    standard, high = tokens("site.css"), tokens("contrast.css")
    assert ratio(high["link"], high["bg"]) >= ratio(standard["link"], standard["bg"]) - 0.1
    assert ratio(high["red"], high["bg"]) > ratio(standard["red"], standard["bg"])
    assert ratio(high["ink3"], high["bg"]) > ratio(standard["ink3"], standard["bg"])
