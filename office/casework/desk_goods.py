"""The desk's goods: where what is in force differs from what the rules recommend, and the cases under way.

Everything is worked out as arrays over the goods of the day's answers; only what waits becomes a task.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from data.casework.acts import acts_of_case
from data.casework.desk import CaseSteps, goods_with_an_act_ahead, overridden_verdicts
from data.casework.packaging import held_by_goods
from data.store import Database
from office.casework.cases import HANDED_BACK, last_case
from office.casework.desk_tasks import Task
from office.casework.goods_in_force import GoodsInForce, Held, goods_in_force
from office.casework.in_force import STATES
from office.days import day_number, day_of
from office.deciding import Answers
from office.gathering import as_goods, as_samples
from office.nearness import REVOKED
from office.programs import in_force_since, values_in_force
from office.worklist import ELIGIBLE, has_verdict
from rules.history import Bools, Ints
from rules.since import standing_since

NONE, WITHHELD, TAKEN, GRANTED = (STATES.index(name) for name in ("none", "withheld", "revoked", "granted"))

Texts = np.ndarray


@dataclass(frozen=True)
class _Day:
    """The answers of a day with everything that the tasks of its goods are made of."""

    answers: Answers
    goods: GoodsInForce
    holding: set[str]  # goods that packaging was handed to and that still hold some
    waits: Mapping[str, Texts]  # per benefit the kind of task of each good, "" where nothing waits

    @property
    def on(self) -> date:
        return self.answers.gathered.as_of


def tasks_of_goods(db: Database, answers: Answers) -> list[Task]:
    """Every task about a good on the day of the answers."""
    found = goods_in_force(db, answers)
    waits = {benefit: _waits(db, answers, benefit, held) for benefit, held in found.held.items()}
    day = _Day(answers, found, set(held_by_goods(db, day=answers.gathered.as_of)), waits)
    stood = _stood(day)
    differences = [task for benefit in found.held for task in _differences(day, benefit, stood[benefit])]
    return [*_of_cases(db, day, stood), *differences]


def _waits(db: Database, answers: Answers, benefit: str, held: Held) -> Texts:
    """What waits for each good for which no case is under way and no act begins later."""
    eligible, revoked = has_verdict(answers, benefit, ELIGIBLE), has_verdict(answers, benefit, REVOKED)
    none, granted = held.state == NONE, held.state == GRANTED
    kinds = {
        "confirm": (none | (held.state == WITHHELD)) & eligible,
        "withhold": none & revoked,
        "reinstate": (held.state == TAKEN) & eligible,
        "propose": granted & revoked,
        "reconsider": granted & ~revoked & ~eligible,
    }
    found = np.select(list(kinds.values()), list(kinds), default="").astype(object)
    found[(found != "") & _overridden(db, answers, benefit, held)] = "override"
    ahead = goods_with_an_act_ahead(db, benefit, answers.gathered.as_of)
    found[held.under_way | np.isin(answers.gathered.goods.entity, ahead)] = ""
    return found


def _overridden(db: Database, answers: Answers, benefit: str, held: Held) -> Bools:
    """Where the office went against the very verdict that the rules still give."""
    then, found = overridden_verdicts(db, benefit), np.zeros(held.state.size, dtype=bool)
    places, better = np.flatnonzero(held.overrides), answers.program.better
    for at, act in zip(places.tolist(), held.act[places].tolist(), strict=True):
        found[at] = then.get(act) == better[answers.judged.verdicts[benefit][at]]
    return found


def _stood(day: _Day) -> dict[str, Ints]:
    """Per benefit and good since when the verdict has stood, though not from before the act in force (a day number);
    only for goods about which something waits."""
    answers, gathered = day.answers, day.answers.gathered
    under_way = [
        day.goods.places[case.good_entity] for case in day.goods.cases if case.good_entity in day.goods.places
    ]
    waits = np.logical_or.reduce([kinds != "" for kinds in day.waits.values()])
    waits[under_way] = True
    asked = np.flatnonzero(waits)
    acted = np.minimum.reduce([held.since[asked] for held in day.goods.held.values()])
    first = np.maximum(gathered.goods.registered[asked], day_number(in_force_since(answers.program)))
    since = standing_since(
        answers.program,
        as_goods(gathered.goods, day.on),
        as_samples(gathered.samples),
        asked,
        np.maximum(first, acted),
        day_number(day.on),
        lambda number: values_in_force(answers.program, day_of(number)),
    )
    found = {benefit: held.since.copy() for benefit, held in day.goods.held.items()}
    for benefit, column in found.items():
        column[asked] = np.maximum(column[asked], since[benefit])
    return found


def _differences(day: _Day, benefit: str, stood: Ints) -> Iterator[Task]:
    """The tasks of goods for which no case is under way."""
    kinds = day.waits[benefit]
    for at in np.flatnonzero(kinds != "").tolist():
        yield _task(day, kinds[at], benefit, at, since=day_of(int(stood[at])))


def _of_cases(db: Database, day: _Day, stood: Mapping[str, Ints]) -> Iterator[Task]:
    """The next step of every good's newest case, or what is left to do after its decision."""
    newest = {(case.good_entity, case.benefit): case for case in day.goods.cases}
    for case in newest.values():
        at = day.goods.places.get(case.good_entity, -1)
        if case.is_open:
            turned = day_of(int(stood[case.benefit][at])) if at >= 0 else day.on
            kind, since, until = _next(db, case, turned, day.on)
            proposer = case.notified_by if kind == "decide" else ""
            yield _task(
                day, kind, case.benefit, at, since=since, until=until, not_by=proposer, about=case.subject
            )
        elif case.revoked_on:
            for kind, told in _left(day, case, at):
                yield _task(day, kind, case.benefit, at, since=_day(told), about=case.subject)


