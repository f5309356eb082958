"""What the interface answers: names in English, explained in Chinese; a name once given is never changed in v1."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema

ABSENT = "无"


class Fault(Schema):
    """Why there is no answer, and what to do."""

    code: str = Field(description="错误代码")
    message: str = Field(description="原因和办法")


class Related(Schema):
    """Another record that belongs here."""

    title: str = Field(description="标题")
    url: str = Field(description="网址")


class Gone(Fault):
    """A withdrawn record; of a mistake the title is not repeated."""

    index_number: str = Field(description="索引号")
    url: str = Field(description="原网址，撤回说明在此")
    kind: str = Field(description="撤回类别：误发、并入")
    at: datetime = Field(description="撤回时间")
    reason: str = Field(description="撤回原因")
    successor: Related | None = Field(None, description="替代它的信息")


class Header(Schema):
    """The eight fields of the header block (A07), absent ones as 无."""

    index_number: str = Field(description="索引号")
    theme: str = Field(description="主题分类")
    issuer: str = Field(description="发文单位")
    number: str = Field(description="发文字号")
    written_on: str = Field(description="成文日期")
    published_on: str = Field(description="发布日期")
    validity: str = Field(description="有效性：有效、尚未施行、失效")
    registered_number: str = Field(description="登记号")


class UnitName(Schema):
    """A unit as it is named beside a record."""

    code: str = Field(description="单位代码")
    name: str = Field(description="单位全称")


class DocumentRow(Schema):
    """One published record in a list."""

    id: str = Field(description="编号：年份/序号，与网址一致")
    title: str = Field(description="标题")
    url: str = Field(description="网址，永久不变")
    header: Header = Field(description="公文元数据八项，没有的写“无”")
    kind: str = Field(description="类别：政策、解读、公示等")
    unit: UnitName = Field(description="公开单位")
    summary: str = Field(description="摘要")
    version: int = Field(description="版次，公众看到的内容每变一次加一")
    published_at: datetime = Field(description="首次发布时间")
    changed_at: datetime = Field(description="最近一次发布时间")


class Documents(Schema):
    """A page of records, newest first."""

    items: list[DocumentRow]
    next: str = Field("", description="下一页的网址，空表示没有了")


class Item(Schema):
    """The item of the statutory catalogue."""

    code: str = Field(description="条和项，如 20-07")
    name: str = Field(description="名称")
    basis: str = Field(description="依据")


class File(Schema):
    """An attachment."""

    title: str = Field(description="标题")
    kind: str = Field(description="格式")
    size: int = Field(description="字节数")
    url: str = Field(description="网址")


class Receipt(Schema):
    """By which anybody can check what was published when."""

    code: str = Field(description="回执编号")
    digest: str = Field(description="内容摘要（SM3）")
    url: str = Field(description="回执网址")


class DocumentDetail(DocumentRow):
    """One published record with its text."""

    keywords: list[str] = Field(description="关键词")
    recipients: list[str] = Field(description="主送机关")
    openness: str = Field(description="公开属性")
    catalogue_item: Item = Field(description="法定主动公开目录")
    effective_on: date | None = Field(description="施行日期")
    valid_until: date | None = Field(description="有效期至")
    body_html: str = Field(description="正文（HTML）")
    body_text: str = Field(description="正文（文字）")
    attachments: list[File] = Field(description="附件")
    interpretations: list[Related] = Field(description="对它的解读")
    interprets: Related | None = Field(description="它解读的文件")
    receipt: Receipt = Field(description="发布回执")


class WithdrawalRow(Schema):
    """A record that is no longer public; whoever copied it takes it down too."""

    id: str = Field(description="编号：年份/序号")
    url: str = Field(description="原网址")
    index_number: str = Field(description="索引号")
    kind: str = Field(description="撤回类别")
    at: datetime = Field(description="撤回时间")


class Withdrawals(Schema):
    """A page of withdrawals, newest first."""

    items: list[WithdrawalRow]
    next: str = Field("", description="下一页的网址，空表示没有了")


class UnitRow(Schema):
    """A unit with what the law wants known of it (条例第二十条第二项)."""

    code: str = Field(description="单位代码")
    name: str = Field(description="全称")
    short_name: str = Field(description="简称")
    kind: str = Field(description="类别")
    parent: str = Field(description="上级单位代码")
    functions: str = Field(description="机构职能")
    leader: str = Field(description="负责人")
    address: str = Field(description="办公地址")
    hours: str = Field(description="办公时间")
    phone: str = Field(description="联系电话")
    uscc: str = Field(description="统一社会信用代码")
    url: str = Field(description="单位网页")


class Units(Schema):
    """All units in use, in the district's order."""

    items: list[UnitRow]


