"""The periods of the procedure are dated values of the office's own reading, each with its clause and quote."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import rules
from rules.faults import ProgramFaults
from rules.plan import stands_in
from rules.procedure import NAMES, procedure, procedure_parameters, read_procedure
from rules.program import NotInForce
from rules.slip import UNITS

FILE = (Path(rules.__file__).parent / "procedure.toml").read_text("utf-8")


def test_the_periods_are_those_of_the_office() -> None:
    assert procedure(date(2021, 9, 30)) == {
        "defence_working_days": 5,
        "effective_days_ahead": 31,
        "public_notice_days": 7,
        "appeal_days_review": 60,
        "appeal_months_court": 6,
        "renewal_months_ahead": 3,
    }


def test_they_are_in_force_from_their_first_day_and_not_the_day_before() -> None:
    assert set(procedure(date(2020, 3, 16))) == set(NAMES)
    with pytest.raises(NotInForce):
        procedure(date(2020, 3, 15))


@pytest.mark.parametrize("name", NAMES)
def test_each_is_to_be_confirmed_and_cites_the_plans_own_words(name: str) -> None:
    parameter = procedure_parameters()[name]
    assert parameter.citation.reading == "office"
    assert stands_in(parameter.citation.quote, parameter.citation.clause)
    assert parameter.unit in UNITS and all(value.note for value in parameter.values)


def test_a_new_value_counts_from_its_day_and_leaves_the_old_one() -> None:
    changed = FILE.replace(
        "{ from = 2020-03-16, value = 5,", "{ from = 2020-03-16, value = 5 }, { from = 2022-01-01, value = 7,"
    )
    defence = read_procedure(changed.encode(), "procedure.toml")["defence_working_days"]
    assert [defence.value_on(day) for day in (date(2021, 12, 31), date(2022, 1, 1))] == [5, 7]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (FILE.replace("[parameters.defence_working_days]", "[parameters.defense]"), "parameters.defense"),
        (FILE.replace("value = 5,", "value = 2,"), "parameters.defence_working_days.values[1].value"),
        (FILE + "\n[more]\n", "more"),
        (FILE.replace("range   = [3, 30]", "range   = [3"), "line"),
        ("", "parameters"),
    ],
)
def test_a_fault_of_the_file_is_named_with_its_key(text: str, key: str) -> None:
    with pytest.raises(ProgramFaults) as found:
        read_procedure(text.encode(), "procedure.toml")
    assert any(fault.key.startswith(key) for fault in found.value.faults), found.value
