"""``make screenshots``: every page type at 390 and 1280 pixels into docs/screens/.

On the demo district where it can be loaded, else on the ground of the measurements. Staff pages are opened
in a session made here for the person whose role the page asks for.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SCRATCH = tempfile.TemporaryDirectory(prefix="gongkai-screens-")
FOLDER = Path(SCRATCH.name) / "data"
os.environ |= {"DATA_DIR": str(FOLDER), "DJANGO_SETTINGS_MODULE": "gongkai.settings"}
os.environ.pop("DATABASE_URL", None)
# A demo where there is one; a plain directory otherwise.
subprocess.run([sys.executable, "-m", "gongkai", "doctor"], stdout=subprocess.DEVNULL, check=False)
HAS_DEMO = (
    subprocess.run([sys.executable, "-m", "gongkai", "demo", "load"], stderr=subprocess.DEVNULL).returncode
    == 0
)

import django  # noqa: E402 -- the directory comes first

django.setup()

from django.conf import settings  # noqa: E402 -- after setup
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402
from docs.generate import ROOT  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from gongkai.documents.models import Document  # noqa: E402
from gongkai.foi.models import Case  # noqa: E402
from gongkai.kernel.clock import now  # noqa: E402
from gongkai.orgs.accounts import BEGAN, PROVEN, SEEN  # noqa: E402
from gongkai.orgs.models import Person, RoleHolding, Unit  # noqa: E402
from gongkai.orgs.roles import Role  # noqa: E402
from gongkai.publishing.models import Publication  # noqa: E402

SCREENS = ROOT / "docs" / "screens"
WIDTHS = (390, 1280)
TALLEST, LARGEST = 2200, 100_000


@dataclass(frozen=True)
class Shot:
    """One page: its file name, its address, and the role of the person who opens it (none: a visitor)."""

    name: str
    address: str
    role: Role | None = None


def main() -> None:
    """Start the site, open every page at both widths, store small pictures."""
    if not HAS_DEMO:
        _ground()
    shots = list(_public()) + list(_staff())
    cookies = {role: _session(role) for role in {shot.role for shot in shots if shot.role}}
    connections.close_all()
    port = 9871
    with subprocess.Popen(
        [sys.executable, "-m", "gongkai", "serve", "--port", str(port)], stdout=subprocess.PIPE, text=True
    ) as site:
        try:
            assert site.stdout is not None
            site.stdout.readline()  # printed when ready
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
                for shot in shots:
                    _take(browser, f"http://localhost:{port}", shot, cookies)
        finally:
            site.terminate()


def _ground() -> None:
    from bench import ground  # noqa: PLC0415 -- only without a demo

    from gongkai.portal import projections  # noqa: PLC0415

    unit = ground.people()
    for number in (1, 2, 3):
        ground.publish(Path(SCRATCH.name), unit, number, timezone.now())
    projections.rebuild()


def _public() -> Iterator[Shot]:
    for name, address in (
        ("home", "/"), ("policies", "/policies/"), ("open", "/open/"), ("notices", "/notices/"),
        ("units", "/units/"), ("progress", "/progress/"), ("search", "/search/?q=通知"),
        ("search-empty", "/search/?q=没有这个词"), ("find-errors", "/find-errors/"), ("site-map", "/site-map/"),
        ("annual", "/open/annual/"), ("guide", "/open/guide/"), ("standard", "/standard/"), ("columns", "/columns/"),
        ("records", "/records/"), ("records-enforcement", "/records/enforcement/"), ("subsidies", "/records/subsidies/"),
        ("budget", "/budget/"), ("changes", "/changes/"), ("verify", "/verify/"), ("site-health", "/site-health/"),
        ("apply", "/apply/"), ("apply-new", "/apply/new/"), ("apply-progress", "/apply/progress/"),
        ("apply-figures", "/apply/figures/"), ("feeds", "/feeds/"),
        ("about", "/about/"), ("large", "/large/"), ("contrast", "/contrast/"), ("not-found", "/nothing.html"),
    ):  # fmt: skip
        yield Shot(name, address)
    publications = Publication.objects.unscoped("screens")
    live = publications.filter(state="live").first()
    gone = publications.filter(state="withdrawn").first()
    if live:
        yield Shot("document", live.path)
        yield Shot("unit", f"/units/{Unit.objects.get(pk=live.unit_id).code}/")
    if gone:
        yield Shot("tombstone", gone.path)


def _staff() -> Iterator[Shot]:
    yield Shot("login", "/account/login/")
    for name, address, role in (
        ("desk", "", Role.OFFICER), ("documents", "documents/", Role.OFFICER),
        ("document-new", "documents/new/", Role.OFFICER), ("find", "find/?q=通知", Role.OFFICER),
        ("review", "review/", Role.REVIEWER), ("publishing", "publishing/", Role.LEADER),
        ("publication-ledger", "publishing/ledger/", Role.LEADER), ("errors", "publishing/errors/", Role.DISCLOSURE_OFFICE),
        ("ledger", "ledger/", Role.DISCLOSURE_OFFICE), ("plan-import", "ledger/import/", Role.DISCLOSURE_OFFICE),
        ("office", "ledger/office/", Role.DISCLOSURE_OFFICE), ("monday", "ledger/office/monday/", Role.DISCLOSURE_OFFICE),
        ("campaign", "ledger/office/campaigns/1/", Role.DISCLOSURE_OFFICE), ("bulletin", "ledger/office/bulletins/1/", Role.DISCLOSURE_OFFICE),
        ("lookback", "ledger/lookback/1/", Role.DISCLOSURE_OFFICE), ("orders", "ledger/orders/", Role.DISCLOSURE_OFFICE),
        ("catalogue", "catalogue/", Role.DISCLOSURE_OFFICE), ("catalogue-import", "catalogue/import/", Role.DISCLOSURE_OFFICE),
        ("demand", "ledger/demand/", Role.DISCLOSURE_OFFICE), ("coverage", "ledger/coverage/", Role.DISCLOSURE_OFFICE), ("searches", "searches/", Role.DISCLOSURE_OFFICE),
        ("columns-register", "columns/", Role.DISCLOSURE_OFFICE), ("upkeep", "upkeep/", Role.DISCLOSURE_OFFICE),
        ("record-types", "records/", Role.OFFICER), ("record-rows", "records/enforcement/", Role.OFFICER),
        ("record-import", "records/enforcement/import/", Role.OFFICER), ("budget-matrix", "budget/", Role.DISCLOSURE_OFFICE),
        ("registers", "registers/", Role.OFFICER), ("gate-live", "gate/live/", Role.DISCLOSURE_OFFICE),
        ("periods", "publishing/periods/", Role.DISCLOSURE_OFFICE), ("integrity", "publishing/integrity/", Role.DISCLOSURE_OFFICE),
        ("exchange", "exchange/", Role.DISCLOSURE_OFFICE), ("exchange-entries", "exchange/entries/", Role.DISCLOSURE_OFFICE),
        ("foi", "foi/", Role.OFFICER), ("foi-counter", "foi/counter/", Role.COUNTER), ("foi-tables", "foi/tables/", Role.DISCLOSURE_OFFICE),
        ("foi-disputes", "foi/disputes/", Role.DISCLOSURE_OFFICE), ("foi-topics", "foi/topics/", Role.DISCLOSURE_OFFICE),
        ("foi-practice", "foi/practice/", Role.OFFICER), ("my-tasks", "ledger/mine/", Role.OFFICER),
        ("site", "site/", Role.DISCLOSURE_OFFICE), ("numbers", "publishing/numbers/", Role.DISCLOSURE_OFFICE),
    ):  # fmt: skip
        yield Shot(name, f"/workbench/{address}", role)
    documents = Document.objects.unscoped("screens")
    draft = documents.filter(state="draft", unit=_person(Role.OFFICER).unit_id).first()
    if draft:
        yield Shot("gate", f"/workbench/documents/{draft.pk}/gate/", Role.OFFICER)
    for state, name, role in (
        ("draft", "document-draft", Role.OFFICER), ("submitted", "review-page", Role.REVIEWER),
        ("published", "document-published", Role.OFFICER),
    ):  # fmt: skip
        found = documents.filter(state=state, unit=_person(role).unit_id).first()
        if found:
            where = "review" if name == "review-page" else "documents"
            yield Shot(name, f"/workbench/{where}/{found.pk}/", role)
    case = Case.objects.unscoped("screens").filter(unit=_person(Role.OFFICER).unit_id).order_by("-pk").first()
    if case:
        yield Shot("case", f"/workbench/foi/{case.pk}/", Role.OFFICER)
    publication = Publication.objects.unscoped("screens").filter(unit=_person(Role.LEADER).unit_id).first()
    if publication:
        yield Shot("receipt", f"/workbench/publishing/{publication.pk}/", Role.LEADER)
        yield Shot("withdraw", f"/workbench/publishing/{publication.pk}/withdraw/", Role.LEADER)


def _person(role: Role) -> Person:
    """Somebody with the role, where that can be in a unit that has published and has cases."""
    published = Publication.objects.unscoped("screens").values("unit")
    asked = Case.objects.unscoped("screens").values("unit")
    holdings = RoleHolding.objects.filter(role=role).select_related("person").order_by("pk")
    busy = holdings.filter(unit__in=published)
    holding = busy.filter(unit__in=asked).first() or busy.first() or holdings.first()
    assert holding is not None, f"nobody has the role {role}"
    return holding.person


def _session(role: Role) -> str:
    """A session as the login would leave it after the second factor."""
    person, began = _person(role), int(now().timestamp())
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session[BEGAN] = session[SEEN] = began
    session[PROVEN] = str(person.pk)
    session.create()
    return str(session.session_key)


def _take(browser: Browser, site: str, shot: Shot, cookies: dict[Role, str]) -> None:
    for width in WIDTHS:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
        if shot.role:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": cookies[shot.role], "url": site}
            context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        answer = page.goto(site + shot.address)
        time.sleep(0.1)
        height = min(TALLEST, int(page.evaluate("document.documentElement.scrollHeight")))
        picture = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
        size = _store(SCREENS / f"{shot.name}-{width}.png", picture)
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        print(
            f"{shot.name}-{width}: {answer.status if answer else '?'} {size // 1024} KB{' TOO WIDE' if wide else ''}"
        )
        context.close()


def _store(path: Path, picture: bytes) -> int:
    """A palette picture of at most 100 KB: fewer colours first, then less of the page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours, share in ((64, 1.0), (32, 1.0), (16, 1.0), (16, 0.7), (16, 0.5), (16, 0.35)):
        part = image.crop((0, 0, image.width, int(image.height * share)))
        out = io.BytesIO()
        part.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            out, "PNG", optimize=True
        )
        if out.tell() <= LARGEST:
            break
    path.write_bytes(out.getvalue())
    return out.tell()


def _chromium() -> str:
    return (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
        or "chromium"
    )


if __name__ == "__main__":
    main()
