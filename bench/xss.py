"""At least 2,000 texts that try to run as script, in every field that is shown, opened in Chromium: none runs.

Papers, units and notices are written past every check straight into the rows, so that only what draws the pages
stands between the text and the browser; readers' forms are filled in the browser. A page that only the security
policy saves is counted as well.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, sync_playwright

from bench.load import SERVER
from bench.processes import free_port, running
from bench.report import Result, write
from gongkai.documents.models import Edition
from gongkai.kernel import clock
from gongkai.orgs.accounts import PROVEN
from gongkai.orgs.models import Person, SiteNotice, Unit
from gongkai.portal import projection
from gongkai.portal.tests.payloads import FAMILIES, spread
from gongkai.publishing.models import ErrorReport, Publication

COUNT = int(os.environ.get("BENCH_PAYLOADS", "2750"))
AT_ONCE = 60
QUESTION = 200
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
TYPED = "input[type=text], input[type=search], input[type=url], input:not([type]), textarea"


class Watch:
    """What ran in the browser, and what its policy had to stop."""

    def __init__(self, page: Page) -> None:
        self.ran: list[str] = []
        self.stopped: list[str] = []
        page.context.expose_binding("__xss", lambda *_: self.ran.append(page.url))
        page.on("dialog", lambda dialog: (self.ran.append(page.url), dialog.dismiss()))
        page.on("console", lambda said: self._console(said.text))

    def _console(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.stopped.append(text[:200])


def measure(scratch: Path, model: Publication) -> None:
    """Round by round: write a handful of texts everywhere, open every page that shows them."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        print("no chromium: the texts that try to run are not opened", file=sys.stderr)
        return
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "1"  # Playwright holds a loop; rows are written between its calls
    )
    _open_the_rows()
    texts, port, opened = spread(COUNT), free_port(), 0
    with (
        (scratch / "xss.log").open("wb") as log,
        running(sys.executable, "-c", SERVER.format(port=port), port=port, stderr=log),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        control = _control(browser, texts)
        context = browser.new_context(locale="zh-CN")
        base = f"http://localhost:{port}"
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": _session(), "url": base}])
        page = context.new_page()
        watch = Watch(page)
        for first in range(0, len(texts), AT_ONCE):
            some = texts[first : first + AT_ONCE]
            for address in (*_written(model, some), *_questions(some)):
                page.goto(base + address)
                opened += 1
            for address in ("/find-errors/", "/apply/new/"):
                page.goto(base + address)
                _fill(page, " ".join(some))
                opened += 1
        browser.close()
    bad = len(watch.ran) + len(watch.stopped)
    write(
        Result(
            name="xss", what="texts that ran as script, or would have without the policy", peer="-", unit="texts",
            sizes={"payloads": len(texts), "families": len(FAMILIES), "pages": opened},
            runs={"ran": [len(watch.ran)], "stopped by the policy": [len(watch.stopped)]}, value=bad, goal=0,
            more={"control_ran": control, "where": (watch.ran + watch.stopped)[:5]},
        )
    )  # fmt: skip


def _open_the_rows() -> None:
    """The guards of the database refuse what this writes; the ground is thrown away afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def _control(browser: Any, texts: list[str]) -> int:
    """The same texts on a page that escapes nothing: many must run, or the watch sees nothing."""
    page = browser.new_page()
    watch = Watch(page)
    for text in texts[:: max(1, len(texts) // 50)]:
        page.set_content(f"<p>{text}</p>")
    page.wait_for_timeout(200)
    page.close()
    if not watch.ran:
        raise RuntimeError("nothing ran on an open page: this watch sees nothing")
    return len(watch.ran)


def _session() -> str:
    """The head of the disclosure office, logged in."""
    client = Client(headers={"host": "localhost"})
    person = Person.objects.get(username="head")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[PROVEN] = str(person.pk)  # the login has tests of its own
    session.save()
    return str(session.session_key)


def _written(model: Publication, texts: list[str]) -> Iterator[str]:
    """Write the texts into rows, draw what shows them, name the pages."""
    every, now = " ".join(texts), clock.now()
    fields = model.edition.fields | dict.fromkeys(
        ("title", "summary", "issuer", "number", "theme", "kind", "index_number"), every
    )
    Edition.objects.filter(pk=model.edition_id).update(
        body="".join(f"<p>{text}</p>" for text in texts), fields=fields | {"keywords": texts}
    )
    Publication._base_manager.filter(pk=model.pk).update(title=every)
    Unit.objects.filter(pk=model.unit_id).update(
        functions=every, leader=every, address=every, hours=every, phone=every
    )
    SiteNotice.objects.all().delete()
    SiteNotice.objects.create(
        kind="band", text=every, detail=every, basis=every, starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=1), shown_at=now, by=Person.objects.get(username="head"), at=now,
    )  # fmt: skip
    report = ErrorReport.objects.create(
        code=f"X{timezone.now().timestamp():.0f}"[-9:] + str(len(texts)),
        address=every,
        problem=every,
        contact=every,
        at=now,
    )
    projection.show_publication(model.pk, today=clock.today())
    projection.show_unit(model.unit_id, today=clock.today())
    projection.show_part("notices", "", today=clock.today())
    yield from (
        model.path,
        "/",
        "/open/",
        "/policies/",
        "/units/finance/",
        "/units/finance/open/",
        "/units/finance/guide/",
    )
    yield from ("/notice/", "/workbench/publishing/errors/", f"/workbench/publishing/errors/{report.pk}/")
    yield from ("/workbench/publishing/ledger/", f"/workbench/publishing/{model.pk}/", "/workbench/notices/")


def _questions(texts: list[str]) -> Iterator[str]:
    held = ""
    for text in [*texts, "x" * QUESTION]:
        if held and len(held) + len(text) + 1 > QUESTION:
            yield f"/search/?q={quote(held)}"
            held = ""
        held = f"{held} {text}".strip()


def _fill(page: Page, text: str) -> None:
    for field in page.locator(f"main form[method=post] :is({TYPED})").all():
        field.evaluate("(field, text) => { field.removeAttribute('maxlength'); field.value = text }", text)
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_load_state()
