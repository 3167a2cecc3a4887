"""What people did, looked through again: whether each case kept the periods and the second person that were due.

The tables refuse most of it already. The calendar of working days and every spelling of a name are known only here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from data.auditing.replaying import refused_now
from data.casework.acts import Act, cases_with_steps
from data.chain import Difference
from data.integrity import check as check_records
from data.store import Database
from data.words import Words
from office.casework.doers import same_person
from office.casework.working_days import nth_working_day_after


def check(db: Database, anchor: tuple[int, str] | None = None) -> list[Difference]:
    """What does not hold before anything is decided again: the records, and once they hold, what people did."""
    return check_records(db, anchor) or [*refused_now(db), *cases_again(db)]


def cases_again(db: Database) -> Iterator[Difference]:
    """Steps that came too early, or were taken by the person who proposed them."""
    for notice, *steps in cases_with_steps(db):
        for step in steps:
            if step.kind == "deliver":
                yield from _period(notice, step)
            elif step.kind == "revoke" and same_person(db, notice.recorded_by, step.recorded_by):
                yield _of(
                    step,
                    f"作出决定的“{step.recorded_by}”与发出告知书的“{notice.recorded_by}”（处理 {notice.id}）是同一人。",
                    f'"{step.recorded_by}" who decided is the person who proposed it as "{notice.recorded_by}"'
                    f" (act {notice.id}).",
                )


def _period(notice: Act, delivered: Act) -> Iterator[Difference]:
    """The defence period may end later than the calendar gives, not earlier."""
    from_day, period = (
        date.fromisoformat(delivered.delivered_on or ""),
        notice.details["defence_working_days"],
    )
    least = from_day + timedelta(days=period)
    if delivered.details.get(
        "certain", True
    ):  # else counted Monday to Friday, before the holidays were announced
        least = nth_working_day_after(from_day, period).until
    if (delivered.defence_until or "") < least.isoformat():
        yield _of(
            delivered,
            f"申辩期记到 {delivered.defence_until}，按 {period} 个工作日应不早于 {least}。",
            f"The defence period is recorded until {delivered.defence_until}; {period} working days end on {least}.",
        )


def _of(act: Act, zh: str, en: str) -> Difference:
    return Difference(f"acts {act.id}", Words(zh, en))
