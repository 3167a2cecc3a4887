"""Halting: whether the recommendation that a case rests on has changed since its notice, and through what.

Every day since the notice is looked at, each with what was known by then, and all of them once more with what is
known now. So a change that changed back halts a case too, and a case that is halted stays so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from data.casework.acts import Act
from data.one_good import Recorded, recorded_since
from data.rulekeeping.publications import publications
from data.store import Database
from office.days import HERE, day_number, day_of
from office.explaining import one_good
from office.gathering import gather, known_now
from office.programs import DEFAULT, texts_between
from office.refusal import Refused
from rules.program import Program, Words
from rules.slip import value_words, verdict_words
from rules.trying import verdicts_over

REGISTERS = {
    "inspections": Words("样品", "sample"),
    "goods": Words("农产品登记", "good"),
    "households": Words("农户登记", "household"),
    "products": Words("产品登记", "product"),
}

DAY_ALONE = Words("没有新的登记，随日期变化", "nothing new was entered, the day alone")
OTHER_RULES = Words("规则文件已更换", "the rules themselves were changed")


@dataclass(frozen=True)
class Other:
    """The first day with another verdict (None: none) than the notice rests on; the programme that gives it (None: none
    does), and whether its text counts from that very day."""

    since: date
    verdict: str | None
    program: Program | None = None
    begins: bool = False


def halted(db: Database, notice: Act, day: date) -> Words | None:
    """What changed the recommendation between a notice and a day; None where it has stood all along."""
    recorded = recorded_since(db, notice.good_entity, notice.recorded_seq)
    published = _published_since(db, notice.recorded_at)
    instants = [notice.recorded_at, *sorted({row.at for row in recorded} | published.keys())]
    days = [_day_of(instant, notice, day) for instant in instants[1:]]
    for at, (instant, until) in enumerate(zip(instants, [*days, day], strict=True)):
        known_at = instant if at < len(days) else known_now(db)
        found = _first_other(db, notice, until, known_at)
        if found is not None:
            just_recorded = at == 0 or found.since <= days[at - 1]
            rows = [row for row in recorded if just_recorded and row.at == instant]
            from_day = published.get(instant) if just_recorded else None
            if found.begins and not rows:
                from_day = found.since
            through = rows or ([] if from_day else _with_result_on(recorded, found.since))
            brought = [*map(_row_words, through), *_new_values(found.program, found.since)]
            return _words(notice, found, brought + ([_rules_from(from_day)] if from_day else []))
    return None


def _published_since(db: Database, instant: str) -> Mapping[str, date]:
    """When a text of the rules was published after an instant, and from which day on it counts."""
    return {
        one.step.recorded_at: date.fromisoformat(one.effective_on)
        for one in publications(db, DEFAULT)
        if one.state == "published" and one.step and one.effective_on and one.step.recorded_at > instant
    }


def _rules_from(day: date) -> Words:
    return Words(f"自 {day} 起施行的规则修改", f"the change of the rules that counts from {day}")


def _day_of(instant: str, notice: Act, day: date) -> date:
    """The office's day of an instant: in a demonstration, where the day stands still, never after that."""
    here = datetime.fromisoformat(instant).astimezone(HERE).date()
    return min(day, max(here, date.fromisoformat(notice.done_on)))


def _first_other(db: Database, notice: Act, until: date, known_at: str) -> Other | None:
    """The first day from the notice on with another verdict than it rests on, by what was known at an instant."""
    first = date.fromisoformat(notice.done_on)
    try:
        gathered = gather(db, until, known_at, notice.subject)
    except Refused:  # corrected to be registered only later
        return Other(first, None)
    if int(gathered.goods.registered[0]) > day_number(first):
        return Other(first, None)
    for begins, ends, program in texts_between(db, day_number(first), day_number(until), known_at=known_at):
        good = one_good(gathered, program)
        for since, _, verdict in verdicts_over(good, notice.benefit, begins, ends):
            if verdict != notice.verdict:
                begun = day_number(first) < begins == since
                return Other(day_of(since), verdict, program, begun)
    return None


def _with_result_on(recorded: Sequence[Recorded], day: date) -> list[Recorded]:
    return [row for row in recorded if row.result_date == day.isoformat()]


def _new_values(program: Program | None, day: date) -> list[Words]:
    """The values of the rules that begin on a day, in words."""
    return [
        Words(
            f"参数“{parameter.title.zh}”自 {day} 起的新值",
            f'the value of "{parameter.title.en}" that begins on {day}',
        )
        for parameter in (program.parameters.values() if program else ())
        if any(value.since == day for value in parameter.values)
    ]


def _words(notice: Act, other: Other, brought: Sequence[Words]) -> Words:
    """The change in words, with what brought it about; nothing where the day or another programme did."""
    before = verdict_words(notice.verdict or "")
    after = verdict_words(other.verdict) if other.verdict else Words("不作判定", "no decision")
    by_itself = OTHER_RULES if other.since.isoformat() == notice.done_on else DAY_ALONE
    through = brought or [by_itself]
    zh, en = "、".join(words.zh for words in through), ", ".join(words.en for words in through)
    day = other.since.isoformat()
    return Words(
        f"告知以后建议由“{before.zh}”变为“{after.zh}”（按 {day} 判定），原因：{zh}。本案中止，只能终止办理。",
        f'After the notice the recommendation changed from "{before.en}" to "{after.en}" (as of {day}), through: {en}. '
        "The case is halted and can only be closed.",
    )


def _row_words(row: Recorded) -> Words:
    what = REGISTERS[row.register]
    zh, en = ("更正", "correction of") if row.version > 1 else ("新登记", "new")
    if row.conclusion is None:
        return Words(f"{zh}{what.zh} {row.key}", f"{en} {what.en} {row.key}")
    found = value_words(row.conclusion)
    return Words(f"{zh}{what.zh} {row.key}（{found.zh}）", f"{en} {what.en} {row.key} ({found.en})")
