"""A hosted copy: one changed sign and a superseded version are told with their place."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.registers.rules.hosted import Official, compare, differences, same_rule

pytestmark = pytest.mark.feature("B20")
TODAY = date(2026, 11, 20)
LAWS = Path(__file__).resolve().parents[5] / "shared" / "data" / "laws.jsonl.gz"
TEXT = "第一章　总则\n第一条　为了保障公民依法获取政府信息，制定本条例。\n第二条　本条例所称政府信息，是指行政机关制作的信息。\n第三条　各级人民政府应当加强领导。"
OLD = Official("测试条例", TEXT.replace("加强领导", "加强组织领导"), date(2007, 4, 5), date(2008, 5, 1), 1)
NEW = Official("测试条例", TEXT, date(2019, 4, 3), date(2019, 5, 15), 2)


def test_layout_is_no_difference_and_one_sign_is_one() -> None:
    copy = "测试条例\n来源：某网\n" + TEXT.replace("　", " \n ").replace("，", ",")
    assert differences(copy.replace(" \n ", " "), TEXT) == []
    found = differences(TEXT.replace("制作", "制做"), TEXT)
    assert [(one.article, one.kind) for one in found] == [("第二条", "changed")]
    assert "制作" in found[0].official and "制做" in found[0].copy and found[0].place > 1
    assert [one.article for one in differences(TEXT.rsplit("\n", 1)[0], TEXT)] == ["第三条"]


def test_superseded_version_with_both_dates() -> None:
    found = compare(OLD.text, [NEW, OLD], today=TODAY)
    assert found is not None and found.superseded and not found.differences
    assert (found.version.effective, found.newest.effective) == (date(2008, 5, 1), date(2019, 5, 15))
    assert compare(TEXT, [NEW, OLD], today=TODAY).clean  # type: ignore[union-attr]
    assert compare(OLD.text, [NEW, OLD], today=date(2010, 1, 1)).clean  # type: ignore[union-attr]
    assert compare(TEXT, [], today=TODAY) is None


def test_titles_name_a_rule() -> None:
    assert same_rule("《政府信息公开条例》（2019修订）", "中华人民共和国政府信息公开条例")
    assert not same_rule("政府信息公开条例解读", "中华人民共和国政府信息公开条例")


@pytest.mark.skipif(not LAWS.exists(), reason="真实法规文本不在 ../shared/data")
def test_real_rules_clean_copies_have_no_difference_and_one_changed_sign_is_caught() -> None:
    rows: list[dict[str, Any]] = []
    by_title: dict[str, list[dict[str, Any]]] = {}
    with gzip.open(LAWS, "rt", encoding="utf-8") as lines:
        for at, line in enumerate(lines):
            row = json.loads(line)
            if at % 250 == 0:
                rows.append(row)
            by_title.setdefault(row["title"], []).append(row)
    caught = 0
    for at, row in enumerate(rows):
        text = row["text"]
        copy = f"{row['title']}\n发布日期：2020-01-01\n" + text.replace("\n\n", "\n").replace("，", ",")
        assert differences(copy, text) == [], row["title"]
        places = [place for place, sign in enumerate(text) if "\u4e00" <= sign <= "\u9fff"]
        place = places[at * 7919 % len(places)]
        wrong = "甲" if text[place] != "甲" else "乙"
        caught += bool(differences(text[:place] + wrong + text[place + 1 :], text))
    assert caught >= 0.99 * len(rows)
    assert _old_versions_found(by_title) >= 2


def _old_versions_found(by_title: dict[str, list[dict[str, Any]]]) -> int:
    """Each older version of a real rule is told as superseded, with both of its dates."""
    pairs = [
        sorted(found, key=lambda row: row["effective"])
        for found in by_title.values()
        if len(found) == 2 and all(row["effective"] and len(row["text"]) < 4000 for row in found)
    ]
    found = 0
    for old, new in [pair for pair in pairs if pair[0]["effective"] < pair[1]["effective"]][:3]:
        versions = [
            Official(row["title"], row["text"], None, date.fromisoformat(row["effective"]), key)
            for key, row in enumerate((old, new))
        ]
        compared = compare(old["text"], versions, today=TODAY)
        assert compared is not None
        if versions[1].effective and versions[1].effective <= TODAY:
            assert compared.superseded and compared.version.key == 0 and compared.newest.key == 1
            found += 1
    return found
