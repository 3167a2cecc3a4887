"""The list of goods: what the filters let through, its order, its reasons, the Excel file, and recording the day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from data.decisions import decisions_of
from data.lists import ListColumn, list_xlsx
from data.people import Person
from data.store import Database
from office import running
from office.answering import answers_on
from office.archiving import archive
from office.casework.goods_in_force import GoodsInForce, goods_in_force
from office.casework.in_force import STATE_WORDS, in_force
from office.choosing import Filters, by_township, chosen, nearest_first, verdict_counts
from office.deciding import Decision, reasons
from office.listing import Listing, listing
from office.listing_export import goods_xlsx
from office.listing_words import reasons_in_words
from office.nearness import NEVER
from office.permissions import ACTIONS, ROLES, may, must_be_allowed
from office.refusal import Refused
from office.worklist import Worklists, worklists
from tests.conftest import WORKING_DAY

REVIEWER = Person("demo-reviewer", "示例审核员", "reviewer")
CLERK = Person("demo-clerk", "示例录入员", "clerk")


@dataclass(frozen=True)
class County:
    """The demonstration county on its working day."""

    db: Database
    listed: Listing
    lists: Worklists
    in_force: GoodsInForce
    decisions: dict[tuple[str, str], Decision]

    def subjects(self, **asked: object) -> list[str]:
        places = chosen(self.listed, Filters(**asked), self.lists, self.in_force)  # type: ignore[arg-type]
        return list(self.listed.answers.subjects[places])

    def where(self, holds: Callable[[Decision], bool]) -> list[str]:
        """The goods for which some decision is so, in order."""
        return sorted({subject for (subject, _), d in self.decisions.items() if holds(d)})


@pytest.fixture
def county(demo_db: Path, run_on: Callable[[Path], None]) -> Iterator[County]:
    run_on(demo_db)
    with running.reader() as db:
        answers = answers_on(db, WORKING_DAY)
        decisions = {(d.subject, d.benefit): d for d in answers}
        yield County(db, listing(db, answers), worklists(db, answers), goods_in_force(db, answers), decisions)


def test_without_a_filter_every_good_is_shown(county: County) -> None:
    assert county.subjects() == list(county.listed.answers.subjects)


def test_each_row_has_the_name_and_the_last_inspection_of_its_own_good(county: County) -> None:
    listed = county.listed
    assert listed.names["subject"].tolist() == list(listed.answers.subjects)
    for at, subject in enumerate(listed.answers.subjects):
        facts = county.decisions[subject, "packaging"].facts
        ago = facts["days_since_last_inspection"]
        day = (WORKING_DAY - date(1970, 1, 1)).days
        assert listed.last_day[at] == (NEVER if ago is None else day - int(ago))
        assert bool(listed.last_failed[at]) == (facts["last_conclusion"] == "fail")


def test_places_and_products_are_filters(county: County) -> None:
    names = county.listed.names
    for column, asked in (
        ("township_code", "township"),
        ("village_code", "village"),
        ("product_code", "product"),
    ):
        code = names[column].iloc[3]
        expected = names["subject"][names[column] == code].tolist()
        assert county.subjects(**{asked: code}) == expected and expected


def test_a_verdict_is_asked_of_the_benefit_chosen_or_of_any(county: County) -> None:
    for benefit in county.listed.answers.program.benefits:
        expected = county.where(lambda d, b=benefit: d.benefit == b and d.verdict == "cannot_decide")  # type: ignore[misc]
        assert county.subjects(benefit=benefit, verdict="cannot_decide") == expected
    expected = county.where(lambda d: d.verdict == "cannot_decide")
    assert county.subjects(verdict="cannot_decide") == expected


def test_verdict_and_condition_are_asked_of_the_same_benefit(county: County) -> None:
    """Fit for online sale concerns packaging alone: no good is not eligible for logistics because of it."""
    fails = "fails:fit_for_online_sale"
    expected = county.where(
        lambda d: (
            d.benefit == "packaging"
            and d.verdict == "not_eligible"
            and d.findings["fit_for_online_sale"] == "fails"
        )
    )
    assert county.subjects(verdict="not_eligible", because=fails) == expected and expected
    assert county.subjects(benefit="logistics", because=fails) == []


def test_a_condition_can_be_asked_for_where_it_is_unknown_and_a_standing_where_it_is_on(
    county: County,
) -> None:
    unknown = county.where(lambda d: d.findings["last_inspection_passed"] == "unknown")
    assert county.subjects(because="unknown:last_inspection_passed") == unknown and unknown
    failing = county.where(lambda d: d.findings["long_term_failing"] == "holds")
    assert county.subjects(because="holds:long_term_failing") == failing and failing


def test_a_list_of_things_to_do_shows_its_goods(county: County) -> None:
    for name in ("one_failure", "newly_lost"):
        expected = county.listed.answers.subjects[county.lists.of(name)]
        assert county.subjects(worklist=name) == list(expected)
    with pytest.raises(ValueError, match="lists"):
        chosen(county.listed, Filters(worklist="lapsed"))


def test_the_search_wants_every_word_and_finds_heads_only_where_they_may_be_seen(county: County) -> None:
    names = county.listed.names
    row = names.iloc[5]
    assert row["subject"] in county.subjects(search=row["subject"].lower())
    both = county.subjects(search=f"{row['village_name']} {row['product_name']}")
    village, product = row["village_name"], row["product_name"]
    expected = names["subject"][
        names["village_name"].str.contains(village) & (names["product_name"] == product)
    ]
    assert set(expected) <= set(both) and row["subject"] in both
    assert county.subjects(search=row["head_name"]) == []
    assert row["subject"] in county.subjects(search=row["head_name"], heads=True)
    assert county.subjects(search="没有这样的产品") == []


def test_nearest_to_revocation_come_first_and_revoked_ones_last(county: County) -> None:
    listed = county.listed
    places = nearest_first(listed, np.arange(len(listed.names)))
    failures = listed.failures[places].tolist()
    ahead = [f for f in failures if f > 0]
    assert failures == [
        *sorted(ahead),
        *[f for f in failures if f == NEVER],
        *[f for f in failures if f == 0],
    ]
    assert failures[0] == 1 and failures[-1] == 0
    assert sorted(places.tolist()) == list(range(len(listed.names)))


def test_the_counts_are_those_of_what_is_shown(county: County) -> None:
    places = chosen(county.listed, Filters(verdict="revoked"))
    counts = verdict_counts(county.listed, places)
    assert counts["packaging"]["revoked"] == places.size > 0
    for benefit, numbers in counts.items():
        assert sum(numbers.values()) == places.size
        townships = by_township(county.listed, places, benefit)
        assert townships.groupby("verdict")["goods"].sum().to_dict() == {
            v: n for v, n in numbers.items() if n
        }


def test_the_reasons_are_those_of_the_single_decisions(county: County) -> None:
    listed = county.listed
    for benefit, column in listed.reasons.items():
        for at, subject in enumerate(listed.answers.subjects):
            decision = county.decisions[subject, benefit]
            names = () if decision.verdict == "eligible" else reasons(listed.answers.program, decision)
            assert tuple(name for _, name in column[at]) == names
            assert all(decision.findings[name] == finding for finding, name in column[at])


def test_a_reason_of_one_benefit_alone_says_so(county: County) -> None:
    listed = county.listed
    asked = listed.answers.program.conditions_asked("packaging")
    only = county.where(
        lambda d: (
            d.benefit == "packaging"
            and d.verdict == "not_eligible"
            and [name for name in asked if d.findings[name] == "fails"] == ["fit_for_online_sale"]
        )
    )
    at = list(listed.answers.subjects).index(only[0])
    (words,) = reasons_in_words(listed, [at])
    assert words.zh.startswith("不满足：") and words.zh.endswith("（仅包装设备和包材）")
    assert words.en.startswith("not met: ") and "(only " in words.en


@pytest.mark.parametrize("benefit", ["packaging", "logistics"])
def test_a_state_lists_the_goods_of_which_it_is_in_force(county: County, benefit: str) -> None:
    every = county.subjects()
    held = {subject: in_force(county.db, subject, benefit, WORKING_DAY) for subject in every}
    for state in STATE_WORDS:
        assert county.subjects(held=state, benefit=benefit) == [s for s in every if held[s].state == state]
    against = county.subjects(held="overrides", benefit=benefit)
    assert against == [s for s in every if held[s].overrides]


def test_goods_with_an_open_case_are_listed_and_no_others(county: County) -> None:
    rows = county.db.execute(
        "SELECT subject FROM acts WHERE kind = 'notify' AND benefit = 'packaging' AND id NOT IN"
        " (SELECT case_id FROM acts WHERE kind IN ('revoke', 'stop'))"
    )
    under_way = sorted(subject for (subject,) in rows.fetchall())
    assert under_way and county.subjects(held="under_way", benefit="packaging") == under_way


def test_a_state_and_a_verdict_are_asked_of_one_and_the_same_benefit(county: County) -> None:
    both = set(county.subjects(held="none", verdict="eligible"))
    parts = [
        set(county.subjects(held="none", verdict="eligible", benefit=b)) for b in ("packaging", "logistics")
    ]
    assert both == parts[0] | parts[1]


def read(content: bytes) -> tuple[list[tuple[object, ...]], dict[str, object]]:
    book = openpyxl.load_workbook(BytesIO(content))
    about: dict[str, object] = {str(row[0]): row[1] for row in book["说明"].iter_rows(values_only=True)}
    return [tuple(row) for row in book["资格清单"].iter_rows(values_only=True)], about


def test_the_excel_file_has_one_chinese_header_and_the_goods_in_their_order(county: County) -> None:
    listed = county.listed
    places = nearest_first(listed, chosen(listed, Filters(verdict="not_eligible")))
    rows, about = read(goods_xlsx(listed, county.in_force, places, "判定 不符合", heads=True))
    header, *body = rows
    assert header[:6] == ("户编号", "产品编码", "产品名称", "乡镇", "村", "户主姓名")
    assert [f"{row[0]}/{row[1]}" for row in body] == list(listed.answers.subjects[places])
    assert about["行数"] == str(places.size) and about["筛选"] == "判定 不符合"
    assert about["判定日期"] == "2021年9月30日" and about["规则摘要"] == listed.answers.program.digest
    for row, at in zip(body, places.tolist(), strict=True):
        cells = dict(zip(header, row, strict=True))
        assert cells["包装设备和包材"] in ("符合", "不符合", "不能判定", "应取消")
        held = in_force(county.db, str(listed.answers.subjects[at]), "packaging", WORKING_DAY)
        assert str(cells["现行：包装设备和包材"]).split("，")[0] == STATE_WORDS[held.state].zh
        assert ("与规则的建议不同" in str(cells["现行：包装设备和包材"])) == held.overrides
        left = int(listed.days_left[at])
        assert cells["资格还剩（天）"] == (None if left == NEVER else left)


def test_heads_of_household_stand_in_the_file_only_where_they_may(county: County) -> None:
    rows, _ = read(goods_xlsx(county.listed, county.in_force, np.arange(2), "", heads=False))
    assert "户主姓名" not in rows[0]
    assert not {str(name) for name in county.listed.names["head_name"]} & {
        str(c) for row in rows for c in row
    }


def test_a_text_in_the_file_is_never_a_formula_and_a_number_stays_a_number() -> None:
    content = list_xlsx("表", [ListColumn("甲", 8), ListColumn("乙", 8)], [["=1+1", 7], [None, 0]], [])
    cells = list(openpyxl.load_workbook(BytesIO(content))["表"].iter_rows(min_row=2))
    assert [(c.value, c.data_type) for c in cells[0]] == [("=1+1", "s"), (7, "n")]
    assert [c.value for c in cells[1]] == [None, 0]


def test_recording_a_day_keeps_every_decision_and_a_second_time_adds_nothing(county: County) -> None:
    writer = running.writer()
    first = archive(county.db, writer, WORKING_DAY, REVIEWER, WORKING_DAY)
    assert first.added and first.run.recorded_by == REVIEWER.name and first.run.as_of == WORKING_DAY
    kept = {(d.subject, d.benefit): d.verdict for d in decisions_of(county.db, first.run.id)}
    assert kept == {key: d.verdict for key, d in county.decisions.items()}
    again = archive(
        county.db, writer, WORKING_DAY, replace(REVIEWER, login="demo-head", name="示例负责人"), WORKING_DAY
    )
    assert (again.added, again.run) == (False, first.run)


def test_recording_is_refused_to_other_roles_for_days_to_come_and_without_goods(county: County) -> None:
    writer = running.writer()
    before = county.db.execute("SELECT count(*) FROM runs").fetchone()
    for person, day in (
        (CLERK, WORKING_DAY),
        (REVIEWER, WORKING_DAY + timedelta(days=1)),
        (REVIEWER, date(2019, 12, 31)),
    ):
        with pytest.raises(Refused):
            archive(county.db, writer, day, person, WORKING_DAY)
    assert county.db.execute("SELECT count(*) FROM runs").fetchone() == before


def test_each_action_has_the_roles_that_may_and_refuses_the_others_by_name() -> None:
    for action, allowed in ACTIONS.items():
        assert allowed and allowed <= set(ROLES)
        for role in ROLES:
            assert may(role, action) == (role in allowed)
            if role in allowed:
                must_be_allowed(role, action)
            else:
                with pytest.raises(Refused) as refused:
                    must_be_allowed(role, action)
                assert all(ROLES[name].zh in refused.value.words.zh for name in allowed)


def test_auditors_only_note_what_they_looked_at_administrators_keep_the_house_neither_sees_names() -> None:
    """What an auditor notes stands beside the decisions; nothing of the office's work is changed by it."""
    theirs = [action for action in ACTIONS if may("auditor", action)]
    assert theirs == ["audit", "look_into", "recheck", "audit_pack", "show_personal", "see_personal_log"]
    keeps = ["letterhead", "manage_accounts", "back_up", "settings", "see_personal_log"]
    assert [action for action in ACTIONS if may("administrator", action)] == keeps


def test_an_action_that_nobody_has_heard_of_is_an_error() -> None:
    with pytest.raises(KeyError):
        may("reviewer", "delete")
