"""One invented page of every kind, for the tests of the templates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from gongkai.portal import context as c
from gongkai.portal.queries import FOOTER, NAV

AT = datetime(2026, 10, 12, 2, 5, tzinfo=UTC)
SITE = c.Site(
    name="滨海区政务公开",
    government="滨海区人民政府",
    domain="www.binhai.example.cn",
    id_code="9902020001",
    url="https://www.binhai.example.cn",
    sponsor="滨海区人民政府办公室",
    operator="滨海区大数据局",
    postal_address="滨海区望潮路1号",
    postcode="000000",
    phone="0000-8888 0101",
    phone_hours="工作日 09:00—12:00，13:30—17:30",
    icp="示ICP备00000000号",
    police="示公网安备99020200000001号",
    label="演示环境",
    nav=NAV,
    footer=FOOTER,
)
COLUMN = c.Column(
    name="政策文件", type="政策文件", description="滨海区现行有效的政策文件", keywords="政策,文件"
)
HOME = c.Link("首页", "/")

TITLES = (
    ("滨海区城市更新项目公众参与办法", "滨政办发〔2026〕18号", "区政府办公室", "有效"),
    ("关于规范义务教育阶段课后服务收费和经费使用的通知", "滨教体发〔2026〕31号", "区教育和体育局", "有效"),
    ("滨海区小微企业首次贷款贴息实施细则", "滨财发〔2026〕24号", "区财政局", "尚未施行"),
    ("滨海区2026年度重大行政决策事项目录（第二次调整）", "滨政办字〔2026〕40号", "区政府办公室", "有效"),
    ("既有住宅加装电梯试点方案", "滨住建发〔2021〕9号", "区住房和城乡建设局", "失效"),
)
ROWS = tuple(
    c.Row(
        title=title,
        url=f"/doc/2026/{at}.html",
        on=date(2026, 10, 13 - at),
        written_on=date(2026, 10, 9 - at),
        number=number,
        unit=unit,
        validity=validity,
        related=(c.Link("解读2篇", f"/doc/2026/{at}.html#read"),) if at < 2 else (),
        files=(c.Link("docx", f"/doc/2026/{at}/1.docx"), c.Link("pdf", f"/doc/2026/{at}/2.pdf")),
    )
    for at, (title, number, unit, validity) in enumerate(TITLES)
)
PAGER = c.Pager(
    current=61,
    numbers=(c.Link("61"), c.Link("60", "/open/x/60.html"), None, c.Link("1", "/open/x/1.html")),
    older="/open/x/60.html",
    per_page=20,
)
LIGHTS: tuple[c.Light, ...] = ("ok", "done", "ok", "ok", "soon", "late", "idle", "ok")
STRIP = c.Strip(
    year=2026,
    url="/progress/2026/",
    cells=tuple(
        c.Cell(number, LIGHTS[number % 8], f"第{number}项的名称", f"/progress/2026/{number}.html")
        for number in range(1, 33)
    ),
    counts=(("done", 4), ("ok", 16), ("soon", 4), ("late", 4), ("idle", 4)),
    remark="第5项“部门所属单位预决算公开”逾期14天，责任单位区财政局",
    updated_at=AT,
)
HOME_PAGE = c.HomePage(
    address="/",
    title="首页",
    section="/",
    description="滨海区人民政府政务公开网站",
    column=c.Column(name="首页", type="首页"),
    feed="/feeds/all.xml",
    entrances=(
        c.Entrance("pencil", "申请公开信息", "/apply/", "网上没有的政府信息，20个工作日内答复"),
        c.Entrance("list", "按单位查看", "/open/", "60个单位的法定公开内容"),
        c.Entrance("clock", "看任务进度", "/progress/", "今年32项任务做到哪一步"),
        c.Entrance("flag", "给网站找错", "/find-errors/", "错字、打不开的链接、过时的内容"),
    ),
    popular=(c.Link("入学学区", "/search/?q=入学学区"), c.Link("加装电梯补助", "/search/?q=加装电梯补助")),
    policies=ROWS,
    policies_url="/policies/",
    notices=ROWS[:3],
    notices_url="/notices/",
    open_info=(
        c.Link("政策", "/open/policies/", "1284件现行有效"),
        c.Link("政府信息公开指南", "/open/guide/", "2026-07-01更新"),
        c.Link("政府信息公开制度", "/open/rules/", "11项"),
        c.Link("法定主动公开内容", "/open/items/", "60个单位，29640条"),
        c.Link("政府信息公开年报", "/open/reports/", "0　2026年起在本站公开"),
    ),
    open_info_url="/units/",
    strip=STRIP,
)
ITEMS = (("全部事项", 486), ("机构职能", 9), ("规范性文件", 41), ("财政预决算", 36), ("公务员招考", 0))
COLUMN_PAGE = c.ColumnPage(
    address="/open/zjj/items/",
    title="法定主动公开内容 – 区住房和城乡建设局",
    section="/open/",
    crumbs=(
        HOME,
        c.Link("政府信息公开", "/open/"),
        c.Link("区住房和城乡建设局", "/open/zjj/"),
        c.Link("法定主动公开内容"),
    ),
    column=c.Column(name="法定主动公开内容", type="信息公开目录"),
    feed="/open/zjj/items/feed.xml",
    exports=(c.Link("导出本列表（json）", "/open/zjj/items/list.json"),),
    unit_name="区住房和城乡建设局",
    unit_url="/units/zjj.html",
    heading="法定主动公开内容",
    menu=(
        c.MenuItem(text="政策", url="/open/zjj/policies/", count=41),
        c.MenuItem(text="政府信息公开指南", url="/open/zjj/guide/"),
        c.MenuItem(
            text="政府信息公开制度", url="/open/zjj/rules/", count=0, why="执行区统一制度，本单位没有另行制定"
        ),
        c.MenuItem(
            text="法定主动公开内容",
            url="/open/zjj/items/",
            current=True,
            children=tuple(
                c.MenuItem(
                    text=text,
                    url=f"/open/zjj/items/{at}/",
                    count=count,
                    current=not at,
                    why="" if count else "由区人力资源和社会保障局统一公开",
                )
                for at, (text, count) in enumerate(ITEMS)
            ),
        ),
        c.MenuItem(text="政府信息公开年报", url="/open/zjj/reports/", count=6),
    ),
    apply_url="/apply/",
    units=(c.Link("区财政局", "/open/czj/"), c.Link("区民政局", "/open/mzj/")),
    platforms=(c.Link("国家行政法规库", "https://xzfg.moj.gov.cn/", foreign=True),),
    count=486,
    updated_on=date(2026, 9, 22),
    rows=ROWS,
    pager=PAGER,
    hint="“公务员招考”由区人力资源和社会保障局统一公开，本单位没有应公开的内容。",
)
GUIDE_PAGE = c.ColumnPage(
    address="/open/zjj/guide/",
    title="政府信息公开指南 – 区住房和城乡建设局",
    section="/open/",
    crumbs=(HOME, c.Link("政府信息公开", "/open/"), c.Link("政府信息公开指南")),
    column=c.Column(name="政府信息公开指南", type="信息公开指南"),
    unit_name="区住房和城乡建设局",
    unit_url="/units/zjj.html",
    heading="政府信息公开指南",
    menu=COLUMN_PAGE.menu,
    updated_on=date(2026, 7, 1),
    html="<h3>一、公开范围</h3><p>本机关依照条例第二十条、第二十一条主动公开政府信息。</p>",
)
EMPTY_PAGE = c.ColumnPage(
    address="/open/zjj/reports/",
    title="政府信息公开年报",
    section="/open/",
    crumbs=(HOME, c.Link("政府信息公开年报")),
    column=c.Column(name="政府信息公开年报", type="信息公开年报"),
    unit_name="区住房和城乡建设局",
    heading="政府信息公开年报",
    menu=COLUMN_PAGE.menu,
    count=0,
    empty=c.Empty(
        "还没有年报",
        "2026年度报告应于2027-01-31前公布，由本单位编制。",
        (c.Link("看区政府年报", "/open/reports/"),),
    ),
)
LIST_PAGE = c.ListPage(
    address="/policies/",
    title="政策文件",
    section="/policies/",
    crumbs=(HOME, c.Link("政策文件")),
    column=COLUMN,
    feed="/policies/feed.xml",
    count=1284,
    updated_on=date(2026, 10, 13),
    rows=ROWS,
    pager=PAGER,
    side=(c.LinkGroup("按主题", (c.Link("城乡建设、环境保护", "/themes/10/", "212"),)),),
)
ARTICLE = c.Article(
    title="关于印发《滨海区既有住宅加装电梯财政补助办法》的通知",
    published_at=AT,
    source="滨海区人民政府办公室",
    keywords="加装电梯,补助",
    description="补助对象、标准和申请程序",
    url="https://www.binhai.example.cn/doc/2026/16.html",
)
DOCUMENT_PAGE = c.DocumentPage(
    address="/doc/2026/16.html",
    title=ARTICLE.title,
    section="/policies/",
    crumbs=(HOME, c.Link("政策文件", "/policies/"), c.Link("规范性文件")),
    column=COLUMN,
    article=ARTICLE,
    masthead="滨海区人民政府办公室",
    number="滨政办发〔2026〕16号",
    fields=(
        c.MetaField("索引号", "11990202MB0000001X/2026-00417"),
        c.MetaField("主题分类", "城乡建设、环境保护"),
        c.MetaField("发文机关", "滨海区人民政府办公室", "/units/qzfb.html"),
        c.MetaField("发文字号", "滨政办发〔2026〕16号"),
        c.MetaField("成文日期", date(2026, 8, 10)),
        c.MetaField("发布日期", AT),
        c.MetaField("有效性", badge="有效", note="至 2031-09-14"),
        c.MetaField("施行日期", date(2026, 9, 15)),
        c.MetaField("登记号"),
        c.MetaField("公开属性", "主动公开"),
        c.MetaField("废改关系", "替代《既有住宅加装电梯试点方案》", "/doc/2021/9.html", wide=True),
    ),
    body=(
        '<p class="flush">各街道办事处，区政府各部门、各单位：</p><p>《滨海区既有住宅加装电梯财政补助办法》已经区政府第62次常务会议研究同意，现印发给你们，请认真贯彻执行。</p>'
        '<h2>第一章　总则</h2><p id="a1"><strong>第一条</strong>　为方便居民出行，规范既有住宅加装电梯财政补助资金的申请、审核、拨付和监督，结合本区实际，制定本办法。</p>'
        '<p id="a2"><strong>第二条</strong>　本区行政区域内已建成投入使用、具有合法权属证明、未列入房屋征收计划的四层以上无电梯住宅，加装电梯并取得使用登记的，适用本办法。</p>'
        '<p class="sign">滨海区人民政府办公室<br>2026年8月10日</p><p>（此件公开发布）</p>'
    ),
    attachments=(
        c.Download("加装电梯财政补助申请表", "/doc/2026/16/1.docx", "docx", 38_912),
        c.Download("补助标准测算示例", "/doc/2026/16/2.xlsx", "xlsx", 1_258_291),
    ),
    receipt=c.Receipt(
        code="BH-R-2026-0041870",
        published_at=AT,
        digest="9f3c27ae5b1d40c2a7e6f8019d3b5c7e2a4f60819b3d5e7fa1c3e5072946d80b",
        url="/doc/2026/16/receipt.json",
    ),
    exports=(c.Link("JSON", "/doc/2026/16.json"), c.Link("PDF", "/doc/2026/16.pdf")),
    interpretations=(
        c.Link("每台最高补28万元，怎么算、怎么领", "/doc/2026/17.html", "文字解读　2026-08-12"),
    ),
    contact="区住房和城乡建设局物业科",
    contact_phone="0000-8888 0132",
    full_url="https://www.binhai.example.cn/doc/2026/16.html",
    cite="滨海区人民政府办公室：《办法》，第1版，https://www.binhai.example.cn/doc/2026/16.html，SM3 9f3c27ae",
    clauses=(c.Link("第一条", "#第一条", "为方便居民出行"),),
    chain=(
        c.ChainStop(icon="link", title="依据", links=(c.Link("《民法典》", "/search/?q=1"),)),
        c.ChainStop(icon="file", title="文件", words="2026-08-12 发布", here=True),
        c.ChainStop(icon="eye", title="解读", words="未公开", gap=True),
    ),
    large_url="/large/doc/2026/16.html",
    verify_url="/verify/?receipt=BH-R-2026-0041870",
)
ENDED_PAGE = c.DocumentPage(
    address="/doc/2021/9.html",
    title="既有住宅加装电梯试点方案",
    column=COLUMN,
    crumbs=(HOME, c.Link("政策文件", "/policies/"), c.Link("规范性文件")),
    article=ARTICLE,
    banners=(
        c.Banner(
            "red",
            "本文件已于 2026-09-15 失效。",
            "以下为历史文本，仅供查阅。",
            c.Link("滨政办发〔2026〕16号", "/doc/2026/16.html"),
        ),
    ),
    fields=(c.MetaField("索引号", "1/2021-00001"), c.MetaField("有效性", badge="失效")),
    body="<p>试点期间每台电梯定额补助二十万元。</p>",
)
TOMBSTONES = tuple(
    c.TombstonePage(
        address=f"/doc/2026/{at}.html",
        title="2026年第三季度临时救助对象名单",
        crumbs=(HOME, c.Link("撤回说明")),
        column=COLUMN,
        kind=kind,  # type: ignore[arg-type]
        unit="区民政局",
        at=AT,
        reason="附件含个人信息",
        successor=None if kind == "误发" else c.Link("新的名单", "/doc/2026/77.html"),
        index_number="11990202MB0000009X/2026-00088",
        next=(c.Link("查询其他公开内容", "/search/"), c.Link("看区民政局公开的信息", "/open/mzj/")),
    )
    for at, kind in enumerate(("误发", "并入", "失效", "期满归档", "期满撤下"))
)
UNIT_PAGE = c.UnitPage(
    address="/units/zjj.html",
    title="区住房和城乡建设局",
    section="/units/",
    crumbs=(HOME, c.Link("单位", "/units/"), c.Link("区住房和城乡建设局")),
    column=c.Column(name="机构职能", type="机构职能"),
    kind="区政府部门",
    fields=(
        c.UnitField("单位全称", "滨海区住房和城乡建设局"),
        c.UnitField("机构职能", "负责本区住房保障、城乡建设、物业管理。"),
        c.UnitField("办公地址", "滨海区望潮路8号"),
        c.UnitField("办公时间", "工作日 09:00—12:00，13:30—17:30"),
        c.UnitField("联系电话", "0000-8888 0132"),
        c.UnitField("负责人"),
    ),
    columns=(c.Link("法定主动公开内容", "/open/zjj/items/", "486 条"),),
    latest=ROWS[:2],
    latest_url="/open/zjj/items/",
)
UNITS_PAGE = c.UnitsPage(
    address="/units/",
    title="单位",
    section="/units/",
    crumbs=(HOME, c.Link("单位")),
    column=c.Column(name="单位", type="机构职能"),
    groups=(
        c.LinkGroup(
            "区政府部门",
            tuple(
                c.Link(name, f"/units/{at}.html")
                for at, name in enumerate(
                    ("区财政局", "区民政局", "区司法局", "区教育和体育局", "区大数据局")
                )
            ),
        ),
        c.LinkGroup("街道办事处", (c.Link("望潮路街道办事处", "/units/wc.html"),)),
    ),
)
PROGRESS_PAGE = c.ProgressPage(
    address="/progress/2026/",
    title="2026年工作要点：4项逾期，4项临期",
    section="/progress/",
    crumbs=(HOME, c.Link("工作要点")),
    column=c.Column(name="工作要点进度", type="工作动态"),
    strip=STRIP,
    tasks=tuple(
        c.TaskRow(
            number=number,
            field="财政信息",
            title=f"部门所属单位预决算公开（{number}）",
            url=f"/progress/2026/{number}.html",
            units="区财政局（牵头）、各相关单位",
            deadline="2026-09-30" if number % 8 == 5 else "持续公开",
            light=LIGHTS[number % 8],
            light_words="逾期14天" if LIGHTS[number % 8] == "late" else "",
            evidence=number % 3,
            updated_on=date(2026, 10, 1) if number % 3 else None,
        )
        for number in range(1, 33)
    ),
    thresholds=("有期限的看期限，剩20天起为临期；", "持续公开的看最近一次核定的进展，超过更新周期为逾期。"),
)
TASK_PAGE = c.ProgressTaskPage(
    address="/progress/2026/10.html",
    title="部门所属单位预决算公开",
    section="/progress/",
    crumbs=(HOME, c.Link("工作要点", "/progress/2026/"), c.Link("第10项")),
    column=c.Column(name="工作要点进度", type="工作动态"),
    number=10,
    field_name="财政信息",
    requirement="推动部门所属单位预决算向社会公开。",
    units=(("区财政局", "牵头"), ("各相关单位", "配合")),
    deadline="2026-09-30",
    light="late",
    light_words="逾期14天",
    reason="还缺5个单位",
    reports=(
        c.Report(
            unit="区财政局",
            text="58个所属单位已公开53个。",
            on=date(2026, 9, 29),
            evidence=(c.Link("预决算公开目录", "/doc/2026/9.html"),),
        ),
    ),
    older=c.Link("第9项　历史规划归集整理", "/progress/2026/9.html"),
)
SEARCH_PAGE = c.SearchPage(
    address="/search/",
    title="搜索",
    crumbs=(HOME, c.Link("搜索")),
    robots="noindex",
    text="加装电梯 补助",
    total=64,
    synonyms=("增设电梯", "电梯补贴"),
    exact_url="/search/?q=加装电梯&exact=1",
    sorts=(c.Choice("按相关度", "/search/?q=x", 0, True), c.Choice("按日期", "/search/?q=x&sort=date", 0)),
    facets=(
        c.Facet(
            "单位",
            (
                c.Choice("区住房和城乡建设局", "/search/?q=x&unit=zjj", 38),
                c.Choice("区政府办公室", "/search/?q=x&unit=bgs", 8, True),
            ),
        ),
        c.Facet("年份", (c.Choice("2026", "/search/?q=x&year=2026", 41),)),
    ),
    chosen=(c.Link("区政府办公室", "/search/?q=x"),),
    hits=(
        c.Hit(
            title=(
                ("滨海区既有住宅", False),
                ("加装电梯", True),
                ("财政", False),
                ("补助", True),
                ("办法", False),
            ),
            url="/doc/2026/16.html",
            kind="政策",
            validity="有效",
            snippet=(("每台", False), ("电梯", True), ("按建设费用的百分之四十给予", False), ("补助", True)),
            number="滨政办发〔2026〕16号",
            unit="区政府办公室",
            on=date(2026, 8, 12),
        ),
        c.Hit(
            title=(("既有住宅", False), ("加装电梯", True), ("试点方案", False)),
            url="/doc/2021/9.html",
            kind="政策",
            validity="失效",
            unit="区住房和城乡建设局",
            on=date(2021, 4, 8),
            successor=c.Link("滨政办发〔2026〕16号", "/doc/2026/16.html"),
        ),
    ),
    pager=c.Pager(1, (c.Link("1"), c.Link("2", "/search/?q=x&page=2")), older="/search/?q=x&page=2"),
    next=(c.Link("申请公开信息", "/apply/"),),
)
NO_HITS = c.SearchPage(
    address="/search/",
    title="搜索",
    robots="noindex",
    text="没有的词",
    total=0,
    next=(c.Link("申请公开信息", "/apply/"),),
)
APPLY_PAGE = c.ApplyPage(
    address="/apply/",
    title="依申请公开",
    lede="网上没有的政府信息，任何人和单位都可以申请。",
    doors=(c.Entrance("pencil", "申请公开信息", "/apply/new/", "四步填完"),),
    html="<h2>多久答复</h2><p>自收到申请之日起20个工作日内答复。</p>",
    contact=(c.UnitField("联系电话", ""),),
    side=(c.LinkGroup("先查一查", (c.Link("搜索", "/search/"),)),),
)
TEXT_PAGE = c.TextPage(
    address="/accessibility/",
    title="无障碍说明",
    crumbs=(HOME, c.Link("无障碍说明")),
    column=c.Column(name="无障碍说明", type="概况信息"),
    html="<h2>键盘</h2><p>所有功能都可以只用键盘完成。</p>",
    updated_on=date(2026, 7, 1),
    contact=(c.UnitField("电话", "0000-8888 0101"), c.UnitField("传真")),
)
SITE_MAP = c.SiteMapPage(
    address="/site-map/",
    title="网站地图",
    crumbs=(HOME, c.Link("网站地图")),
    column=c.Column(name="网站地图", type="概况信息"),
    groups=(c.LinkGroup("政府信息公开", (c.Link("政策", "/open/policies/", "1284"),)),),
)
NOT_FOUND = c.NotFoundPage(
    address="/404.html",
    title="这个地址没有页面",
    robots="noindex",
    next=(c.Link("首页", "/"), c.Link("网站地图", "/site-map/")),
)
FIND_ERRORS = c.ErrorFindPage(
    address="/find-errors/",
    title="我为政府网站找错",
    crumbs=(HOME, c.Link("找错")),
    column=c.Column(name="我为政府网站找错", type="咨询投诉"),
    form="",
)
ANSWERED = replace(
    FIND_ERRORS,
    robots="noindex",
    report=c.ReportState(
        number="ACDE-FGHJ",
        at=datetime(2026, 10, 12, 9, 30, tzinfo=UTC),
        outcome="已改正",
        answer="电话已经换成新的号码。",
        handled_at=datetime(2026, 10, 13, 16, 5, tzinfo=UTC),
    ),
)
EDITIONS_PAGE = c.EditionsPage(
    address="/doc/2026/16/editions/",
    title="历次版本",
    crumbs=(HOME, c.Link("历次版本")),
    robots="noindex",
    record_title=ARTICLE.title,
    record_url="/doc/2026/16.html",
    on_url="/doc/2026/16/editions/on/",
    asked="2026-10-12",
    answer="2026-10-12 公开的是第1版。",
    answer_link=c.Link("看第1版全文", "/doc/2026/16/editions/1.html"),
    rows=(
        c.EditionRow(
            number=2,
            since=AT,
            note="第四条误写，更正",
            receipt="2026-AAAA-BBBB",
            digest="9f" * 32,
            url="/doc/2026/16/editions/2.html",
            compare_url="/doc/2026/16/editions/compare/?from=1&to=2",
            files=(c.Link("申请表", "/doc/2026/16/9.docx", "9f3c27ae"),),
        ),
        c.EditionRow(number=1, since=AT, until=AT, ended_by="更正", digest="1a" * 32, closed="误登个人信息"),
    ),
    changes=(("失效", "有新的规定", AT),),
)
COMPARE_PAGE = c.ComparePage(
    address="/doc/2026/16/editions/compare/",
    title="版本比较",
    crumbs=(HOME, c.Link("比较")),
    robots="noindex",
    record_title=ARTICLE.title,
    older=c.Link("第1版", "/doc/2026/16/editions/1.html", "2026-10-12发布"),
    newer=c.Link("第2版", "/doc/2026/16/editions/2.html", "2026-10-14发布"),
    fields=(c.ComparedField("标题", "旧", "新"),),
    lines=(c.ComparedLine((("same", "补助"), ("del", "三百元"), ("ins", "五百元")), False),),
    editions=(1, 2),
)
CHANGES_PAGE = c.ChangesPage(
    address="/changes/",
    title="更正和撤回",
    crumbs=(HOME, c.Link("更正和撤回")),
    column=COLUMN,
    rows=(
        c.ChangeRow(
            id=3, word="更正", tone="main", title=ARTICLE.title, url="/doc/2026/16.html", unit="区财政局",
            note="第四条误写", at=AT, edition=2, compare_url="/doc/2026/16/editions/compare/?from=1&to=2",
        ),
    ),
    pager=PAGER,
)  # fmt: skip
VERIFY_PAGE = c.VerifyPage(
    address="/verify/",
    title="核验公开信息",
    crumbs=(HOME, c.Link("核验公开信息")),
    column=COLUMN,
    verdicts=(c.Verdict("附件", True, "一字不差"), c.Verdict("正文", False, "第3个字不同")),
    receipt=c.PublicReceipt(
        code="2026-AAAA-BBBB", title=ARTICLE.title, url="/doc/2026/16.html", unit="区财政局", index_number="1",
        edition=1, published_at=AT, digest="9f" * 32, trail_seq=7, trail_digest="1a" * 32,
        standing="现在公开的就是这一版。", download="/doc/2026/16.receipt.json",
    ),
)  # fmt: skip

PAGES: dict[str, c.Page] = {
    "editions": EDITIONS_PAGE,
    "compare": COMPARE_PAGE,
    "changes": CHANGES_PAGE,
    "verify": VERIFY_PAGE,
    "home": HOME_PAGE,
    "column": COLUMN_PAGE,
    "guide": GUIDE_PAGE,
    "empty": EMPTY_PAGE,
    "list": LIST_PAGE,
    "document": DOCUMENT_PAGE,
    "ended": ENDED_PAGE,
    "unit": UNIT_PAGE,
    "units": UNITS_PAGE,
    "progress": PROGRESS_PAGE,
    "task": TASK_PAGE,
    "search": SEARCH_PAGE,
    "no-hits": NO_HITS,
    "text": TEXT_PAGE,
    "apply": APPLY_PAGE,
    "site-map": SITE_MAP,
    "not-found": NOT_FOUND,
    "find-errors": FIND_ERRORS,
    "find-errors-answered": ANSWERED,
    "find-errors-unknown": replace(FIND_ERRORS, unknown="AAAA-AAAA"),
    **{f"tombstone-{page.kind}": page for page in TOMBSTONES},
}
