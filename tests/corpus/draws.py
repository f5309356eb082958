"""Numbers, names and addresses of nobody, drawn from a seeded source by the published forms of each."""

from __future__ import annotations

import datetime
from random import Random

AREAS = [
    "370202",
    "370203",
    "370212",
    "370211",
    "110101",
    "110108",
    "310115",
    "440305",
    "330106",
    "320102",
    "510104",
    "420106",
    "610113",
    "210202",
    "500103",
    "120101",
    "350203",
    "430102",
    "410105",
    "230103",
    "130102",
    "140105",
    "150102",
    "450103",
    "460105",
    "520102",
    "530102",
    "540102",
    "620102",
    "630102",
    "640104",
    "650102",
    "370783",
    "341222",
    "361121",
]
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
DOUBLE = ("欧阳", "上官", "司马", "诸葛", "东方", "慕容")
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文斌宇浩轩梓涵欣怡晨阳雨泽嘉俊峰慧琳婷雪倩玲燕萍鑫鹏飞辉亮波宁凯翔博淑珍凤琴云莲荣贵福生海龙春秋冬晓东学良成庆立新永安顺德富祥瑞彤诗琪子墨"
# First six digits of cards as the banks print them in their own leaflets.
ISSUERS = {
    19: [
        "622202",
        "622848",
        "621700",
        "621661",
        "622200",
        "621226",
        "622700",
        "620200",
        "621288",
        "623052",
        "621799",
        "622188",
        "621669",
    ],
    16: [
        "622588",
        "622575",
        "622252",
        "622260",
        "622155",
        "625967",
        "622622",
        "622518",
        "356833",
        "622568",
        "622848",
        "622658",
        "622909",
    ],
    17: ["622262", "622260"],
    18: ["622568", "623506", "622908"],
}
MOBILE_HEADS = [
    "130",
    "131",
    "132",
    "133",
    "134",
    "135",
    "136",
    "137",
    "138",
    "139",
    "145",
    "147",
    "149",
    "150",
    "151",
    "152",
    "153",
    "155",
    "156",
    "157",
    "158",
    "159",
    "166",
    "170",
    "171",
    "172",
    "173",
    "175",
    "176",
    "177",
    "178",
    "180",
    "181",
    "182",
    "183",
    "184",
    "185",
    "186",
    "187",
    "188",
    "189",
    "190",
    "191",
    "192",
    "193",
    "195",
    "196",
    "197",
    "198",
    "199",
]
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FULL_WIDTH = str.maketrans("0123456789Xx", "０１２３４５６７８９Ｘｘ")


def check_of(first: str) -> str:
    return "10X98765432"[sum(int(d) * w for d, w in zip(first, _WEIGHTS, strict=True)) % 11]


def id_number(r: Random, *, with_x: bool = False) -> str:
    while True:
        day = datetime.date(1935, 1, 1) + datetime.timedelta(days=r.randrange(32_000))
        first = f"{r.choice(AREAS)}{day:%Y%m%d}{r.randrange(1, 1000):03d}"
        if not with_x or check_of(first) == "X":
            return first + check_of(first)


def wrong_id(r: Random) -> str:
    right = id_number(r)
    return right[:17] + r.choice([one for one in "0123456789X" if one != right[17]])


def mobile(r: Random) -> str:
    return r.choice(MOBILE_HEADS) + f"{r.randrange(10**8):08d}"


def luhn_digit(first: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(first)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def card(r: Random) -> str:
    length = r.choice((19, 19, 19, 16, 16, 17, 18))
    first = r.choice(ISSUERS[length])
    first += "".join(str(r.randrange(10)) for _ in range(length - 1 - len(first)))
    return first + luhn_digit(first)


def digits(r: Random, count: int) -> str:
    return str(r.randrange(1, 10)) + "".join(str(r.randrange(10)) for _ in range(count - 1))


def name(r: Random) -> str:
    family = r.choice(DOUBLE) if r.random() < 0.02 else r.choice(SURNAMES)
    return family + "".join(r.choice(GIVEN) for _ in range(1 if r.random() < 0.2 else 2))


def credit_code(r: Random) -> str:
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    first = r.choice(("91", "92", "11", "12", "52", "54")) + r.choice(AREAS)
    first += "".join(r.choice(letters) for _ in range(9))
    weights = [pow(3, place, 31) for place in range(17)]
    rest = sum(letters.index(c) * w for c, w in zip(first, weights, strict=True)) % 31
    return first + letters[(31 - rest) % 31]


ROADS = [
    "望潮路",
    "云霄路",
    "江西路",
    "宁夏路",
    "闽江路",
    "泰州路",
    "建国街",
    "解放路",
    "人民大街",
    "延吉路",
    "银川西路",
    "新华巷",
    "和平里",
]
ESTATES = [
    "阳光花园",
    "海信慧园",
    "金色家园",
    "幸福小区",
    "东海嘉苑",
    "锦绣华庭",
    "教师新村",
    "浮山后小区",
    "书香名邸",
    "铁路宿舍",
]
PLACES = ("青岛市市南区", "滨海区望潮街道", "山东省青岛市市北区", "", "市南区", "李沧区")
VILLAGES = ["李家庄村", "西河村", "王戈庄村", "大岭村", "东石桥村"]


def home(r: Random) -> str:
    floor, block, unit = r.randrange(1, 30), r.randrange(1, 60), r.randrange(1, 5)
    room = f"{floor}0{r.randrange(1, 5)}"
    place, road, estate = r.choice(PLACES), r.choice(ROADS), r.choice(ESTATES)
    forms = (
        f"{place}{road}{r.randrange(1, 300)}号{block}号楼{unit}单元{room}室",
        f"{place}{road}{r.randrange(1, 300)}号{unit}单元{room}户",
        f"{place}{estate}{block}号楼{unit}单元{room}",
        f"{place}{estate}{block}栋{room}室",
        f"{place}{road}{r.randrange(1, 300)}号{estate}{block}号楼{room}户",
        f"{place}{estate}{block}幢{unit}单元{room}室",
        f"胶州市九龙街道{r.choice(VILLAGES)}{r.randrange(1, 12)}组{r.randrange(1, 200)}号",
        f"莱西市姜山镇{r.choice(VILLAGES)}{r.randrange(1, 500)}号",
    )
    return r.choice(forms)
