"""依申请公开 in public: the entrance, the ways in of every unit (for readers and for programs), a form to print."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongkai.foi.models import UnitChannels
from gongkai.foi.queries.bodies import Body, bodies
from gongkai.foi.queries.channels import channel_words, channels_of_units
from gongkai.law.rule_table import rule, value
from gongkai.orgs.queries import disclosure_office
from gongkai.portal import addresses
from gongkai.portal.context import ApplyPage, Column, Entrance, Link, LinkGroup, TextPage, UnitField
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.portal.tree import Output

NEW, PROGRESS, UNITS, FORM = "/apply/new/", "/apply/progress/", "/apply/units/", "/apply/form/"
UNITS_JSON = "/apply/units.json"
HERE = Link("依申请公开", addresses.APPLY)
COLUMN = Column(name="依申请公开", type="依申请公开")


def apply_outputs(scene: Scene) -> list[Output]:
    """All files under ``/apply/``; what is filled in or looked up there is no file."""
    found = bodies()
    ways = channels_of_units([body.unit for body in found.values()])
    pages = (entrance_page(scene), units_page(found, ways), form_page())
    outputs = [scene.draw(page, record="site") for page in pages]
    text = json.dumps(guide_data(found, ways, scene), ensure_ascii=False, indent=1)
    return [*outputs, Output(UNITS_JSON, text.encode(), "site", kind="data")]


def entrance_page(scene: Scene) -> ApplyPage:
    """依申请公开: what a visitor can do here, and what the law says about it in a few sentences."""
    office = disclosure_office()
    return ApplyPage(
        address=addresses.APPLY,
        title="依申请公开",
        section=addresses.APPLY,
        crumbs=(HOME, Link("依申请公开")),
        column=COLUMN,
        lede="网上没有的政府信息，任何个人和单位都可以申请，不用说明用途，正常申请不收费。",
        doors=(
            Entrance("pencil", "申请公开信息", NEW, "四步填完，最后给您查询码"),
            Entrance("clock", "查进度、看答复", PROGRESS, "凭回执上的查询码"),
            Entrance("file", "要求更正记录", f"{NEW}?kind=record", "机关保存的您的信息记错了"),
            Entrance("flag", "申诉", f"{NEW}?kind=appeal", "学校、医院、供水供电等没有公开该公开的"),
            Entrance("building", "各单位受理地址和电话", UNITS, "当面提交、邮寄、传真"),
            Entrance("print", "申请表样式", FORM, "打印出来手写"),
        ),
        contact=(
            UnitField("主管部门", office.name if office else ""),
            UnitField("办公地址", office.address if office else ""),
            UnitField("办公时间", office.hours if office else ""),
            UnitField("联系电话", office.phone if office else ""),
        ),
        html=_rules(scene),
        side=(
            LinkGroup(
                "先查一查，可能已经公开",
                (
                    Link("搜索", addresses.SEARCH),
                    Link("政策文件", addresses.POLICIES),
                    Link("政府信息公开", addresses.OPEN),
                ),
            ),
            LinkGroup("办得怎么样", (Link("办理用时、结果和超期", "/apply/figures/"),)),
            LinkGroup("数据", (Link("各单位受理渠道（JSON）", UNITS_JSON),)),
        ),
    )


def units_page(found: dict[str, Body], ways: dict[int, UnitChannels]) -> TextPage:
    """Where each body takes requests in (条例第十二条)."""
    parts = [_unit_part(body, ways[body.unit.pk]) for body in found.values()]
    return TextPage(
        address=UNITS,
        title="各单位受理地址和电话",
        section=addresses.APPLY,
        crumbs=(HOME, HERE, Link("各单位受理地址和电话")),
        column=COLUMN,
        html=format_html(
            "<p>邮寄时请在信封上写明“政府信息公开申请”。</p>{}",
            SafeString("".join(parts)),
        ),
        side=(
            LinkGroup("也可以", (Link("网上申请", NEW), Link("申请表样式", FORM), Link("查进度", PROGRESS))),
        ),
    )


def form_page() -> TextPage:
    """A form to print and fill by hand; the questions are those of 条例第二十九条 and no others."""
    rows = (
        ("申请人", "姓名或者单位名称："),
        ("证件", "证件类型和号码（附复印件）："),
        ("联系方式", "电话、通信地址、邮政编码、电子邮箱："),
        ("代理人", "姓名、证件号码（附授权委托书；没有代理人不填）："),
        ("所需信息", "名称、文号或者其他特征（写明时间、地点、事项）："),
        ("提供形式", "□纸质　□电子　□现场查阅、抄录"),
        ("获取途径", "□邮寄　□当面领取　□网上查看　□电子邮件"),
        ("需要的帮助", "阅读有困难，或者视力、听力不便的，请写明："),
        ("签名和日期", ""),
    )
    lines = format_html_join("", "<tr><th scope='row'>{}</th><td>{}<br><br></td></tr>", rows)
    return TextPage(
        address=FORM,
        title="政府信息公开申请表",
        section=addresses.APPLY,
        crumbs=(HOME, HERE, Link("申请表样式")),
        column=COLUMN,
        html=format_html(
            "<p>可以打印本页手写，也可以自己另纸写明这些内容。不需要说明用途。条例第二十九条</p>"
            "<table>{}</table><p>收到申请后，机关会给您受理回执，上面有编号和查询码。</p>",
            lines,
        ),
        side=(LinkGroup("交到哪里", (Link("各单位受理地址和电话", UNITS), Link("网上申请", NEW))),),
    )


def guide_data(found: dict[str, Body], ways: dict[int, UnitChannels], scene: Scene) -> dict[str, Any]:
    """The ways in of every body for programs: names, addresses, hours, phones, open channels, lawful periods."""
    return {
        "site": scene.site.url,
        "apply": f"{scene.site.url}{NEW}",
        "progress": f"{scene.site.url}{PROGRESS}",
        "reply_working_days": value("reply_working_days", on=scene.today),
        "extension_working_days": value("reply_extension_working_days", on=scene.today),
        "basis": "中华人民共和国政府信息公开条例第十二条、第二十九条、第三十一条、第三十三条",
        "units": [_data(body, ways[body.unit.pk]) for body in found.values()],
    }


def _data(body: Body, ways: UnitChannels) -> dict[str, Any]:
    return {
        "code": body.code,
        "name": body.name,
        "office": ways.office,
        "channels": ways.channels,
        "place": ways.place,
        "hours": ways.hours,
        "phone": ways.phone,
        "fax": ways.fax,
        "email": ways.email if "email" in ways.channels else "",
        "postal_address": ways.postal_address,
        "postcode": ways.postcode,
        "note": ways.note,
    }


def _unit_part(body: Body, ways: UnitChannels) -> SafeString:
    rows = (
        ("受理机构", ways.office),
        ("当面提交", ways.place),
        ("受理时间", ways.hours),
        ("电话", ways.phone),
        ("传真", ways.fax),
        ("电子邮箱", ways.email if "email" in ways.channels else ""),
        ("邮寄地址", f"{ways.postal_address}　{ways.postcode}".strip()),
        ("开通的渠道", "、".join(channel_words(ways))),
        ("说明", ways.note),
    )
    shown = [(label, text) for label, text in rows if text or label in ("当面提交", "电话")]
    lines = format_html_join(
        "",
        "<tr><th scope='row'>{}</th><td>{}</td></tr>",
        ((label, text or "未公开") for label, text in shown),
    )
    return format_html("<h2 id='{}'>{}</h2><table>{}</table>", body.code, body.name, lines)


def _rules(scene: Scene) -> SafeString:
    return format_html(
        "<h2>多久答复</h2><p>能够当场答复的当场答复；不能当场答复的，自收到申请之日起{}个工作日内答复。"
        "需要延长的，最多延长{}个工作日，并告知申请人（条例第三十三条）。网上、传真提交的，机关与您确认收到之日"
        "为收到之日（条例第三十一条）。</p>"
        "<h2>申请里写什么</h2><p>姓名或者名称、身份证明、联系方式；要公开的信息的名称、文号或者便于查询的其他特征；"
        "怎样提供给您（条例第二十九条）。写字有困难的，可以口头申请，工作人员替您填写。</p>"
        "<h2 id='fees'>收费标准</h2><p>不收费。只有申请的数量、频次明显超过合理范围，机关才可以收取信息处理费"
        "（条例第四十二条），按件或者按量只用一种，标准由国办函〔2020〕109号规定：</p>"
        "<ul><li>按件：同一申请人一个自然月内{}；再往上每增加10件，每件提高100元。</li>"
        "<li>按量：一件申请提供的纸张或者电子文件{}。</li></ul>"
        "<p>已经公开的信息、现场查阅抄录，不收费。</p>"
        "<h2>不满意怎么办</h2><p>答复书会写明您可以怎样申请行政复议、提起诉讼以及期限。逾期没有答复的，可以申请"
        "行政复议，也可以向政务公开主管部门投诉（条例第四十七条、第五十一条）。</p>",
        value("reply_working_days", on=scene.today),
        value("reply_extension_working_days", on=scene.today),
        _bands(rule("fee_by_piece", on=scene.today).value, "件"),
        _bands(rule("fee_by_page", on=scene.today).value, "页"),
    )


def _bands(bands: Any, counted: str) -> str:
    """
    >>> _bands([[10, 0], [30, 100], [-1, 200]], "件")
    '10件以内免费，11—30件每件100元，31件以上每件200元'
    """
    found = [f"{bands[0][0]}{counted}以内免费"]
    for (before, _), (last, rate) in pairwise(bands):
        span = f"{before + 1}—{last}{counted}" if last > 0 else f"{before + 1}{counted}以上"
        found.append(f"{span}每{counted}{rate}元")
    return "，".join(found)
