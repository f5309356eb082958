"""One click at the gate: what is personal in an attachment is masked in a copy for the public (C02)."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from gongkai.documents import actions, queries
from gongkai.documents.models import Attachment, Document
from gongkai.documents.tests.test_gate import ID, REASON, attached, draft, gate
from gongkai.files import storage
from gongkai.files.actions import discard, make_public_copy
from gongkai.files.models import StoredFile
from gongkai.files.queries import public_of, with_digest
from gongkai.files.tests.test_redacting import paper
from gongkai.kernel.html import plain
from gongkai.law.refusal import Refused
from gongkai.orgs.accounts import PROVEN
from gongkai.orgs.models import Unit
from gongkai.publishing.tests.world import AT, World, fresh
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.django_db, pytest.mark.feature("C02")]
MOBILE = "13912345678"
PHONE = "0532-88880001"


@pytest.fixture
def town(db: None, settings: Any, tmp_path: Any) -> World:
    settings.FILES_DIR = tmp_path / "files"
    world = World()
    Unit.objects.filter(pk=world.finance.pk).update(phone=PHONE)
    world.finance.refresh_from_db()
    return world


def sheet(*, comment: bool = False) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "手机", "身份证号", "家庭住址"])
    for at, name in enumerate(("张伟", "王芳", "李娜", "刘洋")):
        book.active.append([name, int(f"1391234567{at}"), ID, f"八大峡街道贵州路1{at}号楼2单元30{at}户"])
    if comment:
        book.create_sheet("底稿").append([MOBILE])
        book["底稿"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word() -> bytes:
    made = docx.Document()
    made.core_properties.author = ""
    line = made.add_paragraph("联系人手机")
    for piece in (MOBILE[:3], MOBILE[3:8], MOBILE[8:]):
        line.add_run(piece)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def one(document: Document) -> Attachment:
    rows = fresh(document).attachments.select_related("file__unit", "file__public", "document__unit")
    return rows.get()


def rules_left(document: Document) -> set[str]:
    return {group.rule for group in gate(document).groups if group.rule.startswith("personal.")}


def test_one_click_masks_the_whole_list_and_the_original_stays(town: World) -> None:
    document, officer = draft(town, "<p>正文</p>"), town.actor(town.finance, "officer")
    attached(town, document, sheet(), "名单.xlsx")
    kinds = {"personal.mobile", "personal.id_number", "personal.address", "personal.name_list"}
    assert rules_left(document) == kinds
    assert {group.rule for group in gate(document).maskable} == kinds
    before = storage.path_of(one(document).file).read_bytes()
    places, refusals = actions.mend_all(document=document, by=officer, now=AT)
    assert places == 16 and refusals == []
    assert rules_left(document) == set() and gate(document).blocks == []
    file = one(document).file
    assert storage.path_of(file).read_bytes() == before and file.public.original == file
    shown = openpyxl.load_workbook(io.BytesIO(storage.path_of(file.public).read_bytes())).active
    assert [cell.value for cell in shown[2]] == ["张*", "139****5670", "110105********002X", "八大峡街道***"]
    row = TrailRow.objects.get(verb="files.mask")
    assert row.facts["places"] == dict.fromkeys(sorted(kinds), 4) and row.facts["copy"] == file.public.digest
    assert TrailRow.objects.get(verb="documents.mask").facts["places"] == 16
    assert MOBILE[:-1] not in str([row.facts for row in TrailRow.objects.all()])


def test_one_group_is_masked_and_what_was_answered_for_stays(town: World) -> None:
    document, officer = draft(town, "<p>正文</p>"), town.actor(town.finance, "officer")
    attached(town, document, sheet(), "名单.xlsx")
    groups = {group.rule: group for group in gate(document).groups}
    actions.explain(
        document=document, by=officer, now=AT, code=groups["personal.name_list"].code, reason=REASON
    )
    code = groups["personal.mobile"].code
    assert actions.mask(attachment=one(document), by=officer, now=AT, code=code) == 4
    assert rules_left(document) == {"personal.id_number", "personal.address", "personal.name_list"}
    # A reason was given for the file as it was; the copy is another one.
    with pytest.raises(Refused):
        actions.mask(attachment=one(document), by=officer, now=AT, code=code)


def test_masking_and_cleaning_make_one_copy_after_the_other(town: World) -> None:
    document, officer = draft(town, "<p>正文</p>"), town.actor(town.finance, "officer")
    attached(town, document, sheet(comment=True), "名单.xlsx")
    held = one(document)
    actions.mask(attachment=one(document), by=officer, now=AT)
    with pytest.raises(Refused, match="另外做了公开副本"):  # two at once do not overwrite each other
        make_public_copy(file=held.file, by=officer, now=AT)
    masked = one(document).file.public
    group = next(group for group in gate(document).blocks if group.rule == "hidden.sheet")
    assert group.cleanable
    copy = actions.take_cleaned(attachment=one(document), by=officer, now=AT)
    assert copy.treatments == ["mask", "clean"] and gate(document).blocks == [] and not rules_left(document)
    file = one(document).file
    # An edition from before shows what it showed.
    assert with_digest(file, masked.digest) == masked and with_digest(file, file.digest) == file
    assert public_of(file) == copy
    actions.detach(attachment=one(document), by=officer, now=AT)
    discard(file=StoredFile.objects.get(pk=file.pk), by=officer, now=AT)
    assert not StoredFile.objects.filter(Q(pk=file.pk) | Q(original=file.pk)).exists()


def test_the_pages_masks_a_pdf_and_puts_the_units_phone_in_a_docx(town: World, tmp_path: Path) -> None:
    document = draft(town, "<p>正文</p>")
    attached(town, document, paper(tmp_path / "a.pdf", [(f"联系人 {MOBILE}",)]).read_bytes(), "表.pdf")
    client, person = Client(), town.people["czj", "officer"]
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[PROVEN] = str(person.pk)
    session.save()
    address = reverse("documents:gate", args=[document.pk])
    page = client.get(address).content.decode()
    assert "遮盖 1 处" in page and PHONE not in page  # a blotted page takes no words
    group = next(group for group in gate(document).blocks if group.rule == "personal.mobile")
    mask = reverse("documents:gate_masked", args=[document.pk, one(document).pk])
    page = client.post(mask, {"code": group.code}, follow=True).content.decode()
    assert "1 处遮盖" in page and ">遮盖件</a>；原件留存" in page and not rules_left(document)
    actions.detach(attachment=one(document), by=town.actor(town.finance, "officer"), now=AT)
    attached(town, document, word(), "函.docx")
    page = client.get(address).content.decode()
    assert ">改为单位电话</button>" in page and PHONE in page
    group = next(group for group in gate(document).blocks if group.rule == "personal.mobile")
    mask = reverse("documents:gate_masked", args=[document.pk, one(document).pk])
    page = client.post(mask, {"code": group.code, "phone": "1"}, follow=True).content.decode()
    assert "1 处改为单位电话" in page and not rules_left(document)
    shown = docx.Document(str(storage.path_of(one(document).file.public)))
    assert shown.paragraphs[0].text == f"联系人手机{PHONE}"
    # Who checks opens what goes out; who looks for the source opens the original.
    link = reverse("documents:attachment", args=[document.pk, one(document).pk])
    for query, file in (("?public=1", one(document).file.public), ("", one(document).file)):
        assert b"".join(client.get(link + query).streaming_content) == storage.path_of(file).read_bytes()


def test_the_phone_of_the_unit_comes_into_the_text(town: World) -> None:
    document, officer = (
        draft(town, f"<p>有事打<b>139</b>{MOBILE[3:]}，手机13711112222。</p>"),
        town.actor(town.finance, "officer"),
    )
    (group,) = gate(document).blocks
    assert group.phone_fits
    assert actions.mend(document=document, by=officer, now=AT, code=group.code, with_phone=True) == 2
    assert plain(fresh(document).body).strip() == f"有事打{PHONE}，手机{PHONE}。"
    assert gate(document).blocks == []
    assert TrailRow.objects.get(verb="documents.mend").facts["phone"] == PHONE
    Unit.objects.filter(pk=town.finance.pk).update(phone="")
    other = draft(town, f"<p>有事打{MOBILE}</p>")
    with pytest.raises(Refused, match="没有登记对外电话"):
        code = gate(other).blocks[0].code
        actions.mend(document=other, by=officer, now=AT, code=code, with_phone=True)


def test_a_paper_under_review_or_of_others_is_not_masked(town: World) -> None:
    document, officer = draft(town, "<p>正文</p>"), town.actor(town.finance, "officer")
    attached(town, document, sheet(), "名单.xlsx")
    with pytest.raises(Refused):
        actions.mask(attachment=one(document), by=town.actor(town.civil, "officer"), now=AT)
    actions.submit(document=fresh(document), by=officer, now=AT)
    with pytest.raises(Refused):
        actions.mask(attachment=one(document), by=officer, now=AT)
    assert one(document).file.public is None and queries.gate_of(fresh(document), today=AT.date()).maskable


def test_what_no_program_reads_is_not_offered(town: World) -> None:
    document, officer = draft(town, "<p>正文</p>"), town.actor(town.finance, "officer")
    attached(town, document, f"手机{MOBILE}".encode(), "名单.txt")
    assert gate(document).maskable == []
    with pytest.raises(Refused, match="docx、xlsx、pdf"):
        actions.mask(attachment=one(document), by=officer, now=AT)
