"""What the interface answers about the catalogues; a name once given is never changed in v1."""

from __future__ import annotations

from datetime import datetime

from ninja import Field, Schema


class CatalogueRow(Schema):
    """An item of the statutory catalogue with what one unit, or the district, published under it."""

    code: str = Field(description="条和项，如 20-07")
    name: str = Field(description="名称")
    text: str = Field(description="法条原文")
    basis: str = Field(description="依据")
    count: int = Field(description="现有信息条数")
    changed_at: datetime | None = Field(description="这一项最近更新，没有信息的为 null")
    url: str = Field(description="列表网址，没有信息的为空")


class Catalogue(Schema):
    """The items of arts. 20 and 21 (法定主动公开内容), in the order of the law."""

    unit: str = Field(description="单位代码，全区为空")
    items: list[CatalogueRow]


class StandardRow(Schema):
    """A field of the standard catalogue of grass-roots disclosure."""

    code: str = Field(description="领域代码")
    name: str = Field(description="领域")
    lead: str = Field(description="牵头单位代码，未定为空")
    count: int = Field(description="现行事项数")
    version: int = Field(description="现行版次，还没有目录的为 0")
    changed_at: datetime | None = Field(description="现行版生效时间")
    url: str = Field(description="网页")


class Standards(Schema):
    """All fields, in the district's order."""

    items: list[StandardRow]


class StandardItemRow(Schema):
    """One matter of a version; its code stays the same through all versions."""

    code: str = Field(description="事项代码，各版不变")
    group: str = Field(description="一级事项")
    name: str = Field(description="事项")
    elements: list[str] = Field(description="公开内容（要素）")
    basis: str = Field(description="公开依据")
    limit: str = Field(description="公开时限，照原文")
    limit_words: str = Field(description="系统读作，没有读懂的为空")
    subject: str = Field(description="公开主体")
    channels: list[str] = Field(description="公开渠道和载体")
    audience: list[str] = Field(description="公开对象")
    methods: list[str] = Field(description="公开方式")
    tiers: list[str] = Field(description="公开层级")


class StandardItems(Schema):
    """A page of the matters of a version, in the order of the table."""

    field: str = Field(description="领域")
    version: int = Field(description="版次")
    current: bool = Field(description="是否现行")
    items: list[StandardItemRow]
    next: str = Field("", description="下一页的网址，空表示没有了")


class StandardVersionRow(Schema):
    """A version of a field's table; it is never changed."""

    version: int = Field(description="版次")
    current: bool = Field(description="是否现行")
    at: datetime = Field(description="生效时间")
    added: int = Field(description="新增事项数")
    changed: int = Field(description="改动事项数")
    removed: int = Field(description="删去事项数")


class StandardVersions(Schema):
    """A page of versions, newest first."""

    field: str = Field(description="领域")
    items: list[StandardVersionRow]
    next: str = Field("", description="下一页的网址，空表示没有了")


class ChangedCell(Schema):
    """One column of a matter before and after."""

    label: str = Field(description="栏目")
    before: str = Field(description="原来")
    after: str = Field(description="现在")


class StandardChange(Schema):
    """A matter that came, went or changed."""

    kind: str = Field(description="added 新增，removed 删去，changed 改动")
    name: str = Field(description="事项")
    cells: list[ChangedCell] = Field(description="改动的栏目，新增和删去的为空")


class StandardDifference(Schema):
    """Two versions of a field compared, matter by matter."""

    field: str = Field(description="领域")
    since: int = Field(description="旧版版次")
    version: int = Field(description="新版版次")
    items: list[StandardChange]
