"""Pictures are drawn anew; infected files stay nowhere; a scanner that is away keeps files out of reach."""

from __future__ import annotations

import io
import socket
import struct
import threading
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from PIL import Image

from gongkai.files import actions, queries, storage, tasks
from gongkai.files.guard import TEST_MARK
from gongkai.files.models import StoredFile
from gongkai.files.uploading import TooLarge
from gongkai.law.refusal import Refused
from gongkai.trail.chain import SYSTEM
from gongkai.trail.models import TrailRow

PLACE = 0x8825  # the EXIF tag under which a camera writes where it stood


@pytest.fixture(autouse=True)
def store(tmp_path, settings):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


def photo(form: str = "JPEG", size: tuple[int, int] = (400, 300)) -> bytes:
    body, picture = io.BytesIO(), Image.new("RGB", size, "navy")
    exif = picture.getexif()
    exif[0x010F] = "CANARY-CAMERA"
    exif.get_ifd(PLACE)[1] = "N"
    picture.save(body, form, exif=exif)
    return body.getvalue()


def taken(world, content: bytes, name: str, **more):
    return actions.take_in(content=[content], name=name, unit=None, by=SYSTEM, now=world.now, **more)


@pytest.mark.feature("D01")
@pytest.mark.parametrize(("form", "name", "kind"), [("JPEG", "卡.JPEG", "jpg"), ("PNG", "卡.png", "png")])
def test_a_picture_is_kept_without_place_and_camera(world, form, name, kind):
    content = photo(form) + b"CANARY-BEHIND"
    file = taken(world, content, name, pictures=True)
    with storage.open_stored(file) as stream:
        kept = stream.read()
    assert (file.kind, file.name, file.size) == (kind, f"卡.{kind}", len(kept))
    assert b"CANARY" not in kept
    with Image.open(io.BytesIO(kept)) as again:
        assert again.size == (400, 300) and not dict(again.getexif())


def test_a_picture_lying_on_its_side_is_put_upright(world):
    body, picture = io.BytesIO(), Image.new("RGB", (40, 20))
    exif = picture.getexif()
    exif[0x0112] = 6
    picture.save(body, "JPEG", exif=exif)
    with storage.open_stored(taken(world, body.getvalue(), "卡.jpg", pictures=True)) as stream:
        assert Image.open(stream).size == (20, 40)


@pytest.mark.feature("B25")
def test_a_scanned_paper_comes_in_as_it_is(world):
    """A photograph of a paper is input like any other; its public copy is made without place and camera."""
    file = taken(world, photo(), "扫描件.jpg")
    assert file.kind == "jpg"
    with storage.open_stored(file) as stream:
        assert stream.read() == photo()
    copy = actions.make_public_copy(file=file, by=SYSTEM, now=world.now)
    with storage.open_stored(copy) as stream:
        assert b"CANARY" not in stream.read()
    assert queries.public_of(file) == copy and storage.path_of(file).exists()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "IMG_1.HEIC", "兼容性最佳"),
        (b"GIF89a" + b"\0" * 40, "动图.gif", "只收 jpg 和 png"),
        (photo()[:600], "半张.jpg", "打不开"),
        (b"\xff\xd8\xff" + b"junk" * 50, "假.jpg", "打不开"),
        (photo(), "通知.pdf", "改过文件名"),
    ],
)
def test_other_pictures_are_refused_with_advice(world, store, content, name, words):
    with pytest.raises(Refused, match=words):
        taken(world, content, name, pictures=True)
    assert not StoredFile.objects.exists()
    assert [path for path in store.rglob("*") if path.is_file()] == []


def test_a_giant_picture_is_refused_before_it_is_drawn(world):
    body = io.BytesIO()
    Image.new("1", (9000, 9000)).save(body, "PNG")
    with pytest.raises(Refused, match="过大"):
        taken(world, body.getvalue(), "大.png", pictures=True)


def boxed(content: bytes) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("word/document.xml", "<a/>")
        box.writestr("word/media/x.bin", content)
    return body.getvalue()


