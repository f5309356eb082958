"""Chinese words for the verbs of the trail, for the page on which the offices read it."""

from __future__ import annotations

from gongkai.orgs.wall import TABLE

# A station that is not named here is shown by its own word.
STATIONS = {
    "account": "登录",
    "documents": "公文",
    "files": "文件",
    "installation": "系统",
    "law": "日历",
    "ledger": "台账",
    "orgs": "单位与人员",
    "publishing": "发布",
    "review": "审核",
    "trail": "留痕",
}
VERBS = {
    "account.change_secret": "更改登录方式",
    "account.login": "登录",
    "account.login_failed": "登录失败",
    "account.logout": "退出登录",
    "documents.attach": "添加附件",
    "documents.change": "修改公文",
    "documents.detach": "移除附件",
    "documents.determine": "认定公开属性",
    "documents.draft": "起草公文",
    "documents.justify": "说明情况",
    "documents.link_interpretation": "关联解读",
    "documents.reckon_due": "重算公开期限",
    "documents.submit": "送审",
    "documents.take_back": "撤回送审",
    "files.take_in": "收入文件",
    "installation.load_demo": "装入演示数据",
    "installation.mark": "标明环境",
    "installation.set_clock": "调整时钟",
    "law.import_notice": "导入放假通知",
    "ledger.accept_progress": "采纳进展",
    "ledger.correct_unit": "更正责任单位",
    "ledger.import_plan": "导入工作要点",
    "ledger.report_progress": "填报进展",
    "ledger.retitle_task": "更正短标题",
    "ledger.return_progress": "退回进展",
    "orgs.add_person": "开设账号",
    "orgs.cancel_leave": "销假",
    "orgs.change_site": "修改网站信息",
    "orgs.change_unit": "办理机构变动",
    "orgs.disable_person": "停用账号",
    "orgs.end_role": "收回角色",
    "orgs.enter_leave": "登记请假",
    "orgs.grant_role": "授予角色",
    "orgs.hand_over": "移交职责",
    "orgs.import_units": "导入单位名录",
    "orgs.keep_unit": "修改机构信息",
    "orgs.reset_login": "重设登录",
    "orgs.set_up_post": "设岗",
    "orgs.take_post": "任岗",
    "publishing.publish": "发布",
    "publishing.report_error": "收到网站找错",
    "publishing.set_template": "修改索引号规则",
    "publishing.turn": "到日更换效力标记",
    "publishing.withdraw": "撤回发布",
    "review.approve": "审核同意",
    "review.return": "退回修改",
    "review.secrecy": "保密审查",
    "trail.export": "导出留痕",
}


def words_for(verb: str) -> str:
    """The verb in Chinese; one that has no words yet is shown as the trail holds it."""
    if verb in VERBS:
        return VERBS[verb]
    return TABLE[verb].label if verb in TABLE else verb
