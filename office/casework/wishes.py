"""What is asked, checked: every sentence, name and day that an act needs is there, and nothing that it has no use for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from office.casework.asked import HOW, KIND_WORDS, TO, WITH_REASON, Asked
from office.casework.standing import Standing
from office.refusal import refuse
from office.signing import kept_text
from rules.procedure import procedure
from rules.program import Words
from rules.slip import verdict_words

LONGEST_NAME = 60
_EFFECT, _DELIVERY = ("effective_on", "override"), ("delivered_on", "how", "to")
TAKES: Mapping[str, tuple[str, ...]] = {  # what each kind of act has a use for, besides a reason
    "grant": _EFFECT,
    "withhold": _EFFECT,
    "reinstate": _EFFECT,
    "notify": ("override",),
    "deliver": _DELIVERY,
    "hear": ("text",),
    "revoke": _EFFECT,
    "deliver_decision": _DELIVERY,
    "recover": (),
    "stop": (),
}
FIELD_WORDS: Mapping[str, Words] = {
    "override": Words("与规则建议不同", "override"),
    "effective_on": Words("生效日期", "the day it takes effect"),
    "delivered_on": Words("送达日期", "the day of delivery"),
    "how": Words("送达方式", "the way of delivery"),
    "to": Words("签收人", "to whom it was delivered"),
    "text": Words("申辩内容", "what was said"),
    "reason": Words("理由", "a reason"),
}


@dataclass(frozen=True)
class Wish:
    """A wish that can be carried out: texts as they are kept, days set. `overrides`: it goes against the rules."""

    kind: str
    overrides: bool
    reason: str | None
    effective_on: date | None
    delivered_on: date | None
    how: str | None
    to: str | None
    text: str | None


def known_wish(asked: Asked) -> Asked:
    """The wish with its kind known and nothing in it that this kind has no use for. Raises Refused."""
    if asked.kind not in KIND_WORDS:
        kinds = ", ".join(KIND_WORDS)
        raise refuse(
            f"没有“{asked.kind}”这种处理；可用的有：{kinds}",
            f'there is no act "{asked.kind}"; there are: {kinds}',
        )
    for field in fields(asked):
        given = getattr(asked, field.name)
        if (
            field.name in FIELD_WORDS
            and field.name not in (*TAKES[asked.kind], "reason")
            and given not in (None, False)
        ):
            kind, words = KIND_WORDS[asked.kind], FIELD_WORDS[field.name]
            raise refuse(f"“{kind.zh}”不用填写{words.zh}", f'"{kind.en}" has no use for {words.en}')
    return replace(asked, subject=asked.subject.strip(), benefit=asked.benefit.strip())


def wish_of(asked: Asked, standing: Standing) -> Wish:
    """The wish as it is carried out on the day of the standing, which allows its kind. Raises Refused."""
    kind, day = asked.kind, standing.day
    overrides = _overrides(asked, standing)
    how = _how(asked.how) if "how" in TAKES[kind] else None
    return Wish(
        kind=kind,
        overrides=overrides,
        reason=_reason(asked, overrides),
        effective_on=_effective_on(asked, standing) if "effective_on" in TAKES[kind] else None,
        delivered_on=_delivered_on(asked, standing) if kind in ("deliver", "deliver_decision") else None,
        how=how,
        to=kept_text(asked.to, TO[how], LONGEST_NAME) if how else None,
        text=_said(asked, standing, day) if kind == "hear" else None,
    )


def _overrides(asked: Asked, standing: Standing) -> bool:
    if asked.kind == "revoke":  # as the notice was
        return bool(standing.case and standing.case.notice.overrides)
    if not standing.may[asked.kind].only_as_override:
        return False
    if not asked.override:
        verdict, kind = verdict_words(standing.verdict), KIND_WORDS[asked.kind]
        raise refuse(
            f"规则的建议是“{verdict.zh}”。要“{kind.zh}”，须选“与规则建议不同”并写明理由。",
            f'The rules say "{verdict.en}". To "{kind.en}" against them, say so (override) and give a reason.',
        )
    return True


def _reason(asked: Asked, overrides: bool) -> str | None:
    if overrides or asked.kind in WITH_REASON:
        return kept_text(asked.reason, FIELD_WORDS["reason"])
    return kept_text(asked.reason, FIELD_WORDS["reason"]) if (asked.reason or "").strip() else None


def effective_days(kind: str, standing: Standing) -> tuple[date, date]:
    """The first and the last day from which an act may count, were it done on the standing's day.

    Not gone by, not before the act before it, not far ahead; and what is taken away ends with the day, so that what
    was sent and handed out on it stands.
    """
    day, last = standing.day, standing.last
    first = day + timedelta(days=1) if kind == "revoke" else day
    if last is not None and last.takes_effect is not None:
        first = max(first, last.takes_effect)
    return first, max(first, day + timedelta(days=procedure(day)["effective_days_ahead"]))


def _effective_on(asked: Asked, standing: Standing) -> date:
    day, last = standing.day, standing.last
    first, latest = effective_days(asked.kind, standing)
    chosen = asked.effective_on or first
    if chosen < day:
        raise refuse(
            f"生效日期 {chosen} 早于今天 {day}；处理不能追溯，请写今天或以后的日期",
            f"it cannot take effect on {chosen}, before today ({day}): give today or a later day",
        )
    if last and last.takes_effect and chosen < last.takes_effect:
        raise refuse(
            f"上一次处理自 {last.effective_on} 起生效，这一次不能早于它",
            f"the act before it takes effect on {last.effective_on}; this one cannot do so earlier",
        )
    if chosen < first:
        raise refuse(
            f"取消最早从次日（{first}）起生效：今天已发出的包裹和物资仍然算数",
            f"what is taken away ends on {first} at the earliest: what was sent and handed out today stands",
        )
    if chosen > latest:
        raise refuse(
            f"生效日期 {chosen} 太远，最晚可写 {latest}；请核对，或到时候再办理",
            f"{chosen} lies too far ahead: {latest} is the latest day. Check it, or act when the time comes",
        )
    return chosen


def _delivered_on(asked: Asked, standing: Standing) -> date:
    """Neither ahead nor before the paper that was delivered."""
    case = standing.case
    paper = case.decided if case and asked.kind == "deliver_decision" else case.notice if case else None
    chosen = asked.delivered_on or standing.day
    if chosen > standing.day:
        raise refuse(
            f"送达日期 {chosen} 在今天（{standing.day}）之后，送达以后再登记",
            f"{chosen} lies ahead of today ({standing.day}): record the delivery once it is done",
        )
    if paper and chosen.isoformat() < paper.done_on:
        raise refuse(
            f"送达日期 {chosen} 早于文书作出的日期 {paper.done_on}",
            f"it cannot have been delivered on {chosen}: the paper is of {paper.done_on}",
        )
    return chosen


def _how(how: str | None) -> str:
    if how is None or how not in HOW:
        zh, en = "、".join(f"{name}（{words.zh}）" for name, words in HOW.items()), ", ".join(HOW)
        raise refuse(f"请写明送达方式，可用的有：{zh}", f"say how it was delivered; there are: {en}")
    return how


def _said(asked: Asked, standing: Standing, day: date) -> str | None:
    """What was said; None (nothing) only when the period is over and nothing was recorded before."""
    if asked.text is not None:
        return kept_text(asked.text, FIELD_WORDS["text"])
    case = standing.case
    if case and case.defence and day <= case.defence.until:
        until = case.defence.until
        raise refuse(
            f"陈述申辩期到 {until} 为止，次日起才能记录“没有提出”；现在只能记录当事人说的内容",
            f"the defence period ends on {until}: only from the day after can it be recorded that no statement was made",
        )
    if case and case.heard:
        raise refuse(
            "已经记录过陈述申辩，不能再记“没有提出”", "a statement or its absence is recorded already"
        )
    return None