@pytest.mark.feature("D01")
@pytest.mark.parametrize(
    ("content", "name"),
    [
        (TEST_MARK, "eicar.txt"),
        (b"%PDF-1.4\n" + b" " * 300_000 + TEST_MARK, "申请.pdf"),
        (boxed(b"x" * 262_100 + TEST_MARK), "申请.docx"),
    ],
)
def test_the_test_virus_is_refused_and_leaves_nothing(world, store, content, name):
    with pytest.raises(Refused, match="病毒"):
        taken(world, content, name, pictures=True, may_wait=True)
    assert not StoredFile.objects.exists()
    assert [path for path in store.rglob("*") if path.is_file()] == []


class Clamd(threading.Thread):
    """A scanner that reads the stream as clamd does and finds what holds the word VIRUS."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.door.getsockname()[1]}"

    def run(self) -> None:
        while True:
            try:
                line, _ = self.door.accept()
            except OSError:
                return
            with line, line.makefile("rb") as stream:
                asked = stream.read(6)
                if asked == b"zPING\0":
                    line.sendall(b"PONG\0")
                    continue
                assert asked + stream.read(4) == b"zINSTREAM\0"
                body = b""
                while size := struct.unpack("!L", stream.read(4))[0]:
                    body += stream.read(size)
                line.sendall(b"stream: Bad.Virus FOUND\0" if b"VIRUS" in body else b"stream: OK\0")


@pytest.fixture
def clamd(settings):
    scanner = Clamd()
    scanner.start()
    settings.CLAMD = scanner.address
    yield scanner
    scanner.door.close()


def test_the_scanner_of_the_district_is_asked(world, clamd):
    assert taken(world, "无害".encode(), "好.txt").state == "clean"
    with pytest.raises(Refused, match="病毒"):
        taken(world, b"VIRUS", "坏.txt")


def test_without_the_scanner_a_file_waits_out_of_reach_or_is_not_taken(world, settings):
    settings.CLAMD = "127.0.0.1:9"
    with pytest.raises(Refused, match="暂时没有回应"):
        taken(world, b"hello", "a.txt")
    file = taken(world, b"hello", "a.txt", may_wait=True)
    assert file.state == "quarantine"
    with pytest.raises(Refused, match="没有通过病毒检查"):
        storage.open_stored(file)
    tasks.minute(world.now)
    file.refresh_from_db()
    assert file.state == "quarantine"


@pytest.mark.django_db(transaction=True)
def test_a_waiting_file_is_settled_when_the_scanner_is_back(world, settings):
    settings.CLAMD = "127.0.0.1:9"
    good, bad = (taken(world, text, "a.txt", may_wait=True) for text in (b"hello", b"VIRUS"))
    scanner = Clamd()
    scanner.start()
    settings.CLAMD = scanner.address
    tasks.minute(world.now)
    scanner.door.close()
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.state, bad.state) == ("clean", "refused")
    assert storage.path_of(good).exists() and not storage.path_of(bad).exists()
    assert "病毒" in bad.reason
    assert TrailRow.objects.filter(verb="files.settle").count() == 2


def test_the_sender_s_name_of_a_file_is_not_kept_where_another_is_given(world):
    file = taken(world, photo(), "张三身份证.jpg", pictures=True, called="身份证明")
    assert file.name == "身份证明.jpg"
    assert not TrailRow.objects.filter(object_name__contains="张三").exists()


@pytest.mark.feature("D01")
def test_three_hundred_megabytes_are_swallowed_and_refused_kindly(world, settings):
    settings.MAX_UPLOAD_MB = 1
    request = RequestFactory().post(
        "/",
        {"title": "照片", "file": SimpleUploadedFile("大.pdf", b"%PDF-" + b"x" * 3_000_000), "end": "还在"},
    )
    assert (request.POST["title"], request.POST["end"]) == ("照片", "还在")
    upload = request.FILES["file"]
    assert isinstance(upload, TooLarge) and upload.size > 1024 * 1024
    with pytest.raises(Refused, match="超过 1 MB 的上限"):
        actions.take_in_upload(upload=upload, unit=None, by=SYSTEM, now=world.now)


@pytest.mark.django_db(transaction=True)
def test_a_file_that_nobody_uses_can_be_taken_back(world, store):
    file = taken(world, b"hello", "a.txt")
    actions.discard(file=file, by=SYSTEM, now=world.now)
    assert not StoredFile.objects.exists()
    assert [path for path in store.rglob("*") if path.is_file()] == []
