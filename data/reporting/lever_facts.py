"""What levers stand at before anybody moves them: training offered and taken up, applications for certificates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from data.versions import END_OF_TIME, known


@dataclass(frozen=True)
class Offered:
    """Training sessions that ended in a period: how many, their places together, who came (person-times)."""

    sessions: int
    places: int
    attended: int


@dataclass(frozen=True)
class Application:
    """An application for a certificate with what became of it; `applied_on` None: only its issue is known."""

    applied_on: date | None
    issued_on: date | None
    withdrawn_on: date | None
    renewal: bool


def training_offered(db: Database, after: date, until: date, known_at: str | None = None) -> Offered:
    """The sessions that ended after one day and by another."""
    of_session = (
        "(SELECT count(*) FROM attendances WHERE attendances.training_session_entity = training_sessions.entity"
        f" AND {known('attendances')})"
    )
    sql = (
        f"SELECT count(*), coalesce(sum(places), 0), coalesce(sum({of_session}), 0) FROM training_sessions"
        f" WHERE {known('training_sessions')} AND ends_on > :after AND ends_on <= :until"
    )
    asked = {"k": known_at or END_OF_TIME, "after": after.isoformat(), "until": until.isoformat()}
    return Offered(*db.execute(sql, asked).fetchone())


def applications(
    db: Database, kinds: Sequence[str], day: date, known_at: str | None = None
) -> tuple[Application, ...]:
    """Every application of these kinds made, or certificate issued, by a day; the oldest first. What came later is not known."""
    marks = ", ".join(f":kind{at}" for at in range(len(kinds)))
    sql = (
        "SELECT applied_on, issued_on, withdrawn_on, renewal_of IS NOT NULL FROM certifications"
        f" WHERE {known('certifications')} AND kind IN ({marks})"
        " AND coalesce(applied_on, issued_on) <= :day ORDER BY coalesce(applied_on, issued_on), certificate_no"
    )
    asked = {f"kind{at}": kind for at, kind in enumerate(kinds)}
    rows = db.execute(sql, {"k": known_at or END_OF_TIME, "day": day.isoformat(), **asked}).fetchall()
    return tuple(
        Application(_by(applied, day), _by(issued, day), _by(withdrawn, day), bool(renewal))
        for applied, issued, withdrawn, renewal in rows
    )


def _by(written: str | None, day: date) -> date | None:
    found = date.fromisoformat(written) if written else None
    return found if found is not None and found <= day else None
