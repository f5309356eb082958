"""The words by which a task is told from others: cut from its field and requirement. House rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import rjieba

MOST_WORDS = 24
LONGEST_COMPOUND = 8
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,3}[区市县]$")  # the district's own name stands in every title
_NO_PLACE = frozenset(
    ("学区", "社区", "专区", "景区", "园区", "小区", "片区", "城市", "超市", "股市", "楼市")
)
_GIVEN = re.compile(r"[、，,；;\s]+")
# What every task of every plan says, and what every paper says in its title: tells nothing apart.
_SAID_EVERYWHERE = """
    公开 信息 工作 情况 相关 有关 单位 部门 政府 区政府 做好 推进 加大 力度 及时 主动 发布 加强 落实 开展 进行 完善 健全 建立 更新
    调整 促进 推动 提高 提升 深化 持续 继续 进一步 全面 积极 严格 认真 依法 按照 按要求 要求 通过 围绕 结合 利用 明确 规定 内容
    方式 方面 重点 重要 重大 年度 本年 全区 本区 本级 地区 辖区 区域 上级 实际 实施 组织 制定 制订 编制 办理 处理 支持 应当 除外
    保密 以后 以前 其他 各项 各类 各区 各单位 各部门 等等 以及 对应 负责 牵头 配合 责任 主管 主办 承办 名称 通知 公告 公示 意见
    关于 印发 转发 报告 办法 方案 决定 函件 批复 材料 文件 网站 专栏 栏目 集中 统一 系统 现行 有效 社会 群众 公众 企业 人员 领域
    事项 时限 期限 按季 每季 季度 每月 月份 本月 当日 当天 随时 标明 注明 写明 链接 互相 归类 至少 一个 选取 条件 具备 常态 常态化
    充分 需求 水平 能力 成效 显著 举措 活动 宣传 精准 创新 探索 打造 形成 机制 体系 制度 流程 渠道 范围 稳步 扩大 根据 较为
    认真落实 文件精神 准确 准确把握 把握 实行 逐步 大力开展 精心 收集 展示 超链接 方等 利益 动态 近十年 长期 时间 安排 时期 到期 自动
    下线 不予 申请 属性 同步 报送 报请 标识 发展 困难 家数 金额 周期 依规 及时处理 初见成效 重大成果 核心 支撑 地方 办公室 散发
    阶段性 特征 新旧 传播 文本 提示 整理 品牌 融合 清理 互联网 逐项 涉及 各街道 共同 协同 指导 跟踪 评估 优化 已经 完成 对已 三年
    行动 突破 应用 统筹 办好 起来 结果 措施 落实情况 工作进展 政策措施 来源 背景 原因 审议 公布
"""
# Words that say something only together with another: half a proof each.
_SAID_OFTEN = """
    目录 清单 服务 管理 标准 规则 项目 政策 建设 监管 检查 维护 会议 资金 社区 街道 街道办事处 办事处 规划 计划 历史 数据 市场 市民
    企事业 公共 行政 机关 机构 职能 代表 建议 制度 解读 属性 权威 风险 事故 资源 登记 许可 健康 科普 行业 属地 运营 中心 专区 体验
    基层 政务 标准化 规范化 示范点 产业 金融 法律 执法 审批 信用 教育 医疗 安全 生产 环境 保护 文化 科技 交通 统计 采购 收费 议题
    名额 进展 进度 增加 改革 升级 消费 热点
"""
_EMPTY = frozenset(_SAID_EVERYWHERE.split())
WEAK = frozenset(_SAID_OFTEN.split())


@lru_cache(maxsize=4096)
def words_of(*texts: str) -> tuple[str, ...]:
    """What the texts are about: words of two and more signs, and neighbours that stand together as one word.

    >>> words_of("更新完善权责清单和机构职能目录并按要求公开。")
    ('权责清单', '权责', '清单', '机构职能', '职能目录', '机构', '职能', '目录')
    """
    found: dict[str, None] = {}
    for text in texts:
        for run in _RUN.findall(text):
            for phrase in _phrases(rjieba.cut(run)):
                joined = (first + second for first, second in zip(phrase, phrase[1:], strict=False))
                found |= dict.fromkeys(word for word in joined if len(word) <= LONGEST_COMPOUND)
                found |= dict.fromkeys(phrase)
    return tuple(found)


def distinctive(tasks: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """For each task of a plan the words that few other tasks have, the telling ones first."""
    spread = Counter(word for words in tasks for word in set(words))
    most = max(3, len(tasks) // 10)
    chosen = []
    for words in tasks:
        rare = [word for word in words if spread[word] <= most]
        chosen.append(
            tuple(sorted(rare, key=lambda word: (-weight_of(word), words.index(word)))[:MOST_WORDS])
        )
    return chosen


def given_words(typed: str) -> tuple[str, ...]:
    """The words that somebody typed, parted by 、 or comma; single signs would find everything.

    >>> given_words("学区、 招生，名额 、a")
    ('学区', '招生', '名额')
    """
    return tuple(dict.fromkeys(word for word in _GIVEN.split(typed.strip()) if len(word) >= 2))


def weight_of(word: str) -> int:
    """How much a word proves: 3 for a compound, 2 for a word that tells, 1 for one that needs company."""
    if word in WEAK:
        return 1
    return 3 if len(word) >= 4 else 2


def _tells(word: str) -> bool:
    return len(word) >= 2 and word not in _EMPTY and not (_PLACE.match(word) and word not in _NO_PLACE)


def _phrases(cut: Iterable[str]) -> list[list[str]]:
    """Runs of telling words; an empty word, a single sign or a name of the plan parts them."""
    found: list[list[str]] = [[]]
    for word in cut:
        if _tells(word):
            found[-1].append(word)
        elif found[-1]:
            found.append([])
    return [phrase for phrase in found if phrase]
