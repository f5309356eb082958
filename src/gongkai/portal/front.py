"""The small front before Django: answers public pages from the static tree, everything else goes on.

A request for a page costs one ``stat`` and one look into a dictionary; the bytes of small files are kept until
the file changes. The same tree can be served by nginx, so nothing here is known only to this front:
``x/`` is ``x/index.html``, ``x.gz`` beside ``x`` is its packed twin, ``x.410`` is answered with status 410 where
``x`` is not there, and ``/large/x`` and ``/contrast/x`` show ``x`` under another style sheet.
"""

from __future__ import annotations

import gzip
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from typing import Any

from csp.utils import build_policy
from django.conf import settings

from gongkai.portal.addresses import VIEWS
from gongkai.portal.visiting import VisitLog

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
Headers = list[tuple[str, str]]

KEPT_FILES = 4096
KEPT_BYTES = 48 * 1024 * 1024
KEPT_SIZE = 256 * 1024
CHUNK = 64 * 1024
LEAST_PACKED = 1024
GONE = ".410"
TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
PACKED = frozenset({"html", "css", "js", "json", "atom", "xml", "txt", "svg"})
# What a browser may show itself; every other file of the tree is handed over to be saved.
SHOWN = frozenset({"html", "css", "js", "json", "atom", "xml", "txt", "png", "jpg", "ico", "pdf", "svg"})
# Addresses of people who log in; they have no other view and no file of the tree may stand for them.
STAFF = ("/workbench", "/account", "/api")


@dataclass(slots=True)
class Variant:
    """One form of a file (plain or packed) ready to be sent; ``body`` is ``None`` for a large file."""

    etag: str
    headers: Headers
    unchanged: Headers
    body: bytes | None
    file: str


@dataclass(slots=True)
class Held:
    """A file as it was when it was last looked at."""

    file: str
    mtime: int
    size: int
    status: str
    plain: Variant
    packed: Variant | None


