"""The data directory before Django is there: its place, its lock, its secrets, its marker.

Nothing here imports Django, because the settings read the secret key that this module generates.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import gongkai

MARKER = "prepared.json"
SECRETS = ("secret_key",)
FOLDERS = ("files", "index", "tree", "secrets")

# These run without an installation: they compute nothing from it and write nothing into it, or (restore)
# they need the directory to be empty.
WITHOUT_DATA = frozenset(
    {
        "help",
        "version",
        "check",
        "compilemessages",
        "makemigrations",
        "migrate",
        "restore",
        "test",
        "verify",
        "wall",
    }
)
# These must run on an installation that an older version left.
ON_OLD_DATA = frozenset({"upgrade", "backup", "doctor"})


class Unusable(Exception):  # noqa: N818 -- an answer to the operator
    """The data directory cannot be used as it is; the text says what to do."""


def location() -> Path:
    """Where the data directory is, as the settings read it."""
    return Path(os.environ.get("DATA_DIR") or "data").absolute()


def wanted_by(arguments: list[str]) -> bool:
    """Whether a command line needs a data directory at all."""
    if not arguments or arguments[0] in WITHOUT_DATA or arguments[0].startswith("-"):
        return False
    return not {"--help", "-h"} & set(arguments)


def say(text: str) -> None:
    """Tell the person at the terminal; standard output belongs to the result of the command."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def locked(folder: Path, name: str = "lock", *, waiting: str = "") -> Iterator[None]:
    """Hold a lock of the data directory; it falls when the process ends, also by kill -9."""
    with (folder / f".{name}").open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not waiting:
                raise
            say(waiting)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def make(folder: Path) -> None:
    """Create the directory and its secrets where they are missing. Safe for two first starts at once."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError
        with locked(folder, waiting="另一个命令正在准备数据目录，请稍候……"):
            for name in FOLDERS:
                (folder / name).mkdir(exist_ok=True)
            (folder / "secrets").chmod(0o700)
            for name in SECRETS:
                _generate(folder / "secrets" / name)
    except (PermissionError, NotADirectoryError, FileExistsError):
        raise Unusable(
            f"数据目录 {folder} 不能写入。请检查目录权限，或用 DATA_DIR 指定另一个目录。"
        ) from None


def _generate(secret: Path) -> None:
    """Write a new secret, readable by its owner only, whole or not at all."""
    if secret.exists():
        return
    draft = secret.with_suffix(f".{os.getpid()}")
    with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as handle:
        handle.write(secrets.token_urlsafe(48))
        handle.flush()
        os.fsync(handle.fileno())
    draft.rename(secret)


def fingerprint(packages: Iterable[str], database: str) -> dict[str, str]:
    """What the marker must say for the data directory to fit this program.

    ``schema`` covers the names of all migrations, ``facts`` the reference data in the package; the address
    of the database counts as well, because one directory can be pointed at another database.
    """
    names = sorted(f"{name}/{file.stem}" for name in packages for file in _migrations_of(name))
    facts = sorted(
        file
        for file in Path(gongkai.__path__[0]).glob("*/facts/**/*")
        if file.is_file() and file.suffix != ".pyc"
    )
    return {
        "version": gongkai.__version__,
        "schema": _digest(name.encode() for name in names),
        "facts": _digest(file.read_bytes() for file in facts),
        "database": _digest([database.encode()]),
    }


def _migrations_of(package: str) -> Iterator[Path]:
    spec = find_spec(package)
    for folder in spec.submodule_search_locations or [] if spec else []:
        yield from (Path(folder) / "migrations").glob("[0-9]*.py")


def _digest(parts: Iterable[bytes]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()[:16]


def read_marker(folder: Path) -> dict[str, str]:
    """What the last preparation or upgrade left; empty when there was none."""
    try:
        found = json.loads((folder / MARKER).read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_marker(folder: Path, content: dict[str, str]) -> None:
    """Note that the directory fits this program; whole or not at all."""
    draft = folder / f".{MARKER}.{os.getpid()}"
    draft.write_text(json.dumps(content, indent=1))
    draft.rename(folder / MARKER)
