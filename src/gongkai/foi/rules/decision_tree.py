"""From questions to exactly one result: every path ends in one code of ``rules.dispositions``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gongkai.law.basis import basis, cite


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer. ``then`` is the next question or a code; ``requires`` names what the road also calls for;
    ``ground`` is the refusal ground that the letter cites when it leads to 部分公开."""

    key: str
    text: str
    then: str
    requires: tuple[str, ...] = ()
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question to the clerk, with what to look at and the articles behind it."""

    key: str
    text: str
    help: str
    references: tuple[str, ...]
    choices: tuple[Choice, ...]

    @property
    def basis(self) -> str:
        return cite(*self.references)

    def choice(self, key: str) -> Choice | None:
        return next((one for one in self.choices if one.key == key), None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a road: the code, the ground chosen on the way, and what the road also calls for."""

    code: str
    ground: str = ""
    requires: tuple[str, ...] = ()


class NoSuchAnswer(ValueError):  # noqa: N818 -- an answer to whoever filled in the form
    """An answer that its question does not offer."""


_NO_EXEMPTION = "none"
_QUESTIONS = (
    Question(
        "standing",
        "这件申请现在是哪种情况？",
        "补正期限、缴费期限届满以送达之日起算，系统只在届满后才允许选“逾期”。",
        ("条例30", "国办函〔2020〕109号"),
        (
            Choice("going", "申请有效，需要答复", "nature"),
            Choice("withdrawn", "申请人已经书面撤回", "r6_3_withdrawn"),
            Choice("merged", "与同一申请人的另一件申请并案办理", "r6_3_merged"),
            Choice("uncorrected", "申请人无正当理由逾期不补正", "r6_1"),
            Choice("unpaid", "申请人逾期不缴费", "r6_2"),
            Choice("other", "其他情况，不作答复即可办结", "r6_3"),
        ),
    ),
    Question(
        "nature",
        "申请人要的是什么？",
        "看申请内容，不看用途；机关不能要求说明用途。",
        ("条例2", "条例39"),
        (
            Choice("information", "获取政府信息", "clear"),
            Choice("petition", "信访、投诉、举报", "r5_1", ("channel_told",)),
            Choice("publication", "政府公报、报刊、书籍等公开出版物", "r5_3", ("where_to_get",)),
            Choice("confirmation", "确认或者重新出具已经获取的信息", "r5_5"),
            Choice("enquiry", "咨询政策、要求解释或者表态", "r6_3_enquiry", ("channel_told",)),
        ),
    ),
    Question(
        "clear",
        "能不能知道申请人要哪条信息？",
        "不明确的，先指导和释明，并一次性告知补正；补正后仍不明确才选第二项。",
        ("条例29.2", "条例30"),
        (
            Choice("yes", "明确", "repeated"),
            Choice("no", "经补正仍不明确", "r4_3"),
        ),
    ),
    Question(
        "repeated",
        "本机关是否已经就相同信息答复过这位申请人？",
        "数量、频次明显超过合理范围的，要先请申请人说明理由。",
        ("条例36(6)", "条例35"),
        (
            Choice("no", "没有", "special"),
            Choice("same", "答复过，内容相同", "r5_2"),
            Choice("bulk", "数量、频次明显超过合理范围，说明的理由不合理", "r5_4"),
        ),
    ),
    Question(
        "special",
        "这类信息的查询，法律、行政法规有没有特别规定？",
        "如工商登记、不动产登记资料。",
        ("条例36(7)",),
        (
            Choice("no", "没有", "whose"),
            Choice("yes", "有，应按特别规定查询", "r3_8", ("where_to_get",)),
        ),
    ),
    Question(
        "whose",
        "是否由本机关负责公开？",
        "本机关制作的，或者从公民、法人获取并保存的，由本机关负责；其他机关制作的，由制作机关负责。",
        ("条例10", "条例36(5)"),
        (
            Choice("ours", "由本机关负责", "exists"),
            Choice("theirs", "由其他机关负责", "r4_1_elsewhere"),
        ),
    ),
    Question(
        "exists",
        "本机关有没有这条现成的信息？",
        "选“没有”之前要有检索记录：查了哪里、谁查的、用了哪些词、结果如何。",
        ("条例36(4)", "条例38"),
        (
            Choice("held", "有", "published"),
            Choice("absent", "经检索没有", "r4_1_absent"),
            Choice("make", "没有现成的，需要汇总、加工或者另行制作", "r4_2"),
        ),
    ),
    Question(
        "published",
        "是否已经主动公开？",
        "已经公开的，告知在哪里、怎样获取。",
        ("条例36(1)",),
        (
            Choice("no", "没有", "exempt"),
            Choice("yes", "已经主动公开", "r1_public"),
        ),
    ),
    Question(
        "exempt",
        "有没有不应当或者可以不公开的内容？",
        "国家秘密、禁止公开和“三安全一稳定”一律不公开；第三方权益要先征求意见；第十六条是“可以不予公开”。",
        ("条例14", "条例15", "条例16"),
        (
            Choice(_NO_EXEMPTION, "没有", "r1"),
            Choice("secret", "依法确定为国家秘密", "severable", ground="r3_1"),
            Choice("forbidden", "法律、行政法规禁止公开", "severable", ground="r3_2"),
            Choice("security", "可能危及国家安全、公共安全、经济安全、社会稳定", "severable", ground="r3_3"),
            Choice("third_party", "涉及商业秘密、个人隐私等第三方权益", "third_party"),
            Choice("internal", "人事管理、后勤管理、内部工作流程", "severable", ground="r3_5"),
            Choice("process", "讨论记录、过程稿、磋商信函、请示报告", "prevails", ground="r3_6"),
            Choice("case_file", "行政执法案卷", "prevails", ground="r3_7"),
        ),
    ),
    Question(
        "third_party",
        "第三方的意见和公共利益的权衡结果是什么？",
        "第三方逾期不提意见，不等于同意，由本机关依法决定。",
        ("条例15", "条例32"),
        (
            Choice("consents", "第三方同意公开", "r1", ("consultation",)),
            Choice("no_harm", "第三方没有意见或者理由不成立，公开不损害其权益", "r1", ("consultation",)),
            Choice(
                "overridden",
                "第三方不同意，但不公开会对公共利益造成重大影响",
                "r1",
                ("consultation", "notice_to_third_party"),
            ),
            Choice(
                "objects",
                "第三方不同意且有合理理由，或者公开会损害其权益",
                "severable",
                ("consultation",),
                "r3_4",
            ),
        ),
    ),
    Question(
        "prevails",
        "法律、法规、规章有没有规定这类信息应当公开？",
        "有规定的从其规定，过程性信息和执法案卷都适用。",
        ("条例16.2",),
        (
            Choice("yes", "规定应当公开", "r1"),
            Choice("no", "没有", "severable"),
        ),
    ),
    Question(
        "severable",
        "能不能区分处理，把可以公开的内容提供给申请人？",
        "能够区分的，应当提供可以公开的部分；统计时只计部分公开。",
        ("条例37",),
        (
            Choice("yes", "能，提供其余部分", "r2"),
            Choice("no", "不能，全部不公开", "ground"),
        ),
    ),
)
FIRST, GROUND = "standing", "ground"
QUESTIONS = MappingProxyType({one.key: one for one in _QUESTIONS})


