"""What may be asked of each list; the words stand in the description and in the guide."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AwareDatetime, BeforeValidator

from gongkai.api.rules import CODE, MOST_A_PAGE, USUAL_PAGE, written_out
from gongkai.orgs.models import Unit

UnitKind = Literal["district", "department", "dual", "street", "community", "institution"]
KINDS = "、".join(f"{kind.value}（{kind.label}）" for kind in Unit.Kind)
MOST_HITS = 50
# A bare number would be read as seconds since 1970, and a year typed alone would mean nothing that was meant.
Moment = Annotated[AwareDatetime, BeforeValidator(written_out)]


class OnePage(Schema):
    """How a list is paged."""

    before: int | None = Field(None, ge=1, le=2**62, description="翻页用，照上一页的 next 写")
    size: int = Field(USUAL_PAGE, ge=1, le=MOST_A_PAGE, description="每页条数")


class DocumentsAsked(OnePage):
    """Which records."""

    unit: str = Field("", max_length=40, pattern=CODE, description="单位代码，见 /api/v1/units")
    theme: str = Field("", max_length=4, pattern=CODE, description="主题代码，见 /api/v1/themes")
    changed_since: Moment | None = Field(None, description="只要这个时间以后发布或者变更的")


class WithdrawalsAsked(OnePage):
    """Which withdrawals."""

    since: Moment | None = Field(None, description="只要这个时间以后撤回的")


class UnitsAsked(Schema):
    """Which units."""

    kind: UnitKind | None = Field(None, description=f"类别：{KINDS}")


class CatalogueAsked(Schema):
    """Whose catalogue."""

    unit: str = Field("", max_length=40, pattern=CODE, description="单位代码，见 /api/v1/units；不写为全区")


class StandardItemsAsked(Schema):
    """Which matters of a field."""

    version: int | None = Field(None, ge=1, le=10**6, description="版次，不写为现行版")
    after: int | None = Field(None, ge=0, le=10**6, description="翻页用，照上一页的 next 写")
    size: int = Field(USUAL_PAGE, ge=1, le=MOST_A_PAGE, description="每页条数")


class DifferenceAsked(Schema):
    """Compared with which version."""

    since: int | None = Field(None, ge=1, le=10**6, description="与哪一版比，不写为前一版")


class LedgerAsked(Schema):
    """Which plan."""

    year: int | None = Field(None, ge=2000, le=2100, description="年份，不写为最近一年")


class FiguresAsked(Schema):
    """Which year."""

    year: int | None = Field(None, ge=2000, le=2100, description="年份，不写为最近一年")


class SearchAsked(Schema):
    """A question with what narrows it."""

    q: str = Field("", max_length=200, description="要查的词语、标题或发文字号")
    unit: str = Field("", max_length=80, description="单位简称")
    theme: str = Field("", max_length=80, description="主题名称")
    kind: str = Field("", max_length=80, description="类别")
    validity: str = Field("", max_length=80, description="有效性")
    year: str = Field("", max_length=4, description="成文年份")
    sort: Literal["relevance", "date"] = Field("relevance", description="排序：relevance 最相关，date 最新")
    page: int = Field(1, ge=1, le=50, description="第几页")
    size: int = Field(USUAL_PAGE, ge=1, le=MOST_HITS, description="每页条数")
