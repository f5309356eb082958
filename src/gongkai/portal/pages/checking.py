"""核验: what somebody holds in his hands against what was sealed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from unicodedata import normalize

from gongkai.portal.context import Column, Link, PublicReceipt, Verdict, VerifyPage
from gongkai.portal.pages.change_rows import SILENT, UNNAMED
from gongkai.portal.pages.editions import receipt_path
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.publishing import offline
from gongkai.publishing.models import Publication, Release
from gongkai.publishing.queries import (
    Check,
    check_file,
    check_receipt,
    closure_of,
    receipt_of_release,
    release_by_receipt,
    shown_in,
)
from gongkai.trail.models import TrailRow

ADDRESS = "/verify/"
MOST_PAGE_BYTES = 5 * 1024 * 1024
MOST_FILE_BYTES = 30 * 1024 * 1024
_CODE = re.compile(rb"20\d\d-[A-Z0-9]{4}-[A-Z0-9]{4}(?![A-Z0-9-])")
UNKNOWN = "没有这个回执编号。请核对编号：四位年份、两组四位字母数字；网页右侧“核验本页”里可以复制。"
NEED_CODE = "没有找到回执编号。请填写网页上或者打印件上的回执编号，再核验文件。"
CLOSED = "这一版不再公开，不能核验文字。回执和摘要仍然有效。"
TOO_LARGE = "文件太大，没有核验。网页不超过 5 MB，附件不超过 30 MB。"


class Upload(Protocol):
    """An uploaded file as Django hands it over."""

    name: str | None
    size: int | None

    def chunks(self) -> Iterable[bytes]: ...


@dataclass(slots=True)
class Asked:
    """What somebody typed and sent."""

    code: str = ""
    words: str = ""
    file: Upload | None = None


def verify_page(asked: Asked, scene: Scene) -> VerifyPage:
    """The answer to one question; nothing that was sent is kept."""
    content = b""
    if asked.file is not None:
        name = (asked.file.name or "").lower()
        is_page = name.endswith((".html", ".htm", ".json"))
        if (asked.file.size or 0) > (MOST_PAGE_BYTES if is_page else MOST_FILE_BYTES):
            return _page(asked, problem=TOO_LARGE)
        content = b"".join(asked.file.chunks())
        if name.endswith(".json"):
            return _receipt_file(asked, content, scene)
        if is_page and not asked.code:
            found = _CODE.search(content)
            asked.code = found[0].decode() if found else ""
    if not asked.code:
        return _page(asked, problem=NEED_CODE if asked.file or asked.words.strip() else "")
    release = release_by_receipt(asked.code)
    if release is None:
        return _page(asked, problem=UNKNOWN)
    return _page(asked, release, scene, verdicts=_verdicts(asked, content, release, scene))


def _verdicts(asked: Asked, content: bytes, release: Release, scene: Scene) -> list[Check]:
    if not content and not asked.words.strip():
        return []
    if closure_of(release.edition_id):
        return [Check("文字", False, CLOSED)]
    receipt = receipt_of_release(release, site_url=scene.site.url, label=scene.site.label)
    sealed = check_receipt(receipt)
    if not sealed.agrees:
        return [sealed]
    found = []
    if asked.words.strip():
        found.append(_words(asked.words, receipt))
    if content and asked.file is not None:
        is_page = (asked.file.name or "").lower().endswith((".html", ".htm"))
        found.append(offline.check_in_child(receipt, content) if is_page else check_file(receipt, content))
    return found


def _words(words: str, receipt: dict[str, Any]) -> Check:
    """Typed or pasted words against the sealed text; white space does not count."""
    typed = normalize("NFC", "".join(words.split()))
    sealed = shown_in(receipt["sealed"]["body"], base=receipt["url"]).words
    if typed == sealed:
        return Check("粘贴的正文", True, "和发布时的正文一字不差。")
    at = next((i for i, (a, b) in enumerate(zip(sealed, typed, strict=False)) if a != b), None)
    at = min(len(sealed), len(typed)) if at is None else at
    was, now = sealed[at : at + 12] or "（到此为止）", typed[at : at + 12] or "（到此为止）"
    return Check("粘贴的正文", False, f"从第{at + 1}个字起不同：发布时是“{was}”，粘贴的是“{now}”。")


def _receipt_file(asked: Asked, content: bytes, scene: Scene) -> VerifyPage:
    try:
        receipt: Any = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        receipt = None
    sealed = check_receipt(receipt)
    if not sealed.agrees:
        return _page(asked, verdicts=[sealed])
    asked.code = str(receipt.get("receipt", ""))[:40]
    release = release_by_receipt(asked.code)
    if release is None:
        told = "回执自身完整，但是本站没有出具过这个编号的回执。请核对它是不是别的网站的。"
        return _page(asked, verdicts=[sealed, Check("本站登记", False, told)])
    same = receipt["digest"] == release.digest
    told = "摘要和本站登记的一致。" if same else "摘要和本站登记的不一致，这份回执不是本站出具的。"
    return _page(asked, release, scene, verdicts=[sealed, Check("本站登记", same, told)])


def _page(
    asked: Asked,
    release: Release | None = None,
    scene: Scene | None = None,
    *,
    verdicts: Iterable[Check] = (),
    problem: str = "",
) -> VerifyPage:
    return VerifyPage(
        address=ADDRESS,
        title="核验公开信息",
        crumbs=(HOME, Link("核验公开信息")),
        column=Column(name="核验公开信息", type="信息公开目录"),
        code=asked.code,
        words=asked.words,
        receipt=_shown(release) if release and scene else None,
        verdicts=tuple(Verdict(one.what, one.agrees, one.told) for one in verdicts),
        problem=problem,
    )


def _shown(release: Release) -> PublicReceipt:
    publication = release.publication
    taken = publication.withdrawals.order_by("-at", "-pk").first()
    is_live = publication.state == Publication.State.LIVE
    silent = not is_live and taken is not None and taken.kind in SILENT
    present = publication.edition_id == release.edition_id
    if not is_live:
        standing = f"已撤回（{taken.kind if taken else ''}），不再公开。"
    elif present:
        standing = "现在公开的就是这一版。" + ("已宣布失效，供查阅。" if publication.expired else "")
    else:
        standing = f"这是第{release.edition.number}版，已被新的版本替换。"
    trail = TrailRow.objects.filter(seq=release.trail_seq).values_list("digest", flat=True).first()
    own = publication.path.removesuffix(".html") + ".receipt.json"
    return PublicReceipt(
        code=release.receipt,
        title=UNNAMED if silent else release.edition.fields["title"],
        url=publication.path,
        unit=publication.unit.name,
        index_number=release.edition.fields["index_number"],
        edition=release.edition.number,
        published_at=release.published_at,
        digest=release.digest,
        trail_seq=release.trail_seq,
        trail_digest=trail or "",
        standing=standing,
        download="" if not is_live else own if present else receipt_path(publication, release.edition.number),
    )
