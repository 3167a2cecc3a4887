"""What the invented office of the demonstration did, day by day, through the same functions as a real one.

The registers' batches and the office's own doings are told in one order of time, each at its own instant and on its
own day, so that every act rests on what was known then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from data.casework.public_notices import grants_unpublished
from data.people import DEMONSTRATION_PEOPLE
from data.seed import packaging_slips
from data.seed.calendar import WORKING_DAY
from data.seed.case_stories import ALONE, CASES, CLERK, FIRST_YEAR, HEAD, REVIEWER, Case, Step
from data.seed.county import County
from data.seed.packaging_slips import slips
from data.seed.shipping import SETTLED_UNTIL
from data.seed.townships import townships
from data.store import Database
from office.casework.acting import PlainCase, act_in, bulk_grant_in, bulk_preview, standing
from office.casework.asked import Asked, Doer
from office.demonstration_reports import told_reports
from office.demonstration_rules import told_rules
from office.notices import notice_steps, publishing
from office.recording import decided_at, record_in
from office.stores.packaging import Line, Slip, move_in
from office.subsidy import settling

BENEFITS = ("packaging", "logistics")
SECOND_YEAR, LAST_RECORD = date(2021, 6, 30), date(2021, 8, 31)
PILOT = "示例：首批试点户，上次检验刚过有效期，已约好重检"
POOL = 300_000  # 分, shared by what was claimed by August; a small county does not use it up
PHONE, PLACE = "0000-0000000（示例）", "示例公告栏：县电商办公室门口、各村村委会"

NAMES = {login: name for login, name, _role in DEMONSTRATION_PEOPLE}

Do = Callable[[Database, datetime, date], None]


class Doing(NamedTuple):
    """Something the office did at an instant, told on the office's day then."""

    at: datetime
    day: date
    do: Do


def doings(county: County) -> list[Doing]:
    """Everything in order of time; of one day the decisions about all goods come first."""
    told = [(FIRST_YEAR, _first_grants(county)), (SECOND_YEAR, _second_grants), (LAST_RECORD, _last_grants)]
    told += [
        *_packaging(county),
        *_cases(county),
        *_settlements(county),
        *_notices(),
        *told_reports(),
        *told_rules(),
    ]
    ordered = sorted(told, key=lambda one: one[0])
    return [Doing(_instant(day, nth), day, do) for nth, (day, do) in enumerate(ordered)]