class ThemeRow(Schema):
    """A subject under which records are filed."""

    code: str = Field(description="主题代码")
    name: str = Field(description="主题名称")
    count: int = Field(description="现有信息条数")


class Themes(Schema):
    """The subjects, in the order of the central government's document library."""

    items: list[ThemeRow]


class Answerable(Schema):
    """A unit of a task, as the plan writes it."""

    name: str = Field(description="单位，照原文")
    role: str = Field(description="牵头、配合或者责任")


class ReportRow(Schema):
    """Progress that the district office accepted."""

    unit: str = Field(description="填报单位")
    text: str = Field(description="进展")
    at: datetime = Field(description="核对时间")
    finished: bool = Field(description="本单位是否完成")
    evidence: list[Related] = Field(description="佐证：本站公开的文件和外部网页")


class TaskRow(Schema):
    """One task of the yearly plan."""

    number: int = Field(description="序号")
    field: str = Field(description="领域")
    requirement: str = Field(description="具体要求")
    units: list[Answerable] = Field(description="责任单位")
    due: str = Field(description="完成时限，照要点")
    due_on: date | None = Field(description="完成期限日期")
    state: str = Field(description="状态代码：done、ok、soon、late、idle")
    state_words: str = Field(description="状态")
    reason: str = Field(description="状态的依据")
    last_report_on: date | None = Field(description="最近一次进展")
    missing: list[str] = Field(description="还没有完成的单位")
    carried_from: str = Field(description="上年结转的来源和整改期限；本年的任务为空")
    url: str = Field(description="网页")


class TaskDetail(TaskRow):
    """One task with its accepted progress."""

    reports: list[ReportRow] = Field(description="核对过的进展，新的在前")


class Ledger(Schema):
    """The plan of a year and how far it is."""

    year: int = Field(description="年份")
    title: str = Field(description="工作要点名称")
    changed_at: datetime = Field(description="最近更新")
    counts: dict[str, int] = Field(description="各状态的任务数")
    thresholds: list[str] = Field(description="状态怎样判定")
    tasks: list[TaskRow]
    carried: list[TaskRow] = Field(description="上年结转的任务")


class RequestFigures(Schema):
    """Requests of one unit, or of the district; null is a number too small to be shown."""

    code: str = Field(description="单位代码，全区为空")
    name: str = Field(description="单位简称")
    received: int | None = Field(description="收到件数")
    closed: int | None = Field(description="办结件数")
    late: int | None = Field(description="超期件数")
    median: int | None = Field(description="一半办结用时，工作日")
    ninety: int | None = Field(description="九成办结用时，工作日")
    results: dict[str, int | None] = Field(
        description="结果：given 予以公开、partly 部分公开、refused 不予公开、unable 无法提供、declined 不予处理、other 其他"
    )


class Refused(Schema):
    """Refusals on one ground."""

    ground: str = Field(description="理由，照年报表三")
    count: int | None = Field(description="件数")


class Figures(Schema):
    """How disclosure requests of a year were handled."""

    year: int = Field(description="年份")
    until: date = Field(description="统计到哪天")
    fewest: int = Field(description="小于这个数的不显示，写作 null；能推算出它的也不显示")
    district: RequestFigures
    units: list[RequestFigures]
    refusals: list[Refused]
    url: str = Field(description="网页")


class HitRow(Schema):
    """One record found."""

    title: str = Field(description="标题")
    url: str = Field(description="网址")
    number: str = Field(description="发文字号")
    unit: str = Field(description="公开单位简称")
    kind: str = Field(description="类别")
    theme: str = Field(description="主题分类")
    validity: str = Field(description="有效性")
    extract: str = Field(description="摘录")
    published_on: date | None = Field(description="发布日期")


class Count(Schema):
    """A value to narrow by."""

    value: str = Field(description="值")
    count: int = Field(description="条数")


class Answer(Schema):
    """A page of what was found."""

    total: int = Field(description="总条数")
    page: int = Field(description="第几页")
    pages: int = Field(description="可以翻到的页数")
    also: list[str] = Field(description="同时查找的近义词")
    relaxed: bool = Field(description="没有全部符合的，只符合一部分")
    items: list[HitRow]
    facets: dict[str, list[Count]] = Field(description="可以用来缩小范围的值")
