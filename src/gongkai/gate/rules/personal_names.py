"""Lists of people by name. Some are published by law (录用公示), many are not: the gate asks, and asks harder
where the list says that somebody is poor, ill, disabled or a child. 条例第十五条; 个人信息保护法第二十八条."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.gate.rules.finding import Finding, Known, Level, Passage
from gongkai.gate.rules.folding import fold

RULE = "personal.name_list"
BASIS = "条例第十五条；个人信息保护法第二十八条"
LEAST = 3
_LEAST_BARE = 5  # where no word says that these are people
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟"
    "谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱丘江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢"
    "安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游"
    "辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟"
    "应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳"
    "谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙"
    "浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕"
)
_DOUBLE = ("欧阳", "上官", "司马", "诸葛", "东方", "慕容", "皇甫", "尉迟", "夏侯", "公孙", "令狐", "司徒", "端木", "宇文", "长孙", "轩辕")  # fmt: skip
# No given name holds one of these; they are the endings and joints of words of the office.
_NOT_GIVEN = frozenset(
    "的了和与及或在是为对将被由从向把各每该此其等之以而且并但则也都已未不无非第个件份项条款期次批级类种些年月日时分秒号楼栋"
    "室户单元路街巷镇乡村庄区县市省州局部委办处科股厅院校园所站队组社会团厂店场馆库网台座桥坝渠井房屋厦户表书册簿单据证照"
    "函令案卷费税款币价额率度量值比例数者员工人性化型式法律规章制策略案险源产业务商贸销购售租赁物料械设施备程序段层面"
    "品款项域界线点位置图像片影音响闻讯息报告示知令批复议决定义务责权利害益薯疗症药"
)
_NOT_NAMES_WRITTEN = """
安全 方面 高度 周围 金融 马路 平安 江河 石油 白酒 水利 文化 文明 文体 文艺 文学 文物 文旅 文史 文秘 万元 万人 张贴 张榜
高新 高中 高校 高级 高效 高温 高龄 高危 成立 成果 成员 成本 成效 成熟 成功 程度 时间 时期 时代 解决 解放 解读 管理 管道
管控 任务 任免 任期 任职 应急 应当 应对 计划 计算 计生 平台 平方 平均 平等 平原 平度 国家 国有 国土 国防 国际 国庆 国资
国税 方案 方式 方法 方针 方便 周边 周期 周年 周末 马上 明确 明显 明年 明细 和谐 单独 关于 关系 关注 关键 关心 公安 师资
支持 支出 支付 支部 支队 支撑 商务 商业 商品 商贸 车辆 车位 卫生 卫健 农业 农村 农民 农林 农机 农资 连续 连接 连云 连锁
原则 原因 原有 满意 满足 强化 强调 强制 强力 相关 相应 相对 相互 项目 包括 包含 路面 路灯 路线 游客 游泳 党员 党委 党史
党建 党政 党校 党组 房屋 房产 房管 房地产 宣传 宣布 容易 都市 门诊 门牌 水务 水电 海洋 海关 海域 海岸 海事 海水 海滨 海尔
海信 黄岛 黄河 青岛 胶州 即墨 莱西 南部 南京 南方 南昌 南宁 江苏 江西 江南 江北 江阴 安徽 安排 安置 安装 安庆 吉林 宁夏
宁波 宁德 湖南 湖北 河南 河北 山东 山西 广东 广西 云南 云霄 贵州 福建 福州 陕西 甘肃 台湾 金华 金门 金湖 石家庄 成都 高密
高青 武汉 温州 温度 温馨 万州 夏季 冬季 秋季 春季 余额 余下 白天 白色 白云 苗木 苗圃 谷物 花卉 花园 蓝色 柴油 米面 麦子
全区 全市 全面 全部 全体 全年 全国 全省 全程 全民 古树 古建 司法 司机 华东 华北 华南 沙滩 沙石 简单 简易 简称 简化 盖章
计量 计入 印发 印章 区域 区级 区直 官方 封闭 向上 初审 初步 初中 初级 来源 来访 来信 来电 普通 普及 普查 普法 权力 权利
权益 权限 索引 印刷 储备 席位 边界 边防 原件 原告 屠宰 支农 雷达 雷电 金额 金属 金牌 严格 严重 严禁 严肃 严厉 汤药 熊猫
牛奶 牛羊 羊肉 鱼类 龙头 龙江 史志 史料 马拉松 段落 毛重 毛利 孔庙 田间 田径 石材 易于 易制毒 左右 左侧 康复 康养 施工
施行 施肥 施救 顾问 顾客 顾全 贺信 钟表 柳州 梅花 童装 单位 单元 单一 单价 季度 季节 盛会 曲目 尚未 尚有 何时 何地 何种
于是 付款 付费 付息 许可 许多 沈阳 郑州 杭州 兰州 徐州 常州 苏州 扬州 章程 章节 鲁迅 牟平 乐陵 宗教 宗地 宗旨 党群 商会
应用 应聘 应届 应收 应付 云计算 大数据 林业 林木 林地 林草 林场 林长 谈判 谈话 乐队 乐器 皮革 皮肤 阳光 阳台 阳性 艾滋
桑叶 桂花 查询 查处 查看 查验 查阅 查封 解除 解释 解答 解聘 申请 申报 申诉 申领 申办 申辩 纪要 纪律 纪检 纪委 管辖 管护
祝贺 费用 费率 冷链 冷库 冷冻 景区 景点 景观 师范 班级 班次 班子 强度 国企 平价 平时 相比 来自 都是 项目名称 常务 常住
常规 常年 常态 和平 和解 支队长 战略 战士 战备 位于 位置 修改 修订 修缮 修复 修理 况且 容量 容积 惠民 惠企 敬老 敬业 廉政
廉洁 廉租 井盖 平面 明火 明日 明星 明码 曲线 农历 农用 农药 农具 农房 农家 农贸 农商 农信 双拥 财政 民政 教育 体育 交通
人事 统计 审计 信访 科技 城建 环保 规划 档案 老龄 残联 工会 妇联 合计 小计 总计 姓名 性别 年龄 备注 序号 单位名称 高架
高速 高压 高空 高铁 高峰 白天 金银 马匹 车间 车站 党费 关口 包装 包干 包车 花生 海鲜 米饭 荣誉 荣获 万物 万能
"""
_NOT_NAMES = frozenset(_NOT_NAMES_WRITTEN.split())
_PEOPLE = re.compile(
    r"姓\s*名|名\s*单|人员|户\s*主|申请人|受助|救助对象|学生|考生|获奖|对象|同志|被保障人|持证人|监护人|家长|村民|居民|患者|职工|候选人|当选"
)
_HEAD = re.compile(r"^[^。]{0,10}(?:姓名|名字|户主|申请人|受助人|受益人|被救助|救助对象|学生|考生|居民|村民|患者|监护人|家长|死者|残疾人|优抚对象)[^。]{0,6}$")  # fmt: skip
_TENDER = re.compile(
    r"救助|低保|低收入|特困|残疾|病|患者|困难|贫困|帮扶|学生|未成年|孤儿|儿童|信访|举报|戒毒|矫正|刑满|优抚|补贴|住址|身份证|银行|失业|失独|精神"
)
_OF_OFFICE = re.compile(r"局长|主任|书记|委员|科长|部长|区长|市长|镇长|处长|主席|法定代表人|负责人|联系人|经办人|审核人|记者|编辑|教授")  # fmt: skip
_PART = re.compile(r"[^、,，;；/\s\x00|]+")
_NUMBERED = re.compile(r"^[（(]?\d{1,4}[.)）、．]?(?=[\u4e00-\u9fff])")
# Three words in a row that begin like names: a quick look before the slow one.
_FIRST = "".join(sorted(_SURNAMES | {one[0] for one in _DOUBLE}))
_SEVERAL = re.compile(
    rf"(?:[{_FIRST}][\u4e00-\u9fff]{{1,3}}[、,;/\s\x00|]+(?:[(（]?\d{{1,4}}[.)）、]?\s*)?){{2}}[{_FIRST}]"
)
_CELL = re.compile(r"(?:[A-Z]{1,3}\d+|第\d+行第\d+列)(?:（隐藏）)?$")
_LISTS = re.compile(r"名\s*单|公示|花名册|明细|一览|汇总|情况表|登记表|发放表")


def is_name(word: str) -> bool:
    """Whether two to four characters read as the name of a person.

    >>> [is_name(word) for word in ("张伟", "欧阳娜", "金融", "财政局", "江西路", "张某", "李**")]
    [True, True, False, False, False, False, False]
    """
    if word in _NOT_NAMES or not 2 <= len(word) <= 4 or not all("\u4e00" <= one <= "\u9fff" for one in word):
        return False
    given = word[2:] if word[:2] in _DOUBLE and len(word) > 2 else word[1:]
    if word[:2] not in _DOUBLE and (word[0] not in _SURNAMES or len(word) > 3):
        return False
    return 1 <= len(given) <= 2 and given not in ("某", "某某") and not set(given) & _NOT_GIVEN


def hidden_name(name: str) -> str:
    """The surname and stars.

    >>> hidden_name("张伟"), hidden_name("欧阳娜娜")
    ('张*', '欧阳**')
    """
    kept = 2 if name[:2] in _DOUBLE else 1
    return name[:kept] + "*" * (len(name) - kept)


def find(passages: Sequence[Passage], known: Known) -> Iterator[tuple[int, Finding]]:
    """Names in columns and in enumerations, with the place of their passage."""
    columns: dict[tuple[str, str], list[int]] = {}
    head_before = ""
    for place, passage in enumerate(passages):
        text = fold(passage.text).strip()
        if is_head(text):
            head_before = text
        word = re.sub(r"[\s\x00]+", "", text)
        if len(text) <= 10 and is_name(word):
            if word not in known.names and not _OF_OFFICE.search(passage.head):
                key = (_table(passage), passage.head or head_before)
                columns.setdefault(key, []).append(place)
        elif len(text) > 5:
            yield from ((place, one) for one in _enumerated(passage, known))
    tables = {_table(one) for one in passages if _says_tender(one)}
    for (table, head), places in columns.items():
        yield from _column(passages, head, places, table in tables)


def is_head(text: str) -> bool:
    """Whether a cell is the head of a column of people."""
    return bool(_HEAD.match(re.sub(r"\s+", "", text)))


def _table(passage: Passage) -> str:
    return _CELL.sub("", passage.where) if passage.head or passage.row else ""


def _says_tender(passage: Passage) -> bool:
    """A title or a head above the names that says what people they are."""
    short = len(passage.text) <= 60 and passage.row <= 4
    return short and bool(_TENDER.search(passage.text)) and bool(passage.row or _LISTS.search(passage.text))


def _column(
    passages: Sequence[Passage], head: str, places: list[int], tender: bool
) -> Iterator[tuple[int, Finding]]:
    people = is_head(head)
    names = {passages[place].text for place in places}
    if len(names) < (LEAST if people else _LEAST_BARE):
        return
    tender = tender or bool(_TENDER.search(head)) or any(_is_tender(passages[one]) for one in places[:3])
    for place in places:
        passage = passages[place]
        start = len(passage.text) - len(passage.text.lstrip())
        end = len(passage.text.rstrip())
        yield place, _finding(passage, start, end, hidden_name(re.sub(r"\s+", "", passage.text)), tender)


def _is_tender(passage: Passage) -> bool:
    return bool(_TENDER.search(passage.head) or _TENDER.search(passage.where))


def _enumerated(passage: Passage, known: Known) -> Iterator[Finding]:
    folded = fold(passage.text)
    if not _SEVERAL.search(folded):
        return
    if _OF_OFFICE.search(folded) and not re.search(r"名\s*单", folded):
        return
    for run in filter(None, _runs(folded, known)):
        start, end = run[0][0], run[-1][1]
        lead = folded[max(0, start - 40) : start] + passage.head
        least = LEAST if _PEOPLE.search(lead) or _TENDER.search(lead) else _LEAST_BARE - 1
        if len({name for _, _, name in run}) >= least:
            mend, at = "", start
            for first, last, name in run:
                mend += passage.text[at:first] + hidden_name(name)
                at = last
            yield _finding(passage, start, end, mend, bool(_TENDER.search(lead)))


def _runs(folded: str, known: Known) -> Iterator[list[tuple[int, int, str]]]:
    """Names that stand one after the other; a word that is no name ends the run."""
    run: list[tuple[int, int, str]] = []
    for part in _PART.finditer(folded):
        start, word = part.start(), part[0]
        lead = max(word.rfind(":"), word.rfind("(" if word.endswith(")") else ":"))
        if ":" in word:
            yield run
            run = []
            start, word = start + lead + 1, word[lead + 1 :]
        number = _NUMBERED.match(word)
        if number:
            start, word = start + number.end(), word[number.end() :]
        if not word or re.fullmatch(r"[\d.()（）]+", word):  # the number before a name
            continue
        last = word.endswith(("。", "等", ".", ")", "）"))
        bare = re.sub(r"[。.)）]+$", "", word)
        bare = bare[:-1] if bare.endswith("等") and len(bare) > 2 else bare
        if is_name(bare):
            if bare not in known.names:
                run.append((start, start + len(bare), bare))
        else:
            yield run
            run = []
        if last:
            yield run
            run = []
    yield run


def _finding(passage: Passage, start: int, end: int, hidden: str, tender: bool) -> Finding:
    return Finding(
        RULE,
        Level.BLOCK if tender else Level.WARN,
        passage.where,
        hidden,
        "名单写了个人的全名，还说明了家庭或健康情况。请把名字遮成“姓+*”，或者说明依据。"
        if tender
        else "这里有一份个人名单。依法要公示全名的，请说明依据；否则遮成“姓+*”。",
        BASIS,
        start,
        end,
        hidden,
    )
