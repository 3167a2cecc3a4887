"""Readings of the office: confirmed for what they said then, lapsed when it changes, never touching what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from sqlite3 import DatabaseError

import pytest

from data.integrity import check
from data.rulekeeping.confirmations import confirmations
from data.store import Database, Writer, open_writer, reading
from office.casework.asked import Doer
from office.cited import Chapter
from office.programs import program_named
from office.refusal import Refused
from office.rule_book import chapters, cited_parts
from office.rulekeeping.confirming import Asked, Wish, enter, not_looked_at
from office.rulekeeping.readings import Reading, readings_on, standing_words, status_counts
from office.rulekeeping.said_of_readings import said_of
from rules.program import DatedValue, Program
from tests.conftest import WORKING_DAY

REVIEWER, CLERK = Doer("demo-reviewer"), Doer("demo-clerk")
PROGRAM = program_named()
BOOK = chapters()
VALIDITY = Asked("produce-support", "parameter:inspection_validity_days")
RECENT = Asked("produce-support", "condition:inspected_recently@logistics")
ON = date(2021, 9, 20)


@pytest.fixture
def writer(people_db: Path) -> Iterator[Writer]:
    with open_writer(people_db) as one:
        yield one


def wish(*parts: Asked, kind: str = "confirm", **other: object) -> Wish:
    said = {"confirmed_by": "示例组长", "confirmed_on": ON, "document_no": "示例〔2021〕5号"}
    return Wish(kind, parts or (VALIDITY,), **{**(said if kind == "confirm" else {}), **other})  # type: ignore[arg-type]


def one(
    db: Database, asked: Asked = VALIDITY, day: date = WORKING_DAY, book: tuple[Chapter, ...] = BOOK
) -> Reading:
    return next(r for r in readings_on(db, book, day) if (r.file, r.key) == (asked.file, asked.part))


def changed(program: Program, since: date, value: int) -> tuple[Chapter, ...]:
    """The book with another value of the validity from a day on."""
    parameter = program.parameters["inspection_validity_days"]
    newer = replace(parameter, values=(*parameter.values, DatedValue(since, value)))
    other = replace(program, parameters={**program.parameters, parameter.name: newer})
    return (Chapter(other.title, other.program, cited_parts(other), other), *BOOK[1:])


def test_every_part_has_a_key_of_its_own_within_its_file() -> None:
    keys = [(chapter.file, part.key) for chapter in BOOK for part in chapter.parts]
    assert len(keys) == len(set(keys))
    assert {chapter.file for chapter in BOOK} >= {"produce-support", "procedure", "targets", "assessment"}


def test_nothing_is_confirmed_at_first(writer: Writer) -> None:
    with reading(writer.path) as db:
        found = readings_on(db, BOOK, WORKING_DAY)
    assert status_counts(found) == {"confirmed": 0, "changed": 0, "pending": len(found)}
    assert len(found) == sum(len(chapter.to_confirm) for chapter in BOOK)


def test_a_confirmation_says_who_when_and_by_which_document(writer: Writer) -> None:
    (found,) = enter(writer, wish(), BOOK, doer=REVIEWER)
    assert found.status == "confirmed" and found.looked_on == WORKING_DAY
    assert standing_words(found).zh == "已确认（示例〔2021〕5号，2021-09-20）"
    entry = found.confirmation
    assert entry is not None and (entry.confirmed_by, entry.recorded_by) == ("示例组长", "示例审核员")


def test_one_document_confirms_several_readings_in_one_entry(writer: Writer) -> None:
    with writer.transaction() as db:
        before = db.execute("SELECT max(seq) FROM chain").fetchone()[0]
    enter(writer, wish(VALIDITY, RECENT), BOOK, doer=REVIEWER)
    with reading(writer.path) as db:
        assert db.execute("SELECT max(seq) FROM chain").fetchone()[0] == before + 1
        assert [c.part for c in confirmations(db)] == [VALIDITY.part, RECENT.part]
        assert check(db) == []


def test_it_counts_from_the_day_on_which_the_group_gave_it(writer: Writer) -> None:
    enter(writer, wish(), BOOK, doer=REVIEWER)
    with reading(writer.path) as db:
        assert one(db, day=date(2021, 9, 19)).status == "pending"
        assert one(db, day=ON).status == "confirmed"


def test_a_new_value_makes_it_lapse_from_the_day_on_which_it_counts(writer: Writer) -> None:
    enter(writer, wish(), BOOK, doer=REVIEWER)
    book = changed(PROGRAM, date(2021, 9, 25), 120)
    with reading(writer.path) as db:
        assert one(db, day=date(2021, 9, 24), book=book).status == "confirmed"
        assert one(db, day=date(2021, 9, 25), book=book).status == "changed"
        assert one(db, RECENT, book=book).status == "pending"


def test_other_words_or_another_test_make_it_lapse_but_not_another_translation(writer: Writer) -> None:
    part = next(p for p in BOOK[0].parts if p.key == RECENT.part)
    says = part.stated(WORKING_DAY)
    assert replace(part, citation=replace(part.citation, note="另有说明")).stated(WORKING_DAY) != says
    assert replace(part, text=replace(part.text, zh="别的")).stated(WORKING_DAY) != says
    assert replace(part, asks={"test": "别的"}).stated(WORKING_DAY) != says
    assert replace(part, text=replace(part.text, en="other")).stated(WORKING_DAY) == says


def test_what_changed_since_it_was_seen_is_not_confirmed(writer: Writer) -> None:
    with pytest.raises(Refused, match="says something else"):
        enter(writer, wish(replace(VALIDITY, seen="0" * 64)), BOOK, doer=REVIEWER)
    with reading(writer.path) as db:
        assert confirmations(db) == []


def test_a_mistaken_confirmation_is_withdrawn_with_a_reason_and_can_be_given_again(writer: Writer) -> None:
    with pytest.raises(Refused, match="nothing to withdraw"):
        enter(writer, wish(kind="withdraw", remark="记错了"), BOOK, doer=REVIEWER)
    enter(writer, wish(), BOOK, doer=REVIEWER)
    with pytest.raises(Refused, match="confirmed already"):
        enter(writer, wish(), BOOK, doer=REVIEWER)
    with pytest.raises(Refused, match="say why"):
        enter(writer, wish(kind="withdraw"), BOOK, doer=REVIEWER)
    (found,) = enter(writer, wish(kind="withdraw", remark="记错了"), BOOK, doer=REVIEWER)
    assert found.status == "pending" and found.confirmation is None
    assert enter(writer, wish(), BOOK, doer=REVIEWER)[0].status == "confirmed"


def test_looking_again_confirms_nothing_and_is_remembered(writer: Writer) -> None:
    (found,) = enter(writer, wish(kind="look"), BOOK, doer=REVIEWER)
    assert found.status == "pending" and found.looked_on == WORKING_DAY
    assert not not_looked_at(found, date(2022, 9, 30), 365)
    assert not_looked_at(found, date(2022, 10, 1), 365)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"confirmed_by": " "}, "who of the leading group"),
        ({"document_no": ""}, "the document's number is needed"),
        ({"confirmed_on": None}, "on which day"),
        ({"confirmed_on": date(2021, 10, 1)}, "lies after today"),
        ({"kind": "decree"}, "there is no"),
        ({"confirmed_by": "65312819900101123X"}, "."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(
    writer: Writer, other: dict[str, object], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        enter(writer, replace(wish(), **other), BOOK, doer=REVIEWER)  # type: ignore[arg-type]
    with reading(writer.path) as db:
        assert confirmations(db) == []


def test_only_a_reviewer_enters_it(writer: Writer) -> None:
    with pytest.raises(Refused, match="only reviewer"):
        enter(writer, wish(), BOOK, doer=CLERK)


def test_an_unknown_part_and_none_at_all_are_refused(writer: Writer) -> None:
    with pytest.raises(Refused, match="there is no reading"):
        enter(writer, wish(Asked("targets", "goal:none")), BOOK, doer=REVIEWER)
    with pytest.raises(Refused, match="choose the readings"):
        enter(writer, replace(wish(), parts=()), BOOK, doer=REVIEWER)


def test_entries_are_never_changed_or_taken_away(writer: Writer) -> None:
    enter(writer, wish(), BOOK, doer=REVIEWER)
    for sql in ("UPDATE confirmations SET remark = 'x'", "DELETE FROM confirmations"):
        with pytest.raises(DatabaseError), writer.transaction() as db:
            db.execute(sql)


def test_a_slip_says_what_was_confirmed_only_as_far_as_it_was_known(writer: Writer) -> None:
    enter(writer, wish(VALIDITY, RECENT), BOOK, doer=REVIEWER)
    with reading(writer.path) as db:
        known = said_of(db, PROGRAM, WORKING_DAY)
        assert known[RECENT.part].stands and "领导小组已确认（示例〔2021〕5号" in known[RECENT.part].words.zh
        assert said_of(db, PROGRAM, WORKING_DAY, "2021-01-01T00:00:00.000000Z") == {}
        lapsed = said_of(db, changed(PROGRAM, ON, 90)[0].program or PROGRAM, WORKING_DAY)
        assert not lapsed[VALIDITY.part].stands and "确认后已变" in lapsed[VALIDITY.part].words.zh