def _next(db: Database, steps: CaseSteps, turned: date, on: date) -> tuple[str, date, date | None]:
    """The kind of the next step of an open case, since when it waits, and the end of a period that still runs.

    `turned`: since when the verdict of the day has stood, which is when a halted case halted, or the day of its notice.
    """
    notified = _day(steps.notified_on)
    acts = [act for act in acts_of_case(db, steps.id) if act.done_on <= on.isoformat()]
    case = last_case(db, acts, on)
    if case is None or case.next_step == "stop":
        return "halted", max(turned, notified), None
    if case.delivered_on is None or case.defence is None:
        return "deliver", notified, None
    if case.wait_until:
        return "wait", case.delivered_on, case.wait_until
    after = case.defence.until + timedelta(days=1)
    return ("decide", max(_day(steps.heard_on), after), None) if steps.heard_on else ("hear", after, None)


def _left(day: _Day, case: CaseSteps, at: int) -> Iterator[tuple[str, str]]:
    """What a decided case still asks for, and since when. What is granted again is not handed back."""
    if case.revoked_on and not case.decision_delivered_on:
        yield "deliver_decision", case.revoked_on
    again = at >= 0 and day.goods.held[case.benefit].state[at] == GRANTED
    if case.benefit == HANDED_BACK and case.subject in day.holding and not again:
        if case.recovered_on:
            yield "collect", case.recovered_on
        elif case.effective_on and _day(case.effective_on) <= day.on:
            yield "recover", case.effective_on


def _task(
    day: _Day, kind: str, benefit: str, at: int, *, since: date, about: str = "", **more: object
) -> Task:
    state = STATES[day.goods.held[benefit].state[at]] if at >= 0 else ""
    subject = about or str(day.answers.subjects[at])
    days = (day.on - since).days
    return Task(kind, subject, since, days, benefit, state, _verdict(day, benefit, at), **more)  # type: ignore[arg-type]


def _verdict(day: _Day, benefit: str, at: int) -> str:
    answers = day.answers
    return answers.program.better[answers.judged.verdicts[benefit][at]] if at >= 0 else ""


def _day(text: str) -> date:
    return date.fromisoformat(text)
