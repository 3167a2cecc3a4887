"""What can lie on the desk: the kinds of tasks, what each asks for in words, and whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from data.people import Person
from office.permissions import ACTIONS
from rules.program import Words


class Kind(NamedTuple):
    """A kind of task: its short title, what it asks for, and the action (office/permissions) that does it, if any."""

    title: Words
    what: Words
    action: str | None


# What is most pressing first: a household waits for an answer, then what nobody has begun, then what only runs.
KINDS: Mapping[str, Kind] = {
    "decide": Kind(
        Words("待作出决定", "to be decided"),
        Words(
            "陈述申辩已记录，期限已过。由提出人以外的审核员决定。",
            "Heard, and the period is over. A reviewer other than the proposer decides.",
        ),
        "take_away",
    ),
    "halted": Kind(
        Words("办理中止", "halted"),
        Words(
            "告知以后规则的建议变了，不能继续。核对后终止办理。",
            "The recommendation changed after the notice. Check, and close the case.",
        ),
        "propose",
    ),
    "hear": Kind(
        Words("待记录申辩", "defence to be recorded"),
        Words(
            "期限已过，还没有记录陈述申辩，或记录没有提出。",
            "The period is over: record the statement, or that none was made.",
        ),
        "propose",
    ),
    "deliver": Kind(
        Words("告知书待送达", "notice to be delivered"),
        Words(
            "告知书已出，送到农户手里并登记，期限才开始算。",
            "Deliver the notice and record it; only then does the period run.",
        ),
        "propose",
    ),
    "deliver_decision": Kind(
        Words("决定书待送达", "decision to be delivered"),
        Words("已作出决定，送到农户手里并登记。", "It is decided: deliver the decision and record it."),
        "propose",
    ),
    "recover": Kind(
        Words("待开收回清单", "return list to be drawn up"),
        Words(
            "决定已生效，开列应交回的设备和未用的包材。",
            "The decision is in effect: list the equipment and unused materials to be handed back.",
        ),
        "propose",
    ),
    "collect": Kind(
        Words("物资待收回", "packaging to be taken back"),
        Words("不再给予，手里还有应交回的包装物资。", "No longer granted, and packaging is still held."),
        "hand_out",
    ),
    "propose": Kind(
        Words("应取消，待提出", "to be revoked: propose"),
        Words(
            "现已给予，规则建议取消。核对后发出事先告知书。",
            "Granted, and the rules recommend revoking. Check, then send the notice.",
        ),
        "propose",
    ),
    "reconsider": Kind(
        Words("不再符合，待核定", "no longer eligible"),
        Words(
            "现已给予，规则不再建议给予。先补检验或补登记；补不齐的，发出事先告知书。",
            "Granted, and no longer recommended. Inspect or complete the record first; else send the notice.",
        ),
        "propose",
    ),
    "reinstate": Kind(
        Words("可以恢复", "can be reinstated"),
        Words("已取消，规则又建议给予。核对后恢复。", "Revoked, and eligible again. Check, then reinstate."),
        "confirm",
    ),
    "confirm": Kind(
        Words("待确认给予", "grant to be confirmed"),
        Words("规则建议给予，还没有给予。", "The rules recommend granting, and it is not granted yet."),
        "confirm",
    ),
    "withhold": Kind(
        Words("待确认不给予", "refusal to be confirmed"),
        Words(
            "从未给予，规则建议取消。记下不给予，以备查询。",
            "Never granted, and the rules say revoked. Record that it is withheld.",
        ),
        "confirm",
    ),
    "check_settlement": Kind(
        Words("结算待复核", "settlement to be checked"),
        Words(
            "结算已起草，由起草人以外的审核员复核。", "Drafted: a reviewer other than the drafter checks it."
        ),
        "settle",
    ),
    "confirm_settlement": Kind(
        Words("结算待确认", "settlement to be confirmed"),
        Words(
            "结算已复核，由起草人以外的审核员确认。",
            "Checked: a reviewer other than the drafter confirms it.",
        ),
        "settle",
    ),
    "objection": Kind(
        Words("公示异议待答复", "objection to be answered"),
        Words("公示收到异议，还没有答复。", "Somebody objected to a public notice and has no answer yet."),
        "publish",
    ),
    "notice_ended": Kind(
        Words("公示期满待结束", "public notice to be closed"),
        Words("公示期已满，登记结果。", "The period on the wall is over: record the outcome."),
        "publish",
    ),
    "wait": Kind(
        Words("陈述申辩期内", "within the defence period"),
        Words(
            "告知书已送达，期满以前不作决定；农户随时可以陈述申辩。",
            "Delivered: nothing is decided before the period ends; the household may be heard at any time.",
        ),
        None,
    ),
    "override": Kind(
        Words("与规则不同，已有理由", "against the rules, with a reason"),
        Words(
            "办公室写明理由，与规则的建议不同。规则的建议再变时另行提示。",
            "The office departed from the rules for a written reason. Shown until the recommendation changes.",
        ),
        None,
    ),
    "notice_running": Kind(
        Words("公示中", "public notice running"),
        Words("正在公示，期满以前受理异议。", "On the wall: objections are taken until the period ends."),
        None,
    ),
}


@dataclass(frozen=True)
class Task:
    """One thing that waits. `about` is a good, or the number of a settlement or notice (`benefit` is then "").

    It has waited since `since`, for `days` days. `state` and `verdict` say what is in force and what the rules
    recommend; `until` is the last day of a period that runs; `not_by` who may not take this step, for they took
    the one before.
    """

    kind: str
    about: str
    since: date
    days: int
    benefit: str = ""
    state: str = ""
    verdict: str = ""
    until: date | None = None
    not_by: str = ""

    @property
    def title(self) -> Words:
        return KINDS[self.kind].title

    @property
    def what(self) -> Words:
        return KINDS[self.kind].what

    @property
    def roles(self) -> frozenset[str]:
        """Whose turn it is; nobody's where it only runs or is only shown."""
        return roles_of(self.kind)

    def is_for(self, person: Person) -> bool:
        """Whether this person may take the next step."""
        return person.role in self.roles and person.name != self.not_by


def roles_of(kind: str) -> frozenset[str]:
    """The roles that may do what a kind of task asks for."""
    action = KINDS[kind].action
    return ACTIONS[action] if action else frozenset()
