"""Letters as Word papers: every one renders, templates of the office are checked, hostile words stay words."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape
from docx import Document

from gongkai.files import filling, storage
from gongkai.files.filler.__main__ import answered
from gongkai.foi.actions import answers, letter_templates
from gongkai.foi.actions.letter_texts import new_letter
from gongkai.foi.actions.letters import draft_letter, sign_letter
from gongkai.foi.models import Letter, LetterTemplate
from gongkai.foi.queries import letter_papers as papers
from gongkai.foi.queries import results
from gongkai.foi.queries.letter_files import letter_files
from gongkai.foi.queries.templates import template_for, templates_for
from gongkai.foi.rules import letters as rules
from gongkai.foi.tests.cases import in_hand, new_case
from gongkai.foi.tests.letter_facts import facts_for
from gongkai.law.refusal import Refused

HOSTILE = (
    "<script>alert(1)</script>",
    "{{ 7*7 }} {% for x in y %}",
    "{{ ''.__class__.__mro__ }}",
    "{agency}{remedy}{0.__class__}",
    "]]></w:t><w:t>&amp;",
    "‮txt.exe\u202c",
)


@pytest.fixture(autouse=True)
def store(tmp_path: Any, settings: Any) -> Any:
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


def words_of(content: bytes) -> str:
    """Every word of a docx, tables too."""
    paper = Document(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in paper.paragraphs), *cells])


def signed(world: Any, **more: Any) -> Letter:
    case = in_hand(world, **more)
    officer = world.actor("finance.officer")
    facts = facts_for(results.letter_of(case, "r4_2"))
    case = answers.dispose(case=case, code="r4_2", by=officer, now=world.now, facts=facts)
    case = answers.draft_answer(case=case, by=officer, now=world.now)
    case = answers.review(case=case, by=world.actor("finance.reviewer"), now=world.now)
    answers.sign(case=case, by=world.actor("finance.leader"), now=world.now)
    found = results.answer_of(case)
    assert found is not None
    return found


@pytest.mark.feature("D09")
def test_every_letter_renders_with_all_its_elements(world: Any, monkeypatch: Any) -> None:
    # The templates are our own: the child's work without a child for each of them. The tests below go through it.
    monkeypatch.setattr(filling, "_in_child", answered)
    case = new_case(world)
    officer = world.actor("finance.officer")
    for kind in rules.letter_kinds().values():
        case.disposition = "r4_2" if kind.is_answer else ""
        letter = new_letter(case, kind, facts_for(kind), by=officer, now=world.now)
        content = papers.paper_of(letter)
        words = words_of(content)
        for row in letter.text:
            assert all(line in words for line in row["text"].split("\n")), (kind.key, row["key"])
        assert kind.title in words and "测试区财政局" in words and "{" not in words, kind.key
        assert (papers.UNSIGNED_NUMBER in words) == kind.numbered, kind.key
        letter.delete()


@pytest.mark.parametrize("kind", rules.letter_kinds().values(), ids=lambda kind: kind.key)
def test_the_default_template_passes_its_own_check(kind: rules.LetterKind, tmp_path: Any) -> None:
    place = tmp_path / "template.docx"
    place.write_bytes(papers.default_template(kind))
    assert letter_templates.why_not_blanks(place, kind=kind.key) == []


def test_a_signed_letter_shows_number_and_day_and_is_kept_once(world: Any) -> None:
    letter = signed(world)
    words = words_of(papers.paper_of(letter))
    assert letter.number in words and "2026年10月14日" in words
    officer = world.actor("finance.officer")
    letter = letter_templates.keep_file(letter=letter, by=officer, now=world.now)
    first = letter.file_id
    assert letter.file is not None and letter.number in letter.file.name
    assert letter_templates.keep_file(letter=letter, by=officer, now=world.now).file_id == first
    with storage.open_stored(letter.file) as stream:
        assert letter.number in words_of(stream.read())


def test_a_draft_is_not_kept_and_reads_as_plain_text(world: Any) -> None:
    case = in_hand(world)
    officer = world.actor("finance.officer")
    letter = draft_letter(case=case, kind="receipt", facts={}, by=officer, now=world.now)
    assert letter_templates.keep_file(letter=letter, by=officer, now=world.now).file_id is None
    [(name, content)] = letter_files(letter, as_paper=False)
    assert name.endswith(".txt") and case.number in content.decode()


def test_signs_that_no_paper_can_hold_are_left_out(world: Any) -> None:
    letter = signed(world, asked={"title": "甲", "content": "道\x0b路\x1f改\x07造"})
    assert "道路改造" in words_of(papers.paper_of(letter))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_of_an_applicant_stay_words(world: Any, hostile: str) -> None:
    asked = {"title": hostile, "content": f"我要{hostile}"}
    letter = signed(world, asking={"name": f"王{hostile}"}, asked=asked)
    words = words_of(papers.paper_of(letter))
    assert f"我要{hostile}" in words and f"王{hostile}" in words
    assert "49" not in words.replace(letter.number, "")
    from django.template.loader import render_to_string

    shown = render_to_string("foi/parts/letter_text.html", {"paper": papers.shown(letter)})
    assert escape(f"我要{hostile}") in shown and "<script" not in shown


def upload(content: bytes, name: str = "模板.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def template(*lines: str) -> bytes:
    paper, out = Document(), io.BytesIO()
    for line in lines:
        paper.add_paragraph(line)
    paper.save(out)
    return out.getvalue()


def add(world: Any, content: bytes, *, by: str = "finance.officer", **more: Any) -> LetterTemplate:
    return letter_templates.add_template(
        unit=world.units[by.split(".")[0]],
        kind="receipt",
        upload=upload(content),
        by=world.actor(by),
        now=world.now,
        **more,
    )


GOOD = ("{{机关}}", "{{首句}}", "{{正文}}", "{{日期}}")


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("没有空格处",), "没有任何"),
        ((*GOOD, "{{受理便号}}"), "系统没有“受理便号”这项内容"),
        (("{{首句}}", "{{正文}}", "{{日期}}"), "模板缺少“{{机关}}”"),
        (("{{机关}}", "{{首句}}", "{{登记内容}}", "{{日期}}"), "模板缺少“{{收到之日与期限}}”"),
        ((*GOOD, "{{ ''.__class__ }}"), "不支持的写法"),
        ((*GOOD, "{{首句"), "括号写得不完整"),
    ],
)
def test_a_template_that_cannot_serve_is_refused_by_name(
    world: Any, lines: tuple[str, ...], words: str
) -> None:
    with pytest.raises(Refused, match=words.replace("{", r"\{").replace("}", r"\}")):
        add(world, template(*lines))
    assert not LetterTemplate._base_manager.exists()


def test_a_file_that_is_no_paper_is_refused(world: Any) -> None:
    with pytest.raises(Refused, match="打不开|不是|docx"):
        add(world, b"MZ not a paper")


def test_the_newest_template_of_the_unit_goes_before_the_districts(world: Any) -> None:
    finance = world.units["finance"]
    district = letter_templates.add_template(
        unit=world.units["office"],
        kind="receipt",
        upload=upload(template("全区", *GOOD)),
        by=world.actor("office.head"),
        now=world.now,
        district_wide=True,
    )
    assert template_for("receipt", unit_id=finance.pk) == district
    first = add(world, template("第一版", *GOOD))
    second = add(world, template("第二版", *GOOD), note="换了抬头")
    assert (first.version, second.version) == (1, 2)
    assert template_for("receipt", unit_id=finance.pk) == second
    assert templates_for(finance.pk) == {"receipt": second}
    assert template_for("receipt", unit_id=world.units["civil"].pk) == district
    case = in_hand(world)
    officer = world.actor("finance.officer")
    letter = draft_letter(case=case, kind="receipt", facts={}, by=officer, now=world.now)
    letter = sign_letter(letter=letter, by=officer, now=world.now)
    letter_templates.retire_template(template=second, by=officer, now=world.now)
    assert template_for("receipt", unit_id=finance.pk) == first
    assert "第二版" in words_of(papers.paper_of(letter)), "a signed letter keeps its template"


def test_only_those_who_keep_templates_change_them(world: Any) -> None:
    for by, more in (("civil.officer", {}), ("finance.officer", {"district_wide": True})):
        why = letter_templates.why_not_add_template(
            unit=world.units["finance"],
            kind="receipt",
            by=world.actor(by),
            **({"district_wide": False} | more),
        )
        assert [one.code for one in why] == ["template.role"]


def test_settings_and_places_are_kept_with_their_trail(world: Any) -> None:
    reviewer = world.actor("finance.reviewer")
    row = letter_templates.save_settings(
        unit=world.units["finance"],
        abbreviation=" 测财 ",
        deliberation_required=True,
        unread_days=5,
        by=reviewer,
        now=world.now,
    )
    assert row.abbreviation == "测财"
    assert "测财公复" in signed_number(world)
    assert letter_templates.why_not_save_places(by=reviewer)[0].code == "template.role"
    places = letter_templates.save_places(
        by=world.actor("legal"), now=world.now, online_channel=" https://x.example ", basic_court="测试区法院"
    )
    assert (places.online_channel, places.basic_court) == ("https://x.example", "测试区法院")


def signed_number(world: Any) -> str:
    case = in_hand(world)
    letter = draft_letter(
        case=case,
        kind="third_party_notice_to_applicant",
        facts={"sent_on": world.today},
        by=world.actor("finance.officer"),
        now=world.now,
    )
    return sign_letter(letter=letter, by=world.actor("finance.reviewer"), now=world.now).number
