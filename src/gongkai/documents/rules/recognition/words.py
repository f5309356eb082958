"""The words by which parts of an official document are known (GB/T 9704-2012)."""

from __future__ import annotations

import re

from gongkai.kernel.text.numerals import bare

# The fifteen kinds (党政机关公文处理工作条例第八条), as the register names them.
KINDS = (
    "决议",
    "决定",
    "命令(令)",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
)
_KIND_AT_END = re.compile(r"(决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|令)$")
# Titles of papers that go out under one of the fifteen, or alone on the site.
_TITLE_END = re.compile(
    r"(决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|答复|办法|规定|细则|条例|规则|规程|方案|规划|计划|要点|"
    r"预案|指南|清单|目录|标准|制度|措施|政策|公示|说明|解读|安排|总结|名单|准则|导则|章程|工作规则|令)$"
)
_TRIAL = re.compile(r"[（(](试行|暂行|征求意见稿|草案|修订|修订稿|节选|摘要|\d{4}年版|\d{4}年修订)[）)]$")
_AGENCY_END = re.compile(
    r"(人民政府|政府|办公室|办公厅|国务院|军委|委员会|委|局|厅|部|院|署|总部|中心|办事处|管理处|处|协会|商会|工会|联合会|学会|"
    r"总会|居委会|村委会|公司|集团|大学|学院|学校|中学|小学|医院|总队|支队|大队|队|站|所|社|馆|领导小组|小组|指挥部|党委|党组|"
    r"银行|分行|支行|总局|分局|法院|检察院|人大常委会|政协|兵团|公署|街道|室|办|军区|司令部|部委|单位|机构|部门)$"
)
_NOT_IN_AGENCY = re.compile(r"[。！？；：，“”《》()（）〔〕\d]|关于|如下|通知|应当|进行|按照")
_ADDRESSEE_END = re.compile(
    r"(同志|代表|委员|主席|先生|女士|各位|省|市|区|县|企业|负责人|家长|居民|业主|用户|个体工商户)$"
)
_NOT_ADDRESSEE = re.compile(
    r"如下|现将|现就|以下|以上|通知|说明|请示|报告|意见|规定|要求|决定|内容|附件|抄送|主送|电话|联系|地址|原则|目标|标准|依据|条件|其中|包括"
)
PAGE_NUMBER = re.compile(r"^[—\-－–―·\s]*(第?\s*\d{1,4}\s*页?)([\s/／共]*\d{1,4}\s*页?)?[—\-－–―·\s]*$")
URGENCY = re.compile(r"^(特急|加急|特提|平急|急件|紧急|特\s*急|加\s*急)$")
SECRECY = re.compile(r"^(绝密|机密|秘密|内部)([★☆].{0,12})?$")
COPY_NUMBER = re.compile(r"^(份号[:：]?)?\d{6}$|^№?\s*\d{6}$")
SIGNER = re.compile(r"签\s*发\s*人\s*[:：]\s*(\S{0,12})")
RECORD = re.compile(
    r"^(抄\s*送|抄\s*报|主\s*送|分\s*送|印\s*发|发\s*送|印发机关|承办|联系人|联系电话|校对|打字|拟稿|共印)\s*[:：]|(?:日|科|室|处|局|[\s\u3000])\s*印\s*发\s*$|^共印"
)
MARK = re.compile(r"^(.{3,60}?)(文件|公文处理单)$")
ORDER_MARK = re.compile(r"^(.{3,40})令$")
HEADING = re.compile(
    r"^([一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十百]{1,4}[章条节]\s*)"
)
CHROME = re.compile(
    r"^(首页|当前位置|您现在的位置|所在位置|扫一扫|打印|关闭|分享|字体|字号|【|\[|浏览次数|点击|来源|信息来源|作者|发布时间|时间|日期|浏览|责任编辑|上一篇|下一篇)"
)


def is_agency(text: str) -> bool:
    """Whether a line is nothing but the name of an agency (or several)."""
    words = bare(text)
    if not 2 <= len(words) <= 60 or _NOT_IN_AGENCY.search(words):
        return False
    return all(_AGENCY_END.search(part) is not None for part in words.split("、"))


def is_addressee(text: str) -> bool:
    """Whether a piece before 主送 colon can be somebody to whom a paper is sent."""
    words = bare(text)
    if not 2 <= len(words) <= 80 or _NOT_ADDRESSEE.search(words) or "。" in words:
        return False
    return words.startswith(("各", "全", "本")) or bool(
        _AGENCY_END.search(words) or _ADDRESSEE_END.search(words)
    )


def ends_like_agency(text: str) -> bool:
    """Whether a piece is a whole name, so that 、 before and after it parts names."""
    return _AGENCY_END.search(bare(text)) is not None


def ends_like_title(text: str) -> bool:
    """Whether words end as titles of papers end; 试行 and the like in brackets do not count."""
    return _TITLE_END.search(_TRIAL.sub("", bare(text))) is not None


def kind_of_title(title: str) -> str:
    """The kind that a title names with its last word, one of ``KINDS`` or empty."""
    match = _KIND_AT_END.search(_TRIAL.sub("", bare(title)))
    if match is None:
        return ""
    return "命令(令)" if match[1] in ("命令", "令") else match[1]
