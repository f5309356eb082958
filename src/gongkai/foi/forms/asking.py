"""What an applicant types, at home or with the help of the counter (条例第二十九条)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from gongkai.foi.actions.opening import Asked, Asking
from gongkai.foi.models import Applicant, Case, Sector
from gongkai.foi.rules import identity

LONGEST, SHORTEST, TITLE = 2000, 4, 60
_LANDLINE = re.compile(r"\+?[\d\s\-()（）转]{7,30}")


def words(label: str, **more: Any) -> forms.CharField:
    """One line."""
    said = {"required": f"请填写{label}。", "max_length": f"{label}太长，请不超过 %(limit_value)d 个字。"}
    return forms.CharField(label=label, error_messages=said | more.pop("error_messages", {}), **more)


def text(label: str, *, rows: int = 5, **more: Any) -> forms.CharField:
    """Several lines."""
    return words(label, widget=forms.Textarea(attrs={"rows": rows}), max_length=LONGEST, **more)


class WantedForm(forms.Form):
    """What is wanted: as exact as the applicant can say it."""

    content = text(
        "您要什么信息",
        min_length=SHORTEST,
        help_text="写得越具体，答复越快。可以写时间、地点、项目名、文件名。不清楚文件名也没关系。依据条例第二十九条",
        error_messages={
            "required": "请写明您要什么信息。例如：某路 2025 年改造工程的中标结果。",
            "min_length": "写得太短，工作人员找不到。请再写几个字：什么事、哪一年、哪个地方。",
            "max_length": f"超过 {LONGEST} 字。请写要点，其余放在附件里。",
        },
    )
    title = words("文件名称", max_length=200, required=False, help_text="知道就写，不知道可以不写")
    docnumber = words(
        "文号", max_length=120, required=False, help_text="文件上的编号，例如“滨政办发〔2026〕16号”"
    )

    def asked(self) -> dict[str, str]:
        """Title and content as the case holds them."""
        given = self.cleaned_data
        return {
            "title": given["title"] or first_words(given["content"]),
            "content": given["content"],
            "docnumber": given["docnumber"],
        }


class RecordForm(forms.Form):
    """A record about oneself that is wrong: which, what is wrong, what proves it (条例第四十一条)."""

    record = text(
        "哪一份记录有错",
        rows=3,
        min_length=SHORTEST,
        help_text="写明记录的名称、在哪里看到的。只能要求更正与您自己有关的记录。依据条例第四十一条",
        error_messages={"required": "请写明是哪一份记录。", "min_length": "请写得再具体一些。"},
    )
    stands = text("现在记录的内容是什么", rows=2, help_text="照原样写")
    should = text("应当改成什么", rows=2)
    evidence = text(
        "有什么证据",
        rows=3,
        min_length=SHORTEST,
        help_text="写明证据的名称和内容，并在下面上传照片或者文件。没有证据，机关无法更正",
        error_messages={"required": "请写明能证明记录有错的证据。", "min_length": "请写得再具体一些。"},
    )
    docnumber = words("文号或者编号", max_length=120, required=False, help_text="知道就写")

    def asked(self) -> dict[str, str]:
        """The four answers as one text, in the order in which the office examines them."""
        given = self.cleaned_data
        content = "\n".join(
            f"【{self.fields[name].label}】\n{given[name]}"
            for name in ("record", "stands", "should", "evidence")
        )
        return {
            "title": f"更正：{first_words(given['record'], TITLE - 3)}",
            "content": content,
            "docnumber": given["docnumber"],
        }


class AppealForm(forms.Form):
    """An institution that serves the public did not publish what it must (条例第五十五条)."""

    institution = words(
        "哪个单位", max_length=80, help_text="学校、医院、供水供电供气供热、公交、环保等单位的全称"
    )
    sector = forms.ChoiceField(
        label="属于哪个行业", choices=Sector.choices, error_messages={"required": "请选择行业。"}
    )
    item = text(
        "应当公开而没有公开的是什么",
        rows=3,
        min_length=SHORTEST,
        error_messages={"required": "请写明应当公开的内容。", "min_length": "请写得再具体一些。"},
    )
    tried = text("您在哪里找过、问过谁", rows=2, required=False)

    def asked(self) -> dict[str, str]:
        """The answers as one text; the first line names the institution."""
        given = self.cleaned_data
        sector = Sector(given["sector"]).label
        content = f"【单位】\n{given['institution']}（{sector}）\n【应当公开而没有公开】\n{given['item']}"
        if given["tried"]:
            content += f"\n【找过哪里、问过谁】\n{given['tried']}"
        return {
            "title": f"{given['institution'][:30]}：{first_words(given['item'], 28)}",
            "content": content,
            "docnumber": "",
        }


CONTENT_FORMS: dict[str, type[WantedForm] | type[RecordForm] | type[AppealForm]] = {
    Case.Kind.REQUEST: WantedForm,
    Case.Kind.RECORD: RecordForm,
    Case.Kind.APPEAL: AppealForm,
}


class WayForm(forms.Form):
    """In which form and by which way the answer is to come (条例第二十九条第二款第三项、第四十条)."""

    delivery_wanted = forms.ChoiceField(
        label="怎样把答复给您",
        choices=[
            (Case.Delivery.ONLINE, "在本网站上看（用查询码打开）"),
            (Case.Delivery.POST, "寄给我"),
            (Case.Delivery.PICKUP, "我自己来拿"),
            (Case.Delivery.EMAIL, "发到电子邮箱"),
        ],
        widget=forms.RadioSelect,
        initial=Case.Delivery.ONLINE,
        error_messages={"required": "请选择怎样把答复给您。"},
    )
    form_wanted = forms.ChoiceField(
        label="要什么样的材料",
        choices=[
            (Case.Form.ELECTRONIC, "电子文件"),
            (Case.Form.PAPER, "纸质复印件"),
            (Case.Form.READING, "到现场看、抄"),
            (Case.Form.OTHER, "都可以"),
        ],
        widget=forms.RadioSelect,
        initial=Case.Form.ELECTRONIC,
        help_text="机关按您要的形式提供；不便按这种形式提供的，会告诉您改用别的形式。条例第四十条",
        error_messages={"required": "请选择要什么样的材料。"},
    )
    address = words("通信地址", max_length=160, required=False, help_text="选“寄给我”的要填写，写到门牌号")
    postcode = words("邮政编码", max_length=6, required=False)
    email = words("电子邮箱", max_length=120, required=False, help_text="选“发到电子邮箱”的要填写")
    help_needed = words(
        "需要的帮助",
        max_length=200,
        required=False,
        help_text="阅读有困难，或者视力、听力不便的，请写明，工作人员会帮您。条例第四十三条",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        way = given.get("delivery_wanted")
        if way == Case.Delivery.POST and not given.get("address"):
            self.add_error("address", "您选了“寄给我”，请填写通信地址，写到门牌号。")
        if way == Case.Delivery.EMAIL and not given.get("email"):
            self.add_error("email", "您选了“发到电子邮箱”，请填写电子邮箱。")
        if given.get("email") and (fault := identity.email_fault(given["email"])):
            self.add_error("email", fault)
        if given.get("postcode") and not re.fullmatch(r"\d{6}", given["postcode"]):
            self.add_error("postcode", "邮政编码应为 6 位数字。请核对，不知道可以不填。")
        return given


class IdentityForm(forms.Form):
    """Who asks, how to reach him, who acts for him (条例第二十九条第二款第一项)."""

    kind = forms.ChoiceField(
        label="您是",
        choices=Applicant.Kind.choices,
        widget=forms.RadioSelect,
        initial=Applicant.Kind.PERSON,
        error_messages={"required": "请选择您是个人还是哪一类组织。"},
    )
    name = words("姓名或者单位名称", max_length=120, help_text="与证件上一致")
    document = forms.ChoiceField(
        label="证件类型", choices=Applicant.Document.choices, initial=Applicant.Document.ID_CARD
    )
    document_number = words(
        "证件号码", max_length=40, help_text="加密保存，页面上只显示前后几位。条例第二十九条"
    )
    phone = words("联系电话", max_length=40, help_text="收到申请后，工作人员会打这个电话与您确认")
    contact_person = words("联系人", max_length=60, required=False, help_text="单位申请的请填写")
    agent_name = words(
        "代理人姓名", max_length=60, required=False, help_text="替别人申请的填写代理人，也就是办理的人"
    )
    agent_document = words("代理人身份证号码", max_length=40, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"]).strip()
        if not identity.mobile_fault(phone) or (
            _LANDLINE.fullmatch(phone) and not re.fullmatch(r"1\d{10}|1\d{1,9}", identity.plain(phone))
        ):
            return phone
        raise forms.ValidationError(
            "电话号码没有读懂。手机号码是 11 位；固定电话请写区号，例如 0532-88880101。"
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind, document = given.get("kind"), given.get("document")
        if kind and document:
            person = kind == Applicant.Kind.PERSON
            if person and document == Applicant.Document.USCC:
                self.add_error(
                    "document", "您选了“自然人”，请选择身份证、护照等个人证件；单位申请请改选单位的类别。"
                )
            if not person and document not in (Applicant.Document.USCC, Applicant.Document.OTHER):
                self.add_error("document", "单位申请请选择“统一社会信用代码”；个人申请请把上面改选“自然人”。")
        if given.get("document_number"):
            self._check_number("document_number", given["document_number"], document)
        if given.get("agent_document"):
            self._check_number("agent_document", given["agent_document"], Applicant.Document.ID_CARD)
            if not given.get("agent_name"):
                self.add_error("agent_name", "填了代理人的身份证号码，还请填写代理人姓名。")
        return given

    def _check_number(self, field: str, number: str, document: str | None) -> None:
        fault = ""
        if document == Applicant.Document.ID_CARD:
            fault = identity.id_number_fault(number, today=self.today)
        elif document == Applicant.Document.USCC:
            fault = identity.uscc_fault(number)
        elif len(identity.plain(number)) < 5:
            fault = "证件号码太短。请对照证件填写。"
        if fault:
            self.add_error(field, fault)


def first_words(content: str, longest: int = TITLE) -> str:
    """The beginning of what was written, as a title.

    >>> first_words("望潮路改造工程的中标结果。另外还要合同")
    '望潮路改造工程的中标结果'
    """
    line = re.split(r"[\n。；;！？!?]", content.strip(), maxsplit=1)[0].strip() or content.strip()
    line = " ".join(line.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def asking_of(given: Mapping[str, Any], *, authorised: bool) -> Asking:
    """The applicant of the forms' answers."""
    number = identity.plain(given["document_number"])
    return Asking(
        kind=given["kind"],
        name=given["name"],
        document=given["document"],
        document_number=number,
        document_masked=identity.masked(number),
        phone=given.get("phone", ""),
        email=given.get("email", ""),
        address=given.get("address", ""),
        postcode=given.get("postcode", ""),
        contact_person=given.get("contact_person", ""),
        agent_name=given.get("agent_name", ""),
        agent_document=identity.plain(given.get("agent_document", "")),
        agent_authorised=authorised and bool(given.get("agent_name")),
        help_needed=given.get("help_needed", ""),
    )


def asked_of(content: Mapping[str, str], given: Mapping[str, Any], *, kind: str) -> Asked:
    """The request of the forms' answers."""
    return Asked(
        title=content["title"],
        content=content["content"],
        docnumber=content["docnumber"],
        form_wanted=given["form_wanted"],
        delivery_wanted=given["delivery_wanted"],
        purpose=given.get("purpose", ""),
        kind=kind,
    )
