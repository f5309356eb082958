"""The ground of the browser journeys: one demo installation that runs, a browser, and a way to log in.

The site is one process of its own with its own ``DATA_DIR``; the journeys see of it what a clerk or a citizen
sees. Playwright holds an event loop while it is open, so it is opened for each file and not for the whole run.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
WIDTH = 1280
WIDER = """document.fonts.ready.then(
  () => document.documentElement.scrollWidth - document.documentElement.clientWidth)"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each journey carries the marker."""
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


@dataclass
class Site:
    """The running demo."""

    base: str
    env: dict[str, str]
    folder: Path
    cookies: dict[str, Any] = field(default_factory=dict)

    def run(self, *words: str) -> str:
        """One command of the operator on this installation."""
        done = subprocess.run(
            [sys.executable, "-m", "gongkai", *words],
            env=self.env,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def answer(self, path: str) -> tuple[int, str]:
        """Status and text of a public address, as a reader without a browser gets it."""
        try:
            with urllib.request.urlopen(self.base + path, timeout=20) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    @cached_property
    def password(self) -> str:
        """The password that all invented people share."""
        return json.loads(self.run("demo", "accounts", "--json"))[0]["password"]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser of this machine; the only reason for which the journeys may be left out."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no chromium on this machine: run deploy/install-browser")
    return found


@pytest.fixture(scope="session")
def site(chromium: str) -> Iterator[Site]:
    """The demo district, loaded once for each worker and served on a free port; gone at the end with all its processes."""
    with tempfile.TemporaryDirectory(prefix="gongkai-browser-") as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        # A database of its own, whatever the rest of the suite runs on.
        env = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "SECRET_KEY")}
        env |= {"DATA_DIR": str(Path(folder) / "data"), "PYTHONUNBUFFERED": "1"}
        ground = Site(f"http://localhost:{port}", env, Path(folder))
        ground.run("demo", "load")
        with (Path(folder) / "serve.log").open("w") as log:
            server = subprocess.Popen(
                [sys.executable, "-m", "gongkai", "serve", "--port", str(port)],
                env=env,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
            try:
                assert server.stdout is not None
                first = server.stdout.readline()  # printed when ready
                assert "localhost" in first, f"the site did not start: {first}"
                yield ground
            finally:
                server.terminate()
                server.communicate(timeout=30)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield opened
        opened.close()


@dataclass
class Desk:
    """Opens pages at a width, as a visitor or as somebody who logged in; notes every complaint of the console."""

    site: Site
    browser: Browser
    complaints: list[str] = field(default_factory=list)
    opened: list[BrowserContext] = field(default_factory=list)

    def page(self, user: str = "", *, width: int = WIDTH, script: bool = True) -> Page:
        """A fresh window; ``user`` has passed password and second factor."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 844},
            locale="zh-CN",
            java_script_enabled=script,
            storage_state=self.site.cookies.get(user),
        )
        self.opened.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("console", lambda said: self._note(page, said.type, said.text))
        page.on("pageerror", lambda error: self._note(page, "error", str(error)))
        if user and user not in self.site.cookies:
            self.log_in(page, user)
            self.site.cookies[user] = context.storage_state()
        return page

    def log_in(self, page: Page, user: str) -> None:
        """Password, then the code of the moment for those who have a second factor."""
        page.goto(self.site.base + "/account/login/")
        page.fill("[name=login]", user)
        page.fill("[name=password]", self.site.password)
        page.click("main button:has-text('登录')")
        page.wait_for_load_state()
        if page.locator("[name=code]").count():
            page.fill("[name=code]", self.site.run("demo", "code", user))
            page.click("button:has-text('完成登录')")
        page.wait_for_url("**/workbench/**")

    @staticmethod
    def overflow(page: Page) -> int:
        """By how many pixels the page stays wider than its window once styles, fonts and scripts have had their turn."""
        page.wait_for_load_state("load")
        wider = 0
        for _ in range(20):
            wider = page.evaluate(WIDER)
            if wider == 0:
                break
            page.wait_for_timeout(250)  # a layout on its way shrinks; one that is too wide stays so
        return wider

    def _note(self, page: Page, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(f"{page.url}: {text}")


@pytest.fixture
def desk(site: Site, browser: Browser) -> Iterator[Desk]:
    """A desk whose windows are closed after the test."""
    opened = Desk(site, browser)
    yield opened
    for context in opened.opened:
        context.close()
