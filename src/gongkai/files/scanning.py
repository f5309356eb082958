"""Asks whether a file carries a virus: a known test mark at once, the rest by the district's own clamd.

``CLAMD`` names the scanner (``127.0.0.1:3310`` or the path of its socket); without it only the mark is looked
for. The scanner gets the bytes over its INSTREAM command; nothing is ever run or unpacked here.
"""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings

from gongkai.files.guard import TEST_MARK

CHUNK = 256 * 1024
SECONDS = 20
PING_SECONDS = 2
LONGEST_ANSWER = 4096


class Finding(StrEnum):
    """What came of asking."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNANSWERED = "unanswered"
    NO_SCANNER = "no_scanner"
    CHANGED = "changed"  # what was scanned is not what came in


@dataclass(frozen=True, slots=True)
class Verdict:
    """The scanner's word; ``name`` is what it calls the virus."""

    finding: Finding
    name: str = ""


def scan(path: Path | str) -> Verdict:
    """Whether the file is clean. Never raises: a scanner that is away or gives up gives ``UNANSWERED``."""
    if has_test_mark(Path(path)):
        return Verdict(Finding.INFECTED, "EICAR")
    if not settings.CLAMD:
        return Verdict(Finding.NO_SCANNER)
    try:
        return _read(_asked(Path(path)))
    except (OSError, ValueError):  # away, or an address that is none
        return Verdict(Finding.UNANSWERED)


def is_answering() -> bool:
    """Whether the scanner says that it is there, within a moment."""
    try:
        with _connected(seconds=PING_SECONDS) as line:
            line.sendall(b"zPING\0")
            return line.recv(16).startswith(b"PONG")
    except (OSError, ValueError):
        return False


def has_test_mark(path: Path) -> bool:
    """Whether the standard test text stands in the file as it is; inside zips ``guard`` looks."""
    tail = b""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            if TEST_MARK in tail + chunk:
                return True
            tail = chunk[-len(TEST_MARK) :]
    return False


def _asked(path: Path) -> bytes:
    with _connected() as line, path.open("rb") as stream:
        line.sendall(b"zINSTREAM\0")
        while chunk := stream.read(CHUNK):
            line.sendall(struct.pack("!L", len(chunk)) + chunk)
        line.sendall(struct.pack("!L", 0))
        answer = b""
        while len(answer) < LONGEST_ANSWER and not answer.endswith(b"\0"):
            piece = line.recv(LONGEST_ANSWER)
            if not piece:
                break
            answer += piece
    return answer


def _connected(seconds: float = SECONDS) -> socket.socket:
    if settings.CLAMD.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(seconds)
        line.connect(settings.CLAMD)
        return line
    host, _, port = settings.CLAMD.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)


def _read(answer: bytes) -> Verdict:
    words = answer.rstrip(b"\0").decode("utf-8", "replace").strip()
    if words.endswith(" OK"):
        return Verdict(Finding.CLEAN)
    if words.endswith(" FOUND"):
        return Verdict(Finding.INFECTED, words.removesuffix(" FOUND").rpartition(": ")[2][:80])
    return Verdict(Finding.UNANSWERED)
