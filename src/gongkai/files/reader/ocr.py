"""Recognises the words of a scan or a photograph, where the extra ``[ocr]`` is installed; its models come with it.

Every line keeps how sure the recognition is; the paper as a whole says so, and a person compares it.
"""

from __future__ import annotations

import logging
from pathlib import Path
from statistics import median
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from gongkai.files.problems import Unreadable
from gongkai.files.reader import pdf
from gongkai.files.reader.answer import Answer
from gongkai.files.reader.pages import Pages
from gongkai.files.reader.pdfsigns import Sign
from gongkai.files.reader.picture import MAX_PIXELS

DPI = 150
MOST_PAGES = 12  # one page takes a second or more; a longer scan is read in parts
LONGEST_SIDE = 2400
LEAST_SURE = 0.5
RECOGNISED = "这是文字识别的结果（平均把握 {sure} %），可能有错字漏字，请对照原件逐字核对。"
TOO_LONG = "扫描件超过 {most} 页，只识别了前 {most} 页。请拆开后分别上传。"


class Eyes:
    """The recognition engine with what it has seen so far."""

    def __init__(self, answer: Answer) -> None:
        import rapidocr  # noqa: PLC0415 -- an extra: this module must load without it

        logging.disable(logging.CRITICAL)
        threads = {
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
        self._engine = rapidocr.RapidOCR(params={"Global.log_level": "critical", **threads})
        self._answer = answer
        self._pages = 0
        self.sure: list[float] = []

    def page(self, page: Any) -> list[Sign]:
        """The lines of a pdf page; none beyond the number of pages that can be read in one turn."""
        self._pages += 1
        if self._pages > MOST_PAGES:
            self._answer.warn(TOO_LONG.format(most=MOST_PAGES))
            return []
        return self.picture(page.render(scale=DPI / 72).to_pil(), DPI)

    def picture(self, picture: Image.Image, dpi: int) -> list[Sign]:
        """The lines of a picture; each is one sign as wide as the line."""
        import numpy  # noqa: PLC0415 -- as above

        plain = ImageOps.exif_transpose(picture).convert("RGB")
        plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        found: Any = self._engine(numpy.asarray(plain)[:, :, ::-1])
        if found is None or found.boxes is None:
            return []
        lines, point = [], 72 / dpi
        for box, text, sure in zip(found.boxes, found.txts, found.scores, strict=True):
            if sure < LEAST_SURE or not text.strip():
                continue
            self.sure.append(float(sure))
            across, down = [float(one[0]) for one in box], [float(one[1]) for one in box]
            lines.append((text, min(across), max(down), max(across), min(down)))
        height = plain.height
        return _signs(lines, height, point)

    def tell(self) -> None:
        """Say that these words were recognised, and how sure that is."""
        if self.sure:
            self._answer.sure = round(sum(self.sure) / len(self.sure), 3)
            self._answer.warn(RECOGNISED.format(sure=round(self._answer.sure * 100)))


def read(path: Path, kind: str, answer: Answer) -> None:
    """The words of a scan, a mixed pdf or a picture."""
    eyes = Eyes(answer)
    if kind == "pdf":
        pdf.read(path, answer, eyes.page)
    else:
        pages = Pages(answer)
        signs = eyes.picture(open_picture(path), DPI)
        if not signs:
            raise Unreadable("file.no_words_seen")
        pages.take([], signs, 1)
        pages.hand_on()
    eyes.tell()


def open_picture(path: Path) -> Image.Image:
    """The picture, or why it is none."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit answers with a sentence
    try:
        picture = Image.open(path)
        if picture.width * picture.height > MAX_PIXELS:
            raise Unreadable("file.giant_picture")
        picture.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as problem:
        raise Unreadable("file.broken_picture") from problem
    return picture


def _signs(lines: list[tuple[str, float, float, float, float]], height: float, point: float) -> list[Sign]:
    """Lines with sizes that agree: letters of one text do not grow by a hair from line to line."""
    usual = median([low - high for _, _, low, _, high in lines]) if lines else 0.0
    found = []
    for text, left, low, right, high in lines:
        size = low - high
        size = usual if 0.75 * usual < size < 1.3 * usual else size
        found.append(
            Sign(
                text, left * point, (height - low) * point, right * point, (height - high) * point,
                round(size * point * 0.8, 1), False,
            )
        )  # fmt: skip
    return found
