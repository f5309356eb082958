"""Every guide opens for everybody, and names only buttons and commands that exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class
from django.test import Client
from django.urls import reverse

from gongkai.orgs.accounts import PROVEN
from gongkai.workbench.guides import GUIDES

PACKAGE = Path(__file__).resolve().parents[2]
FOLDER = PACKAGE / "workbench" / "templates" / "workbench" / "guides"
BUTTON = re.compile(r"<b>([^<]+)</b>")
COMMAND = re.compile(r"<code>gongkai ([a-z]+)([^<]*)</code>")
HAN = re.compile(r"[\u4e00-\u9fff]")
pytestmark = pytest.mark.django_db


def texts() -> dict[str, str]:
    return {guide.key: (FOLDER / f"{guide.key}.html").read_text() for guide in GUIDES}


def words_on_pages() -> str:
    """What templates and forms say, the guides themselves left out."""
    pages = [path for path in PACKAGE.rglob("templates/**/*.html") if path.parent != FOLDER]
    code = [path for path in PACKAGE.rglob("*.py") if "tests" not in path.parts and path.name != "guides.py"]
    return "\n".join(path.read_text() for path in (*pages, *code))


def unknown_buttons(text: str, pages: str) -> list[str]:
    """Names in bold that stand on no page as a whole word or label."""
    edges = r"[>“”\"'：，。！点{}% \n]"
    return [
        name
        for name in BUTTON.findall(text)
        if not re.search(edges + re.escape(name) + r"[<“”\"'：，。（{ \n]", pages)
    ]


@pytest.mark.parametrize("name", ["finance.officer", "finance.leader", "system"])
def test_every_guide_opens(world: Any, client: Client, name: str) -> None:
    client.force_login(world.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[PROVEN] = str(world.people[name].pk)
    session.save()
    index = client.get(reverse("workbench:help"))
    assert index.status_code == 200
    for guide in GUIDES:
        assert reverse(guide.url_name) in index.content.decode()
        page = client.get(reverse(guide.url_name))
        assert page.status_code == 200
        assert guide.title in page.content.decode()
        assert 'class="text"' in page.content.decode()


def test_guides_are_for_staff_only(client: Client) -> None:
    for guide in GUIDES:
        assert client.get(reverse(guide.url_name)).status_code == 302


def test_guides_name_only_buttons_that_exist() -> None:
    pages = words_on_pages()
    assert {key: unknown_buttons(text, pages) for key, text in texts().items()} == {
        guide.key: [] for guide in GUIDES
    }


def test_an_invented_button_would_be_named() -> None:
    assert unknown_buttons("点<b>一键公开</b>。", words_on_pages()) == ["一键公开"]


def test_guides_name_only_commands_that_exist() -> None:
    known = get_commands()
    found = [hit for text in texts().values() for hit in COMMAND.findall(text)]
    assert len(found) >= 10
    for word, rest in found:
        assert word in known, word
        parser = load_command_class(known[word], word).create_parser("gongkai", word)
        # What is in Chinese stands for something that the reader puts in.
        arguments = ["file" if HAN.search(part) else part for part in rest.split()]
        assert parser.parse_args(arguments), rest
