"""Checks a zip container before anything in it is parsed: bombs, path slips, entities, stowaways.

Runs in the reading child. Sizes are counted while the members are unpacked, not believed.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from gongkai.files.problems import Unreadable

# In two pieces, so that no scanner takes this source for the standard test file itself.
TEST_MARK = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MAX_MEMBERS = 3000
MAX_MEMBER_BYTES = 150 * 1024 * 1024
MAX_TOTAL_BYTES = 300 * 1024 * 1024
# Office XML packs 5 to 30 times; an empty sheet's repeated rows reach 100. Small members may pack better.
MAX_RATIO = 200
RATIO_FROM_BYTES = 4 * 1024 * 1024
CHUNK = 256 * 1024
_STOWAWAYS = re.compile(
    r"\.(zip|rar|7z|tar|gz|bz2|xz|jar|exe|dll|scr|com|bat|cmd|ps1|vbs|js|jse|wsf|hta|lnk|msi|sh|py|apk)$",
    re.I,
)
_MARKUP = re.compile(r"\.(xml|rels|vml|xhtml|svg)$", re.I)
_DECLARATIONS = tuple(
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")
)


def check_container(path: Path) -> zipfile.ZipFile:
    """Open a zip that is safe to unpack member by member; raises ``Unreadable`` otherwise."""
    try:
        box = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as problem:
        raise Unreadable("file.broken") from problem
    members = box.infolist()
    if len(members) > MAX_MEMBERS:
        raise Unreadable("file.members")
    for member in members:
        _check_entry(member)
    if sum(member.file_size for member in members) > MAX_TOTAL_BYTES:
        raise Unreadable("file.bomb")
    if len({member.filename for member in members}) != len(members):
        raise Unreadable("file.broken")  # two members of one name: programs would see different papers
    total = 0
    for member in members:
        total += _unpack_counting(box, member, MAX_TOTAL_BYTES - total)
    return box


def _check_entry(member: zipfile.ZipInfo) -> None:
    name = member.filename
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or re.match(r"[A-Za-z]:", name) or "\x00" in name:
        raise Unreadable("file.path_slip")
    if (member.external_attr >> 16) & 0o170000 == 0o120000:  # a symbolic link
        raise Unreadable("file.path_slip")
    if member.flag_bits & 0x1:
        raise Unreadable("file.password")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable("file.method")
    if _STOWAWAYS.search(name):
        raise Unreadable("file.nested")
    if member.file_size > MAX_MEMBER_BYTES:
        raise Unreadable("file.bomb")


def _unpack_counting(box: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> int:
    """Unpack into nothing; the true size counts, and markup must declare no entities."""
    size, tail = 0, b""
    markup = _MARKUP.search(member.filename) is not None
    limit = min(MAX_MEMBER_BYTES, left)
    marks = b""
    try:
        with box.open(member) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > limit or (
                    size > RATIO_FROM_BYTES and size > MAX_RATIO * max(member.compress_size, 1)
                ):
                    raise Unreadable("file.bomb")
                if TEST_MARK in marks + chunk:
                    raise Unreadable("file.virus")
                marks = chunk[-len(TEST_MARK) :]
                if markup:
                    window = tail + chunk
                    if any(word in window for word in _DECLARATIONS):
                        raise Unreadable("file.entities")
                    tail = window[-32:]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as problem:
        raise Unreadable("file.broken") from problem
    return size
