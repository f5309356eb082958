"""The offline check: a receipt agrees with itself, with its page, with its attachments; nothing else does."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from gongkai.publishing.rules import canonical
from gongkai.publishing.rules.verifying import check_file, check_page, check_receipt, sm3

pytestmark = pytest.mark.feature("B17")
BODY = '<p>第一条　为了<b>规范</b>管理。</p><ul><li>见<a href="/doc/2026/2.html">附表</a></li></ul>'
FILE = b"attachment"
WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


def receipt(body: str = BODY, **more: Any) -> dict[str, Any]:
    fields, files = {"title": "通知"}, [sm3(FILE)]
    return {
        "url": "https://a.test/doc/2026/1.html",
        "algorithm": "SM3",
        "digest": sm3(canonical(fields, body, files)),
        "sealed": {"fields": fields, "body": body, "attachments": files},
        **more,
    }


def page(body: str = BODY) -> str:
    return f'<!doctype html><nav>首页</nav><div class="doc" id="text">{body}</div><footer>页脚</footer>'


def test_what_was_published_agrees() -> None:
    assert check_receipt(receipt()).agrees
    assert check_page(receipt(), page()).agrees
    assert check_file(receipt(), FILE).agrees and not check_file(receipt(), FILE + b" ").agrees


def test_page_saved_by_a_browser_agrees() -> None:
    saved = page(BODY.replace('"/doc', '"https://a.test/doc').replace("</p>", "</p>\n\n  "))
    assert check_page(receipt(), saved).agrees


@pytest.mark.parametrize("given", [None, [], "", 3, {}, receipt(sealed=None), receipt(sealed={"fields": {}})])
def test_what_is_no_receipt_is_told(given: Any) -> None:
    found = check_receipt(given)
    assert not found.agrees and "重新下载" in found.told


def test_other_algorithm_is_told() -> None:
    assert "SM3" in check_receipt(receipt(algorithm="MD5")).told


@given(WORDS, st.integers(0, 4))
def test_any_word_put_into_the_text_is_found(word: str, at: int) -> None:
    places = [i + 1 for i, sign in enumerate(BODY) if sign == ">"]
    changed = BODY[: places[at]] + word + BODY[places[at] :]
    assert not check_page(receipt(), page(changed)).agrees
    forged = receipt()
    forged["sealed"]["body"] = changed
    assert not check_receipt(forged).agrees


@pytest.mark.parametrize(
    "changed",
    [
        BODY.replace("/doc/2026/2", "//bad.test/2"),
        BODY + '<a href="https://bad.test"></a>',
        BODY + '<img src="https://bad.test/1.gif">',
        BODY.replace("规范", ""),
        "",
    ],
)
def test_links_and_losses_are_found(changed: str) -> None:
    assert not check_page(receipt(), page(changed)).agrees


def test_page_without_text_is_told() -> None:
    assert "另存为" in check_page(receipt(), "<p>别的网页</p>").told


def test_command_reads_files_alone(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text(json.dumps(receipt()), encoding="utf-8")
    (tmp_path / "p.html").write_text(page(), encoding="utf-8")
    (tmp_path / "q.html").write_text(page("<p>假的</p>"), encoding="utf-8")
    out = StringIO()
    call_command("verify", str(tmp_path / "r.json"), str(tmp_path / "p.html"), "--json", stdout=out)
    assert json.loads(out.getvalue())["ok"] is True
    with pytest.raises(SystemExit):
        call_command("verify", str(tmp_path / "r.json"), str(tmp_path / "q.html"), stdout=StringIO())
    with pytest.raises(CommandError, match="打不开"):
        call_command("verify", str(tmp_path / "none.json"), stdout=StringIO())
