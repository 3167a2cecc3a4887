"""The desk: everything that waits on a day, with whose turn it is and since when. Today counts it, 待办 lists it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from data.casework.public_notices import notices
from data.casework.settlements import settlements
from data.people import Person
from data.store import Database
from office.answering import while_nothing_changes
from office.casework.desk_goods import tasks_of_goods
from office.casework.desk_tasks import KINDS, Task
from office.deciding import Answers
from office.notices.notice_steps import state_of


@dataclass(frozen=True)
class Waiting:
    """The tasks of one kind: how many, how many of them are this person's to do, and the longest wait in days."""

    kind: str
    count: int
    mine: int
    longest: int


@dataclass(frozen=True)
class Desk:
    """The tasks of a day: the most pressing kind first, within a kind the one that has waited longest."""

    day: date
    tasks: tuple[Task, ...]

    def waiting(self, person: Person) -> list[Waiting]:
        """The tasks counted by kind, in the order of KINDS; a kind without any is left out."""
        found = []
        for kind in KINDS:
            some = [task for task in self.tasks if task.kind == kind]
            if some:
                mine = sum(task.is_for(person) for task in some)
                found.append(Waiting(kind, len(some), mine, max(task.days for task in some)))
        return found


def desk(db: Database, answers: Answers) -> Desk:
    """Everything on the desk on the day of the answers."""
    return while_nothing_changes("desk", db, answers, lambda: _desk(db, answers))


def _desk(db: Database, answers: Answers) -> Desk:
    day, order = answers.gathered.as_of, {kind: place for place, kind in enumerate(KINDS)}
    tasks = [*tasks_of_goods(db, answers), *_of_settlements(db, day), *_of_notices(db, day)]
    return Desk(
        day, tuple(sorted(tasks, key=lambda task: (order[task.kind], task.since, task.about, task.benefit)))
    )


def _of_settlements(db: Database, day: date) -> Iterator[Task]:
    """The settlement that is neither confirmed nor discarded by the day."""
    for one in settlements(db):
        taken = {kind: date.fromisoformat(step.done_on) for kind, step in one.steps.items()}
        done = {kind for kind, on in taken.items() if on <= day}
        drafted = date.fromisoformat(one.done_on)
        if drafted <= day and not done & {"confirm", "discard"}:
            kind, since = (
                ("confirm_settlement", taken["check"]) if "check" in done else ("check_settlement", drafted)
            )
            yield Task(kind, one.number, since, (day - since).days, not_by=one.recorded_by)


def _of_notices(db: Database, day: date) -> Iterator[Task]:
    """The notices on the wall, those whose days are over, and the objections without an answer."""
    for posted in notices(db, day):
        state = state_of(posted, day)
        if state not in ("running", "ended"):
            continue
        for objection in posted.unanswered(day):
            yield Task("objection", posted.number, objection.done_on, (day - objection.done_on).days)
        if state == "running":
            since = posted.posted_on
            yield Task("notice_running", posted.number, since, (day - since).days, until=posted.ends_on)
        else:
            since = posted.ends_on + timedelta(days=1)
            yield Task("notice_ended", posted.number, since, (day - since).days)
