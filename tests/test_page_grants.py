"""The page 奖补与贴息: three grants by themselves, their sums, filters, slips, and the ways to the registers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.papers.filters import yuan
from data.store import reading
from office.grants.kinds import KINDS
from office.grants.listing import grants_now
from tests.conftest import WORKING_DAY, OpenPage
from tests.test_page_logistics import texts


def table(app: AppTest) -> list[str]:
    """The claims that the table shows."""
    return list(app.dataframe[-1].value["claim_no"])


def listed(path: Path, name: str, day: date = WORKING_DAY) -> list[str]:
    with reading(path) as db:
        return list(grants_now(db, KINDS[name], day).rows["claim_no"])


@pytest.mark.parametrize("role", ["clerk", "reviewer", "auditor"])
def test_every_role_of_casework_may_look_at_each_grant(app_test: OpenPage, demo_db: Path, role: str) -> None:
    for name in KINDS:
        app = app_test("grants", role, view=name)
        assert not app.exception
        assert app.title[0].value == "奖补与贴息"
        assert table(app) == listed(demo_db, name)


def test_sums_stand_by_verdict_and_no_sum_of_several_grants_does(app_test: OpenPage, demo_db: Path) -> None:
    sums = {}
    for name, kind in KINDS.items():
        with reading(demo_db) as db:
            found = grants_now(db, kind, WORKING_DAY).sums()
        said = texts(app_test("grants", "clerk", view=name))
        for one in found.values():
            assert yuan(one.fen) in said
        sums[name] = found["payable"].fen
    assert all(sums.values())
    both = yuan(sums["households"] + sums["enterprises"])
    assert all(both not in texts(app_test("grants", "clerk", view=name)) for name in KINDS)


def test_it_says_that_people_decide(app_test: OpenPage) -> None:
    assert "是否支付由人决定" in texts(app_test("grants", "auditor"))


def test_the_filters_of_the_address_choose_the_claims(app_test: OpenPage) -> None:
    app = app_test("grants", "clerk", view="households", verdict="cannot_decide")
    shown = app.dataframe[-1].value
    assert len(shown) and all("不能判定" in cell[0] for cell in shown["verdict"])
    assert shown["granted"].isna().all()  # what cannot be decided yet is not 0
    assert any("没有符合" in info.value for info in app_test("grants", "clerk", search="没有这样的").info)


@pytest.mark.parametrize("name", KINDS)
def test_a_claim_of_the_address_opens_its_slip(app_test: OpenPage, name: str) -> None:
    number = table(app_test("grants", "clerk", view=name, verdict="payable"))[0]
    said = texts(app_test("grants", "clerk", view=name, claim=number))
    assert "按规则可以支付" in said and "待领导小组确认" in said
    assert ("四(二)" if name == "rewards" else "÷ 360") in said


def test_a_refused_claim_says_why_at_the_top(app_test: OpenPage) -> None:
    number = table(app_test("grants", "clerk", view="enterprises", verdict="refused"))[0]
    said = texts(app_test("grants", "clerk", view="enterprises", claim=number))
    assert "原因：不满足" in said and "按规则不予支付" in said


@pytest.mark.parametrize(("role", "named"), [("clerk", True), ("auditor", False)])
def test_the_head_of_household_is_named_only_to_those_who_may_see_it(
    app_test: OpenPage, role: str, named: bool
) -> None:
    number = table(app_test("grants", role, view="households"))[0]
    said = texts(app_test("grants", role, view="households", claim=number))
    assert ("示例户" in said) == named and ("示*" in said) != named


def test_a_claim_of_another_grant_is_said_to_be_none_here(app_test: OpenPage) -> None:
    app = app_test("grants", "clerk", view="rewards", claim="TX0001")
    assert not app.exception and any("没有申报“TX0001”" in info.value for info in app.info)


def test_another_grant_leaves_the_claim_behind(app_test: OpenPage) -> None:
    app = app_test("grants", "clerk", view="rewards")
    app = app_test("grants", "clerk", view="rewards", claim=table(app)[0], because="fails:outlet_open")
    app.button_group(key="grants_view").set_value("households").run()
    assert app.query_params["view"] == "households"
    assert "claim" not in app.query_params and "because" not in app.query_params


def test_only_who_enters_is_shown_the_way_to_entry(app_test: OpenPage) -> None:
    for role, shown in (("clerk", True), ("auditor", False)):
        labels = [link.proto.label for link in app_test("grants", role).main.get("page_link")]
        assert ("录入申报" in labels) == shown and "申报台账" in labels


def test_an_empty_office_is_shown_the_way_in(empty_app_test: OpenPage) -> None:
    for name in KINDS:
        app = empty_app_test("grants", "clerk", view=name)
        assert not app.exception and any("没有申报" in info.value for info in app.info)


def test_before_the_rules_nothing_is_decided_and_it_says_so(app_test: OpenPage) -> None:
    app = app_test("grants", "clerk", day="2020-03-15")
    assert not app.exception and any("尚未施行" in info.value for info in app.info)


def test_the_whole_page_is_said_in_english_too(app_test: OpenPage) -> None:
    for name in KINDS:
        app = app_test("grants", "clerk", view=name, lang="en")
        assert not app.exception and "payable" in texts(app)
