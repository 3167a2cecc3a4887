"""What a role may do, in words: of every action in `office.permissions`, and of nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from office.permissions import ACTIONS, may
from rules.program import Words

ACTION_WORDS: Mapping[str, Words] = {
    "import": Words("导入台账", "import registers"),
    "enter": Words("录入台账和检验", "enter rows and inspections"),
    "correct": Words("更正台账", "correct registers"),
    "record": Words("存档判定结果", "record decisions"),
    "propose": Words(
        "发出告知书、登记送达、记录申辩、提出收回",
        "notify, record deliveries and defences, propose recovery",
    ),
    "confirm": Words("确认给予、不给予和恢复", "confirm: grant, withhold, reinstate"),
    "take_away": Words("作出处理决定（不能是提出人）", "decide to take away (never who proposed it)"),
    "hand_out": Words("收发、调拨和领用包装物资", "receive, transfer, issue and use up packaging"),
    "write_off": Words("核销包装物资", "write off packaging"),
    "draft_settlement": Words("编制结算", "draft settlements"),
    "settle": Words(
        "审核、确认结算（不能是编制人）", "check and confirm settlements (never who drafted them)"
    ),
    "discard_settlement": Words("作废未确认的结算", "discard settlements that are not confirmed"),
    "publish": Words("办理公示", "publish notices"),
    "report_figures": Words(
        "上报目标数据、签发通报和考核", "report figures, issue bulletins and assessments"
    ),
    "veto": Words("一票否决乡镇年度考核", "veto a township's assessment of a year"),
    "save_scenario": Words("保存测算方案", "save scenarios"),
    "draft_rules": Words("起草、试算和提请发布规则", "draft, try and propose rules"),
    "publish_rules": Words("发布规则（不能是提请人）", "publish rules (never who proposed them)"),
    "confirm_reading": Words("登记领导小组对口径的确认", "record how the leading group confirmed readings"),
    "audit": Words("抽样检查、记录发现的问题", "draw samples, note findings"),
    "look_into": Words("核查过去的判定", "look into past decisions"),
    "recheck": Words("全部重新核对", "re-check everything"),
    "audit_pack": Words("导出审计包", "export the audit pack"),
    "letterhead": Words("设置文书上的单位信息", "set the office's lines on papers"),
    "manage_accounts": Words("管理人员和账号", "manage people and accounts"),
    "back_up": Words("备份、试恢复和体检", "back up, try a restore, check the installation"),
    "settings": Words("修改设置", "change settings"),
    "show_personal": Words("写明理由后查看户主姓名", "see heads of households, each time with a reason"),
    "household_extract": Words("给农户出具本户信息", "hand a household its own data"),
    "answer_correction": Words("答复农户的更正请求", "answer a household's wish for correction"),
    "see_personal_log": Words("查看个人信息的使用记录", "see who used personal data"),
    "see_household_heads": Words("看到户主姓名", "see heads of households"),
}


def duties(role: str) -> list[Words]:
    """What this role may do, in the order of the work."""
    known = [action for action in ACTION_WORDS if may(role, action)]
    strangers = [action for action in ACTIONS if action not in ACTION_WORDS and may(role, action)]
    return [ACTION_WORDS[action] for action in known] + [Words(action, action) for action in strangers]