@basis("条例36", "条例37", "条例39")
def walk(answers: Mapping[str, str]) -> Question | Outcome:
    """The next question that is open, or the one result; raises ``NoSuchAnswer``.

    >>> walk({}).key
    'standing'
    >>> walk({"standing": "withdrawn"})
    Outcome(code='r6_3_withdrawn', ground='', requires=())
    """
    key, ground, requires = FIRST, "", []
    while True:
        question = QUESTIONS[key]
        given = answers.get(key, "")
        if not given:
            return question
        choice = question.choice(given)
        if choice is None:
            offered = "、".join(one.text for one in question.choices)
            raise NoSuchAnswer(f"“{question.text}”没有“{given}”这个选项。请从中选择：{offered}。")
        ground = choice.ground or ground
        requires += [one for one in choice.requires if one not in requires]
        if choice.then == GROUND:
            return Outcome(ground, ground, tuple(requires))
        if choice.then not in QUESTIONS:
            partial = choice.then == "r2"
            return Outcome(choice.then, ground if partial else "", tuple(requires))
        key = choice.then


def path_of(answers: Mapping[str, str]) -> tuple[tuple[Question, Choice], ...]:
    """The questions that led to the result with the answers given, for the file of the case."""
    found: list[tuple[Question, Choice]] = []
    given: dict[str, str] = {}
    while isinstance(step := walk(given), Question) and answers.get(step.key):
        choice = step.choice(answers[step.key])
        if choice is None:
            break
        found.append((step, choice))
        given[step.key] = choice.key
    return tuple(found)


def all_paths() -> Iterator[tuple[dict[str, str], Outcome]]:
    """Every way through the tree with its result."""
    open_paths: list[dict[str, str]] = [{}]
    while open_paths:
        given = open_paths.pop()
        step = walk(given)
        if isinstance(step, Outcome):
            yield given, step
        else:
            open_paths += [{**given, step.key: choice.key} for choice in step.choices]