def security_headers() -> Headers:
    """What Django's own answers carry; a test holds the two against each other."""
    found = [
        ("Content-Security-Policy", build_policy()),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", settings.X_FRAME_OPTIONS),
        ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
        ("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ]
    if settings.SECURE_HSTS_SECONDS:
        found.append(("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}"))
    return found


class Front:
    """The WSGI application that stands before Django."""

    def __init__(
        self,
        app: Application,
        tree_dir: Path | str,
        static_dir: Path | str,
        headers: Headers | None = None,
        note: Callable[[Environ], None] | None = None,
    ) -> None:
        self._app = app
        self._tree = str(tree_dir).rstrip("/")
        self._static = str(static_dir).rstrip("/")
        self._security = security_headers() if headers is None else headers
        self._note = note
        self._held: dict[str, Held] = {}
        self._kept = 0

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD"):
            return self._app(_in_view(environ), start)
        path = environ.get("PATH_INFO") or "/"
        held = self._current(path)
        if held is None:
            folder = self._folder(path)
            if folder:
                return _redirect(environ, start, folder, self._security)
            return self._app(_in_view(environ), start)
        if self._note is not None and method == "GET" and held.status == "200 OK":
            self._note(environ)
        variant = held.plain
        if held.packed is not None and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            variant = held.packed
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and held.status == "200 OK" and (variant.etag in known or known.strip() == "*"):
            start("304 Not Modified", variant.unchanged)
            return ()
        if method == "HEAD":
            start(held.status, variant.headers)
            return ()
        if variant.body is not None:
            start(held.status, variant.headers)
            return (variant.body,)
        try:
            return _stream(variant, held.status, start)
        except FileNotFoundError:  # withdrawn a moment ago
            return self._app(_in_view(environ), start)

    def _current(self, path: str) -> Held | None:
        """The file behind an address as it is now, from memory where it has not changed."""
        held = self._held.get(path)
        if held is not None:
            try:
                found = os.stat(held.file)
                if found.st_mtime_ns == held.mtime and found.st_size == held.size:
                    return held
            except OSError:
                pass
            self._forget(path)
        file = self._file(path)
        if file is None:
            return None
        held = self._read(path, *file)
        if held is not None:
            self._keep(path, held)
        return held

    def _file(self, path: str) -> tuple[str, str] | None:
        """Where the file behind an address stands, and with which status it is answered."""
        if not _is_safe(path):
            return None
        if path.startswith("/static/"):
            return _regular(self._static + path[7:])
        found = self._in_tree(path)
        if found is None:
            view, rest = _split_view(path)
            found = self._in_tree(rest) if view else None
        return found

    def _in_tree(self, path: str) -> tuple[str, str] | None:
        if path.startswith(STAFF):
            return None
        name = self._tree + (path + "index.html" if path.endswith("/") else path)
        found = _regular(name)
        if found is None and os.path.isfile(name + GONE):
            return name + GONE, "410 Gone"
        return found

    def _folder(self, path: str) -> str:
        """Where to go when somebody left out the last stroke of a folder's address."""
        if path.endswith("/") or not _is_safe(path) or path.startswith("/static/"):
            return ""
        rest = _split_view(path)[1] or path
        return path + "/" if os.path.isfile(f"{self._tree}{rest}/index.html") else ""

    def _read(self, path: str, file: str, status: str) -> Held | None:
        try:
            with open(file, "rb") as opened:
                found = os.fstat(opened.fileno())
                small = found.st_size <= KEPT_SIZE
                body = opened.read() if small else None
        except OSError:
            return None
        ending = file.removesuffix(GONE).rpartition(".")[2].lower()
        kind = TYPES.get(ending, "application/octet-stream")
        headers = [("Content-Type", kind), ("Last-Modified", formatdate(found.st_mtime, usegmt=True))]
        if ending not in SHOWN and status == "200 OK":
            headers.append(("Content-Disposition", "attachment"))
        if status != "200 OK":
            headers[0] = ("Content-Type", TYPES["html"])
        tag = f"{found.st_mtime_ns:x}-{found.st_size:x}"
        plain = self._variant(tag, headers, body, found.st_size, file, packable=ending in PACKED)
        packed = None
        if ending in PACKED and body is not None and len(body) >= LEAST_PACKED:
            packed = self._packed(tag, headers, body, file, found.st_mtime_ns)
        return Held(file, found.st_mtime_ns, found.st_size, status, plain, packed)

    def _packed(self, tag: str, headers: Headers, body: bytes, file: str, mtime: int) -> Variant:
        """The packed twin from its file; one that is missing or older than its page is made here."""
        squeezed = None
        try:
            with open(file + ".gz", "rb") as opened:
                if os.fstat(opened.fileno()).st_mtime_ns >= mtime - 2_000_000_000:
                    squeezed = opened.read()
        except OSError:
            pass
        if squeezed is None or gzip.decompress(squeezed) != body:
            squeezed = gzip.compress(body, 6, mtime=0)
        named = [*headers, ("Content-Encoding", "gzip")]
        return self._variant(tag + "-z", named, squeezed, len(squeezed), file, packable=True)

    def _variant(
        self, tag: str, headers: Headers, body: bytes | None, size: int, file: str, *, packable: bool
    ) -> Variant:
        etag = f'"{tag}"'
        common = [("ETag", etag), ("Cache-Control", "no-cache"), *self._security]
        if packable:
            common.append(("Vary", "Accept-Encoding"))
        return Variant(etag, [*headers, ("Content-Length", str(size)), *common], common, body, file)

    def _keep(self, path: str, held: Held) -> None:
        weight = _weight(held)
        if len(self._held) >= KEPT_FILES or self._kept + weight > KEPT_BYTES:
            self._held.clear()
            self._kept = 0
        self._held[path] = held
        self._kept += weight

    def _forget(self, path: str) -> None:
        held = self._held.pop(path, None)
        if held is not None:
            self._kept -= _weight(held)


def wrap(app: Application) -> Front:
    """The front over this installation's tree and its collected static files."""
    log = VisitLog(settings.VISITS_DIR)
    return Front(app, settings.TREE_DIR, settings.STATIC_ROOT, note=log.note)


def _weight(held: Held) -> int:
    return len(held.plain.body or b"") + (len(held.packed.body or b"") if held.packed else 0)


def _is_safe(path: str) -> bool:
    """Only plain addresses that we write ourselves: no way up, nothing hidden, no inner form of a file."""
    return (
        path.startswith("/")
        and path.isascii()
        and "/." not in path
        and "//" not in path
        and "\\" not in path
        and "\0" not in path
        and len(path) < 500
        and not path.endswith((GONE, ".gz"))
    )


def _regular(name: str) -> tuple[str, str] | None:
    try:
        return (name, "200 OK") if stat.S_ISREG(os.stat(name).st_mode) else None
    except OSError:
        return None


def _split_view(path: str) -> tuple[str, str]:
    """The view before an address, and the address itself; nothing where there is no view."""
    for view in VIEWS:
        if path.startswith(view + "/") and not path[len(view) :].startswith(STAFF):
            return view, path[len(view) :]
    return "", ""


def _in_view(environ: Environ) -> Environ:
    """What Django sees of a page in another view: the same page below a prefix."""
    view, rest = _split_view(environ.get("PATH_INFO") or "/")
    if not view:
        return environ
    return {**environ, "SCRIPT_NAME": environ.get("SCRIPT_NAME", "") + view, "PATH_INFO": rest}


def _redirect(environ: Environ, start: Start, to: str, security: Headers) -> Iterable[bytes]:
    query = environ.get("QUERY_STRING")
    headers = [("Location", to + (f"?{query}" if query else "")), ("Content-Length", "0"), *security]
    start("301 Moved Permanently", headers)
    return ()


def _stream(variant: Variant, status: str, start: Start) -> Iterable[bytes]:
    """A large file in pieces; it is open before the answer begins, so that a withdrawal cannot cut it short."""
    opened = open(variant.file, "rb")  # noqa: SIM115 -- closed by the generator
    size = os.fstat(opened.fileno()).st_size
    headers = [(name, str(size) if name == "Content-Length" else text) for name, text in variant.headers]
    start(status, headers)

    def pieces() -> Iterator[bytes]:
        with opened:
            while chunk := opened.read(CHUNK):
                yield chunk

    return pieces()
