"""Who may do and see what about disclosure requests; the verbs come from the table in ``states``."""

from __future__ import annotations

from gongkai.foi import states
from gongkai.foi.models import (
    AnnualTables,
    Appeal,
    Applicant,
    Case,
    CaseEvent,
    Consultation,
    Deliberation,
    DeliberationOpinion,
    Dispute,
    Exercise,
    Extension,
    Fee,
    Letter,
    LetterSettings,
    LetterTemplate,
    Paper,
    Redaction,
    SealedFile,
    SearchPlace,
    SearchRecord,
    Topic,
    TopicCase,
)
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare, shown_too, visibility

# The counter takes requests for every unit; legal advice and supervision reach over the district.
_SCOPES = {
    Role.OFFICER: Scope.OWN,
    Role.REVIEWER: Scope.OWN,
    Role.LEADER: Scope.OWN,
    Role.DISCLOSURE_OFFICE: Scope.ALL,
    Role.LEGAL_OFFICE: Scope.ALL,
    Role.COUNTER: Scope.ALL,
}
_SEPARATION = {
    "review": "拟稿人不能审核自己拟的答复",
    "sign": "拟稿人不能签发自己拟的答复",
    "approve_extension": "申请延期的人不能同意自己的申请",
}
_STAFF = {Role.OFFICER: Scope.OWN, Role.REVIEWER: Scope.OWN, Role.LEADER: Scope.OWN}

for _event in states.EVENTS.values():
    _grants = {Role(role): _SCOPES[Role(role)] for role in _event.roles if role in set(Role)}
    declare(
        Policy(f"foi.{_event.name}", f"依申请公开：{_event.label}", _grants, _SEPARATION.get(_event.name, ""))
    )

declare(
    Policy(
        "foi.view",
        "查看依申请公开案件",
        {**_STAFF, Role.DISCLOSURE_OFFICE: Scope.ALL, Role.LEGAL_OFFICE: Scope.ALL},
    ),
    Policy("foi.handle", "办理依申请公开案件", _STAFF),
    Policy("foi.register", "登记申请", {Role.OFFICER: Scope.OWN, Role.COUNTER: Scope.ALL}),
    Policy("foi.find", "凭身份证查找申请", {Role.OFFICER: Scope.OWN, Role.COUNTER: Scope.ALL}),
    Policy(
        "foi.reveal",
        "查看申请人身份信息",
        {Role.OFFICER: Scope.OWN, Role.REVIEWER: Scope.OWN},
        "每次查看都要写理由，并留痕",
    ),
    Policy("foi.settings", "维护检索地点、文书模板", {Role.OFFICER: Scope.OWN, Role.REVIEWER: Scope.OWN}),
    Policy("foi.draft_letter", "拟制文书", {Role.OFFICER: Scope.OWN, Role.REVIEWER: Scope.OWN}),
    Policy(
        "foi.sign_letter",
        "签发过程文书",
        {Role.REVIEWER: Scope.OWN, Role.LEADER: Scope.OWN},
        "拟稿人不能签发自己拟的文书",
    ),
    Policy("foi.dispatch_letter", "发出文书", {Role.OFFICER: Scope.OWN, Role.COUNTER: Scope.ALL}),
    Policy("foi.deliver_letter", "登记文书送达", {Role.OFFICER: Scope.OWN, Role.COUNTER: Scope.ALL}),
    Policy(
        "foi.remedy_places",
        "维护救济途径和全区文书模板",
        {Role.DISCLOSURE_OFFICE: Scope.ALL, Role.LEGAL_OFFICE: Scope.ALL},
    ),
    Policy("foi.report", "定稿年报表三、表四", {Role.REVIEWER: Scope.OWN, Role.LEADER: Scope.OWN}),
    Policy("foi.dispute", "登记复议诉讼、归纳案例", {Role.OFFICER: Scope.OWN, Role.REVIEWER: Scope.OWN}),
    Policy("foi.judge_appeal", "认定公共企事业单位申诉", {Role.REVIEWER: Scope.OWN, Role.LEADER: Scope.OWN}),
    Policy(
        "foi.institutions",
        "维护公共企事业单位名录和职责",
        {Role.OFFICER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL},
    ),
    Policy(
        "foi.view_topics",
        "查看申请专题",
        {
            **_STAFF,
            Role.DISCLOSURE_OFFICE: Scope.ALL,
            Role.LEGAL_OFFICE: Scope.ALL,
            Role.ASSESSOR: Scope.ALL,
        },
        "评估人员看不到申请人和申请内容",
    ),
    Policy(
        "foi.analyse_topics",
        "分析申请专题",
        {Role.OFFICER: Scope.OWN, Role.REVIEWER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL},
    ),
    Policy("foi.decide_topic", "决定专题是否转主动公开", {Role.REVIEWER: Scope.OWN, Role.LEADER: Scope.OWN}),
    Policy("foi.follow_topic", "起草专题公开内容、告知申请人", {Role.OFFICER: Scope.OWN}),
    Policy(
        "foi.practise",
        "做依申请公开练习",
        {**_STAFF, Role.COUNTER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.OWN, Role.LEGAL_OFFICE: Scope.OWN},
        "只在培训和演示环境里有",
    ),
    Policy(
        "foi.see_practice",
        "查看练习成绩",
        {Role.LEADER: Scope.OWN, Role.REVIEWER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL},
    ),
    Policy("foi.supervise", "监督全区依申请公开", {Role.DISCLOSURE_OFFICE: Scope.ALL}),
)

# The unit that handles a case on the agency's behalf sees what belongs to it.
visibility(Case, action="foi.view", also="holder_id")
shown_too(Case, action="foi.find")
visibility(Applicant, action="foi.view", also="case__holder_id")
for _model in (
    CaseEvent,
    Paper,
    Letter,
    Consultation,
    Deliberation,
    SearchRecord,
    Fee,
    Extension,
    Redaction,
    Dispute,
    SealedFile,
    Appeal,
):
    visibility(_model, action="foi.view", also="case__holder_id")
visibility(DeliberationOpinion, action="foi.view", also="asked_unit_id")
visibility(SearchPlace, action="foi.view")
visibility(LetterTemplate, action="foi.view")
visibility(LetterSettings, action="foi.view")
visibility(AnnualTables, action="foi.view")
visibility(Topic, action="foi.view_topics")
visibility(TopicCase, action="foi.view_topics")
visibility(Exercise, action="foi.practise")
