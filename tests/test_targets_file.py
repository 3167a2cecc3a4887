"""rules/targets.toml: every quote stands in the plan, every reading is marked, every fault of a file is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rules.faults import ProgramFaults
from rules.indicators import INDICATORS
from rules.load_targets import TargetFaults, read_targets, targets
from rules.plan import stands_in
from rules.program import Citation
from rules.target import Target

TEXT = (Path(__file__).parents[1] / "rules" / "targets.toml").read_text("utf-8")


def citations(target: Target) -> Iterator[tuple[str, Citation]]:
    yield "target", target.citation
    yield "goal", target.goal_citation
    yield "progress", target.progress_citation
    for name in ("deadline", "counted_from", "baseline", "denominator", "looks_back"):
        if (part := getattr(target, name)) is not None:
            yield name, part.citation


@pytest.mark.parametrize("name", targets())
def test_every_quote_stands_in_the_plan(name: str) -> None:
    wrong = [key for key, cited in citations(targets()[name]) if not stands_in(cited.quote, cited.clause)]
    assert wrong == []


@pytest.mark.parametrize("name", targets())
def test_what_the_plan_does_not_say_is_marked_with_a_note(name: str) -> None:
    silent = [
        key for key, cited in citations(targets()[name]) if cited.reading == "office" and not cited.note
    ]
    assert silent == []


def test_every_indicator_is_used_by_a_target() -> None:
    assert {target.indicator for target in targets().values()} == set(INDICATORS)


def test_the_numbers_of_the_plan_stand_in_the_file() -> None:
    found = targets()
    assert [found[name].goal[0].value for name in ("county_transactions", "poor_village_sales")] == [25, 20]
    assert found["training"].goal[0].value == 3000 and found["new_certificates"].goal[0].value == 5
    deadline = found["training"].deadline
    assert deadline is not None and deadline.day == date(2022, 12, 31)


def test_a_new_value_of_a_goal_counts_from_its_day_on() -> None:
    later = TEXT.replace("value = 3000 }]", "value = 3000 }, { from = 2022-01-01, value = 3500 }]")
    target = read_targets(later.encode(), "targets.toml")["training"]
    days = (date(2020, 3, 15), date(2021, 12, 31), date(2022, 1, 1))
    assert [target.goal_on(day) for day in days] == [None, 3000, 3500]


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ('indicator  = "attendances"', 'indicator  = "attendence"', "targets.training.indicator", "attendances"),
        ("value = 3000 }", 'value = "3000" }', "targets.training.goal.values[1].value", "whole number"),
        ("value = 3000 }", "value = 0 }", "targets.training.goal.values[1].value", "1 to"),
        ("value = 95,", "value = 101,", "targets.poor_villages_broadband.goal.values[1].value", "1 to 100"),
        ('is      = "cumulative"', 'is      = "stock"', "targets.training.progress.is", "cumulative"),
        ("[targets.training.counted_from]", "[targets.training.from]", "targets.training.counted_from", "needs"),
        ("day     = 2019-01-01", "day     = 2023-01-01", "targets.training.deadline", "not after"),
        ('levers     = ["training_places"', 'levers     = ["places"', "targets.training.levers[1]", "expected"),
        ("[targets.poor_villages_using.looks_back]", "[targets.poor_villages_using.window]",
         "targets.poor_villages_using.looks_back", "needs"),
        ("year    = 2019", "year    = 19", "targets.county_transactions.baseline.year", "1990"),
        ("[targets.training.deadline]", "[targets.training.baseline]", "targets.training.baseline", "does not use"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(old: str, new: str, key: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(TargetFaults) as faults:
        read_targets(TEXT.replace(old, new, 1).encode(), "targets.toml")
    found = {fault.key: fault.message for fault in faults.value.faults}
    assert key in found, found
    assert said in found[key].en and found[key].zh


def test_all_faults_are_named_at_once() -> None:
    broken = TEXT.replace("value = 3000 }", "value = 0 }").replace("value = 95,", "value = 101,")
    with pytest.raises(ProgramFaults) as faults:
        read_targets(broken.encode(), "targets.toml")
    assert len(faults.value.faults) == 2


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(TargetFaults):
        read_targets(b"[targets]\n", "targets.toml")