def _instant(day: date, nth: int) -> datetime:
    """Late in an afternoon at the office, after the day's entries; what comes later is a second later."""
    return datetime(day.year, day.month, day.day, 9, nth // 60 % 60, nth % 60, tzinfo=UTC)


# ---- granting ----


def _first_grants(county: County) -> Do:
    """In the first year: those who ship, and the goods that later cases are about."""
    first = county.granted_first()

    def grant(db: Database, at: datetime, day: date) -> None:
        _grant(db, at, day, lambda case: case.subject in first)
        for case in (*CASES, *ALONE):
            if case.steps[0].kind == "notify":
                _grant_alone(db, county, case, at, day)

    return grant


def _second_grants(db: Database, at: datetime, day: date) -> None:
    """In the second year: every plain case."""
    _grant(db, at, day, lambda case: True)


def _last_grants(db: Database, at: datetime, day: date) -> None:
    """What became eligible since is granted in the first townships and waits in the others."""
    places = {row["township_name"] for row in townships()[:3]}
    _grant(db, at, day, lambda case: case.township in places)


def _grant(db: Database, at: datetime, day: date, chosen: Callable[[PlainCase], bool]) -> None:
    """Decide and record everything, and grant the plain cases that were chosen."""
    answers = decided_at(db, day, at)
    record_in(db, answers, by=NAMES[REVIEWER], at=at)
    for benefit in BENEFITS:
        plain = bulk_preview(db, benefit, day, answers=answers).cases
        if subjects := [case.subject for case in plain if chosen(case)]:
            bulk_grant_in(db, benefit, subjects, doer=Doer(REVIEWER), at=at, day=day)


def _grant_alone(db: Database, county: County, case: Case, at: datetime, day: date) -> None:
    """What a later case is about is granted too where it was no plain case."""
    if (subject := _subject(county, case)) is None:
        return
    stands = standing(db, subject, case.benefit, day)
    if stands.in_force.state == "none":
        against = stands.may["grant"].only_as_override
        asked = Asked("grant", subject, case.benefit, reason=PILOT if against else None, override=against)
        act_in(db, asked, doer=Doer(REVIEWER), at=at, day=day)


# ---- single goods ----


def _cases(county: County) -> Iterator[tuple[date, Do]]:
    for case in (*CASES, *ALONE):
        if (subject := _subject(county, case)) is not None:
            for step in case.steps:
                yield step.on, _act(step, subject, case.benefit)


def _subject(county: County, case: Case) -> str | None:
    """The good that a case is about; None in a county too small to have its story."""
    goods = county.of_story(case.good)
    return goods[0].subject if goods else None


def _act(step: Step, subject: str, benefit: str) -> Do:
    asked = Asked(
        step.kind,
        subject,
        benefit,
        reason=step.reason,
        override=step.override,
        effective_on=step.effective_on,
        delivered_on=step.delivered_on,
        how=step.how,
        to=step.to,
        text=step.text,
    )

    def act(db: Database, at: datetime, day: date) -> None:
        act_in(db, asked, doer=Doer(step.by), at=at, day=day)

    return act


# ---- packaging ----


def _packaging(county: County) -> Iterator[tuple[date, Do]]:
    for slip in slips(county):
        yield slip.on, _move(slip)


def _move(told: packaging_slips.Slip) -> Do:
    lines = tuple(Line(code, quantity) for code, quantity in told.lines)
    slip = Slip(told.kind, lines, told.place, told.to_place, told.subject, told.reason)

    def move(db: Database, at: datetime, day: date) -> None:
        move_in(db, slip, doer=Doer(told.by), at=at, day=day)

    return move


# ---- settlements ----


def _settlements(county: County) -> Iterator[tuple[date, Do]]:
    """One of everything claimed by August, confirmed and still on the wall; one that waits to be checked."""
    if county.shippers:
        yield SETTLED_UNTIL, _settle
        yield from _notice("settlement", date(2021, 9, 27))
        yield WORKING_DAY, _draft


def _settle(db: Database, at: datetime, day: date) -> None:
    number = settling.draft_in(db, day, POOL, doer=Doer(CLERK), at=at, day=day).number
    settling.check_in(db, number, doer=Doer(REVIEWER), at=at, day=day)
    settling.confirm_in(db, number, doer=Doer(HEAD), at=at, day=day)


def _draft(db: Database, at: datetime, day: date) -> None:
    settling.draft_in(db, day, None, doer=Doer(CLERK), at=at, day=day)


# ---- public notices ----

OBJECTION = ("objection", "示例异议：公告栏第一行的户后来搬到了别的村，应核对", CLERK)
ANSWER = ("answer", "示例答复：已核对户口登记，仍在原村，公示内容无误", REVIEWER)
CLOSED = ("close", "", CLERK)


def _notices() -> Iterator[tuple[date, Do]]:
    """One over with an objection that was answered, one over without."""
    first = ((date(2020, 7, 8), OBJECTION), (date(2020, 7, 10), ANSWER), (date(2020, 7, 13), CLOSED))
    yield from _notice("packaging", date(2020, 7, 6), *first)
    yield from _notice("packaging", date(2021, 7, 5), (date(2021, 7, 12), CLOSED))


def _notice(
    kind: str, posted_on: date, *steps: tuple[date, tuple[str, str, str]]
) -> Iterator[tuple[date, Do]]:
    """A notice and its steps; in a county in which nothing was granted meanwhile there is none."""
    posted: list[str] = []

    def post(db: Database, at: datetime, day: date) -> None:
        if kind == "settlement" or grants_unpublished(db, None, day):
            asked = publishing.Asked(kind)
            new = publishing.post_in(db, asked, doer=Doer(CLERK), phone=PHONE, place=PLACE, at=at, day=day)
            posted.append(new.number)

    def step(kind: str, text: str, by: str) -> Do:
        def take(db: Database, at: datetime, day: date) -> None:
            for number in posted:
                objection = notice_steps.notice_numbered(db, number).step("objection")
                about = objection.id if kind == "answer" and objection else None
                wish = notice_steps.Wish(kind, number, text, about)
                notice_steps.take_in(db, wish, doer=Doer(by), at=at, day=day)

        return take

    yield posted_on, post
    for day, told in steps:
        yield day, step(*told)
