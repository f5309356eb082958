"""The front before Django: files of the tree, their headers, and what must never come out."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from gongkai.portal.front import KEPT_SIZE, Front

PAGE = "<!doctype html><title>页</title>" + "正文" * 600


class Answer:
    """What came back."""

    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers, self.body = status, dict(headers), body


def django(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    start("404 Not Found", [("X-App", environ["PATH_INFO"]), ("X-Script", environ.get("SCRIPT_NAME", ""))])
    return [b"app"]


def ask(front: Front, path: str, method: str = "GET", **headers: str) -> Answer:
    got: list[Any] = []
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", **headers}
    body = b"".join(front(environ, lambda status, found: got.extend([status, found])))
    return Answer(got[0], got[1], body)


@pytest.fixture
def site(tmp_path: Path) -> Front:
    tree, static = tmp_path / "tree", tmp_path / "static"
    (tree / "doc").mkdir(parents=True)
    static.mkdir()
    (tree / "index.html").write_text(PAGE)
    (tree / "doc" / "1.html").write_text(PAGE)
    (tree / "doc" / "1.docx").write_bytes(b"PK")
    (tree / "doc" / "2.html.410").write_text("撤回")
    (tree / "view.css").write_text("")
    (tree / "large").mkdir()
    (tree / "large" / "view.css").write_text(":root{font-size:140%}")
    (tree / ".lock").write_text("x")
    (static / "site.css").write_text("body{}" * 400)
    (tmp_path / "secret.txt").write_text("secret")
    return Front(django, tree, static, headers=[("X-Frame-Options", "DENY")])


def test_home_is_answered_without_redirect(site: Front) -> None:
    found = ask(site, "/")
    assert found.status == "200 OK" and found.body.decode() == PAGE
    assert found.headers["Cache-Control"] == "no-cache" and found.headers["X-Frame-Options"] == "DENY"
    assert found.headers["Content-Length"] == str(len(found.body))


def test_same_file_is_not_sent_twice(site: Front) -> None:
    etag = ask(site, "/doc/1.html").headers["ETag"]
    again = ask(site, "/doc/1.html", HTTP_IF_NONE_MATCH=f'"other", {etag}')
    assert again.status == "304 Not Modified" and again.body == b"" and "Content-Length" not in again.headers
    assert not etag.startswith("W/")


def test_changed_file_is_seen_at_once(site: Front, tmp_path: Path) -> None:
    old = ask(site, "/doc/1.html")
    file = tmp_path / "tree" / "doc" / "1.html"
    new = file.with_name(".tmp")
    new.write_text("new page")
    os.replace(new, file)
    found = ask(site, "/doc/1.html", HTTP_IF_NONE_MATCH=old.headers["ETag"])
    assert found.status == "200 OK" and found.body == b"new page"


def test_packed_form_has_its_own_tag_and_same_content(site: Front) -> None:
    plain, packed = ask(site, "/"), ask(site, "/", HTTP_ACCEPT_ENCODING="gzip, br")
    assert packed.headers["Content-Encoding"] == "gzip" and packed.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.body) == plain.body and packed.headers["ETag"] != plain.headers["ETag"]


def test_stale_packed_twin_is_not_sent(site: Front, tmp_path: Path) -> None:
    (tmp_path / "tree" / "doc" / "1.html.gz").write_bytes(gzip.compress(b"older words"))
    packed = ask(site, "/doc/1.html", HTTP_ACCEPT_ENCODING="gzip")
    assert gzip.decompress(packed.body).decode() == PAGE


def test_head_has_the_headers_of_get(site: Front) -> None:
    got, head = ask(site, "/doc/1.html"), ask(site, "/doc/1.html", "HEAD")
    assert head.body == b"" and head.headers == got.headers


@pytest.mark.feature("B15")
def test_withdrawn_page_is_gone_and_says_so(site: Front, tmp_path: Path) -> None:
    found = ask(site, "/doc/2.html")
    assert found.status == "410 Gone" and found.body.decode() == "撤回"
    assert found.headers["Content-Type"].startswith("text/html")
    assert ask(site, "/doc/2.html", HTTP_IF_NONE_MATCH=found.headers["ETag"]).status == "410 Gone"
    assert ask(site, "/doc/2.html.410").headers["X-App"] == "/doc/2.html.410"


def test_withdrawal_of_a_page_in_memory(site: Front, tmp_path: Path) -> None:
    assert ask(site, "/doc/1.html").status == "200 OK"
    tree = tmp_path / "tree" / "doc"
    (tree / "1.html.410").write_text("撤回")
    (tree / "1.html").unlink()
    assert ask(site, "/doc/1.html").status == "410 Gone"
    (tree / "1.html").write_text(PAGE)
    (tree / "1.html.410").unlink()
    assert ask(site, "/doc/1.html").status == "200 OK"


def test_attachment_is_handed_over_to_be_saved(site: Front) -> None:
    assert ask(site, "/doc/1.docx").headers["Content-Disposition"] == "attachment"


def test_views_show_the_same_file_under_their_own_sheet(site: Front) -> None:
    assert ask(site, "/large/doc/1.html").body.decode() == PAGE
    assert ask(site, "/large/").body.decode() == PAGE
    assert b"140%" in ask(site, "/large/view.css").body
    assert ask(site, "/contrast/view.css").body == b""
    assert ask(site, "/large/doc/2.html").status == "410 Gone"


def test_dynamic_page_in_a_view_goes_on_below_its_prefix(site: Front) -> None:
    found = ask(site, "/large/search/")
    assert found.headers["X-App"] == "/search/" and found.headers["X-Script"] == "/large"
    assert ask(site, "/large/workbench/").headers["X-App"] == "/large/workbench/"


def test_folder_without_its_last_stroke_is_led_on(site: Front, tmp_path: Path) -> None:
    (tmp_path / "tree" / "open").mkdir()
    (tmp_path / "tree" / "open" / "index.html").write_text("x")
    found = ask(site, "/open")
    assert found.status.startswith("301") and found.headers["Location"] == "/open/"


def test_miss_and_writing_go_on_to_django(site: Front) -> None:
    assert ask(site, "/workbench/").body == b"app"
    assert ask(site, "/", "POST").body == b"app"


def test_large_file_comes_whole(site: Front, tmp_path: Path) -> None:
    content = os.urandom(KEPT_SIZE * 2 + 7)
    (tmp_path / "tree" / "doc" / "big.pdf").write_bytes(content)
    found = ask(site, "/doc/big.pdf")
    assert found.body == content and found.headers["Content-Length"] == str(len(content))


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/doc/../../secret.txt",
        "/static/../secret.txt",
        "/static//etc/passwd",
        "//etc/passwd",
        "/.lock",
        "/doc/1.html\0",
        "\\..\\secret.txt",
        "/large/../secret.txt",
        "/doc/1.html.gz",
        "/页",
        "secret.txt",
        "",
    ],
)
def test_nothing_outside_comes_out(site: Front, path: str) -> None:
    found = ask(site, path)
    assert b"secret" not in found.body and found.body in (b"app", PAGE.encode())


@given(
    st.lists(
        st.sampled_from(["..", ".", "", "doc", "large", "static", "secret.txt", "1.html", "%2e%2e", "\0"])
    )
)
@limits(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_no_path_leads_out(site: Front, parts: list[str]) -> None:
    assert b"secret" not in ask(site, "/" + "/".join(parts)).body


@pytest.mark.django_db
def test_security_headers_are_those_of_django(client: Any) -> None:
    from gongkai.portal.front import security_headers

    answer = client.get("/find-errors/")
    ours = dict(security_headers())
    theirs = {name: answer.headers.get(name) for name in ours if name != "Content-Security-Policy"}
    assert theirs == {name: text for name, text in ours.items() if name in theirs}
    said = {part.strip() for part in answer.headers["Content-Security-Policy"].split(";")}
    assert said == {part.strip() for part in ours["Content-Security-Policy"].split(";")}
    unknown = {"Content-Type", "Content-Length", "Vary", "Cache-Control", "Expires", "Set-Cookie"}
    assert set(answer.headers) - unknown <= set(ours)
