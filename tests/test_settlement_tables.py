"""What the tables of settlements refuse to anybody who writes past the functions of the office."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from data import settings
from data.casework.ledger import next_id, record
from data.casework.settlements import Settlement, lines_of
from data.store import Database
from office.refusal import Refused
from office.subsidy.settling import confirm
from tests.casework import OTHER, REVIEWER
from tests.settling import SettlingOffice, shipment


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SettlingOffice]:
    opened = SettlingOffice(tmp_path / "office.db")
    yield opened
    opened.writer.close()


def header(db: Database, like: Settlement, **other: Any) -> dict[str, Any]:
    names = "program, digest, claimed_until, done_on, known_at, known_seq, parameters, engines, pool, lines, due, paid"
    row = db.execute(f"SELECT {names} FROM settlements WHERE id = ?", [like.id]).fetchone()
    kept = dict(zip(names.split(", "), row, strict=True))
    return {**kept, "id": next_id(db, "settlements"), "number": "结算〔2021〕9号", **other}


def line(db: Database, like: Settlement, **other: Any) -> dict[str, Any]:
    """The first line of a settlement once more, as a line of the next one."""
    first = next(lines_of(db, like.id))._asdict()
    new = {"id": next_id(db, "settlement_lines"), "settlement_id": next_id(db, "settlements")}
    return {**first, **new, **other}


def step(db: Database, found: Settlement, kind: str, **other: Any) -> dict[str, Any]:
    new = {"id": next_id(db, "settlement_steps"), "settlement_id": found.id, "kind": kind}
    return {**new, "done_on": "2021-04-30", **other}


def refuses(office: SettlingOffice, tables: Any, words: str, by: str = "周审核") -> None:
    """The rows that `tables` makes are refused, and nothing of them stays."""
    with pytest.raises(sqlite3.IntegrityError, match=words), office.writer.transaction() as db:
        record(db, "settlement", tables(db), at=office.clock(), by=by)


def test_no_second_draft_beside_an_open_one(office: SettlingOffice) -> None:
    office.ship(shipment("A1"))
    made = office.draft()
    refuses(office, lambda db: {"settlements": [header(db, made)]}, "one draft at a time")


def test_none_of_a_day_to_come(office: SettlingOffice) -> None:
    office.ship(shipment("A1"))
    made = office.settled()
    refuses(
        office, lambda db: {"settlements": [header(db, made, done_on="2021-05-01")]}, "none of a day to come"
    )


def test_no_claim_is_settled_twice(office: SettlingOffice) -> None:
    office.ship(shipment("A1"))
    made = office.settled()
    refuses(
        office,
        lambda db: {"settlements": [header(db, made)], "settlement_lines": [line(db, made)]},
        "settled once, then adjusted",
    )


@pytest.mark.parametrize(("change", "held"), [(-70, True), (-71, False)])
def test_no_more_is_taken_back_than_was_paid(office: SettlingOffice, change: int, held: bool) -> None:
    office.ship(shipment("A1"))
    made = office.settled()

    def tables(db: Database) -> dict[str, Any]:
        adjusts = next_id(db, "settlement_lines") - 1
        taken = {"kind": "adjustment", "due": 0, "capped": change, "paid": change, "adjusts": adjusts}
        return {
            "settlements": [header(db, made, paid=change)],
            "settlement_lines": [line(db, made, **taken)],
        }

    if not held:
        refuses(office, tables, "below nothing")
        return
    with office.writer.transaction() as db:
        record(db, "settlement", tables(db), at=office.clock(), by="李录入")


@pytest.mark.parametrize(
    "amounts",
    [
        {"paid": 71},
        {"capped": 71, "paid": 71},
        {"due": -1, "capped": -1, "paid": -1},
        {"verdict": "refused"},
        {"verdict": "cannot_decide"},
        {"verdict": "eligible"},
    ],
    ids=str,
)
def test_no_claim_is_paid_more_than_its_due_or_without_a_verdict(
    office: SettlingOffice, amounts: dict[str, Any]
) -> None:
    office.ship(shipment("A1"))
    made = office.draft()
    office.discard(made.number, "重做")
    refuses(
        office,
        lambda db: {"settlements": [header(db, made)], "settlement_lines": [line(db, made, **amounts)]},
        "CHECK|below nothing",
    )


def test_who_drafted_does_not_confirm_and_nothing_unchecked_is_confirmed(office: SettlingOffice) -> None:
    office.ship(shipment("A1"))
    made = office.draft()
    refuses(office, lambda db: {"settlement_steps": [step(db, made, "confirm")]}, "in this order")
    office.check(made.number)
    refuses(
        office, lambda db: {"settlement_steps": [step(db, made, "confirm")]}, "in this order", by=" 李录入"
    )


def test_what_is_confirmed_adds_up_and_stays_within_its_pool(office: SettlingOffice) -> None:
    office.ship(shipment("A1"))
    made = office.draft()
    office.discard(made.number, "重做")
    for other in ({"paid": 69}, {"lines": 2}, {"pool": 69}):

        def tables(db: Database, other: dict[str, int] = other) -> dict[str, Any]:
            rows = {"settlements": [header(db, made, **other)], "settlement_lines": [line(db, made)]}
            numbered = {**rows["settlements"][0], "number": f"结算〔2021〕{other}号"}
            return {**rows, "settlements": [numbered]}

        with office.writer.transaction() as db:
            rows = tables(db)
            record(db, "settlement", rows, at=office.clock(), by="李录入")
        number = rows["settlements"][0]["id"]
        with office.writer.transaction() as db:
            new = Settlement(**{**vars(made), "id": number})
            record(
                db,
                "settlement",
                {"settlement_steps": [step(db, new, "check")]},
                at=office.clock(),
                by="周审核",
            )
        refuses(office, lambda db, new=new: {"settlement_steps": [step(db, new, "confirm")]}, "adds up")
        with office.writer.transaction() as db:
            away = step(db, new, "discard", reason="不符")
            record(db, "settlement", {"settlement_steps": [away]}, at=office.clock(), by="周审核")


def test_two_who_confirm_at_the_same_time_one_succeeds_the_other_is_told(office: SettlingOffice) -> None:
    office.ship(shipment("A1"))
    number = office.draft().number
    office.check(number)
    with office.writer.transaction() as db:
        settings.make_demonstration(db, date(2021, 4, 30), at=office.clock(), by="示例")
    start, told = Barrier(2), []

    def try_it(doer: Any) -> None:
        start.wait()
        try:
            told.append(confirm(office.writer, number, doer=doer).state)
        except Refused as refused:
            told.append(refused.words.en)

    both = [Thread(target=try_it, args=(doer,)) for doer in (REVIEWER, OTHER)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(words.split(" ")[-1] for words in told) == ["changed.", "confirmed"]
    assert any("was confirmed by" in words for words in told)
