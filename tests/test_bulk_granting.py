"""Plain cases are granted together after a look at them; doubtful ones are left out and said why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.casework.acts import acts_about
from data.chain import head
from data.decisions import run
from data.integrity import check
from data.store import reading
from office.casework.acting import BulkPreview, bulk_grant_in, bulk_preview
from office.recording import decided_at
from office.refusal import Refused
from tests.casework import CLERK, H1P1, OTHER, REVIEWER, Office
from tests.entering import enter, sample

DAY = date(2021, 3, 1)
ALL = ("H1/P1", "H1/P2", "H2/P1")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Three goods, each of which passed today."""
    office = Office(tmp_path / "office.db").on(DAY)
    with office.writer:
        for subject in ALL:
            office.inspect("pass", subject=subject)
        yield office


def preview(office: Office, township: str | None = None) -> BulkPreview:
    with reading(office.file) as db:
        answers = decided_at(db, office.day, office.clock())
        return bulk_preview(db, "packaging", office.day, township=township, answers=answers)


def cases(office: Office) -> tuple[str, ...]:
    return tuple(case.subject for case in preview(office).cases)


def left_out(office: Office) -> dict[str, tuple[str, ...]]:
    return {left.reason.zh: left.subjects for left in preview(office).left_out}


def test_plain_cases_are_granted_in_one_entry_on_one_run_about_all_goods(office: Office) -> None:
    seen = preview(office)
    assert seen.by_township == {"示例镇": 3} and cases(office) == ALL
    done = office.bulk(seen=seen.digest)
    assert (done.granted, done.acts) == (3, (1, 3))
    with reading(office.file) as db:
        acts = [act for subject in ALL for act in acts_about(db, subject)]
        assert len({act.recorded_seq for act in acts}) == 1
        found = run(db, 1)
        assert found is not None and (found.scope, found.goods) == ("", 3)
        assert check(db) == []
    assert {(act.kind, act.state, act.effective_on, act.overrides) for act in acts} == {
        ("grant", "granted", "2021-03-01", False)
    }
    assert cases(office) == () and office.standing().in_force.state == "granted"


def test_some_of_them_can_be_left_for_later(office: Office) -> None:
    with office.writer.transaction() as db:
        seen = bulk_preview(db, "packaging", DAY, answers=decided_at(db, DAY, office.clock()))
        bulk_grant_in(db, "packaging", ["H1/P2"], doer=REVIEWER, at=office.clock(), day=DAY, seen=seen.digest)
    assert cases(office) == ("H1/P1", "H2/P1")


def test_what_was_withheld_by_the_rules_is_a_plain_case_once_it_is_eligible(office: Office) -> None:
    office.bulk("logistics")
    office.inspect("fail", DAY)
    office.act("withhold")
    office.on(date(2022, 3, 3)).inspect("pass")
    assert cases(office) == (H1P1,)


def test_neither_what_is_granted_nor_what_is_not_eligible_is_among_them(office: Office) -> None:
    office.act("grant", subject="H1/P2")
    office.inspect("fail", subject="H2/P1")
    assert cases(office) == (H1P1,) and left_out(office) == {}


@pytest.mark.parametrize(("failed_on", "plain"), [(date(2020, 3, 1), True), (date(2020, 3, 2), False)])
def test_a_failure_within_the_window_is_a_doubt(office: Office, failed_on: date, plain: bool) -> None:
    office.inspect("fail", failed_on)  # 365 and 364 days before
    assert (H1P1 in cases(office)) is plain
    assert left_out(office) == ({} if plain else {"统计期内有过不合格": (H1P1,)})


def test_a_sample_without_a_conclusion_is_a_doubt(office: Office) -> None:
    enter(office.writer, "inspections", [sample("X1", "2021-03-01", "pending")])
    assert left_out(office) == {"有样品还没有结论": (H1P1,)}


def test_what_was_withheld_against_the_rules_is_a_doubt(office: Office) -> None:
    office.act("withhold", override=True, reason="待核实")
    assert left_out(office) == {"曾与规则建议不同地不予": (H1P1,)}


def test_what_is_withheld_only_from_a_later_day_is_a_doubt(office: Office) -> None:
    number = office.inspect("fail")
    office.act("withhold", effective_on=date(2021, 3, 20))
    office.correct(number, "pass", DAY)
    assert left_out(office) == {"另有处理以后才生效": (H1P1,)}
    office.on(date(2021, 3, 20))
    assert H1P1 in cases(office)


def test_where_taking_away_was_begun_before_it_is_a_doubt(office: Office) -> None:
    office.act("grant")
    office.on(date(2021, 3, 2)).inspect("fail")
    office.act("notify", CLERK)
    office.act("deliver", CLERK, how="post", to="示例户主")
    office.on(date(2021, 3, 10)).act("hear", CLERK)
    office.act("revoke", reason="理由")
    office.on(date(2022, 3, 3)).inspect("pass")
    assert left_out(office) == {"曾经拟取消或已取消": (H1P1,)}


def test_one_township_only(office: Office) -> None:
    assert [case.subject for case in preview(office, "示例镇").cases] == list(ALL)
    assert preview(office, "别的镇").cases == ()


def refused(office: Office, words: str, **more: object) -> None:
    with reading(office.file) as db:
        before = head(db)
    with pytest.raises(Refused, match=".") as found:
        office.bulk(**more)  # type: ignore[arg-type]
    assert words in found.value.words.zh
    with reading(office.file) as db:
        assert head(db) == before


def test_it_is_refused_once_somebody_else_has_acted(office: Office) -> None:
    seen = preview(office).digest
    office.act("grant", OTHER)
    refused(office, "重新预览", seen=seen)


def test_it_is_refused_once_an_inspection_changes_the_cases(office: Office) -> None:
    seen = preview(office).digest
    office.inspect("fail")
    refused(office, "重新预览", seen=seen)


def test_an_inspection_that_changes_no_case_does_not_stand_in_the_way(office: Office) -> None:
    seen = preview(office).digest
    office.inspect("pass")
    assert office.bulk(seen=seen).granted == 3


def test_the_next_day_the_preview_is_another(office: Office) -> None:
    seen = preview(office).digest
    office.on(date(2021, 3, 2))
    refused(office, "重新预览", seen=seen)


def test_only_a_reviewer_confirms_and_only_what_there_is(office: Office) -> None:
    refused(office, "审核员", doer=CLERK)
    office.bulk()
    refused(office, "没有可以一并办理")
    refused(office, "没有“loan”", benefit="loan")


def test_a_good_that_is_no_plain_case_is_refused(office: Office) -> None:
    with pytest.raises(Refused) as found, office.writer.transaction() as db:
        bulk_grant_in(db, "packaging", [H1P1, "H9/P9"], doer=REVIEWER, at=office.clock(), day=DAY)
    assert "H9/P9" in found.value.words.zh and cases(office) == ALL
