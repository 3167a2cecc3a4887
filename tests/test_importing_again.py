"""A file that was checked is written while others enter, exactly where it still does what was looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from data.importing import RegisterChanged
from data.integrity import check
from data.people import Person
from data.register import register
from data.store import reading
from office import running
from office.importing import Report, prepare, source_of
from office.importing_again import MOST_TIMES, does_the_same, write_checked
from office.inspecting import write
from tests.entering import enter, enter_county, sample

CLERK = Person("demo-clerk", "示例录入员", "clerk")
HEADER = "样品编号,户编号,产品编码,抽样日期,方法,结论\n"
MINE = HEADER + "M1,H1,P1,2021-03-02,速测,合格\nM2,H1,P1,2021-03-03,速测,合格\n"


@pytest.fixture
def office(people_db: Path, run_on: Callable[[Path], None]) -> Path:
    """A county with one good and one inspection."""
    run_on(people_db)
    enter_county(running.writer())
    enter(running.writer(), "inspections", [sample("S1")])
    return people_db


def checked(text: str, *, update: bool = False) -> Report:
    with running.reader() as db:
        return prepare(db, register("inspections"), "a.csv", text.encode(), update=update)


def written(report: Report, again: Callable[[], Report], reason: str = "") -> Report:
    return write_checked(report, again, CLERK, reason=reason, source=source_of(b"a"))


def somebody_else_enters(*rows: str) -> None:
    write(checked(HEADER + "\n".join(rows)), CLERK, "import")


def numbers(path: Path) -> list[str]:
    with reading(path) as db:
        assert check(db) == []
        return [no for (no,) in db.execute("SELECT sample_no FROM inspections ORDER BY id")]


def test_rows_of_others_in_between_do_not_hinder(office: Path) -> None:
    mine = checked(MINE)
    somebody_else_enters("T1,H1,P1,2021-03-04,速测,合格")
    assert written(mine, lambda: checked(MINE)).accepted == 2
    assert numbers(office) == ["S1", "T1", "M1", "M2"]


@pytest.mark.parametrize(
    ("theirs", "why"),
    [
        ("M1,H1,P1,2021-03-02,速测,不合格", "the same number otherwise: a fault"),
        ("M1,H1,P1,2021-03-02,速测,合格", "the same row: one fewer to write"),
    ],
)
def test_what_would_do_something_else_is_not_written(office: Path, theirs: str, why: str) -> None:
    mine = checked(MINE)
    somebody_else_enters(theirs)
    with pytest.raises(RegisterChanged):
        written(mine, lambda: checked(MINE))
    assert numbers(office) == ["S1", "M1"], why


def test_a_correction_over_a_version_that_nobody_looked_at_is_not_written(office: Path) -> None:
    line = HEADER + "S1,H1,P1,2021-03-01,速测,{}\n"
    mine = checked(line.format("不合格"), update=True)
    assert mine.plan and mine.plan.changed
    other = checked(line.format("合格").replace("2021-03-01", "2021-03-05"), update=True)
    write(other, CLERK, "import", reason="按报告更正")
    with pytest.raises(RegisterChanged):
        written(mine, lambda: checked(line.format("不合格"), update=True), "按报告更正")
    assert len(numbers(office)) == 2


def test_somebody_who_always_comes_first_ends_it_in_words(office: Path) -> None:
    count = iter(range(100))

    def again() -> Report:
        report = checked(MINE)
        somebody_else_enters(f"A{next(count)},H1,P1,2021-03-04,速测,合格")
        return report

    with pytest.raises(RegisterChanged):
        written(again(), again)
    assert len(numbers(office)) == 2 + MOST_TIMES and "M1" not in numbers(office)


def test_a_report_with_a_fault_does_the_same_as_nothing(office: Path) -> None:
    good, faulty = checked(MINE), checked(MINE.replace("合格", "也许"))
    assert does_the_same(good, checked(MINE)) and not does_the_same(good, faulty)
