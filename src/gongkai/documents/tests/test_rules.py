"""Rules of documents: openness, states, text from a file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents import states
from gongkai.documents.rules.body import body_html
from gongkai.documents.rules.openness import BY_CODE, OPENNESS, openness_refusals
from gongkai.kernel.html import clean, plain
from gongkai.kernel.text.blocks import Cell, Paragraph, Table


@given(
    openness=st.sampled_from([*OPENNESS, "", "公开"]),
    ground=st.sampled_from([*BY_CODE, "", "E99"]),
    reason=st.text(max_size=12),
)
def test_determination_stands_only_with_what_the_law_asks(openness: str, ground: str, reason: str) -> None:
    refused = openness_refusals(openness=openness, ground=ground, reason=reason)
    if openness == "主动公开":
        assert bool(refused) == bool(ground)
    elif openness == "依申请公开":
        assert bool(refused) == (bool(ground) or len(reason.strip()) < 6)
    elif openness == "不予公开":
        assert bool(refused) == (ground not in BY_CODE or len(reason.strip()) < 6)
    else:
        assert refused


def test_state_table_reaches_every_state_and_has_one_target_a_verb() -> None:
    pairs = [(row.source, row.verb) for row in states.TABLE]
    assert len(pairs) == len(set(pairs))
    reached, before = {states.DRAFT}, set()
    while reached != before:
        before = set(reached)
        reached |= {row.target for row in states.TABLE if row.source in reached}
    assert reached == set(states.LABELS)


@given(st.sampled_from(sorted(states.LABELS)), st.text(max_size=10))
def test_unknown_verb_leads_nowhere(state: str, verb: str) -> None:
    known = {row.verb: row.target for row in states.TABLE if row.source == state}
    assert states.target_of(state, verb) == known.get(verb)


def test_body_leaves_out_the_head_and_the_record_lines() -> None:
    blocks = [
        Paragraph("测试区财政局文件", align="center"),
        Paragraph("测财发〔2026〕3号", align="center"),
        Paragraph("关于印发测试办法的通知", align="center"),
        Paragraph("各单位："),
        Paragraph("第一条　为了<测试>，制定本办法。"),
        Table(rows=((Cell("项目", colspan=2), Cell("项目", merged="left")), (Cell("甲"), Cell("1\n2")))),
        Paragraph("测试区财政局", align="right"),
        Paragraph("2026年3月11日", align="right"),
        Paragraph("（此件公开发布）"),
        Paragraph("抄送：区委办公室。"),
        Paragraph("测试区财政局办公室　2026年3月11日印发"),
    ]
    html = body_html(blocks, leave_out=["关于印发测试办法的通知", "测财发〔2026〕3号", "测试区财政局"])
    assert html == clean(html)
    assert html.splitlines() == [
        '<p class="gw-noindent">各单位：</p>',
        "<p><strong>第一条</strong>　为了&lt;测试&gt;，制定本办法。</p>",
        '<table><tbody><tr><td colspan="2">项目</td></tr><tr><td>甲</td><td>1<br>2</td></tr></tbody></table>',
        '<p class="gw-signature">测试区财政局</p>',
        '<p class="gw-signature">2026年3月11日</p>',
        '<p class="gw-note">（此件公开发布）</p>',
    ]


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing_and_leaves_no_script(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert (
        "<script" not in once.lower()
        and "javascript:" not in plain(once).lower()
        or "javascript:" in text.lower()
    )
