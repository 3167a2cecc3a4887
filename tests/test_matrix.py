"""The clause matrix: its numbers are those of a plain count over every decision, and each opens its rows."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from data.rulekeeping.case_files import cases_in_files, named_case
from data.store import Database, reading
from office import running
from office.answering import answers_on
from office.programs import program_named, programs_with_the_software
from office.rulekeeping.behind import behind_part, behind_row
from office.rulekeeping.decisive import decisive, verdict_without
from office.rulekeeping.matrix import Matrix, PartLine, matrix_on
from office.rulekeeping.matrix_sheet import matrix_xlsx
from rules.program import Answer

DAY = date(2021, 9, 30)
PROGRAM = program_named()
GOOD: dict[str, Answer] = {
    **dict.fromkeys(PROGRAM.conditions, "holds"),
    "long_term_failing": "fails",
}


@pytest.fixture
def on_demo(demo_db: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(running._State, "path", demo_db)
    return demo_db


def line_of(matrix: Matrix, key: str) -> PartLine:
    return next(line for line in matrix.parts if line.part.key == key)


def plainly(db: Database, benefit: str, name: str) -> tuple[int, int]:
    """(against, alone decided) over every recorded decision of the year, one by one."""
    rows = db.execute(
        "SELECT d.verdict, d.findings FROM decisions d JOIN runs r ON r.id = d.run_id"
        " WHERE d.benefit = ? AND r.as_of BETWEEN '2021-01-01' AND '2021-09-30'",
        [benefit],
    ).fetchall()
    against = alone = 0
    for verdict, text in rows:
        found = json.loads(text)
        if found[name] == "holds":
            continue
        against += 1
        alone += verdict_without(PROGRAM, benefit, found, name) != verdict
    return against, alone


def test_a_condition_decides_alone_only_where_nothing_else_speaks_against() -> None:
    one: dict[str, Answer] = {**GOOD, "inspected_recently": "fails"}
    two: dict[str, Answer] = {**one, "last_inspection_passed": "fails"}
    assert decisive(PROGRAM, "packaging", "eligible", GOOD) == ()
    assert decisive(PROGRAM, "packaging", "not_eligible", one) == ("inspected_recently",)
    assert decisive(PROGRAM, "packaging", "not_eligible", two) == ()


def test_a_standing_decides_alone_where_the_answer_would_be_another_without_it() -> None:
    on: dict[str, Answer] = {**GOOD, "long_term_failing": "holds"}
    assert decisive(PROGRAM, "packaging", "revoked", on) == ("long_term_failing",)
    failing: dict[str, Answer] = {**on, "last_inspection_passed": "fails"}
    assert decisive(PROGRAM, "packaging", "revoked", failing) == ("long_term_failing",)


def test_what_is_unknown_decides_alone_and_a_benefit_that_does_not_ask_is_not_moved() -> None:
    unknown: dict[str, Answer] = {**GOOD, "fit_for_online_sale": "unknown"}
    assert decisive(PROGRAM, "packaging", "cannot_decide", unknown) == ("fit_for_online_sale",)
    assert decisive(PROGRAM, "logistics", "eligible", unknown) == ()


@pytest.mark.parametrize(
    ("key", "benefit"),
    [
        ("condition:inspected_recently", "packaging"),
        ("condition:inspected_recently@logistics", "logistics"),
        ("condition:fit_for_online_sale", "packaging"),
    ],
)
def test_the_numbers_are_those_of_a_plain_count(on_demo: Path, key: str, benefit: str) -> None:
    with reading(on_demo) as db:
        line = line_of(matrix_on(db, PROGRAM, DAY), key)
        wanted = plainly(db, benefit, line.part.name)
    assert line.kept is not None and (line.kept.against, line.kept.decisive) == wanted
    assert wanted[0] >= wanted[1]


def test_every_number_opens_as_many_rows(on_demo: Path) -> None:
    with reading(on_demo) as db:
        for program in programs_with_the_software():
            matrix = matrix_on(db, program, DAY)
            for line in matrix.parts:
                for which, counted in (("kept", line.kept), ("present", line.present)):
                    if counted is None or line.part.kind == "parameter":
                        continue
                    found = behind_part(db, matrix, line, which, "decisive")  # type: ignore[arg-type]
                    assert found.number == counted.decisive, (program.program, line.part.key, which)
                    assert len(found.rows) == min(found.number, 300)
            for row in matrix.rows:
                if row.kept is not None:
                    kept = behind_row(db, matrix, row, "kept")
                    assert kept.number == row.kept and len(kept.rows) == min(row.kept, 300)
                if row.present is not None:
                    assert behind_row(db, matrix, row, "present").number == row.present


def test_the_rows_that_are_opened_are_those_that_hang_on_the_condition(on_demo: Path) -> None:
    with reading(on_demo) as db:
        matrix = matrix_on(db, PROGRAM, DAY)
        line = line_of(matrix, "condition:inspected_recently@logistics")
        for row in behind_part(db, matrix, line, "kept", "decisive").rows:
            assert row.benefit == "logistics"
            assert "inspected_recently" in decisive(
                PROGRAM, "logistics", row.verdict, json.loads(row.findings)
            )
        present = behind_part(db, matrix, line, "present", "against").rows
        answers = answers_on(db, DAY)
    failing = {
        d.subject for d in answers if d.benefit == "logistics" and d.findings["inspected_recently"] != "holds"
    }
    assert {row.subject for row in present} == failing


def test_the_rows_of_a_benefit_add_up_to_its_decisions(on_demo: Path) -> None:
    with reading(on_demo) as db:
        for program in programs_with_the_software():
            matrix = matrix_on(db, program, DAY)
            kept = [row.kept for row in matrix.rows if row.kept is not None]
            assert sum(kept) == matrix.decisions
            present = [row.present for row in matrix.rows if row.present is not None]
            assert sum(present) == sum(one.number for one in matrix.present)


def test_where_nothing_was_kept_the_numbers_are_blank_and_nothing_is_called_never(on_demo: Path) -> None:
    with reading(on_demo) as db:
        matrix = matrix_on(db, program_named("outlet-reward"), DAY)
    assert matrix.decisions == 0
    assert all(line.kept is None and not line.never_decisive for line in matrix.parts)
    assert all(row.kept is None for row in matrix.rows)


def test_only_decisions_for_days_of_the_year_up_to_the_day_are_counted(on_demo: Path) -> None:
    with reading(on_demo) as db:
        counted = {
            day: matrix_on(db, PROGRAM, day).decisions for day in (date(2021, 1, 1), DAY, date(2022, 1, 1))
        }
        every = db.execute(
            "SELECT count(*) FROM decisions d JOIN runs r ON r.id = d.run_id WHERE r.as_of BETWEEN '2021-01-01' AND ?",
            [DAY.isoformat()],
        ).fetchone()[0]
    assert counted[DAY] == every > counted[date(2021, 1, 1)] and counted[date(2022, 1, 1)] == 0


def test_every_condition_and_standing_has_cases_and_a_value_those_that_set_it(on_demo: Path) -> None:
    with reading(on_demo) as db:
        matrix = matrix_on(db, PROGRAM, DAY)
    for line in matrix.parts:
        assert line.cases, line.part.key
    setting = line_of(matrix, "parameter:failure_window_days").cases
    assert all("failure_window_days" in case.names for case in setting)


def test_a_value_decides_through_the_conditions_that_compare_with_it(on_demo: Path) -> None:
    with reading(on_demo) as db:
        matrix = matrix_on(db, PROGRAM, DAY)
    value = line_of(matrix, "parameter:inspection_validity_days")
    parts = [line_of(matrix, f"condition:inspected_recently{at}").kept for at in ("", "@logistics")]
    assert value.names == ("inspected_recently",) and value.kept is not None
    assert value.kept.decisive == sum(part.decisive for part in parts if part is not None)
    assert line_of(matrix, "parameter:failure_window_days").kept is None


def test_cases_are_read_where_they_are_and_missing_or_broken_files_are_none(tmp_path: Path) -> None:
    assert len(cases_in_files("produce-support")) > 20
    assert cases_in_files("produce-support", tmp_path) == ()
    (tmp_path / "broken.toml").write_text("[[case]\n", "utf-8")
    assert cases_in_files("broken", tmp_path) == ()
    assert named_case({"because": ["x"]}) is None
    found = named_case({"name": "a b", "because": ["x"], "set": {"y": 1}, "expect": "refused"})
    assert found is not None and found.names == {"x", "y"} and found.expects == (("", "refused"),)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_workbook_is_made_in_both_languages(on_demo: Path, language: str) -> None:
    with reading(on_demo) as db:
        assert matrix_xlsx(matrix_on(db, PROGRAM, DAY), language)[:2] == b"PK"
