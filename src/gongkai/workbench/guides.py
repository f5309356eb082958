"""The guides that the product carries with it: readable without a way out of the office's network."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide: its address, its title, and what its reader comes for."""

    key: str
    title: str
    about: str

    @property
    def url_name(self) -> str:
        """The page of this guide."""
        return f"workbench:help-{self.key}"

    @property
    def template(self) -> str:
        """The text of this guide."""
        return f"workbench/guides/{self.key}.html"


GUIDES = (
    Guide(
        "officer",
        "信息员：五分钟发出第一份公文",
        "上传、核对、认定公开属性、送审；退回了怎么办；填报要点进展",
    ),
    Guide(
        "requests",
        "信息员：依申请公开怎么办",
        "确认、签收、转办、补正、征求意见、会商、延期、收费、检索、答复，每一步的期限和依据",
    ),
    Guide(
        "requests-figures",
        "依申请公开的统计和专题",
        "表三、表四，每季度的专题转主动公开，公众看到的数字，练习",
    ),
    Guide("reviewer", "审核人：看什么，怎样签", "初审、复审、保密审查；同意和退回"),
    Guide("leader", "单位负责人：签发、发布、撤回", "终审签发、发布前看什么、发错了怎么办"),
    Guide("office", "区政务公开主管部门：台账和两人单位", "导入工作要点、核对进展、为两人单位签发"),
    Guide(
        "office-week", "区政务公开主管部门：每周做什么", "谁逾期、周一清单、记下联系结果、逐级催办、专项行动"
    ),
    Guide("office-month", "区政务公开主管部门：每月做什么", "月度通报、表扬和批评、整改单、文书模板"),
    Guide("office-year", "区政务公开主管部门：每年做什么", "导入要点、回头看、结转、年度报告的段落"),
    Guide("operator", "系统管理员和运维：装好、备好、恢复得了", "安装、备份、恢复、升级、证书、时钟、体检"),
)
