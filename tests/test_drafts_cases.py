"""Cases of a programme: tried on every draft, made of a fault, taken along as a file; and differences told in words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.integrity import check
from data.store import Writer, open_writer
from office.casework.asked import Doer
from office.programs import program_named
from office.refusal import Refused
from office.rulekeeping import cases
from office.rulekeeping.checking_drafts import check_draft
from office.rulekeeping.differences import differences
from office.rulekeeping.trying_cases import Case, case_of, case_text, cases_in, tried
from rules.editing import with_value
from rules.program import Program

CLERK, REVIEWER = Doer("demo-clerk"), Doer("demo-reviewer")
PROGRAM = "produce-support"
TEXT = program_named(PROGRAM).text
LAST_ROW = '[[benefits.packaging.verdicts]]\nverdict = "not_eligible"\n'
WITHOUT_LAST_ROW = TEXT.replace(LAST_ROW, "", 1)
OUTSIDE = Case(
    name="不是贫困户的产品不符合",
    program=PROGRAM,
    as_of=date(2021, 9, 30),
    facts={
        "registered_poor_household": False,
        "standardised": False,
        "fit_for_online_sale": None,
        "last_conclusion": "pass",
        "days_since_last_inspection": 10,
        "long_term_failing": False,
    },
    about="packaging",
    expected="not_eligible",
)


@pytest.fixture
def writer(people_db: Path) -> Iterator[Writer]:
    with open_writer(people_db) as one:
        yield one


def program_of(text: str) -> Program:
    found = check_draft(text).program
    assert found is not None
    return found


def test_a_case_is_tried_on_every_draft_and_says_what_came_instead(writer: Writer) -> None:
    cases.save(writer, OUTSIDE, doer=CLERK)
    with writer.transaction() as db:
        assert [one.answer for one in cases.tried_all(db, program_of(TEXT), PROGRAM)] == ["holds"]
        (broken,) = cases.tried_all(db, program_of(WITHOUT_LAST_ROW), PROGRAM)
        assert (broken.answer, broken.came) == ("fails", "")
        assert cases.tried_all(db, program_of(TEXT), "logistics-claim") == ()
        assert not check(db)


def test_a_case_counts_with_the_values_of_its_own_day() -> None:
    longer = program_of(with_value(TEXT, "inspection_validity_days", date(2021, 11, 1), 365))
    facts = {**OUTSIDE.facts, "registered_poor_household": True, "fit_for_online_sale": True}
    old = replace(OUTSIDE, facts={**facts, "days_since_last_inspection": 181})
    assert tried(longer, replace(old, as_of=date(2021, 10, 31))).answer == "holds"
    late = tried(longer, replace(old, as_of=date(2021, 11, 1)))
    assert (late.answer, late.came) == ("fails", "eligible")
    assert tried(longer, replace(old, as_of=date(2020, 3, 15))).answer == "cannot"


def test_a_case_that_lacks_what_the_draft_asks_cannot_be_tried_and_is_never_taken_to_hold() -> None:
    facts = dict(OUTSIDE.facts)
    del facts["standardised"]
    found = tried(program_of(TEXT), replace(OUTSIDE, facts=facts))
    assert found.answer == "cannot" and found.why and "标准化产品" in found.why.zh
    latch = {name: value for name, value in OUTSIDE.facts.items() if name != "long_term_failing"}
    assert tried(program_of(TEXT), replace(OUTSIDE, facts=latch)).answer == "cannot"
    strange = tried(program_of(TEXT), replace(OUTSIDE, facts={**OUTSIDE.facts, "standardised": None}))
    assert strange.answer == "cannot"
    assert tried(program_of(TEXT), replace(OUTSIDE, about="no_benefit")).answer == "cannot"
    assert tried(program_of(TEXT), replace(OUTSIDE, expected="no_verdict")).answer == "cannot"


def test_a_fault_of_the_proof_becomes_a_case_that_fails_on_the_draft_and_holds_once_it_is_mended() -> None:
    checked = check_draft(WITHOUT_LAST_ROW)
    assert checked.program is not None
    case = cases.from_fault(checked.program, PROGRAM, checked.found[0], date(2021, 9, 30))
    assert case is not None and case.about == "packaging"
    wanted = replace(case, expected="not_eligible")
    assert tried(checked.program, wanted).answer == "fails"
    assert tried(program_of(TEXT), wanted).answer == "holds"


def test_an_event_that_sets_and_clears_becomes_a_case_of_the_latch() -> None:
    text = TEXT.replace(
        'clear_when = { all = ["passed_again"] }', 'clear_when = { all = ["failed_repeatedly"] }'
    )
    checked = check_draft(text)
    found = next(f for f in checked.found if f.kind == "set_and_cleared")
    assert checked.program is not None
    case = cases.from_fault(checked.program, PROGRAM, found, date(2021, 9, 30))
    assert case is not None and case.of_event
    both = tried(checked.program, replace(case, expected="set"))
    assert (both.answer, both.came) == ("fails", "both")
    assert tried(program_of(TEXT), replace(case, expected="set")).answer == "holds"


def test_a_case_needs_a_name_of_its_own_and_is_saved_once(writer: Writer) -> None:
    cases.save(writer, OUTSIDE, doer=CLERK)
    for case, said in (
        (OUTSIDE, "is a case"),
        (replace(OUTSIDE, name="换个名字"), "saved already"),
        (replace(OUTSIDE, name=" "), "name is needed"),
    ):
        with pytest.raises(Refused, match=said):
            cases.save(writer, case, doer=CLERK)
    cases.remove(writer, PROGRAM, OUTSIDE.name, doer=REVIEWER)
    with writer.transaction() as db:
        assert cases.cases_of(db, PROGRAM) == ()
    assert cases.save(writer, OUTSIDE, doer=CLERK).version == 3


def test_all_cases_are_taken_along_as_one_file_that_can_be_read_again(writer: Writer) -> None:
    event = Case("检验", PROGRAM, date(2021, 9, 30), {"consecutive_passes": 2}, "l", "cleared", of_event=True)
    for case in (OUTSIDE, event):
        cases.save(writer, case, doer=CLERK)
    with writer.transaction() as db:
        text = cases.as_file(cases.cases_of(db, PROGRAM), PROGRAM)
    assert [one["name"] for one in tomllib.loads(text)["case"]] == [OUTSIDE.name, "检验"]
    assert cases_in(text) == (OUTSIDE, event)


@settings(max_examples=80, deadline=None)
@given(
    st.text(min_size=1, max_size=20),
    st.dictionaries(
        st.text(min_size=1, max_size=8),
        st.none() | st.booleans() | st.integers(0, 2**53) | st.text(max_size=8),
        max_size=5,
    ),
    st.booleans(),
)
def test_whatever_stands_in_a_case_is_read_again_as_it_was(
    name: str, facts: dict[str, bool | int | str | None], of_event: bool
) -> None:
    if any(
        "\ud800" <= c <= "\udfff"
        for text in (name, *map(str, facts), *map(str, facts.values()))
        for c in text
    ):
        return
    case = Case(name, PROGRAM, date(2021, 1, 1), facts, "a b", "c", of_event)
    assert case_of(case_text(case)) == case


@pytest.mark.parametrize(
    "text", ["", "[[case]]\n", "[[case]]\nname = 1\n", "x", "[[case]]\nname='a'\nwhat=1\n"]
)
def test_a_file_that_holds_no_case_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        case_of(text)


# ---- differences ----


def test_a_draft_that_says_the_same_in_other_words_of_toml_differs_in_nothing() -> None:
    assert differences(program_of(TEXT), program_of("# 注释\n" + TEXT)) == ()


def test_a_new_value_is_one_difference_with_its_day() -> None:
    (found,) = differences(
        program_of(TEXT), program_of(with_value(TEXT, "inspection_validity_days", date(2021, 11, 1), 365))
    )
    assert (found.mark, found.kind, found.title.zh) == ("added", "value", "检验结果有效天数（自 2021-11-01）")
    assert found.before is None and found.after and found.after.zh == "365天"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "range   = [30, 730]",
            "range   = [30, 400]",
            ("changed", "parameter", "30天 至 730天", "30天 至 400天"),
        ),
        (
            'test    = { fact = "standardised", is = false }',
            'test    = { fact = "standardised", is = true }',
            ("changed", "condition", "标准化产品为否", "标准化产品为是"),
        ),
        (LAST_ROW, "", ("removed", "row", "不符合：其他情形", None)),
        (
            'set_when   = { any = ["failed_repeatedly", "failed_often"] }',
            'set_when   = { all = ["failed_repeatedly"] }',
            (
                "changed",
                "latch",
                "任一：连续多次检验不合格、统计期内多次检验不合格，且占比过高",
                "全部：连续多次检验不合格",
            ),
        ),
        (
            'may_be_unknown = true\ntitle = { zh = "符合网销',
            'title = { zh = "符合网销',
            ("changed", "fact", "是或否，可以未知", "是或否"),
        ),
        (
            'value = 180, note = "方案只说“定期”，没有写天数"',
            "value = 200",
            ("changed", "value", "180天", "200天"),
        ),
    ],
)
def test_each_kind_of_change_is_told_in_words(
    old: str, new: str, expected: tuple[str, str, str | None, str | None]
) -> None:
    from rules.load import load

    assert TEXT.count(old) >= 1
    before, after = (load(text.encode(), "x.toml") for text in (TEXT, TEXT.replace(old, new, 1)))
    found = differences(before, after)
    told = [(d.mark, d.kind, d.before and d.before.zh, d.after and d.after.zh) for d in found]
    assert expected in told
    back = [
        (d.mark, d.kind, d.after and d.after.zh, d.before and d.before.zh) for d in differences(after, before)
    ]
    swapped = {"added": "removed", "removed": "added", "changed": "changed"}
    assert sorted(map(str, back)) == sorted(str((swapped[m], *rest)) for m, *rest in told)
