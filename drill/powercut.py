"""Power cuts, replayed from a trace of the system calls with which the writer changed its files.

At a cut everything is kept that a sync had confirmed before it. Of the writes after the last sync of their
file, which the disk may or may not have carried out, in any order, half of the cuts keep none and half keep a
random half, cut at sector borders. (kill -9 alone can never show this: the memory of the kernel survives it.)
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
CALL = re.compile(r"^(?:\d+\s+)?(\w+)\((\d+)<([^>]*)>(?:, )?(.*)\)\s+= (-?\d+)")
RENAME_OR_UNLINK = re.compile(r"^(?:\d+\s+)?unlink(?:at)?\((?:AT_FDCWD[^,]*, )?\"([^\"]*)\"")
DATA = re.compile(r"\"((?:\\x[0-9a-f]{2})*)\"")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: a write, a sync, a truncation, a removal, or an acknowledgement."""

    kind: str
    file: str = ""
    offset: int = 0
    data: bytes = b""


@dataclass
class Disk:
    """What is safe, and what is on its way, for each file."""

    safe: dict[str, bytearray] = field(default_factory=dict)
    pending: dict[str, list[Step]] = field(default_factory=dict)

    def take(self, step: Step) -> None:
        """Carry out one step."""
        if step.kind == "sync":
            for each in self.pending.pop(step.file, []):
                apply(self.safe.setdefault(step.file, bytearray()), each)
        elif step.kind == "unlink":
            self.safe.pop(step.file, None)
            self.pending.pop(step.file, None)
        elif step.kind in ("write", "truncate"):
            self.pending.setdefault(step.file, []).append(step)

    def after_cut(self, chance: random.Random | None) -> dict[str, bytes]:
        """The files as the next start finds them; without ``chance`` nothing unconfirmed has arrived."""
        found = {name: bytearray(content) for name, content in self.safe.items()}
        for name, steps in self.pending.items():
            for step in steps if chance else []:
                for part in sectors(step):
                    if chance and chance.random() < 0.5:
                        apply(found.setdefault(name, bytearray()), part)
        return {name: bytes(content) for name, content in found.items()}


def sectors(step: Step) -> list[Step]:
    """A write as the disk sees it; each sector arrives whole or not at all."""
    if step.kind != "write":
        return [step]
    parts = []
    position, end = step.offset, step.offset + len(step.data)
    while position < end:
        border = min(end, (position // SECTOR + 1) * SECTOR)
        parts.append(
            Step("write", step.file, position, step.data[position - step.offset : border - step.offset])
        )
        position = border
    return parts


def apply(content: bytearray, step: Step) -> None:
    """Change the bytes of one file by one step."""
    if step.kind == "truncate":
        del content[step.offset :]
        content.extend(bytes(step.offset - len(content)))
        return
    end = step.offset + len(step.data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    content[step.offset : end] = step.data


def read_trace(trace: Path, folder: Path) -> tuple[list[Step], list[list[int]]]:
    """The steps inside the folder in order, and the acknowledgements; step ``ack`` has its index as offset."""
    steps: list[Step] = []
    acknowledged: list[list[int]] = []
    for line in trace.read_text(errors="replace").splitlines():
        removed = RENAME_OR_UNLINK.match(line)
        if removed and line.rstrip().endswith("= 0"):
            steps.append(Step("unlink", Path(unescape(removed[1]).decode()).name))
            continue
        call = CALL.match(line)
        if call is None or int(call[5]) < 0:
            continue
        name, descriptor, path, rest, result = (
            call[1],
            call[2],
            unescape(call[3]).decode(),
            call[4],
            int(call[5]),
        )
        if name == "write" and descriptor == "1":
            acknowledged.append([int(number) for number in data_of(rest).split()])
            steps.append(Step("ack", offset=len(acknowledged)))
        elif path.startswith(str(folder)) and not path.endswith("-shm"):
            steps.extend(_step(name, Path(path).name, rest, result))
    return steps, acknowledged


def _step(name: str, file: str, rest: str, result: int) -> list[Step]:
    if name == "pwrite64":
        return [Step("write", file, int(rest.rsplit(", ", 1)[1]), data_of(rest)[:result])]
    if name in ("fsync", "fdatasync"):
        return [Step("sync", file)]
    if name == "ftruncate":
        return [Step("truncate", file, int(rest))]
    if name == "write":
        raise ValueError(f"a plain write to {file}: the replay knows positioned writes only")
    return []


def data_of(rest: str) -> bytes:
    """The bytes that strace printed in hexadecimal."""
    found = DATA.search(rest)
    return unescape(found[1]) if found else b""


def unescape(text: str) -> bytes:
    """``\\x41`` is A."""
    return bytes.fromhex(text.replace("\\x", "")) if text.startswith("\\x") else text.encode()
