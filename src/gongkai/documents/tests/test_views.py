"""Pages of documents and reviews in the workbench."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.documents.models import Document
from gongkai.trail.chain import SYSTEM, record


@pytest.fixture
def browse(world: Any, client: Client) -> Any:
    """Log somebody in with the second factor proven."""
    from gongkai.orgs.accounts import PROVEN

    def as_(name: str) -> Client:
        client.force_login(world.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session[PROVEN] = str(world.people[name].pk)
        session.save()
        return client

    return as_


def rows(world: Any, count: int) -> None:
    for number in range(count):
        Document.objects.create(
            unit=world.units["finance"],
            author=world.people["finance.officer"],
            title=f"第{number}份",
            issuer="测试区财政局",
            created_at=world.now,
            changed_at=world.now,
        )


@pytest.mark.parametrize("count", [1, 30])
def test_list_asks_as_often_for_one_row_as_for_thirty(
    world: Any, browse: Any, django_assert_max_num_queries: Any, count: int
) -> None:
    rows(world, count)
    record(
        verb="installation.begin", by=SYSTEM, at=world.now
    )  # an installation in use has a first row, known once read
    client = browse("finance.officer")
    client.get(reverse("documents:list"))
    with django_assert_max_num_queries(8):
        answer = client.get(reverse("documents:list"))
    assert answer.status_code == 200
    assert answer.content.decode().count("第") >= count


def test_form_keeps_what_was_typed_when_a_date_is_wrong(world: Any, browse: Any) -> None:
    rows(world, 1)
    document = Document.objects.unscoped("the one of the test").get()
    answer = browse("finance.officer").post(
        reverse("documents:page", args=[document.pk]),
        {
            "title": "我写的标题",
            "issuer": "测试区财政局",
            "written_on": "2026-09-31",
            "body": "<p>我写的正文</p>",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "我写的标题" in page and "我写的正文" in page and "不是有效日期" in page


def test_new_document_from_text_file_is_recognised(world: Any, browse: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    paper = (
        "测试区财政局文件\n测财发〔2026〕5号\n\n关于做好年末结账工作的通知\n\n各预算单位：\n"
        "请于十二月二十日前完成结账。\n\n测试区财政局\n2026年10月9日\n（此件公开发布）\n"
    )
    answer = browse("finance.officer").post(
        reverse("documents:new"),
        {
            "unit": world.units["finance"].pk,
            "file": SimpleUploadedFile("通知.txt", paper.encode("gb18030")),
        },
    )
    document = Document.objects.unscoped("the one of the test").get()
    assert answer.status_code == 302 and answer.url == reverse("documents:page", args=[document.pk])
    assert (document.number, str(document.written_on)) == ("测财发〔2026〕5号", "2026-10-09")
    assert "关于做好年末结账工作的通知" in document.title
    assert "十二月二十日前" in document.body and "〔2026〕" not in document.body


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + b"0" * 200])
def test_unreadable_file_says_what_to_do_and_leaves_no_draft(world: Any, browse: Any, content: bytes) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = browse("finance.officer").post(
        reverse("documents:new"),
        {"unit": world.units["finance"].pk, "file": SimpleUploadedFile("件.txt", content)},
    )
    assert answer.status_code == 422
    assert "请" in answer.content.decode().split('class="errsum"')[1][:600]
    assert not Document.objects.unscoped("a count").exists()


def test_review_page_greys_the_button_with_its_reason(world: Any, browse: Any) -> None:
    rows(world, 1)
    Document.objects.unscoped("prepare").update(state="submitted", round=1, writers=[])
    document = Document.objects.unscoped("the one of the test").get()
    page = browse("finance.leader").get(reverse("review:page", args=[document.pk])).content.decode()
    assert "现在等的是初审" in page
    page = browse("finance.reviewer").get(reverse("review:page", args=[document.pk])).content.decode()
    assert "退回修改" in page and "记录保密审查" in page
