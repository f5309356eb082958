"""What offices print every day and what only looks like personal data, drawn by kind."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from corpus import draws

Cells = list[tuple[str, str, int]]


def _one(text: str, head: str = "") -> Cells:
    return [(text, head, 2 if head else 0)]


def _wrong_id(r: Random) -> Cells:
    number = draws.wrong_id(r)
    return _one(r.choice(("编号{}", "{}", "项目代码：{}", "合同编号：{}。")).format(number))


def _impossible_day(r: Random) -> Cells:
    first = f"370202{r.choice(('19991301', '20210230', '18790101', '19900431', '20210013'))}{r.randrange(1000):03d}"
    return _one(f"登记号{first}{draws.check_of(first)}")


def _no_such_area(r: Random) -> Cells:
    first = f"{r.choice(('00', '09', '17', '29', '38', '47', '72', '99'))}0202{r.randrange(1960, 2005)}0615{r.randrange(1000):03d}"
    return _one(f"档案号 {first}{draws.check_of(first)}")


def _credit_code(r: Random) -> Cells:
    code = draws.credit_code(r)
    return _one(
        r.choice(("统一社会信用代码：{}", "{}", "（统一社会信用代码{}）", "信用代码 {}，")).format(code),
        r.choice(("", "统一社会信用代码")),
    )


def _paper(r: Random) -> Cells:
    code = r.choice(("青政办字", "青南政发", "国办发", "滨民发", "鲁政字", "财库"))
    return _one(f"根据《通知》（{code}〔{r.randrange(2000, 2027)}〕{r.randrange(1, 400)}号）精神")


def _index_number(r: Random) -> Cells:
    return _one(
        r.choice(
            (
                f"索引号：00511755800020020210{r.randrange(1000):03d}",
                f"索引号 {draws.credit_code(r)}/{r.randrange(2019, 2027)}-{r.randrange(10**5):05d}",
                f"信息索引号：01{draws.digits(r, 20)}",
            )
        )
    )


def _order(r: Random) -> Cells:
    label = r.choice(("订单号", "流水号", "运单号", "交易号", "受理编号", "工单编号", "合同编号", "发票号码"))
    length = r.choice((11, 12, 14, 15, 16, 17, 18, 19, 20, 24))
    return _one(f"{label}：{draws.digits(r, length)}")


def _order_like_mobile(r: Random) -> Cells:
    label = r.choice(("订单号", "流水号", "受理编号", "工单编号", "项目编号", "宗地编号"))
    return _one(f"{label}：{draws.mobile(r)}") if r.random() < 0.5 else _one(draws.mobile(r), label)


def _order_like_card(r: Random) -> Cells:
    label = r.choice(("订单号", "交易流水号", "受理编号", "项目编号", "公文编号"))
    return _one(f"{label}：{draws.card(r)}") if r.random() < 0.5 else _one(draws.card(r), label)


def _project(r: Random) -> Cells:
    return _one(
        r.choice(
            (
                f"项目编号：SDGP370202000{r.randrange(2019, 2027)}02{draws.digits(r, 6)}",
                f"项目代码：{r.randrange(2017, 2027)}-370202-{r.randrange(10, 99)}-{r.choice(('01', '03'))}-{draws.digits(r, 6)}",
                f"招标编号：SDGP{draws.id_number(r)}",
                f"宗地代码 370202{draws.digits(r, 6)}GB{draws.digits(r, 5)}",
                f"不动产单元号：370202{draws.digits(r, 6)}GB{draws.digits(r, 5)}F{draws.digits(r, 8)}",
            )
        )
    )


def _card_inside(r: Random) -> Cells:
    card = draws.card(r)
    return _one(r.choice((f"SN{card}", f"编码：HT-{card}-02", f"{card}{draws.digits(r, 5)}", f"0{draws.digits(r, 3)}{card}", f"{card}A7")))  # fmt: skip


def _id_inside(r: Random) -> Cells:
    number = draws.id_number(r)
    return _one(r.choice((f"00{number}", f"{number[:17]}{draws.digits(r, 4)}", f"档号 QD{number}", f"{draws.digits(r, 4)}{number[:-1]}7")))  # fmt: skip


def _mobile_inside(r: Random) -> Cells:
    number = draws.mobile(r)
    return _one(r.choice((f"{number}{draws.digits(r, 2)}", f"编码A{number}", f"2026{number}", f"QD-{number}-03", f"{number}.{r.randrange(10, 99)}元", f"0.{number}", f"{number}元", f"https://www.example.cn/art/{number}.html", f"金额￥{number}", f"{number}平方米")))  # fmt: skip


def _no_card(r: Random) -> Cells:
    """Right sum, no bank; or a bank, wrong sum."""
    if r.random() < 0.5:
        first = r.choice(("1", "2", "7", "8", "0")) + draws.digits(r, r.choice((14, 15, 16, 17)))
        return _one(f"账户流水 {first}{draws.luhn_digit(first)}")
    card = draws.card(r)
    return _one(f"卡号{card[:-1]}{(int(card[-1]) + r.randrange(1, 10)) % 10}")


def _amount(r: Random) -> Cells:
    value = r.randrange(10**6, 10**13)
    return _one(
        r.choice((f"{value:,}.{r.randrange(100):02d}元", f"合计{value}.{r.randrange(100):02d}", f"{value / 1e4:.2f}万元", f"中标价：{value}元", f"{value:,}")),
        r.choice(("", "金额（元）")),
    )  # fmt: skip


def _moment(r: Random) -> Cells:
    y, m, d = r.randrange(1990, 2027), r.randrange(1, 13), r.randrange(1, 29)
    return _one(
        r.choice(
            (
                f"{y}年{m}月{d}日至{y + 1}年{m}月{d}日",
                f"{y}{m:02d}{d:02d}{r.randrange(24):02d}{r.randrange(60):02d}{r.randrange(60):02d}",
                f"{y}-{m:02d}-{d:02d} 13:05:{r.randrange(60):02d}",
                f"16{draws.digits(r, 11)}",
                f"{y}{m:02d}{d:02d}-{y + 1}{m:02d}{d:02d}",
            )
        )
    )


def _line(r: Random) -> Cells:
    number = f"8{draws.digits(r, 7)}"
    return _one(
        r.choice(
            (
                f"咨询电话：0532-{number}",
                f"电话（0532）{number}",
                f"0532—{number}转8012",
                f"监督电话：010-6{draws.digits(r, 7)}",
                f"热线 400-{draws.digits(r, 3)}-{draws.digits(r, 4)}",
                f"联系电话：{number}、8{draws.digits(r, 7)}",
                f"传真：0532{number}",
                "服务热线 12345、12315",
                f"021 6{draws.digits(r, 7)}",
            )
        )
    )


def _own(r: Random) -> Cells:
    return _one(
        r.choice(
            (
                "值班手机：13805320001",
                "办公室电话 138-0532-0001",
                "联系电话：+86 138 0532 0001",
                "统一社会信用代码 11370202005117558L",
                "地址：青岛市市南区宁夏路286号2号楼1单元301室",
                "办公地址：香港中路5号3号楼2单元102室",
            )
        )
    )


def _masked(r: Random) -> Cells:
    number, mobile, card = draws.id_number(r), draws.mobile(r), draws.card(r)
    star = r.choice(("*", "＊", "x", "X", "×", "●", "○"))
    return _one(
        r.choice(
            (
                f"{number[:6]}{star * 8}{number[14:]}",
                f"{number[:4]}{star * 10}{number[14:]}",
                f"{number[:3]}{star * 13}{number[16:]}",
                f"{mobile[:3]}{star * 4}{mobile[7:]}",
                f"{card[:6]}{star * (len(card) - 10)}{card[-4:]}",
                f"{card[:4]} **** **** {card[-4:]}",
                f"尾号{card[-4:]}",
                f"{draws.name(r)[0]}某某，{mobile[:3]}{star * 4}{mobile[7:]}",
            )
        )
    )


def _masked_names(r: Random) -> Cells:
    many = [
        draws.name(r)[0] + r.choice(("**", "某某", "某", "*", "＊＊", "XX"))
        for _ in range(r.randrange(5, 15))
    ]
    if r.random() < 0.5:
        return [(one, "姓名", place) for place, one in enumerate(many, 2)]
    return _one("名单：" + "、".join(many))


def _isbn(r: Random) -> Cells:
    return _one(
        r.choice((f"ISBN 978-7-{draws.digits(r, 3)}-{draws.digits(r, 5)}-{r.randrange(10)}", f"ISBN：9787{draws.digits(r, 9)}", f"ISSN {draws.digits(r, 4)}-{draws.digits(r, 4)}"))
    )  # fmt: skip


def _case(r: Random) -> Cells:
    return _one(
        r.choice((f"（{r.randrange(2010, 2027)}）鲁0202行初{r.randrange(1, 900)}号", f"青南市监处罚〔2026〕{draws.digits(r, 8)}号", f"许可证编号：JY1370202{draws.digits(r, 7)}", f"备案号：鲁ICP备{draws.digits(r, 8)}号"))
    )  # fmt: skip


def _coordinates(r: Random) -> Cells:
    return _one(
        r.choice((f"东经120.{draws.digits(r, 11)}，北纬36.{draws.digits(r, 11)}", f"X={draws.digits(r, 8)}.{draws.digits(r, 3)} Y={draws.digits(r, 7)}.{draws.digits(r, 3)}", f"POINT(120.{draws.digits(r, 13)} 36.{draws.digits(r, 14)})"))
    )  # fmt: skip


def _office_place(r: Random) -> Cells:
    road = r.choice(draws.ROADS)
    return _one(
        r.choice(
            (
                f"地址：市南区{road}{r.randrange(1, 300)}号",
                f"办公地点：{road}{r.randrange(1, 300)}号政务服务中心3楼{r.randrange(1, 40)}号窗口",
                f"{road}{r.randrange(1, 90)}号楼外墙保温改造工程",
                f"{r.choice(draws.ESTATES)}{r.randrange(1, 9)}号楼、{r.randrange(10, 20)}号楼加装电梯公示",
                f"受理地点：{road}{r.randrange(1, 300)}号区行政审批局大厅",
                f"{road}（{r.choice(draws.ROADS)}至{r.choice(draws.ROADS)}段）施工",
                f"{r.choice(draws.VILLAGES)}村民委员会换届选举",
                f"会议地点：区机关办公楼{r.randrange(1, 9)}01会议室",
                f"{r.choice(draws.ESTATES)}共有{r.randrange(3, 60)}栋楼，{r.randrange(200, 3000)}户居民",
                f"{road}{r.randrange(1, 300)}号海滨大厦A座{r.randrange(3, 28)}0{r.randrange(1, 9)}室青岛某某咨询有限公司",
            )
        )
    )


_WORDS = [
    "安全",
    "方面",
    "高度",
    "周围",
    "金融",
    "马路",
    "平安",
    "江河",
    "石油",
    "白酒",
    "水利",
    "林业",
    "农业",
    "文化",
    "教育",
    "体育",
    "卫生",
    "交通",
    "应急",
    "司法",
    "民政",
    "财政",
    "人事",
    "统计",
    "审计",
    "信访",
    "商务",
    "科技",
    "城建",
    "环保",
    "规划",
    "国土",
    "档案",
    "党史",
    "史志",
    "双拥",
    "老龄",
    "残联",
    "工会",
    "妇联",
]


def _enumeration(r: Random) -> Cells:
    streets = [
        "香港中路",
        "八大峡",
        "云南路",
        "中山路",
        "江苏路",
        "八大关",
        "湛山",
        "金湖路",
        "八大湖",
        "金门路",
        "珠海路",
    ]
    communities = [
        "云霄路",
        "江西路",
        "团岛",
        "西镇",
        "台西",
        "挪庄",
        "寿张路",
        "四川路",
        "广州路",
        "泰安路",
        "太平路",
        "观海山",
        "齐东路",
        "龙江路",
        "大学路",
    ]
    units = [
        "区财政局",
        "区民政局",
        "区教体局",
        "区司法局",
        "区商务局",
        "区审计局",
        "区统计局",
        "区信访局",
        "区科技局",
    ]
    pool = r.choice((_WORDS, streets, communities, units))
    many = r.sample(pool, r.randrange(4, min(len(pool), 9)))
    return _one(r.choice(("各部门：", "包括", "涉及")) + "、".join(many) + r.choice(("等", "。", "")))


def _heads(r: Random) -> Cells:
    """A table of units, of columns, of dates: cells that are no names."""
    head = r.choice(("单位", "事项名称", "街道", "项目名称", "姓名"))
    if head == "姓名":
        return [("合计", "姓名", 2), ("无", "姓名", 3), ("/", "姓名", 4), ("小计", "姓名", 5)]
    return [(word, head, place) for place, word in enumerate(r.sample(_WORDS, 8), 2)]


def _few_people(r: Random) -> Cells:
    one, other = draws.name(r), draws.name(r)
    return _one(
        r.choice((f"联系人：{one}", f"主持人：{one}；发言人：{other}", f"局长{one}、副局长{other}出席会议", f"起草人{one}"))
    )  # fmt: skip


def _prose(r: Random) -> Cells:
    return _one(
        r.choice(
            (
                "各街道、各部门要高度重视，明确责任，加强领导，严格落实安全生产责任制，确保各项任务按时完成。",
                f"全区共完成投资{r.randrange(100, 999)}.{r.randrange(10)}亿元，同比增长{r.randrange(1, 20)}.{r.randrange(10)}%。",
                f"第{r.randrange(1, 60)}条　违反本办法规定的，处{r.randrange(1, 9)}万元以上{r.randrange(10, 30)}万元以下罚款。",
                f"全年受理{r.randrange(1000, 9999)} {r.randrange(1000, 9999)} {r.randrange(1000, 9999)}件",
                f"{r.randrange(100, 999)} {r.randrange(1000, 9999)} {r.randrange(10, 99)} {r.randrange(1000, 9999)}",
                f"版本号 {r.randrange(1, 9)}.{r.randrange(10)}.{r.randrange(100)}，构建 {draws.digits(r, 12)}",
                f"服务器地址 138.{r.randrange(256)}.{r.randrange(256)}.{r.randrange(256)}",
            )
        )
    )


KINDS: dict[str, Callable[[Random], Cells]] = {
    "wrong check digit": _wrong_id,
    "impossible day": _impossible_day,
    "no such area": _no_such_area,
    "credit code": _credit_code,
    "number of a paper": _paper,
    "index number": _index_number,
    "order": _order,
    "order like a mobile": _order_like_mobile,
    "order like a card": _order_like_card,
    "project": _project,
    "card inside": _card_inside,
    "id inside": _id_inside,
    "mobile inside": _mobile_inside,
    "no card": _no_card,
    "amount": _amount,
    "moment": _moment,
    "fixed line": _line,
    "own of the office": _own,
    "masked": _masked,
    "masked names": _masked_names,
    "isbn": _isbn,
    "case": _case,
    "coordinates": _coordinates,
    "place of an office": _office_place,
    "enumeration": _enumeration,
    "other heads": _heads,
    "few people": _few_people,
    "prose": _prose,
}
