"""A programme is published by two people for a day to come; what was decided, and the days before, stay as they were."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.canonical import instant_text
from data.integrity import check
from data.rulekeeping.publications import publications, texts_in_force
from data.store import Database, Writer, open_writer
from office.casework.asked import Doer
from office.days import day_number
from office.deciding import decide_all
from office.gathering import gather
from office.programs import program_in_force, program_named, texts_between, values_in_force
from office.recording import decided_at, record_in
from office.refusal import Refused
from office.rulekeeping import publishing
from office.rulekeeping.publishing import Proposal, drop, propose, publish, publish_baseline
from rules.load import load
from tests.entering import enter, enter_county, new_writer, sample

TODAY = date(2021, 6, 1)
LATER = date(2021, 7, 1)
CLERK, REVIEWER = Doer("甲", "clerk"), Doer("乙", "reviewer")
VALID = 'values  = [{ from = 2020-03-16, value = 180, note = "方案只说“定期”，没有写天数" }]'


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def text(days: int = 90, since: date = LATER) -> str:
    """The programme with another validity from a day on."""
    old = program_named().text
    assert old.count(VALID) == 1
    more = VALID.removesuffix(" }]") + f" }}, {{ from = {since}, value = {days} }}]"
    return old.replace(VALID, more)


@pytest.fixture
def writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Writer]:
    """A county whose office has published what comes with the software; its clock stands on TODAY."""
    monkeypatch.setattr(publishing, "now", lambda: at(TODAY))
    with new_writer(tmp_path / "office.db") as found:
        enter_county(found)
        enter(found, "inspections", [sample("S1", "2021-05-01")])
        with found.transaction() as db:
            publish_baseline(db, at=at(TODAY), day=TODAY)
        yield found


def digest_on(db: Database, day: date, known_at: str | None = None) -> str:
    return program_in_force(db, day, known_at=known_at).digest


def published(writer: Writer, wish: str | None = None, since: date = LATER) -> str:
    found = propose(writer, Proposal(wish or text(since=since), since, "试行"), doer=CLERK)
    return publish(writer, found.id, "示例〔2021〕1号", doer=REVIEWER).digest


def test_before_anything_is_published_the_file_decides_and_afterwards_its_text(tmp_path: Path) -> None:
    with new_writer(tmp_path / "office.db") as found, found.transaction() as db:
        assert digest_on(db, TODAY) == program_named().digest
        assert publish_baseline(db, at=at(TODAY), day=TODAY) != ()
        assert publish_baseline(db, at=at(TODAY), day=TODAY) == ()
        assert digest_on(db, TODAY) == digest_on(db, date(2020, 3, 16)) == program_named().digest


def test_a_published_text_decides_from_its_day_and_not_the_day_before(writer: Writer) -> None:
    new = published(writer)
    with writer.transaction() as db:
        assert digest_on(db, LATER - timedelta(days=1)) == program_named().digest
        assert digest_on(db, LATER) == new
        stretches = texts_between(db, day_number(TODAY), day_number(LATER))
        assert [(a, b, p.digest) for a, b, p in stretches] == [
            (day_number(TODAY), day_number(LATER) - 1, program_named().digest),
            (day_number(LATER), day_number(LATER), new),
        ]
        assert check(db) == []


def test_what_was_known_before_the_publication_goes_by_the_text_before(writer: Writer) -> None:
    new = published(writer)
    with writer.transaction() as db:
        step = publications(db)[0].step
        assert step is not None
        before = instant_text(datetime.fromisoformat(step.recorded_at) - timedelta(microseconds=1))
        assert digest_on(db, LATER, before) == program_named().digest
        assert digest_on(db, LATER, step.recorded_at) == new


def test_a_proposal_decides_nothing(writer: Writer) -> None:
    propose(writer, Proposal(text(), LATER, "试行"), doer=CLERK)
    with writer.transaction() as db:
        assert digest_on(db, LATER) == program_named().digest


@pytest.mark.parametrize("spelling", ["甲", " 甲 ", "甲　"])
def test_who_proposed_does_not_publish(writer: Writer, spelling: str) -> None:
    found = propose(writer, Proposal(text(), LATER, "试行"), doer=CLERK)
    with pytest.raises(Refused, match="another reviewer"):
        publish(writer, found.id, doer=Doer(spelling, "reviewer"))
    with pytest.raises(sqlite3.IntegrityError, match="another person"), writer.transaction() as db:
        publishing._step(db, found, "publish", None, None, at=at(TODAY), day=TODAY, by="甲")


def test_a_clerk_does_not_publish(writer: Writer) -> None:
    found = propose(writer, Proposal(text(), LATER, "试行"), doer=CLERK)
    with pytest.raises(Refused, match="reviewer"):
        publish(writer, found.id, doer=Doer("丙", "clerk"))


def test_only_one_change_of_a_programme_is_proposed_at_a_time(writer: Writer) -> None:
    first = propose(writer, Proposal(text(), LATER, "试行"), doer=CLERK)
    with pytest.raises(Refused, match="waits"):
        propose(writer, Proposal(text(60), LATER, "再试"), doer=CLERK)
    drop(writer, first.id, "写错了", doer=CLERK)
    propose(writer, Proposal(text(60), LATER, "再试"), doer=CLERK)


def test_today_is_early_enough_and_yesterday_too_late(writer: Writer) -> None:
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(Refused, match="has gone by"):
        propose(writer, Proposal(text(since=yesterday), yesterday, "追溯"), doer=CLERK)
    propose(writer, Proposal(text(since=TODAY), TODAY, "当日"), doer=CLERK)


def test_a_change_never_counts_from_an_earlier_day_than_the_last(writer: Writer) -> None:
    new = published(writer)
    with writer.transaction() as db:
        later_text = program_in_force(db, LATER).text
    assert new
    earlier = LATER - timedelta(days=1)
    with pytest.raises(Refused, match="counts from"):
        propose(writer, Proposal(text(60, earlier), earlier, "更早"), doer=CLERK)
    again = later_text.replace("value = 90", "value = 91")
    assert published(writer, again) != new


def test_a_value_from_before_the_day_is_not_touched(writer: Writer) -> None:
    edited = program_named().text.replace("from = 2020-03-16, value = 180", "from = 2020-03-16, value = 170")
    with pytest.raises(Refused, match="from before 2021-07-01") as refused:
        propose(writer, Proposal(edited, LATER, "改旧值"), doer=CLERK)
    assert "180" in refused.value.faults[0].en and "170" in refused.value.faults[0].en
    early = text(since=LATER - timedelta(days=1))
    with pytest.raises(Refused, match="from before"):
        propose(writer, Proposal(early, LATER, "早一天"), doer=CLERK)


def test_the_same_text_and_another_verdict_are_refused(writer: Writer) -> None:
    with pytest.raises(Refused, match="nothing to publish"):
        propose(writer, Proposal(program_named().text, LATER, "相同"), doer=CLERK)
    other = text().replace('"eligible"', '"entitled"')
    with pytest.raises(Refused, match="keep their names"):
        propose(writer, Proposal(other, LATER, "改名"), doer=CLERK)


def test_a_text_with_a_fault_is_refused_with_its_place(writer: Writer) -> None:
    with pytest.raises(Refused, match="faults") as refused:
        propose(
            writer,
            Proposal(text().replace("range   = [30, 730]", "range = [30, 60]"), LATER, "错"),
            doer=CLERK,
        )
    assert any("inspection_validity_days" in words.en for words in refused.value.faults)


def test_a_draft_whose_text_is_of_another_programme_is_not_proposed(writer: Writer) -> None:
    wish = Proposal(text(), LATER, "试行", program="logistics-claim")
    with pytest.raises(Refused, match='of "logistics-claim", its text is of "produce-support"'):
        propose(writer, wish, doer=CLERK)
    with writer.transaction() as db:
        assert publishing.proposals(db) == ()
    propose(writer, Proposal(text(), LATER, "试行", program="produce-support"), doer=CLERK)


def test_half_a_character_and_a_number_beyond_all_are_refused(writer: Writer) -> None:
    with pytest.raises(Refused, match="half a character"):
        propose(writer, Proposal(text() + "# \ud800", LATER, "试行"), doer=CLERK)
    for number in (0, -1, 2**63, 10**30):
        with pytest.raises(Refused, match="no proposal"):
            publish(writer, number, doer=REVIEWER)


def test_a_proposal_whose_day_has_gone_by_is_not_published(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = propose(writer, Proposal(text(), LATER, "试行"), doer=CLERK)
    monkeypatch.setattr(publishing, "now", lambda: at(LATER + timedelta(days=1)))
    with pytest.raises(Refused, match="has gone by"):
        publish(writer, found.id, doer=REVIEWER)
    monkeypatch.setattr(publishing, "now", lambda: at(LATER))
    assert publish(writer, found.id, doer=REVIEWER).state == "published"


def test_it_is_published_or_dropped_once(writer: Writer) -> None:
    found = propose(writer, Proposal(text(), LATER, "试行"), doer=CLERK)
    publish(writer, found.id, doer=REVIEWER)
    with pytest.raises(Refused, match="乙 published it on 2021-06-01"):
        publish(writer, found.id, doer=REVIEWER)
    with pytest.raises(Refused, match="乙 published it on 2021-06-01"):
        drop(writer, found.id, "x", doer=CLERK)


def test_withdrawing_is_publishing_the_old_values_again(writer: Writer) -> None:
    published(writer)
    with writer.transaction() as db:
        new = program_in_force(db, LATER).text
    until = date(2021, 9, 1)
    back = new.replace("value = 90 }]", f"value = 90 }}, {{ from = {until}, value = 180 }}]")
    published(writer, back, until)
    with writer.transaction() as db:
        for day, days in ((LATER - timedelta(days=1), 180), (LATER, 90), (until, 180)):
            values = values_in_force(program_in_force(db, day), day)
            assert values["inspection_validity_days"] == days


def test_files_that_differ_from_what_was_published_last_are_named(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writer.transaction() as db:
        assert publishing.differing_on_disk(db) == ()
    published(writer)
    with writer.transaction() as db:
        assert publishing.differing_on_disk(db) == ("produce-support",)


def frozen(db: Database) -> list[tuple[object, ...]]:
    return [*db.execute("SELECT * FROM runs"), *db.execute("SELECT * FROM decisions")]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=st.integers(30, 730).filter(lambda days: days != 180),
    since=st.integers(0, 60),
    asked=st.integers(-60, 120),
)
def test_publishing_never_alters_an_earlier_decision(
    tmp_path_factory: pytest.TempPathFactory, days: int, since: int, asked: int
) -> None:
    """Recorded rows stay; and every day before the change is still decided as it was."""
    folder = tmp_path_factory.mktemp("published")
    effective, day = TODAY + timedelta(days=since), TODAY + timedelta(days=asked)
    with new_writer(folder / "office.db") as writer:
        enter_county(writer)
        enter(writer, "inspections", [sample("S1", "2021-05-01")])
        with writer.transaction() as db:
            publish_baseline(db, at=at(TODAY), day=TODAY)
            record_in(db, decided_at(db, TODAY, at(TODAY)), by="乙", at=at(TODAY))
            before, kept = verdicts(db, day), frozen(db)
        program = load(text(days, effective).encode(), "draft.toml")
        with writer.transaction() as db:
            wish = Proposal(program.text, effective, "试行")
            new = publishing.propose_in(db, program, wish, doer=CLERK, at=at(TODAY), day=TODAY)
            publishing.publish_in(db, new.id, "", doer=REVIEWER, at=at(TODAY), day=TODAY)
            assert frozen(db) == kept and check(db) == []
            if day < effective:
                assert verdicts(db, day) == before
            assert len(texts_in_force(db, "produce-support")) == 2


def verdicts(db: Database, day: date) -> list[tuple[str, str, str]]:
    program = program_in_force(db, day)
    answers = decide_all(
        gather(db, day, instant_text(at(date(2022, 1, 1)))), program, values_in_force(program, day)
    )
    return [(one.subject, one.benefit, one.verdict) for one in answers]


def test_an_old_database_publishes_the_software_s_rules_when_it_is_brought_up_to_date(tmp_path: Path) -> None:
    from office.starting import start

    file = tmp_path / "office.db"
    start(file)
    with open_writer(file) as writer, writer.transaction() as db:
        assert {one.state for one in publications(db)} == {"baseline"}
        assert check(db) == []
