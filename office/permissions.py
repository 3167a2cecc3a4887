"""Who may do what: the one list that both the pages and the office's own functions ask."""

from __future__ import annotations

from collections.abc import Mapping

from office import log
from office.refusal import Refused
from rules.program import Words

ACTIONS: Mapping[str, frozenset[str]] = {
    "import": frozenset({"clerk"}),
    "enter": frozenset({"clerk"}),
    "correct": frozenset({"clerk", "reviewer"}),
    "record": frozenset({"reviewer"}),
    "confirm": frozenset(
        {"reviewer"}
    ),  # grant, withhold, reinstate: what the rules recommend becomes in force
    "propose": frozenset({"clerk", "reviewer"}),  # notify, deliver, hear, stop, deliver_decision, recover
    "take_away": frozenset({"reviewer"}),  # revoke: never who proposed it
    "hand_out": frozenset({"clerk"}),  # receive, transfer, issue, return, use up
    "write_off": frozenset({"reviewer"}),  # lost, written off
    "draft_settlement": frozenset({"clerk"}),
    "settle": frozenset({"reviewer"}),  # check, confirm: never who drafted it
    "discard_settlement": frozenset({"clerk", "reviewer"}),
    "publish": frozenset({"clerk", "reviewer"}),
    "report_figures": frozenset(
        {"reviewer"}
    ),  # sign for a target's figure, issue a bulletin or an assessment
    "veto": frozenset({"reviewer"}),  # 弄虚作假: a township's score of a year
    "save_scenario": frozenset({"clerk", "reviewer"}),
    "draft_rules": frozenset({"clerk", "reviewer"}),  # drafts, saved cases, proposals
    "publish_rules": frozenset({"reviewer"}),  # never who proposed
    "confirm_reading": frozenset({"reviewer"}),
    "audit": frozenset({"auditor"}),  # draw samples, note findings
    "look_into": frozenset({"clerk", "reviewer", "auditor"}),  # a past decision that would differ today
    "recheck": frozenset({"auditor", "reviewer"}),
    "audit_pack": frozenset({"auditor", "reviewer"}),
    "letterhead": frozenset({"administrator"}),
    "manage_accounts": frozenset({"administrator"}),
    "back_up": frozenset({"administrator"}),  # copy, try a copy, look the installation over
    "settings": frozenset({"administrator"}),
    "show_personal": frozenset(
        {"auditor"}
    ),  # with a reason, each time; clerks and reviewers see names anyway
    "household_extract": frozenset({"clerk", "reviewer"}),
    "answer_correction": frozenset({"clerk", "reviewer"}),
    "see_personal_log": frozenset({"reviewer", "auditor", "administrator"}),
    "see_household_heads": frozenset({"clerk", "reviewer"}),
}
ROLES = {
    "clerk": Words("录入员", "clerk"),
    "reviewer": Words("审核员", "reviewer"),
    "auditor": Words("审计员", "auditor"),
    "administrator": Words("管理员", "administrator"),
}


def may(role: str, action: str) -> bool:
    """Whether a role may do this; KeyError for an action that nobody has heard of."""
    return role in ACTIONS[action]


def must_be_allowed(role: str, action: str) -> None:
    """Raises Refused, naming who may, where the role may not."""
    if may(role, action):
        return
    allowed = [ROLES[name] for name in ROLES if name in ACTIONS[action]]
    log.warning("refused", where="office", role=role, action=action)
    zh, en = "、".join(w.zh for w in allowed), ", ".join(w.en for w in allowed)
    raise Refused(
        Words(
            f"您的岗位不能做这一步，没有改动任何内容。可由{zh}办理。",
            f"Nothing was changed: only {en} may do this.",
        )
    )
