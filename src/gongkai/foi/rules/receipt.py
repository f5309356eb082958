"""On which day a request was received: the day from which everything else is counted (条例第三十一条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.kernel.text.dates import written_out
from gongkai.law.basis import basis, cite
from gongkai.law.calendar import WorkCalendar
from gongkai.law.refusal import Refusal, Refused

OTHER_OFFICE = "国办公开办函〔2015〕207号"


class Channel(StrEnum):
    """The way a request came in; ``EMAIL`` is an internet channel that an agency may leave closed."""

    COUNTER = "counter"
    REGISTERED_MAIL = "registered_mail"
    PLAIN_MAIL = "plain_mail"
    WEB = "web"
    FAX = "fax"
    EMAIL = "email"
    ORAL = "oral"


CHANNEL_NAMES = {
    Channel.COUNTER: "当面提交",
    Channel.REGISTERED_MAIL: "邮寄（签收）",
    Channel.PLAIN_MAIL: "平常信函",
    Channel.WEB: "网站",
    Channel.FAX: "传真",
    Channel.EMAIL: "电子邮件",
    Channel.ORAL: "口头（工作人员代填）",
}
_ARTICLE = {
    Channel.COUNTER: "条例31(1)",
    Channel.ORAL: "条例31(1)",
    Channel.REGISTERED_MAIL: "条例31(2)",
    Channel.PLAIN_MAIL: "条例31(2)",
    Channel.WEB: "条例31(3)",
    Channel.FAX: "条例31(3)",
    Channel.EMAIL: "条例31(3)",
}
NEEDS_CONFIRMATION = frozenset({Channel.PLAIN_MAIL, Channel.WEB, Channel.FAX, Channel.EMAIL})
_WHY = {
    Channel.COUNTER: "当面提交，提交之日为收到申请之日",
    Channel.ORAL: "口头申请由工作人员当场代为填写，填写之日为收到申请之日",
    Channel.REGISTERED_MAIL: "邮寄提交，签收之日为收到申请之日",
    Channel.PLAIN_MAIL: "平常信函，与申请人确认之日为收到申请之日",
    Channel.WEB: "通过互联网提交，双方确认之日为收到申请之日",
    Channel.FAX: "通过传真提交，双方确认之日为收到申请之日",
    Channel.EMAIL: "通过电子邮件提交，双方确认之日为收到申请之日",
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of the way of a request into the office, all of it legal days.

    ``arrived_on``: submitted, signed for, or come in. ``confirmed_on``: confirmed with the applicant.
    ``other_office``: it was handed to another office of the agency; ``reached_office_on`` is then the day on
    which the disclosure office has it in hand. ``unreachable``: the applicant could not be reached to confirm;
    ``contact_restored_on`` is the day on which he could be again.
    """

    channel: Channel
    arrived_on: date
    confirmed_on: date | None = None
    other_office: bool = False
    reached_office_on: date | None = None
    unreachable: bool = False
    contact_restored_on: date | None = None

    def days(self) -> dict[str, date | None]:
        return {
            "收到的日期": self.arrived_on,
            "确认的日期": self.confirmed_on,
            "转到公开机构的日期": self.reached_office_on,
            "恢复联系的日期": self.contact_restored_on,
        }


@dataclass(frozen=True, slots=True)
class Receipt:
    """The day of receipt, or what it still waits for. ``provisional``: the calendar of that year is not here."""

    on: date | None
    why: str
    references: tuple[str, ...]
    waiting_for: str = ""
    provisional: bool = False

    @property
    def basis(self) -> str:
        return cite(*self.references)


class ReceiptRefused(Refused):
    """Dates of an arrival that cannot be."""


@basis("条例31", "条例29.1", OTHER_OFFICE)
def receipt(arrival: Arrival, *, today: date, calendar: WorkCalendar) -> Receipt:
    """The receipt date by channel; raises ``ReceiptRefused`` on a day in the future and on dates out of order.

    A day of a year without a holiday notice is accepted, and said to be provisional.
    """
    faults = why_not_received(arrival, today=today)
    if faults:
        raise ReceiptRefused(faults)
    references = [_ARTICLE[arrival.channel]]
    why, on = _WHY[arrival.channel], arrival.arrived_on
    if arrival.channel is Channel.ORAL:
        references.append("条例29.1")
    if arrival.channel in NEEDS_CONFIRMATION:
        confirmed = arrival.contact_restored_on or arrival.confirmed_on
        if confirmed is None:
            return _waiting(arrival, references)
        on = confirmed
        if arrival.contact_restored_on:
            why = "此前无法联系申请人，恢复联系之日为收到申请之日"
            references.append(OTHER_OFFICE)
    if arrival.other_office:
        references.append(OTHER_OFFICE)
        if arrival.reached_office_on is None:
            return Receipt(
                None, why, tuple(references), "请把申请转给政府信息公开工作机构，由其登记并确认收到的日期。"
            )
        if arrival.reached_office_on > on:
            on = arrival.reached_office_on
            why = "申请递到了本机关的其他内设机构，公开机构实际收到并确认之日为收到申请之日"
    return Receipt(
        on, f"{why}：{written_out(on)}", tuple(references), provisional=calendar.is_provisional(on)
    )


@basis("条例31")
def why_not_received(arrival: Arrival, *, today: date) -> list[Refusal]:
    """Reasons why these dates cannot stand in the register."""
    found = [
        Refusal(
            "foi.receipt_in_future",
            cite("条例31"),
            f"{name}是 {day}，晚于今天（{today}），还没有发生的收到日期不能登记。请核对年月日。",
        )
        for name, day in arrival.days().items()
        if day is not None and day > today
    ]
    for name, day in list(arrival.days().items())[1:]:
        if day is not None and day < arrival.arrived_on:
            found.append(
                Refusal(
                    "foi.receipt_order",
                    cite("条例31"),
                    f"{name} {day} 早于申请到达的日期 {arrival.arrived_on}。请核对两个日期。",
                )
            )
    return found


def _waiting(arrival: Arrival, references: list[str]) -> Receipt:
    """Nothing runs yet; the office has to speak with the applicant."""
    if arrival.unreachable:
        return Receipt(
            None,
            "暂时无法联系申请人，先登记，自恢复联系之日起计算期限",
            (*references, OTHER_OFFICE),
            "请记录每次联系的时间和方式；恢复联系后登记日期。",
        )
    if arrival.channel is Channel.PLAIN_MAIL:
        what = "请于收到信函的当天与申请人确认，并登记确认日期。"
    else:
        what = "请今天就与申请人确认收到，并登记确认日期。"
    return Receipt(None, _WHY[arrival.channel], tuple(references), what)
