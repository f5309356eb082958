"""While a form comes in: what is too large is counted but not written, so that it fills no disk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from gongkai.files.storage import too_big
from gongkai.law.refusal import Refused


class TooLarge(UploadedFile):
    """Stands for a file that went over the limit; whoever takes it in gets the sentence, not the bytes."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        raise Refused([too_big(_limit())])


class Measured(FileUploadHandler):
    """First of the handlers: lets a file pass up to the limit and swallows the rest."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self._size += len(raw_data)
        return None if self._size > _limit() else raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if self._size <= _limit():
            return None  # the next handler has the bytes
        return TooLarge(
            file=None, name=self.file_name, content_type=self.content_type, size=self._size, charset=None
        )


def _limit() -> int:
    return int(settings.MAX_UPLOAD_MB) * 1024 * 1024
