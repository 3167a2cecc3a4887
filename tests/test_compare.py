"""A draft beside what is in force: the moves are the whole, each change says what made it, the estimates their method."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from data.casework.claims import claim_entity
from data.store import Database, reading
from office.because import Side, Turn, because_words, decisive
from office.comparing import Comparison, PartsDoNotAddUp, compare, moves
from office.deciding import Answers, decide_all
from office.gathering import gather, known_now
from office.programs import loaded, program_named, values_in_force
from office.refusal import Refused
from office.rulekeeping.draft_claims import compare_claims
from office.rulekeeping.draft_effects import (
    DIRECTIONS,
    Effects,
    by_place,
    by_reason,
    directions,
    effects_of,
    first_day_it_differs,
)
from office.rulekeeping.draft_money import a_year_before, money_effect
from office.rulekeeping.draft_packaging import packaging_effect
from office.rulekeeping.draft_words import claims_xlsx, effects_xlsx, money_words, packaging_words
from office.rulekeeping.near_misses import INSPECTION, near_misses
from office.subsidy.claims import check_claims
from rules.program import Program
from tests.random_drafts import drafts

PROGRAM, DAY = program_named(), date(2021, 9, 30)


def with_value(name: str, value: int, program: Program = PROGRAM) -> Program:
    """A programme with another first value of one parameter."""
    head, _, rest = program.text.partition(f"[parameters.{name}]")
    changed = re.sub(r"value = \d+", f"value = {value}", rest, count=1)
    return loaded(f"{head}[parameters.{name}]{changed}".encode(), "draft.toml")


@pytest.fixture(scope="module")
def db(demo_master: Path) -> Iterator[Database]:
    with reading(demo_master) as found:
        yield found


@pytest.fixture(scope="module")
def strict(db: Database) -> Effects:
    """Inspections stay valid for 60 days instead of 180."""
    return effects_of(db, DAY, with_value("inspection_validity_days", 60))


@pytest.fixture(scope="module")
def both(db: Database) -> tuple[Answers, Answers]:
    gathered = gather(db, DAY, known_now(db))
    return tuple(  # type: ignore[return-value]
        decide_all(gathered, program, values_in_force(program, DAY))
        for program in (PROGRAM, with_value("inspection_validity_days", 60))
    )


def sides(before: str, after: str) -> dict[str, str]:
    """Findings of logistics: of all conditions `before`, with that of its inspection `after`."""
    found = dict.fromkeys(PROGRAM.conditions_asked("logistics"), before)
    return {"long_term_failing": "fails", **found, "inspected_recently": after}


@given(drafts(), drafts())
@settings(
    max_examples=40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def add_up(db: Database, gathered: object, old: Program, new: Program) -> None:
    before, after = (decide_all(gathered, p, values_in_force(p, DAY)) for p in (old, new))  # type: ignore[arg-type]
    comparison = compare(before, after)
    for benefit in {**old.benefits, **new.benefits}:
        found = moves(comparison, benefit)
        for at, answers in enumerate((before, after)):
            told = Counter[str | None]()
            for pair, number in found.items():
                told[pair[at]] += number
            expected = {v: n for v, n in answers.counts().get(benefit, {}).items() if n}
            assert {v: n for v, n in told.items() if v is not None} == expected
        listed = [c for c in comparison.changed if c.benefit == benefit]
        assert len({c.subject for c in listed}) == len(listed)
        assert Counter((c.before, c.after) for c in listed) == {
            p: n for p, n in found.items() if p[0] != p[1]
        }


def test_the_moves_of_any_two_drafts_add_up_to_both_sides_totals(db: Database) -> None:
    add_up(db, gather(db, DAY, known_now(db)))


def test_moves_that_do_not_add_up_raise_instead_of_being_shown(both: tuple[Answers, Answers]) -> None:
    comparison = compare(*both)
    was, now = comparison.sides["logistics"]
    other = now.copy()
    at = int(np.flatnonzero(was == now)[0])
    other[at] = next(verdict for verdict in PROGRAM.better if verdict != now[at])
    for broken in (
        replace(comparison, sides={**comparison.sides, "logistics": (was, other)}),
        replace(comparison, changed=comparison.changed[1:]),
        replace(comparison, before=comparison.after),
    ):
        with pytest.raises(PartsDoNotAddUp):
            _all_moves(broken)
    _all_moves(comparison)


def _all_moves(comparison: Comparison) -> None:
    for benefit in comparison.sides:
        moves(comparison, benefit)


def test_only_the_finding_that_turns_the_verdict_is_named() -> None:
    before = Side(PROGRAM, "logistics", sides("holds", "holds"))
    after = Side(PROGRAM, "logistics", sides("holds", "fails"))
    assert decisive(before, after) == (Turn("inspected_recently", "holds", "fails"),)
    assert because_words(decisive(before, after), PROGRAM).zh == "不满足：最近一次检验仍在有效期内"
    idle = {**after.findings, "long_term_failing": "holds"}
    revoked = Side(PROGRAM, "logistics", idle)
    assert decisive(before, revoked) == (Turn("long_term_failing", "fails", "holds"),)


def test_findings_that_make_it_only_together_are_all_named() -> None:
    before = Side(PROGRAM, "logistics", sides("fails", "holds"))
    after = Side(PROGRAM, "logistics", {**sides("holds", "holds"), "of_a_poor_household": "unknown"})
    named = {turn.name for turn in decisive(before, after)}
    assert "of_a_poor_household" in named and len(named) > 1


def test_a_condition_that_only_the_draft_asks_is_named_where_it_speaks_against() -> None:
    more = PROGRAM.text.replace(
        '"of_a_poor_household", "non_standard_product", "inspected_recently"',
        '"of_a_poor_household", "non_standard_product", "fit_for_online_sale", "inspected_recently"',
    )
    draft = loaded(more.encode(), "draft.toml")
    before = Side(PROGRAM, "logistics", sides("holds", "holds"))
    for finding, inspected, named in (
        ("fails", "holds", "fit_for_online_sale"),
        ("holds", "fails", "inspected_recently"),
    ):
        findings = {**sides("holds", inspected), "fit_for_online_sale": finding}
        turns = decisive(before, Side(draft, "logistics", findings))
        assert [turn.name for turn in turns] == [named]
    assert because_words((), draft).zh == "判定行改动"


def test_a_draft_that_gives_nothing_up_is_compared_with_what_only_one_side_has(db: Database) -> None:
    text = PROGRAM.text[: PROGRAM.text.index("[benefits.logistics]")].replace('"cannot_decide"', '"unclear"')
    found = effects_of(db, DAY, loaded(text.encode(), "draft.toml"))
    assert set(directions(found.of("logistics")).items()) >= {("gain", 0), ("loss", 0)}
    assert directions(found.of("logistics"))["other"] == found.before.subjects.size
    assert {pair for pair in found.moves("packaging") if pair[0] != pair[1]} == {("cannot_decide", "unclear")}
    assert set(found.of("packaging")["direction"]) == {"other"}
    assert packaging_effect(db, DAY, found) is not None and money_effect(db, DAY, found) is None


def test_groups_by_reason_and_place_have_every_change_once(strict: Effects) -> None:
    for benefit in strict.benefits:
        rows = strict.of(benefit)
        assert len(rows) > 0
        assert sum(sum(numbers.values()) for _, numbers in by_reason(rows)) == len(rows)
        for place in ("township", "product", "household"):
            groups = by_place(rows, place)
            assert int(groups[list(DIRECTIONS)].to_numpy().sum()) == len(rows)
    assert {turns[0].name for turns, _ in by_reason(strict.of("logistics"))} == {"inspected_recently"}
    assert set(strict.changed["direction"]) == {"loss"}


def test_what_losing_goods_hold_is_what_the_ledger_has_and_no_more(db: Database, strict: Effects) -> None:
    found = packaging_effect(db, DAY, strict)
    assert found is not None
    losing = tuple(strict.of("packaging")["subject"])
    marks = ",".join("?" * len(losing))
    held = db.execute(
        "SELECT i.item_code, sum(CASE WHEN to_good IS NULL THEN -quantity ELSE quantity END) AS n"
        " FROM packaging_moves JOIN packaging_items AS i ON i.id = item_entity"
        f" WHERE subject IN ({marks}) AND done_on <= ? GROUP BY 1 HAVING n > 0",
        [*losing, DAY.isoformat()],
    ).fetchall()
    assert {one.item.code: one.held for one in found.items if one.held} == dict(held)
    assert held and found.losing == len(losing) and found.gaining == 0
    assert str(found.losing) in packaging_words(found).zh


def test_gaining_goods_need_what_was_last_handed_out(db: Database, strict: Effects) -> None:
    back = effects_of(db, DAY, PROGRAM, with_value("inspection_validity_days", 60))
    found = packaging_effect(db, DAY, back)
    assert found is not None and found.losing == 0
    assert found.gaining == int((strict.of("packaging")["before"] == "eligible").sum()) >= found.without_basis
    assert any(one.needed for one in found.items) and not any(one.held for one in found.items)


def test_the_money_of_losing_goods_is_what_their_claims_of_a_year_come_to(
    db: Database, strict: Effects
) -> None:
    found = money_effect(db, DAY, strict)
    assert found is not None
    claims = check_claims(db, DAY, known_now(db))
    losing = set(strict.of("logistics")["subject"])
    expected = [
        int(claims.payable_due[at])
        for at in range(claims.subject.size)
        if claims.subject[at] in losing
        and "2020-10-01" <= claims.shipped_on(np.array([at]))[0] <= "2021-09-30"
    ]
    assert (found.taken.claims, found.taken.now, found.taken.supposed) == (len(expected), sum(expected), 0)
    assert found.less == sum(expected) > 0 == found.more
    assert f"{found.less // 100}" in money_words(found).zh.replace(",", "")


def test_a_year_before_a_leap_day_is_the_last_of_february() -> None:
    assert a_year_before(date(2021, 9, 30)) == date(2020, 9, 30)
    assert a_year_before(date(2020, 2, 29)) == date(2019, 2, 28)


def test_a_near_miss_is_answered_alike_now_and_otherwise_one_step_further(db: Database) -> None:
    found = effects_of(db, DAY, with_value("inspection_validity_days", 150))
    near = [one for one in near_misses(found, "logistics", 30) if one.fact != INSPECTION]
    assert near and [one.distance for one in near] == sorted(one.distance for one in near)
    ages = found.before.table.columns["days_since_last_inspection"]
    changed = set(found.of("logistics")["subject"])
    for one in near:
        at = found.before.subjects.tolist().index(one.subject)
        assert one.subject not in changed and ages[at] == one.value
        assert abs(one.needed - one.value) == one.distance > 0
        assert 150 < one.needed <= 180 and one.before != one.after
        assert one.needed in (151, 180)  # just inside the region in which the two differ


def test_one_further_failure_is_near_where_only_the_draft_revokes_then(db: Database) -> None:
    found = effects_of(db, DAY, with_value("long_term_consecutive_failures", 2))
    near = [one for one in near_misses(found, "packaging", 500) if one.fact == INSPECTION]
    failures = found.before.table.columns["consecutive_failures"]
    assert all((one.value, one.after) == (1, "revoked") and one.before != "revoked" for one in near)
    assert len(near) <= int(np.count_nonzero(failures == 1))


def test_a_draft_of_the_claims_shows_the_difference_of_each_claim_and_adds_up(db: Database) -> None:
    rules = program_named("logistics-claim")
    draft = with_value("fen_per_shipment", 80, rules)
    found = compare_claims(db, DAY, draft)
    assert found.sums[0] > found.sums[1]
    assert int(found.by_township()["more"].sum()) == found.sums[1] - found.sums[0]
    assert set(found.changed["before_fen"] - found.changed["after_fen"]) == {20}
    assert claim_entity(db, str(found.rows["claim_no"].iloc[0])) is not None
    assert sum(found.moves().values()) == len(found.rows)
    sheet = openpyxl.load_workbook(io.BytesIO(claims_xlsx(found))).worksheets[0]
    assert sheet.max_row == 1 + len(found.changed)


def test_a_draft_of_a_grant_is_checked_with_the_values_of_the_day(db: Database) -> None:
    rules = program_named("outlet-reward")
    same = compare_claims(db, DAY, rules)
    assert same.changed.empty and same.sums[0] == same.sums[1]
    name = next(n for n, p in rules.parameters.items() if p.unit == "fen" and "cap" not in n)
    value = rules.parameters[name].value_on(DAY)
    assert value is not None
    less = compare_claims(db, DAY, with_value(name, max(rules.parameters[name].low, value // 2), rules))
    assert less.sums[1] <= less.sums[0]


def test_the_day_to_compare_on_is_the_first_on_which_the_draft_counts_otherwise() -> None:
    text = PROGRAM.text.replace('写天数" }]', '写天数" }, { from = 2021-11-01, value = 90 }]', 1)
    later = loaded(text.encode(), "draft.toml")
    assert first_day_it_differs(PROGRAM, later, DAY) == date(2021, 11, 1)
    assert first_day_it_differs(PROGRAM, later, date(2021, 11, 1)) == date(2021, 11, 1)
    assert first_day_it_differs(PROGRAM, with_value("readmission_passes", 4), DAY) == DAY
    assert first_day_it_differs(PROGRAM, PROGRAM, DAY) == DAY


def test_a_day_before_the_draft_is_in_force_is_refused_in_words(db: Database) -> None:
    with pytest.raises(Refused, match="2020-03-16"):
        effects_of(db, date(2020, 3, 15), PROGRAM)
    assert effects_of(db, date(2020, 3, 16), PROGRAM).changed.empty


def test_the_excel_file_has_every_change_and_no_head_of_household_unless_allowed(
    db: Database, strict: Effects
) -> None:
    packaging, money = packaging_effect(db, DAY, strict), money_effect(db, DAY, strict)
    for heads in (False, True):
        content = effects_xlsx(strict, strict.changed, packaging, money, heads=heads)
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        assert sheet.max_row == 1 + len(strict.changed)
        words = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
        assert (set(strict.changed["head_name"]) <= words) is heads
