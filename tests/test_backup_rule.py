"""Which copies are kept: seven days, five weeks, twelve months; never the newest, never what was made by hand lately."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.protection.backups import backup_steps
from data.store import reading
from office.backup.anchors import copies_of
from office.backup.daily import due
from office.backup.forgetting import BY_HAND_FOR, DAYS, MONTHS, WEEKS, Copy, to_forget
from office.days import HERE
from tests.backing_up import NOON, folders_beside_the_database, made_at, office

__all__ = ["folders_beside_the_database", "office"]

START = datetime(2024, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 4 * 366 * 24 * 3600).map(lambda seconds: START + timedelta(seconds=seconds))
COPIES = st.lists(
    st.builds(Copy, st.uuids().map(str), INSTANTS, st.booleans()),
    max_size=80,
    unique_by=lambda copy: copy.file,
)


def daily(number: int, until: datetime = NOON) -> list[Copy]:
    return [Copy(f"d{ago}", until - timedelta(days=ago)) for ago in range(number)]


def kept(copies: list[Copy], now: datetime) -> list[Copy]:
    gone = to_forget(copies, now)
    return [copy for copy in copies if copy not in gone]


@settings(deadline=None)
@given(COPIES, INSTANTS)
def test_the_newest_and_what_was_made_by_hand_lately_always_stay(copies: list[Copy], now: datetime) -> None:
    gone = to_forget(copies, now)
    if copies:
        assert max(copies, key=lambda copy: (copy.at, copy.file)) not in gone
    assert not [copy for copy in gone if copy.by_hand and copy.at > now - BY_HAND_FOR]


@settings(deadline=None)
@given(COPIES, INSTANTS)
def test_asked_again_about_the_rest_it_lets_nothing_more_go(copies: list[Copy], now: datetime) -> None:
    assert to_forget(kept(copies, now), now) == []


@settings(deadline=None)
@given(COPIES, INSTANTS, st.randoms())
def test_the_order_in_which_they_are_listed_does_not_matter(
    copies: list[Copy], now: datetime, draw: object
) -> None:
    mixed = list(copies)
    draw.shuffle(mixed)  # type: ignore[attr-defined]
    assert to_forget(mixed, now) == to_forget(copies, now)


@settings(deadline=None)
@given(COPIES, INSTANTS)
def test_no_more_stay_than_the_rule_names(copies: list[Copy], now: datetime) -> None:
    by_rule = [copy for copy in kept(copies, now) if not (copy.by_hand and copy.at > now - BY_HAND_FOR)]
    assert len(by_rule) <= DAYS + WEEKS + MONTHS


@settings(deadline=None)
@given(COPIES, INSTANTS)
def test_of_each_of_the_last_days_weeks_and_months_that_has_any_the_newest_stays(
    copies: list[Copy], now: datetime
) -> None:
    stays = kept(copies, now)
    for number, part_of in (
        (DAYS, "%Y-%m-%d"),
        (WEEKS, "%G-%V"),
        (MONTHS, "%Y-%m"),
    ):
        parts = sorted({f"{copy.at.astimezone(HERE):{part_of}}" for copy in copies})[-number:]
        for part in parts:
            of_it = [copy for copy in copies if f"{copy.at.astimezone(HERE):{part_of}}" == part]
            assert max(of_it, key=lambda copy: (copy.at, copy.file)) in stays


@pytest.mark.parametrize("number", [1, 7, 8, 40, 400])
def test_a_copy_a_day_leaves_at_most_twenty_four(number: int) -> None:
    """As it goes in practice: one is made, one is let go, day after day."""
    lying: list[Copy] = []
    for copy in reversed(daily(number)):
        lying = kept([*lying, copy], copy.at)
    assert len(lying) <= DAYS + WEEKS + MONTHS
    assert [copy.file for copy in lying[-min(7, number) :]] == [
        f"d{ago}" for ago in reversed(range(min(7, number)))
    ]
    if number > 366:
        assert min(copy.at for copy in lying) < NOON - timedelta(days=300)


def test_the_eighth_day_is_let_go_where_no_week_or_month_needs_it() -> None:
    sunday = datetime(2026, 11, 15, 4, tzinfo=UTC)
    assert [copy.file for copy in to_forget(daily(7, sunday), sunday)] == []
    assert [copy.file for copy in to_forget(daily(9, sunday), sunday)] == ["d8"]  # d7 is its week's newest


@pytest.mark.parametrize(
    ("age", "stays"), [(timedelta(days=7) - timedelta(seconds=1), True), (timedelta(days=7), False)]
)
def test_what_was_made_by_hand_stays_for_seven_days(age: timedelta, stays: bool) -> None:
    by_hand = Copy("hand", NOON - age, by_hand=True)
    same_day = [Copy("later", by_hand.at + timedelta(minutes=1)), *daily(7)]
    assert (by_hand not in to_forget([by_hand, *same_day], NOON)) == stays


def test_midnight_is_the_offices_not_greenwichs() -> None:
    before, after = datetime(2026, 11, 2, 15, 59, tzinfo=UTC), datetime(2026, 11, 2, 16, 1, tzinfo=UTC)
    assert to_forget([Copy("a", before), Copy("b", after)], after) == []
    assert [
        copy.file for copy in to_forget([Copy("a", before - timedelta(minutes=2)), Copy("b", before)], before)
    ] == ["a"]


def test_what_is_let_go_is_recorded_and_gone_from_the_folder_and_other_files_are_not(office: Path) -> None:
    made = made_at(office, *(NOON + timedelta(hours=hour) for hour in range(3)))
    folder = made[0].file.parent
    (folder / "office-20200101T000000-seq1-00000000.db").write_bytes(b"another office's")
    assert [one.forgotten for one in made] == [(), (made[0].file.name,), (made[1].file.name,)]
    with reading(office) as db:
        gone = backup_steps(db, "forget")
        assert [one.file for one in copies_of(folder, made[0].contents.install_id)] == [made[2].file.name]
    assert [one.file for one in gone] == [made[1].file.name, made[0].file.name]
    assert (folder / "office-20200101T000000-seq1-00000000.db").exists()
    assert not (folder / (made[0].file.name + ".sha256")).exists()


@pytest.mark.parametrize(
    ("last", "is_due"),
    [
        ("2026-11-02T11:00:00+00:00", False),  # 19:00 here, today's turn
        ("2026-11-02T10:59:59+00:00", True),
        ("2026-11-01T11:00:00+00:00", True),
        (None, True),
    ],
)
def test_a_backup_is_due_once_its_hour_has_passed_since_the_last(last: str | None, is_due: bool) -> None:
    now = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
    assert due(now, datetime.fromisoformat(last) if last else None, 19) == is_due


def test_before_todays_hour_yesterdays_is_enough() -> None:
    now = datetime(2026, 11, 2, 10, 59, tzinfo=UTC)  # 18:59 here
    assert not due(now, datetime(2026, 11, 1, 11, 0, tzinfo=UTC), 19)
    assert due(now, datetime(2026, 11, 1, 10, 59, tzinfo=UTC), 19)


def test_missed_while_off_it_is_due_at_the_next_start_whatever_the_hour() -> None:
    assert due(datetime(2026, 11, 9, 1, tzinfo=UTC), NOON, 19)


@settings(deadline=None)
@given(INSTANTS, INSTANTS, st.integers(0, 23))
def test_right_after_one_was_made_none_is_due(now: datetime, other: datetime, hour: int) -> None:
    assert not due(now, now, hour)
    assert due(now + timedelta(days=1), now, hour)


def test_what_a_wrong_clock_dated_later_counts_for_nothing_and_stays_until_then() -> None:
    ahead = [Copy(f"ahead{day}", NOON + timedelta(days=365 + day)) for day in range(12)]
    copies = [*daily(7), *ahead]
    assert set(kept(copies, NOON)) == set(copies)
    assert "ahead0" not in {copy.file for copy in kept(copies, NOON + timedelta(days=500))}
