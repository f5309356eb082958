"""Texts that try to run as script, in the fields that strangers and clerks fill: none of them runs, none is tried."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongkai.portal.tests.payloads import spread

COUNT = 120
LONGEST_QUESTION = 200
TYPED = "input[type=text], input[type=search], input[type=url], input:not([type]), textarea"


class Watch:
    """Counts what ran: calls of the hook, dialogs, and what only the policy of the page stopped."""

    def __init__(self, page: Any) -> None:
        self.ran = 0
        self.stopped: list[str] = []
        page.context.expose_binding("__xss", lambda *_: self._note())
        page.on("dialog", self._dialog)
        page.on("console", lambda said: self._console(said.text))

    def _note(self) -> None:
        self.ran += 1

    def _dialog(self, dialog: Any) -> None:
        self._note()
        dialog.dismiss()

    def _console(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.stopped.append(text[:200])


def packed(texts: list[str], longest: int) -> Iterator[str]:
    """As many texts in one field as go in."""
    held = ""
    for text in texts:
        if held and len(held) + len(text) + 1 > longest:
            yield held
            held = ""
        held = f"{held} {text}".strip()
    yield held


def fill_everything(page: Any, text: str) -> None:
    """The text into every field of the main form that takes words, whatever length the field asks for."""
    for field in page.locator(f"main form[method=post] :is({TYPED})").all():
        field.evaluate("(field, text) => { field.removeAttribute('maxlength'); field.value = text }", text)
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_load_state()


def test_the_watch_sees_what_runs(desk: Any) -> None:
    page = desk.page()
    watch = Watch(page)
    for text in spread(COUNT)[:30]:
        page.set_content(f"<p>{text}</p>")
    page.wait_for_timeout(200)
    assert watch.ran > 0


def test_nothing_runs_that_a_stranger_sends(desk: Any, site: Any) -> None:
    page = desk.page()
    watch = Watch(page)
    texts = spread(COUNT)
    for question in packed(texts[::3], LONGEST_QUESTION):
        page.goto(site.base + "/search/", wait_until="commit")
        page.evaluate("text => { location.search = '?q=' + encodeURIComponent(text) }", question)
        page.wait_for_load_state()
    for address in ("/find-errors/", "/apply/new/"):
        page.goto(site.base + address)
        fill_everything(page, " ".join(texts))
    assert (watch.ran, watch.stopped) == (0, [])


def test_nothing_runs_on_the_desk_of_whoever_reads_it(desk: Any, site: Any) -> None:
    page = desk.page()
    watch = Watch(page)
    page.goto(site.base + "/find-errors/")
    for name, text in (
        ("address", 'javascript:__xss(1)//"><img src=x onerror=__xss(1)>'),
        ("problem", next(packed(spread(COUNT), 1900))),
        ("contact", "'><svg onload=alert(1)>"),
    ):
        page.fill(f"main form[method=post] [name={name}]", text)
    page.click("button:has-text('提交问题')")
    page.wait_for_url("**number=**")
    reader = desk.page("gkb")
    read = Watch(reader)
    reader.goto(site.base + "/workbench/publishing/errors/?page=99")
    reader.locator("main tbody a").last.click()
    reader.wait_for_load_state()
    assert "onerror" in reader.inner_text("main")
    writer = desk.page("czj.officer")
    wrote = Watch(writer)
    writer.goto(site.base + "/workbench/documents/new/")
    writer.fill("[name=title]", next(packed(spread(COUNT)[1:], 200)))
    writer.locator("main form[method=post] button[type=submit]").first.click()
    writer.wait_for_load_state()
    writer.goto(site.base + "/workbench/documents/")
    for one in (watch, read, wrote):
        assert (one.ran, one.stopped) == (0, [])
