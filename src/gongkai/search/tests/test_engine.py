"""The embedded engine: what is found first, what is never found, what survives."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.search.adapters.tantivy import VERSION, TantivyEngine
from gongkai.search.ports import PUBLIC, Filters, Found, SearchDoc, Unusable, Visibility
from gongkai.search.rules.question import read
from gongkai.search.tests.samples import DOCS, GOLD, TODAY


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> TantivyEngine:
    made = TantivyEngine(tmp_path_factory.mktemp("index"))
    assert made.rebuild(DOCS) == len(DOCS)
    return made


@pytest.fixture
def own(tmp_path: Path) -> TantivyEngine:
    """An engine that a test may change."""
    made = TantivyEngine(tmp_path)
    made.rebuild(DOCS)
    return made


def ask(engine: TantivyEngine, text: str, filters: Filters = Filters(), **more: object) -> Found:  # noqa: B008
    given = {"visibility": PUBLIC, "today": TODAY, **more}
    return engine.query(read(text), filters=filters, **given)  # type: ignore[arg-type]


def keys(found: Found) -> list[str]:
    return [hit.key for hit in found.hits]


@pytest.mark.feature("I08")
@pytest.mark.parametrize(("text", "place"), GOLD)
def test_gold_question_finds_its_paper_first(engine: TantivyEngine, text: str, place: int) -> None:
    assert len({text for text, _ in GOLD}) >= 40
    found = ask(engine, text)
    assert found.hits and found.hits[0].key == f"publication:{place}"


def test_paper_that_cites_a_number_follows_the_one_that_bears_it(engine: TantivyEngine) -> None:
    found = ask(engine, "滨政办发[2026]16号")
    assert keys(found) == ["publication:1", "publication:9"]
    assert [hit.pinned for hit in found.hits] == [True, False]


def test_unknown_number_shows_its_series_and_says_so(engine: TantivyEngine) -> None:
    found = ask(engine, "滨财发〔2026〕999号")
    assert keys(found) == ["publication:3"] and found.relaxed and not found.hits[0].pinned
    assert ask(engine, "滨税发〔2026〕1号").total == 0


@pytest.mark.parametrize("text", ["???", "(((", '"', "“", "《》", "zqxjkw", "*", "\\"])
def test_what_says_nothing_finds_nothing(engine: TantivyEngine, text: str) -> None:
    assert ask(engine, text).total == 0


def test_quoted_words_stand_together_and_minus_leaves_out(engine: TantivyEngine) -> None:
    assert keys(ask(engine, '"部门预算公开"')) == ["publication:3"]
    assert ask(engine, '"预算部门"').total == 0
    assert "publication:3" not in keys(ask(engine, "通知 -预算"))


@pytest.mark.parametrize(
    "text",
    [
        "title:预算 OR 1=1",
        "'; drop table x--",
        "预算~2^9",
        "[2026 TO 2027]",
        "a" * 3000,
        "预" * 3000,
        "𠮷" * 90,
    ],
)
def test_nothing_typed_is_code(engine: TantivyEngine, text: str) -> None:
    assert ask(engine, text).total <= len(DOCS)


@given(
    st.text(max_size=300),
    st.text(max_size=40),
    st.sampled_from(["relevance", "date", "x"]),
    st.integers(-5, 99),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_answered(engine: TantivyEngine, text: str, value: str, sort: str, page: int) -> None:
    found = ask(engine, text, Filters({"unit": (value,)}), sort=sort, page=page)
    assert 0 <= found.total <= len(DOCS) and len(found.hits) <= found.total
    assert ask(engine, text, page=page).total >= found.total
    engine.suggest(text, visibility=PUBLIC)


@given(
    st.sampled_from(DOCS), st.sampled_from(["〔{}〕", "[{}]", "（{}）", "({})", "【{}】", "{{{}}}", " {} 第"])
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_number_is_found_in_any_bracket(engine: TantivyEngine, doc: SearchDoc, bracket: str) -> None:
    if doc.number:
        code, _, rest = doc.number.partition("〔")
        year, _, serial = rest.partition("〕")
        assert keys(ask(engine, code + bracket.format(year) + serial))[0] == doc.key


def test_answer_marks_the_words_in_the_original_text(engine: TantivyEngine) -> None:
    (hit,) = ask(engine, "ＩＰＶ６").hits
    assert "".join(one.text for one in hit.extract) == "分为四级响应，IPv6网络值守。"
    assert [one.text for one in hit.extract if one.hit] == ["IPv6"]


def test_number_is_marked_whole(engine: TantivyEngine) -> None:
    citing = ask(engine, "滨政办发 [2026] 16号").hits[1]
    assert [one.text for one in citing.extract if one.hit] == ["滨政办发〔2026〕16号"]


def test_facets_count_without_their_own_choice(engine: TantivyEngine) -> None:
    everything = ask(engine, "")
    assert everything.total == len(DOCS) and everything.hits[0].key == f"publication:{len(DOCS)}"
    narrowed = ask(engine, "", Filters({"kind": ("公示",)}))
    assert {one.value: one.count for one in narrowed.facets["kind"]} == {
        one.value: one.count for one in everything.facets["kind"]
    }
    assert narrowed.total == 2 and sum(one.count for one in narrowed.facets["unit"]) == 2
    span = Filters(published_from=date(2026, 2, 14), published_to=date(2026, 2, 14))
    assert keys(ask(engine, "", span)) == ["publication:14"]
    assert ask(engine, "", Filters(published_to=date.max)).total == 0


def test_ended_paper_stands_behind_the_one_in_force(own: TantivyEngine) -> None:
    ended = dataclasses.replace(DOCS[2], key="publication:90", validity="失效", number="")
    own.index([ended])
    assert keys(ask(own, "预算公开"))[:2] == ["publication:3", "publication:90"]


def test_nobody_sees_what_is_not_for_his_eyes(own: TantivyEngine) -> None:
    secret = dataclasses.replace(
        DOCS[0], key="draft:1", title="内部草稿电梯", public=False, unit_id=7, number=""
    )
    own.index([secret])
    assert "draft:1" not in keys(ask(own, "电梯")) and not own.suggest("内部草稿", visibility=PUBLIC)
    assert all(one.count < len(DOCS) + 1 for one in ask(own, "").facets["theme"])
    assert "draft:1" in keys(ask(own, "电梯", visibility=Visibility(frozenset({7}))))
    assert "draft:1" not in keys(ask(own, "电梯", visibility=Visibility(frozenset({8}))))
    assert "draft:1" in keys(ask(own, "电梯", visibility=Visibility(None)))


def test_suggestions_hold_what_was_typed(engine: TantivyEngine) -> None:
    assert [one.path for one in engine.suggest("消费", visibility=PUBLIC)] == ["/doc/2026/8.html"]
    assert engine.suggest("滨财发[2026]24号", visibility=PUBLIC)[0].number == "滨财发〔2026〕24号"
    assert engine.suggest(" ", visibility=PUBLIC) == ()


def test_new_version_replaces_and_deleted_is_gone_for_other_readers(
    own: TantivyEngine, tmp_path: Path
) -> None:
    reader = TantivyEngine(tmp_path)
    assert ask(reader, "座椅").total == 1
    own.index([dataclasses.replace(DOCS[5], version=2, body="改为长廊。")])
    assert ask(reader, "座椅").total == 0 and ask(reader, "长廊").total == 1
    own.delete(["publication:6"])
    assert ask(reader, "长廊").total == 0 and reader.count() == len(DOCS) - 1


def test_reader_follows_a_rebuilt_index(own: TantivyEngine, tmp_path: Path) -> None:
    reader = TantivyEngine(tmp_path)
    assert ask(reader, "座椅").total == 1
    own.rebuild(DOCS[:5])
    assert ask(reader, "座椅").total == 0 and reader.count() == 5
    assert len([one for one in tmp_path.iterdir() if one.is_dir()]) == 1


def _removed(file: Path) -> None:
    file.unlink()


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _filled_with_noise(file: Path) -> None:
    file.write_bytes(random.Random(7).randbytes(file.stat().st_size))


@pytest.mark.parametrize("damage", [_removed, _cut, _filled_with_noise])
@pytest.mark.parametrize("files", ["meta.json", "*.idx", "*.term", "*.store", "*.fast", "*.pos"])
def test_damaged_index_says_so_and_is_built_anew(
    own: TantivyEngine, tmp_path: Path, files: str, damage: Callable[[Path], None]
) -> None:
    own.close()
    for file in tmp_path.glob(f"*/{files}"):
        damage(file)
    found = TantivyEngine(tmp_path)
    with pytest.raises(Unusable):
        ask(found, "座椅")
    with pytest.raises(Unusable):
        found.index(DOCS[:1])
    assert found.rebuild(DOCS) == len(DOCS) and found.version() == VERSION
    assert ask(found, "座椅").total == 1


def test_index_of_an_older_version_is_known_as_such(own: TantivyEngine, tmp_path: Path) -> None:
    old = next(one for one in tmp_path.iterdir() if one.is_dir())
    own.close()
    old.rename(tmp_path / "tantivy-0.words-0.abc")
    (tmp_path / "current").write_text("tantivy-0.words-0.abc")
    assert TantivyEngine(tmp_path).version() == "tantivy-0.words-0" != VERSION


def test_age_never_lifts_above_a_pinned_title(own: TantivyEngine) -> None:
    newer = dataclasses.replace(
        DOCS[7],
        key="publication:91",
        title="关于消费券发放时间的公告解读",
        published_at=datetime(2026, 10, 1, tzinfo=UTC),
    )
    own.index([newer])
    assert keys(ask(own, "关于消费券发放时间的公告"))[0] == "publication:8"
