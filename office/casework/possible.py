"""What holds an act back: the state in force and how far the case has come, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from data.casework.acts import Act
from data.store import Database
from office.casework.asked import KIND_WORDS
from office.casework.cases import HANDED_BACK, Case
from office.casework.in_force import STATE_WORDS
from office.casework.recovering import handed_back
from rules.program import Words

BEFORE: Mapping[str, tuple[str, ...]] = {  # the states from which an act may be done
    "grant": ("none", "withheld"),
    "withhold": ("none",),
    "reinstate": ("revoked",),
    "notify": ("granted",),
}


def held_back(
    db: Database, kind: str, benefit: str, day: date, last: Act | None, case: Case | None
) -> Words | None:
    """Why an act cannot be done now, whoever would do it; None where it can.

    `last` is the last act that set a state, `case` the newest case.
    """
    if kind in BEFORE:
        return _wrong_state(kind, last, day) or (_not_yet_again(case) if kind == "notify" else None)
    if case is None:
        return Words("还没有发出过事先告知书。", "No notice of an intended decision has been sent.")
    return _STEPS[kind](db, benefit, day, last, case)


def _wrong_state(kind: str, last: Act | None, day: date) -> Words | None:
    state = last.state if last and last.state else "none"
    if state in BEFORE[kind]:
        return None
    words, doing = STATE_WORDS[state], KIND_WORDS[kind]
    zh, en = (by_whom(last).zh, by_whom(last).en) if last else ("", "")
    how = {
        "granted": Words("要取消须先发出事先告知书。", "Taking it away begins with a notice."),
        "revoked": Words("要再给予请办理“恢复”。", 'To give it again, use "reinstate".'),
    }.get(state, Words("", ""))
    now = Words("现在是", "now")
    if last and last.takes_effect and last.takes_effect > day:
        now = Words(f"自 {last.effective_on} 起是", f"from {last.effective_on} on")
    return Words(
        f"{now.zh}“{words.zh}”{zh}，不能“{doing.zh}”。{how.zh}",
        f'It is "{words.en}" {now.en}{en}: "{doing.en}" is not possible. {how.en}'.rstrip(),
    )


def by_whom(act: Act) -> Words:
    """Who did an act, when, and from which day it counts, in brackets."""
    return Words(
        f"（{act.recorded_by}于 {act.done_on} 办理，自 {act.effective_on} 起）",
        f" ({act.recorded_by} on {act.done_on}, from {act.effective_on})",
    )


def _not_yet_again(case: Case | None) -> Words | None:
    """One case at a time: the one before must be closed, or decided and its decision delivered.

    Its steps could not be taken any more once a new notice stands, and nobody is told of a second case before the
    outcome of the first.
    """
    if case is None or case.stopped is not None:
        return None
    if case.decided is not None:
        return None if case.step("deliver_decision") else _undelivered(case.decided)
    who, when = case.notice.recorded_by, case.notice.done_on
    return Words(
        f"{who}已于 {when} 发出事先告知书，正在办理。", f"{who} sent a notice on {when}; the case is open."
    )


def _undelivered(decided: Act) -> Words:
    number = decided.document_no
    return Words(
        f"上一次的决定书（{number}）还没有登记送达。请先登记送达，再发新的告知书。",
        f"The delivery of the decision before ({number}) is not recorded yet. Record it first, then notify anew.",
    )


def _closed(case: Case) -> Words | None:
    """The words where a case no longer moves: decided, closed or halted."""
    for act, zh, en in ((case.decided, "作出决定", "decided"), (case.stopped, "终止办理", "closed")):
        if act is not None:
            return Words(
                f"本案已由{act.recorded_by}于 {act.done_on} {zh}。",
                f"The case was {en} by {act.recorded_by} on {act.done_on}.",
            )
    return case.halted


def _deliver(db: Database, benefit: str, day: date, last: Act | None, case: Case) -> Words | None:
    if case.step("deliver"):
        return Words(
            f"告知书已登记于 {case.delivered_on} 送达。",
            f"The notice is recorded as delivered on {case.delivered_on}.",
        )
    return _closed(case)


def _hear(db: Database, benefit: str, day: date, last: Act | None, case: Case) -> Words | None:
    return _closed(case) or _not_delivered(case)


def _not_delivered(case: Case) -> Words | None:
    if case.delivered_on is None:
        return Words("告知书还没有登记送达。", "The notice's delivery is not recorded yet.")
    return None


def not_over(case: Case, day: date) -> Words | None:
    """The words where a day still lies within the defence period."""
    if case.defence is None or day > case.defence.until:
        return None
    until = case.defence.until
    unsure = Words("", "")
    if not case.defence.certain:
        unsure = Words(
            "（其中有的日子放假安排还没有公布，暂按周一至周五计算）",
            " (holidays of some of these days are not announced yet: counted Monday to Friday)",
        )
    return Words(
        f"陈述申辩期到 {until} 为止{unsure.zh}，次日起才能办理。",
        f"The defence period ends on {until}{unsure.en}; this is possible from the day after.",
    )


def _revoke(db: Database, benefit: str, day: date, last: Act | None, case: Case) -> Words | None:
    if found := _closed(case) or _not_delivered(case) or not_over(case, day):
        return found
    if not case.heard:
        return Words(
            "还没有记录陈述申辩，或记录没有提出。",
            "Neither a statement of defence nor that none was made is recorded yet.",
        )
    return None


def _stop(db: Database, benefit: str, day: date, last: Act | None, case: Case) -> Words | None:
    return None if case.is_open else _closed(case)


def _undecided(case: Case) -> Words | None:
    return None if case.decided else Words("本案还没有作出决定。", "The case is not decided yet.")


def _deliver_decision(db: Database, benefit: str, day: date, last: Act | None, case: Case) -> Words | None:
    if delivered := case.step("deliver_decision"):
        return Words(
            f"决定书已登记于 {delivered.delivered_on} 送达。",
            f"The decision is recorded as delivered on {delivered.delivered_on}.",
        )
    return _undecided(case)


def _recover(db: Database, benefit: str, day: date, last: Act | None, case: Case) -> Words | None:
    if benefit != HANDED_BACK:
        return Words("这一项没有要收回的物资。", "Nothing is handed back for this benefit.")
    if case.decided is None:
        return _undecided(case)
    if drawn := case.step("recover"):
        return Words(
            f"收回清单 {drawn.document_no} 已于 {drawn.done_on} 开具。",
            f"The list {drawn.document_no} was drawn up on {drawn.done_on}.",
        )
    if last is not None and last.state == "granted":
        return Words("现在又已给予，不再收回。", "It is granted again: nothing is taken back.")
    if case.decided.takes_effect and day < case.decided.takes_effect:
        since = case.decided.effective_on
        return Words(
            f"决定自 {since} 起生效，那一天起按当时名下的物资开具收回清单。",
            f"The decision takes effect on {since}: from that day on the list is drawn up of what is held then.",
        )
    if not handed_back(db, case.notice.subject):
        return Words(
            "名下没有要收回的物资（已用的包材不收回）。",
            "It holds nothing to hand back (used-up material is not).",
        )
    return None


_STEPS: Mapping[str, Callable[[Database, str, date, Act | None, Case], Words | None]] = {
    "deliver": _deliver,
    "hear": _hear,
    "revoke": _revoke,
    "stop": _stop,
    "deliver_decision": _deliver_decision,
    "recover": _recover,
}
