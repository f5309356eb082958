"""The first line of every letter in words for anybody: the result, what you can do, until when."""

from __future__ import annotations

from datetime import date

from gongkai.foi.rules.dispositions import B, disposition
from gongkai.kernel.text.dates import written_out
from gongkai.law.basis import basis
from gongkai.law.remedy import RECONSIDERATION_FIRST_SINCE
from gongkai.law.rule_table import value

# 结果: what a neighbour would say. No article, no term of the office; those stand in the body of the letter.
RESULTS = {
    "r1": "您要的信息可以公开，已经随这份答复提供给您。",
    "r1_public": "您要的信息已经公开，这份答复写明在哪里能看到。",
    "r2": "您要的信息有一部分可以公开，已经提供给您；其余部分依法不能公开，原因写在下面。",
    "r3_1": "您要的信息是国家秘密，依法不能公开。",
    "r3_2": "您要的信息，法律禁止公开，所以不能提供。",
    "r3_3": "您要的信息公开后可能危及公共安全或者社会稳定，依法不能公开。",
    "r3_4": "您要的信息涉及别人的商业秘密或者隐私，依法不能公开。",
    "r3_5": "您要的是机关内部管理的信息，我们决定不公开，原因写在下面。",
    "r3_6": "您要的是还在讨论、研究过程中的材料，我们决定不公开，原因写在下面。",
    "r3_7": "您要的是行政执法案卷里的材料，我们决定不公开，原因写在下面。",
    "r3_8": "这类信息有专门的查询办法，请按下面写的地点和手续去查。",
    "r4_1_absent": "我们查过了，没有您要的信息。",
    "r4_1_elsewhere": "您要的信息不归我们公开，下面写明可以找哪个机关。",
    "r4_2": "您要的信息没有现成的，需要另外汇总或者制作，所以不能提供。",
    "r4_3": "您补充以后，我们仍然不清楚您要哪一份信息，所以没法提供。",
    "r5_1": "您反映的是投诉、举报或者信访事项，不能按信息公开办理，下面写明可以找谁。",
    "r5_2": "这个问题我们已经答复过您，不再重复办理。",
    "r5_3": "您要的是公开出版的书报，下面写明在哪里可以买到或者看到。",
    "r5_4": "您申请的数量和次数明显超过了合理范围，说明的理由也不充分，这件不再办理。",
    "r5_5": "您要我们确认或者重新出具已经拿到的信息，这不属于信息公开，不予办理。",
    "r6_1": "我们没有在约定的时间收到您的补充说明，这件申请不再办理。",
    "r6_2": "我们没有在约定的时间收到您缴纳的费用，这件申请不再办理。",
    "r6_3": "这件申请已经办结，原因写在下面。",
    "r6_3_withdrawn": "您已经撤回这件申请，我们不再办理。",
    "r6_3_merged": "这件申请已经和您的另一件合在一起办理，会一并答复。",
    "r6_3_enquiry": "您是在咨询问题，不是要一份已有的材料，下面写明可以问谁。",
}
AGAIN = {
    "r4_3": "您可以把要的信息说得更具体，重新申请。",
    "r6_1": "您可以重新申请。",
    "r6_2": "您可以重新申请。",
    "r6_3_withdrawn": "以后需要，可以重新申请。",
}


@basis("复议法20.1", "复议法23.1(4)", "行诉法46.1")
def first_line(
    code: str,
    *,
    decided_on: date,
    reconsideration_until: date | None = None,
    lawsuit_until: date | None = None,
) -> str:
    """Result, what you can do, until when; one to four short sentences.

    The last days are known only once the letter was received (``disputes.remedy_dates``); before that the line
    counts from the receipt. A withdrawn or joined case needs no remedy in its first line.
    """
    parts = [RESULTS[disposition(code).code]]
    if code in AGAIN:
        parts.append(AGAIN[code])
    if code not in ("r6_3_withdrawn", "r6_3_merged"):
        parts.append(_what_you_can_do(code, decided_on, reconsideration_until, lawsuit_until))
    return "".join(parts)


def _what_you_can_do(
    code: str, decided_on: date, reconsideration_until: date | None, lawsuit_until: date | None
) -> str:
    days = value("reconsideration_filing_days", on=decided_on)
    months = value("lawsuit_direct_months", on=decided_on)
    by = until(reconsideration_until) if reconsideration_until else f"在收到这份答复后{days}日内"
    court = until(lawsuit_until) if lawsuit_until else f"在{months}个月内"
    if disposition(code).remedy_class != B and decided_on >= RECONSIDERATION_FIRST_SINCE:
        what = "如果不同意不公开的部分，" if code == "r2" else "如果不同意，"
        return f"{what}您可以{by}申请行政复议，复议以后还可以起诉。"
    return f"如果不同意，您可以{by}申请行政复议，或者{court}向法院起诉。"


def until(day: date) -> str:
    """A last day in words that leave no doubt about the day itself.

    >>> until(date(2026, 5, 6))
    '在2026年5月6日以前（含当天）'
    """
    return f"在{written_out(day)}以前（含当天）"
