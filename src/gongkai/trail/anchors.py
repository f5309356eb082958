"""The head of the chain, noted where nobody who changes the database can change it too.

The chain alone does not show that its end was cut off or that all of it was written anew. A head noted
before does. Each day one small file is laid under ``DATA_DIR/anchors``; the office prints it, mails it or
copies it to another machine. ``gongkai trail verify --anchor FILE`` compares.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from gongkai.kernel.clock import legal_day
from gongkai.trail import chain


class BadAnchor(Exception):  # noqa: N818 -- an answer to the operator
    """The file is no noted head; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A noted head: how many rows there were, and the digest of the last."""

    rows: int
    digest: str
    noted_at: str
    algorithm: str = chain.ALGORITHM

    def as_json(self) -> str:
        fields = {
            "rows": self.rows,
            "digest": self.digest,
            "algorithm": self.algorithm,
            "noted_at": self.noted_at,
        }
        return json.dumps(fields, ensure_ascii=False) + "\n"


def present(*, now: datetime) -> Anchor:
    """The head as it is now."""
    rows, digest = chain.head()
    return Anchor(rows=rows, digest=digest, noted_at=now.isoformat(timespec="seconds"))


def read(path: Path) -> Anchor:
    """A head noted before."""
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        anchor = Anchor(
            rows=int(fields["rows"]),
            digest=str(fields["digest"]),
            noted_at=str(fields.get("noted_at", "")),
            algorithm=str(fields.get("algorithm", chain.ALGORITHM)),
        )
    except OSError:
        raise BadAnchor(f"读不到锚点文件 {path}。请核对文件名和权限。") from None
    except (ValueError, KeyError, TypeError):
        raise BadAnchor(
            f"{path} 不是锚点文件。请使用 DATA_DIR/anchors 下的文件，或 gongkai trail head 写出的文件。"
        ) from None
    if len(anchor.digest) != 64 or anchor.rows < 0:
        raise BadAnchor(f"{path} 里的摘要不完整。请换用另一天的锚点文件。")
    return anchor


def write(anchor: Anchor, path: Path) -> None:
    """Lay the head down whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as handle:
        handle.write(anchor.as_json())
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(path)


def of_day(moment: datetime) -> Path:
    """Where the head of that legal day is noted."""
    return Path(settings.DATA_DIR) / "anchors" / f"{legal_day(moment).isoformat()}.json"
