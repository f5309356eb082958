"""What is written into the blanks of the office's Word papers, and which template is used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gongkai.files.filling import fill
from gongkai.files.storage import path_of
from gongkai.kernel.clock import legal_day
from gongkai.ledger.models import (
    Bulletin,
    BulletinLine,
    Campaign,
    CampaignAnswer,
    LookBack,
    PaperTemplate,
    RectificationOrder,
    Verification,
)
from gongkai.ledger.queries.bulletins import lines_of, orders_of
from gongkai.orgs.queries.units import disclosure_office

FACTS = Path(__file__).resolve().parents[1] / "facts"
# The names that a template may use, for the check of an upload and for the page that lists them.
BLANKS: dict[str, tuple[str, ...]] = {
    "bulletin": (
        "期号", "标题", "年", "月", "单位", "日期", "总体情况", "表扬说明", "批评说明", "整改说明", "要求",
        "数字", "数字.名称", "数字.数", "数字.说明", "表扬", "表扬.单位", "表扬.事由",
        "批评", "批评.单位", "批评.事由", "整改", "整改.编号", "整改.单位", "整改.事项", "整改.期限",
    ),
    "order": ("编号", "单位", "问题", "要求", "期限", "依据", "签发单位", "日期"),
    "campaign": (
        "标题", "总体情况", "要求", "签发单位", "日期",
        "单位", "单位.单位", "单位.结果", "单位.答复", "单位.时间",
    ),
    "unit_plan": (
        "标题", "年", "单位", "要点", "总体安排", "工作要求", "日期",
        "任务", "任务.序号", "任务.领域", "任务.要求", "任务.举措", "任务.时间", "任务.责任人",
    ),
    "lookback": (
        "标题", "总体情况", "签发单位", "日期",
        "核查", "核查.序号", "核查.任务", "核查.单位", "核查.结论", "核查.情况", "核查.期限",
    ),
}  # fmt: skip


def template_of(kind: str) -> PaperTemplate | None:
    """The office's own template of a kind; None where the one that ships is used."""
    return PaperTemplate.objects.filter(kind=kind).select_related("file", "by").first()


def template_path(kind: str) -> Path:
    """Where the template in use lies."""
    own = template_of(kind)
    return Path(path_of(own.file)) if own else FACTS / f"{kind}.docx"


def bulletin_paper(bulletin: Bulletin) -> bytes:
    """The bulletin as docx."""
    lines = lines_of(bulletin, kept_only=True)

    def named(kind: str) -> list[dict[str, str]]:
        return [{"单位": one.unit.name, "事由": one.reason} for one in lines if one.kind == kind]

    praise, blame = named(BulletinLine.Kind.PRAISE), named(BulletinLine.Kind.CRITICISM)
    orders = orders_of(bulletin)
    day = legal_day(bulletin.issued_at or bulletin.at)
    return fill(
        template_path("bulletin"),
        {
            "期号": f"{bulletin.year}年第{bulletin.serial}期" if bulletin.serial else "（草稿，未编号）",
            "标题": bulletin.title,
            "年": str(bulletin.year),
            "月": str(bulletin.month),
            "单位": _office(),
            "日期": _spoken(day),
            "总体情况": bulletin.overview,
            "表扬说明": bulletin.praise_words if praise else "当月没有表扬的单位。",
            "批评说明": bulletin.criticism_words if blame else "当月没有批评的单位。",
            "整改说明": bulletin.order_words if orders else "当月没有发出整改单。",
            "要求": bulletin.demands,
            "数字": [
                {"名称": one["name"], "数": str(one["count"]), "说明": one["note"]}
                for one in bulletin.figures.get("items", ())
            ],
            "表扬": praise,
            "批评": blame,
            "整改": [
                {
                    "编号": one.number,
                    "单位": one.unit.short_name,
                    "事项": one.fault,
                    "期限": one.due_on.isoformat(),
                }
                for one in orders
            ],
        },
    )


def order_paper(order: RectificationOrder) -> bytes:
    """The order as docx."""
    basis = "《中华人民共和国政府信息公开条例》第四十七条"
    if order.task is not None:
        basis += f"，{order.task.plan.year}年工作要点第{order.task.number}项"
    return fill(
        template_path("order"),
        {
            "编号": order.number,
            "单位": order.unit.name,
            "问题": order.fault,
            "要求": order.demand,
            "期限": _spoken(order.due_on),
            "依据": basis,
            "签发单位": _office(),
            "日期": _spoken(legal_day(order.at)),
        },
    )


def campaign_paper(campaign: Campaign, answers: list[CampaignAnswer], *, today: date) -> bytes:
    """The result of a campaign as docx: every unit, those that are missing first."""
    missing = [one for one in answers if one.state == "missing"]
    day = legal_day(campaign.ended_at) if campaign.ended_at else today
    total = (
        f"{campaign.scope_text}，共 {len(answers)} 个单位，{campaign.due_on} 前交齐。"
        f"截至 {day}，已交 {len(answers) - len(missing)} 个，未交 {len(missing)} 个。"
    )
    return fill(
        template_path("campaign"),
        {
            "标题": campaign.title,
            "总体情况": total,
            "要求": campaign.question,
            "签发单位": _office(),
            "日期": _spoken(day),
            "单位": [
                {
                    "单位": one.unit.short_name,
                    "结果": one.get_state_display(),
                    "答复": one.text if one.state != "missing" else "",
                    "时间": legal_day(one.at).isoformat() if one.at and one.state != "missing" else "",
                }
                for one in sorted(answers, key=lambda one: one.state != "missing")
            ],
        },
    )


def look_back_paper(look_back: LookBack, rows: list[Verification], paragraph: str, *, today: date) -> bytes:
    """The result of a look-back as docx."""
    return fill(
        template_path("lookback"),
        {
            "标题": f"{look_back.plan.year}年政务公开工作要点落实情况“回头看”结果",
            "总体情况": paragraph,
            "签发单位": _office(),
            "日期": _spoken(legal_day(look_back.closed_at) if look_back.closed_at else today),
            "核查": [
                {
                    "序号": str(one.task.number),
                    "任务": one.task.short_title,
                    "单位": one.unit.short_name,
                    "结论": one.get_state_display(),
                    "情况": one.finding,
                    "期限": one.rectify_by.isoformat() if one.rectify_by else "",
                }
                for one in rows
            ],
        },
    )


def _office() -> str:
    office = disclosure_office()
    return office.name if office else "区政务公开主管部门"


def _spoken(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
