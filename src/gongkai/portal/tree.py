"""The static tree on disk: whole files or none, each knowing which record it shows at which version.

One writer at a time (a lock on the tree), and whoever holds the lock reads what to draw only then; so whatever
the order in which events arrive, the last writer leaves the present state.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import os
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from gongkai.portal.front import GONE, LEAST_PACKED, PACKED
from gongkai.publishing.models import TreeFile

LOCK = ".lock"
TEMPORARY = ".tmp-"
BATCH = 500


@dataclass(frozen=True, slots=True)
class Output:
    """A file as it is to stand in the tree."""

    path: str
    body: bytes
    record: str
    version: int = 0
    kind: str = "page"


@dataclass(frozen=True, slots=True)
class Fault:
    """A file of the tree that is not as it was written."""

    path: str
    what: str


class Writer:
    """Writes while it holds the tree. Not durable: a full build, which syncs once at its end."""

    def __init__(self, root: Path, *, durable: bool) -> None:
        self._root = root
        self._durable = durable
        self._folders: set[str] = set()

    def put(self, outputs: Sequence[Output], *, anew: bool = False) -> int:
        """Write the files that differ from what stands there; an older version of a record is refused.

        ``anew``: what stands there is not believed, every file is written.
        """
        known = _rows([output.path for output in outputs])
        changed = []
        for output in outputs:
            row = known.get(output.path)
            if row and row.record == output.record and row.version > output.version:
                continue
            digest = hashlib.sha256(output.body).hexdigest()
            stands = (
                not anew and row is not None and row.digest == digest and self._stands(output.path, row.size)
            )
            if stands and row is not None and row.version == output.version:
                continue
            if not stands:
                self._write(output)
            changed.append(_row(output, digest))
        self._sync_folders()
        # One file drawn twice in one go has one row: PostgreSQL refuses to update a row twice in a statement.
        TreeFile.objects.bulk_create(
            list({row.path: row for row in changed}.values()),
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["path"],
            update_fields=["record", "version", "digest", "size", "kind"],
        )
        return len(changed)

    def bury(self, path: str, stone: Output) -> None:
        """Take a file out of public: its tombstone stands before it goes, so the address never lies."""
        self.put([stone])
        self.remove([path])

    def remove(self, paths: Collection[str]) -> None:
        """Delete files with their packed twins and their rows."""
        for path in paths:
            name = self._name(path)
            for one in (name, name + ".gz"):
                with suppress(FileNotFoundError):
                    os.unlink(one)
            self._folders.add(os.path.dirname(name))
        self._sync_folders()
        TreeFile.objects.filter(path__in=list(paths)).delete()

    def _stands(self, path: str, size: int) -> bool:
        try:
            return os.stat(self._name(path)).st_size == size
        except OSError:
            return False

    def _write(self, output: Output) -> None:
        name = self._name(output.path)
        folder = os.path.dirname(name)
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)
        # The packed twin first: the front never sends a twin that is older than its page.
        if _ending(output.path) in PACKED and len(output.body) >= LEAST_PACKED:
            self._place(name + ".gz", gzip.compress(output.body, 6, mtime=0))
        else:
            with suppress(FileNotFoundError):
                os.unlink(name + ".gz")
        self._place(name, output.body)

    def _place(self, name: str, body: bytes) -> None:
        folder, base = os.path.split(name)
        temporary = os.path.join(folder, TEMPORARY + base)
        try:
            with open(temporary, "wb") as opened:
                opened.write(body)
                if self._durable:
                    opened.flush()
                    os.fsync(opened.fileno())
            os.replace(temporary, name)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise

    def _sync_folders(self) -> None:
        if self._durable:
            for folder in self._folders:
                _sync(folder)
        self._folders.clear()

    def _name(self, path: str) -> str:
        if not path.startswith("/") or "/." in path:
            raise ValueError(f"{path!r} is no address of the tree")
        return str(self._root) + path


@contextmanager
def writing(*, durable: bool = True) -> Iterator[Writer]:
    """Hold the tree of this installation and write to it."""
    root = Path(settings.TREE_DIR)
    root.mkdir(parents=True, exist_ok=True)
    with open(root / LOCK, "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Writer(root, durable=durable)


def faults() -> Iterator[Fault]:
    """Every file that is missing, was changed, or stands there without being known."""
    root = Path(settings.TREE_DIR)
    known = set()
    for row in TreeFile.objects.order_by("path").iterator(chunk_size=2000):
        known.add(row.path)
        what = _difference(root, row)
        if what:
            yield Fault(row.path, what)
    for path in present_files():
        if path not in known and path.removesuffix(".gz") not in known:
            yield Fault(path, "多出的文件，不是系统生成的")


def file_fault(row: TreeFile) -> str:
    """What is wrong with one known file; empty: nothing."""
    return _difference(Path(settings.TREE_DIR), row)


def missing_paths() -> list[str]:
    """Known files that are not there or have another size; a quick look at start-up."""
    root = str(settings.TREE_DIR)
    found = []
    rows = TreeFile.objects.order_by("pk").values_list("path", "size").iterator(chunk_size=5000)
    for path, size in rows:
        try:
            if os.stat(root + path).st_size != size:
                found.append(path)
        except OSError:
            found.append(path)
    return found


def present_files() -> Iterator[str]:
    """All addresses that have a file, hidden ones left out."""
    root = str(settings.TREE_DIR)
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith("."):
                yield os.path.join(folder, name)[len(root) :]


def sweep() -> int:
    """Delete half-written files of a process that was killed; only while holding the tree."""
    count = 0
    for folder, _, files in os.walk(str(settings.TREE_DIR)):
        for name in files:
            if name.startswith(TEMPORARY):
                os.unlink(os.path.join(folder, name))
                count += 1
    return count


def _difference(root: Path, row: TreeFile) -> str:
    try:
        body = Path(str(root) + row.path).read_bytes()
    except OSError:
        return "文件不见了"
    if hashlib.sha256(body).hexdigest() != row.digest:
        return "内容被改过或者没有写完"
    packed = Path(str(root) + row.path + ".gz")
    try:
        if gzip.decompress(packed.read_bytes()) != body:
            return "压缩文件与网页不一致"
    except FileNotFoundError:
        if _ending(row.path) in PACKED and len(body) >= LEAST_PACKED:
            return "压缩文件不见了"
    except (EOFError, OSError, zlib.error):
        return "压缩文件损坏"
    return ""


def _rows(paths: Iterable[str]) -> dict[str, TreeFile]:
    wanted, found = list(paths), {}
    for at in range(0, len(wanted), BATCH):
        for row in TreeFile.objects.filter(path__in=wanted[at : at + BATCH]):
            found[row.path] = row
    return found


def _row(output: Output, digest: str) -> TreeFile:
    return TreeFile(
        path=output.path,
        record=output.record,
        version=output.version,
        digest=digest,
        size=len(output.body),
        kind=output.kind,
    )


def _ending(path: str) -> str:
    return path.removesuffix(GONE).rpartition(".")[2]


def _sync(folder: str) -> None:
    with suppress(FileNotFoundError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
