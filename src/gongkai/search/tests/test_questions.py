"""Questions of people against a small shelf of papers in our own words: what must come first, in any spelling."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gongkai.search.adapters.tantivy import TantivyEngine
from gongkai.search.ports import FACETS, PUBLIC, Filters, Found, SearchDoc, Visibility
from gongkai.search.rules.question import read

TODAY = date(2026, 10, 14)

# title, 文号, unit, kind, theme, text
PAPERS = {
    "lift": ("滨海区既有住宅加装电梯财政补助办法", "滨政办发〔2026〕16号", "区政府办公室", "政策", "城乡建设、环境保护",
             "第四条　每台电梯按建设费用的百分之四十给予补助，最高不超过二十八万元。第三十三条　本办法有效期五年。"),
    "heat": ("滨海区冬季供热保障工作方案", "滨城管发〔2026〕3号", "区城市管理局", "政策", "城乡建设、环境保护",
             "居民室内温度不得低于十八摄氏度。供热企业应当公布报修电话，两小时内上门测温。"),
    "aid": ("滨海区临时救助实施细则", "滨民发〔2026〕6号", "区民政局", "政策", "民政、扶贫、救灾",
            "因火灾、交通事故、重大疾病造成生活困难的家庭，向街道申请临时救助。"),
    "minimum": ("滨海区最低生活保障审核确认办法", "滨民发〔2025〕12号", "区民政局", "政策", "民政、扶贫、救灾",
                "最低生活保障以家庭为单位申请，街道应当入户调查，结果在社区公示七日。"),
    "school": ("关于2026年义务教育阶段学校招生入学工作的通知", "滨教体发〔2026〕31号", "区教育体育局", "政策", "科技、教育",
               "适龄儿童按照户籍和房产证明划片入学，网上报名时间为六月。"),
    "nursery": ("公办幼儿园补录登记通告", "", "区教育体育局", "公示", "科技、教育",
                "学前教育补录登记在八月进行，须携带户口簿和预防接种证。"),
    "loan": ("滨海区小微企业首次贷款贴息实施细则", "滨财发〔2026〕24号", "区财政局", "政策", "财政、金融、审计",
             "首次取得贷款的小微企业，按照实际支付利息的一半给予贴息。"),
    "budget": ("滨海区2026年政府预算说明", "", "区财政局", "政策", "财政、金融、审计",
               "一般公共预算收入、支出及三公经费安排情况说明。"),
    "title": ("不动产登记便民服务措施", "滨自然资发〔2026〕2号", "自然资源和规划滨海分局", "政策", "国土资源、能源",
              "不动产权证书当日办结，查询结果可在自助机打印。"),
    "parking": ("望潮路沿线停车收费标准", "滨发改发〔2026〕8号", "区发展改革局", "政策", "国民经济管理、国有资产监管",
                "停车收费白天每小时五元，夜间免费。"),
    "renew": ("滨海区老旧小区改造计划", "滨住建发〔2026〕9号", "区住房城乡建设局", "政策", "城乡建设、环境保护",
              "今年改造小区二十三个，内容包括管网、外墙保温和加装电梯。"),
    "wages": ("保障建筑工人工资支付办法", "滨人社发〔2026〕5号", "区人力资源社会保障局", "政策", "劳动、人事、监察",
              "拖欠工资的，工人可以向劳动保障监察机构投诉。"),
    "jobs": ("就业见习岗位目录", "", "区人力资源社会保障局", "公示", "劳动、人事、监察", "本期见习岗位一百二十个，面向高校毕业生。"),
    "veterans": ("退役军人优待目录", "滨退役军人发〔2026〕1号", "区退役军人局", "政策", "民政、扶贫、救灾",
                 "退役军人凭优待证享受公交、景区等优待。"),
    "food": ("食品安全抽检结果公告", "", "区市场监管局", "公示", "市场监管、安全生产监管",
             "本季度抽检食品三百批次，不合格两批次，已依法处理。"),
    "fire": ("人员密集场所安全生产检查通报", "滨应急发〔2026〕4号", "区应急局", "政策", "市场监管、安全生产监管",
             "检查商场、学校等场所六十家，发现消防通道堵塞等问题并督促整改。"),
    "noise": ("夜间施工噪声管理规定", "滨环发〔2026〕7号", "生态环境滨海分局", "政策", "城乡建设、环境保护",
              "夜间十点至次日六点不得进行产生噪声的施工，群众可以投诉扰民。"),
    "elders": ("养老机构备案办事指南", "", "区民政局", "办事", "民政、扶贫、救灾", "养老机构应当在收住老年人之日起十个工作日内备案。"),
    "rent": ("公共租赁住房申请条件", "滨住建发〔2026〕11号", "区住房城乡建设局", "政策", "城乡建设、环境保护",
             "公共租赁住房面向中等偏下收入家庭和新就业职工。"),
    "open": ("滨海区2026年政务公开工作要点", "滨政办发〔2026〕2号", "区政府办公室", "政策", "综合政务",
             "各单位应当及时公开政府信息，提高依申请公开答复质量。"),
    "old_lift": ("既有住宅加装电梯试点方案", "滨住建发〔2021〕9号", "区住房城乡建设局", "政策", "城乡建设、环境保护",
                 "试点期间每台电梯定额补助二十万元。"),
    "cites": ("加装电梯补助问答", "", "区住房城乡建设局", "解读", "城乡建设、环境保护",
              "依据滨政办发〔2026〕16号，符合条件的住户可以申请补助。"),
}  # fmt: skip

GOLD = [
    # two signs
    ("电梯", {"lift", "old_lift", "cites"}), ("供热", {"heat"}), ("救助", {"aid"}), ("预算", {"budget"}), ("停车", {"parking"}),
    ("见习", {"jobs"}), ("噪声", {"noise"}), ("抽检", {"food"}), ("贴息", {"loan"}), ("优待", {"veterans"}),
    ("补录", {"nursery"}), ("要点", {"open"}), ("备案", {"elders"}), ("滨政", {"lift", "open", "cites"}), ("租赁", {"rent"}),
    # 文号, as people type it
    ("滨政办发〔2026〕16号", {"lift"}), ("滨政办发[2026]16号", {"lift"}), ("滨政办发(2026)16号", {"lift"}),
    ("滨政办发（2026）16号", {"lift"}), ("滨政办发【2026】16号", {"lift"}), ("滨政办发［２０２６］１６号", {"lift"}),
    ("滨政办发 〔2026〕 16 号", {"lift"}), ("滨政办发〔2026〕第016号", {"lift"}), ("滨政办发2026 16号", {"lift"}),
    ("滨政办发〔2026〕16", {"lift"}), ("滨财发[2026]24号", {"loan"}), ("滨民发〔2025〕12号", {"minimum"}),
    # whole titles, in one form or another
    ("滨海区临时救助实施细则", {"aid"}), ("滨海区 临时救助 实施细则", {"aid"}), ("不动产登记便民服务措施", {"title"}),
    # what people say
    ("暖气不热怎么办", {"heat"}), ("房产证怎么办", {"title", "school"}), ("低保怎么申请", {"minimum"}), ("学区划分", {"school"}),
    ("拖欠工资去哪里投诉", {"wages"}), ("欠薪", {"wages"}), ("停车费多少钱", {"parking"}), ("旧改", {"renew"}),
    ("加装电梯补贴", {"lift", "cites", "old_lift"}), ("养老院", {"elders"}), ("廉租房", {"rent"}), ("噪音扰民", {"noise"}),
    ("退伍军人", {"veterans"}), ("幼儿园报名", {"nursery", "school"}), ("小企业第一次贷款利息能不能补", {"loan"}),
    # phrases, articles, parts of words
    ("“首次贷款”", {"loan"}), ('"三公经费"', {"budget"}), ("第33条", {"lift"}), ("第三十三条", {"lift"}), ("区临时", {"aid"}),
    ("单位:区财政局 贷款", {"loan"}), ("电梯 -补助办法 -问答", {"renew", "old_lift"}),
]  # fmt: skip


def docs() -> Iterator[SearchDoc]:
    for order, (key, (title, number, unit, kind, theme, body)) in enumerate(PAPERS.items()):
        old = key == "old_lift"
        day = datetime(2021 if old else 2026, 4, 1 + order, 2, tzinfo=UTC)
        yield SearchDoc(
            key=key, version=1, path=f"/doc/{key}.html", title=title, body=body, number=number, unit=unit,
            kind=kind, theme=theme, published_at=day, written_on=day.date(), validity="失效" if old else "有效",
        )  # fmt: skip


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> TantivyEngine:
    engine = TantivyEngine(Path(tmp_path_factory.mktemp("index")))
    secret = SearchDoc(
        "secret", 1, "/secret", "内部电梯台账", body="尚未公开", unit="区财政局", unit_id=7, public=False
    )
    engine.rebuild([*docs(), secret])
    return engine


def ask(shelf: TantivyEngine, typed: str, **more: object) -> Found:
    asked = {"visibility": PUBLIC, "today": TODAY} | more
    return shelf.query(read(typed), **asked)  # type: ignore[arg-type]


@pytest.mark.feature("B11")
@pytest.mark.parametrize(("typed", "wanted"), GOLD, ids=[typed for typed, _ in GOLD])
def test_question_has_its_paper_first(shelf: TantivyEngine, typed: str, wanted: set[str]) -> None:
    found = ask(shelf, typed)
    assert found.hits, "nothing found"
    assert found.hits[0].key in wanted


def test_number_typed_in_full_pins_its_paper_above_those_that_cite_it(shelf: TantivyEngine) -> None:
    found = ask(shelf, "滨政办发[2026]16号")
    assert [(hit.key, hit.pinned) for hit in found.hits] == [("lift", True), ("cites", False)]


def test_ended_paper_stands_behind_the_one_in_force_and_says_so(shelf: TantivyEngine) -> None:
    found = ask(shelf, "既有住宅加装电梯")
    order = [hit.key for hit in found.hits]
    assert order.index("lift") < order.index("old_lift")
    assert next(hit for hit in found.hits if hit.key == "old_lift").validity == "失效"


def test_unpublished_record_is_found_only_by_its_unit(shelf: TantivyEngine) -> None:
    assert "secret" not in [hit.key for hit in ask(shelf, "电梯", size=100).hits]
    assert ask(shelf, "内部电梯台账").total == 0 or "secret" not in {
        h.key for h in ask(shelf, "内部电梯台账").hits
    }
    own = ask(shelf, "内部电梯台账", visibility=Visibility(frozenset({7})))
    other = ask(shelf, "内部电梯台账", visibility=Visibility(frozenset({8})))
    assert own.hits[0].key == "secret"
    assert "secret" not in [hit.key for hit in other.hits]
    assert "内部电梯台账" not in [one.title for one in shelf.suggest("内部电梯", visibility=PUBLIC)]


def test_facet_counts_are_the_records_behind_them(shelf: TantivyEngine) -> None:
    found = ask(shelf, "", size=100)
    assert found.total == len(PAPERS)
    for name in FACETS:
        for value in found.facets[name]:
            narrowed = ask(shelf, "", filters=Filters({name: (value.value,)}), size=100)
            assert narrowed.total == value.count > 0
    both = ask(shelf, "", filters=Filters({"unit": ("区财政局", "区民政局")}), size=100)
    assert {hit.unit for hit in both.hits} == {"区财政局", "区民政局"}
    # The choice of a unit leaves the other units to choose from.
    assert len(both.facets["unit"]) == len(found.facets["unit"])


def test_question_without_words_lists_everything_newest_first(shelf: TantivyEngine) -> None:
    days = [str(hit.published_at) for hit in ask(shelf, "", size=100).hits]
    assert days == sorted(days, reverse=True)


def test_pages_together_hold_every_record_once(shelf: TantivyEngine) -> None:
    keys = [hit.key for page in range(1, 9) for hit in ask(shelf, "", page=page, size=3).hits]
    assert sorted(keys) == sorted(PAPERS)
    assert ask(shelf, "", page=9999, size=3).page == 8


def test_only_these_words_switches_synonyms_off(shelf: TantivyEngine) -> None:
    assert read("低保").added == ("最低生活保障",)
    exact = shelf.query(read("低保", only_these_words=True), visibility=PUBLIC, today=TODAY)
    assert exact.total == 0


def test_suggestion_holds_what_was_typed(shelf: TantivyEngine) -> None:
    for prefix in ("加装", "电", "贴息", "滨政办发[2026]16号"):
        assert shelf.suggest(prefix, visibility=PUBLIC)
    assert all("救助" in one.title for one in shelf.suggest("救助", visibility=PUBLIC))
    assert shelf.suggest("", visibility=PUBLIC) == ()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=300) | st.text(alphabet='"“”()[]*:^~\\/+-! 电梯补助〔〕20261号', max_size=60))
def test_any_text_is_a_question(shelf: TantivyEngine, typed: str) -> None:
    found = ask(shelf, typed)
    assert 0 <= found.total <= len(PAPERS)
    for hit in found.hits:
        assert "".join(piece.text for piece in hit.marked_title) == hit.title
    shelf.suggest(typed, visibility=PUBLIC)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_stretch_of_a_title_finds_it(shelf: TantivyEngine, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(PAPERS)))
    title = PAPERS[key][0]
    start = data.draw(st.integers(0, len(title) - 2))
    end = data.draw(st.integers(start + 2, len(title)))
    # A figure is whole or not at all: 16 is not in 2016.
    assume(not any(title[cut - 1 : cut].isdigit() and title[cut : cut + 1].isdigit() for cut in (start, end)))
    found = ask(shelf, f"“{title[start:end]}”", size=100)
    assert key in {hit.key for hit in found.hits}
