"""What was done with personal data: shown, handed to its household, wished to be corrected, and what became of that."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from sqlite_utils import Database

KINDS = ("show", "extract", "ask", "correct", "decline")
ANSWERS = ("correct", "decline")


@dataclass(frozen=True)
class PersonalStep:
    """One step. `register` is where it was, `fields` what (names of columns, or the words of a wish), `rows` of how many."""

    id: int
    kind: str
    register: str
    household_no: str | None
    fields: str
    rows: int
    answers: int | None
    reason: str
    done_on: str
    recorded_at: str
    recorded_by: str


@dataclass(frozen=True)
class StepsAsked:
    """What the log is asked for; an empty value asks nothing. `since` and `until` are ISO days, both included."""

    kind: str = ""
    by: str = ""
    household: str = ""
    since: str = ""
    until: str = ""


_COLUMNS = ", ".join(field.name for field in fields(PersonalStep))


def steps(
    db: Database, asked: StepsAsked | None = None, *, first: int = 0, most: int = -1
) -> list[PersonalStep]:
    """The steps asked for, the newest first."""
    where, bind = _where(asked or StepsAsked())
    sql = f"SELECT {_COLUMNS} FROM personal_steps{where} ORDER BY id DESC LIMIT :most OFFSET :first"
    return [PersonalStep(*row) for row in db.execute(sql, {**bind, "most": most, "first": first})]


def steps_counted(db: Database, asked: StepsAsked) -> int:
    """How many they are."""
    where, bind = _where(asked)
    return int(db.execute(f"SELECT count(*) FROM personal_steps{where}", bind).fetchone()[0])


def step(db: Database, number: int) -> PersonalStep | None:
    """One step by its number."""
    row = db.execute(f"SELECT {_COLUMNS} FROM personal_steps WHERE id = ?", [number]).fetchone()
    return PersonalStep(*row) if row else None


def heads_of(db: Database, found: Iterable[PersonalStep]) -> dict[str, list[str]]:
    """Every name that the heads of the steps' households were registered under, by household, longest first."""
    numbers = sorted({one.household_no for one in found if one.household_no})
    sql = (
        "SELECT DISTINCT household_no, head_name FROM households"
        " WHERE household_no IN (SELECT value FROM json_each(?)) ORDER BY length(head_name) DESC, head_name"
    )
    heads: dict[str, list[str]] = {}
    for number, name in db.execute(sql, [json.dumps(numbers)]):
        heads.setdefault(number, []).append(name)
    return heads


def open_wishes(db: Database) -> list[PersonalStep]:
    """Wishes for correction that nobody has answered, the oldest first."""
    sql = (
        f"SELECT {_COLUMNS} FROM personal_steps AS asked WHERE kind = 'ask'"
        " AND NOT EXISTS (SELECT 1 FROM personal_steps WHERE answers = asked.id) ORDER BY id"
    )
    return [PersonalStep(*row) for row in db.execute(sql)]


def answer_to(db: Database, wish: int) -> PersonalStep | None:
    """What became of a wish."""
    row = db.execute(f"SELECT {_COLUMNS} FROM personal_steps WHERE answers = ?", [wish]).fetchone()
    return PersonalStep(*row) if row else None


def who_did(db: Database) -> list[str]:
    """Everybody in the log, by name."""
    return [row[0] for row in db.execute("SELECT DISTINCT recorded_by FROM personal_steps ORDER BY 1")]


def _where(asked: StepsAsked) -> tuple[str, dict[str, str]]:
    parts = dict(_parts(asked))
    where = " WHERE " + " AND ".join(parts) if parts else ""
    bind = {
        "kind": asked.kind,
        "by": asked.by,
        "household": asked.household,
        "since": asked.since,
        "until": asked.until,
    }
    return where, bind


def _parts(asked: StepsAsked) -> Iterator[tuple[str, str]]:
    for condition, value in (
        ("kind = :kind", asked.kind),
        ("recorded_by = :by", asked.by),
        ("household_no = :household", asked.household),
        ("done_on >= :since", asked.since),
        ("done_on <= :until", asked.until),
    ):
        if value:
            yield condition, value
