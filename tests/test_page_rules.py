"""The Rules page and what stands behind it: the what-if, the programme beside the plan, what is to be confirmed."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from data.store import reading
from office import running
from office.programs import program_named, programs_with_the_software, proof_summary
from office.refusal import Refused
from office.rule_book import (
    ASSESSMENT,
    PROCEDURE,
    RETENTION,
    TARGETS,
    chapters,
    cited_parts,
    clauses_cited,
    resting_on,
    row_words,
    sentences_of,
)
from office.what_if import by_township, changed_count, comparison_xlsx, moves, what_if
from rules.plan import clauses, stands_in
from rules.program import Program
from rules.slip import UNITS, in_unit
from tests.conftest import OpenPage

PROGRAM, DAY = program_named(), date(2021, 9, 30)
EVERY_PROGRAM = pytest.mark.parametrize("program", programs_with_the_software(), ids=lambda p: p.program)


@pytest.fixture
def on_demo(demo_db: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(running._State, "path", demo_db)
    return demo_db


def sheet_of(content: bytes) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return list(book.worksheets[0].iter_rows(values_only=True))


def test_the_goods_come_first_then_every_other_programme_that_is_published() -> None:
    assert [p.program for p in programs_with_the_software()] == [
        "produce-support",
        "enterprise-interest",
        "household-interest",
        "logistics-claim",
        "outlet-reward",
    ]
    titles = [program.title for program in programs_with_the_software()]
    assert [chapter.title for chapter in chapters()] == [*titles, PROCEDURE, TARGETS, ASSESSMENT, RETENTION]


def test_every_quote_stands_in_the_plan_word_for_word() -> None:
    for part in (part for chapter in chapters() for part in chapter.parts):
        assert stands_in(part.citation.quote, part.citation.clause), part.name
    assert not stands_in("对检验不合格的产品", "三(八)")


def test_every_clause_of_the_plan_is_found_by_its_name() -> None:
    names = [c.name for c in clauses()]
    assert len(set(names)) == len(names)
    parts = Counter(name[0] for name in names)
    assert parts == {"序": 1, "一": 1, "二": 4, "三": 8, "四": 8, "五": 4}


@EVERY_PROGRAM
def test_every_cited_part_is_shown_beside_some_sentence(program: Program) -> None:
    shown = {
        (part.kind, part.name, part.benefit)
        for clause in clauses_cited(program)
        for sentence in sentences_of(clause)
        for part in resting_on(program, sentence)
    }
    assert shown == {(part.kind, part.name, part.benefit) for part in cited_parts(program)}


@EVERY_PROGRAM
def test_every_row_of_the_answers_is_said_in_words(program: Program) -> None:
    said = [row_words(program, benefit, row) for benefit in program.benefits.values() for row in benefit.rows]
    assert said[-1].zh == "其他情形"
    assert all("_" not in words.zh + words.en for words in said)


def test_the_proof_summary_counts_what_was_gone_through() -> None:
    assert set(proof_summary(PROGRAM).combinations) == {"packaging", "logistics"}
    assert proof_summary(PROGRAM).combinations["packaging"] > proof_summary(PROGRAM).combinations["logistics"]


def test_a_stricter_value_only_takes_away_and_its_parts_add_up(on_demo: Path) -> None:
    with reading(on_demo) as db:
        found = what_if(db, DAY, {"long_term_consecutive_failures": 1})
    for benefit in PROGRAM.benefits:
        rows = found.of(benefit)
        gains, losses = changed_count(found, benefit)
        assert gains == 0 < losses == len(rows)
        assert by_township(rows)["goods"].sum() == sum(n for _, _, n in moves(rows)) == len(rows)


def test_the_values_in_force_change_nothing(on_demo: Path) -> None:
    with reading(on_demo) as db:
        assert what_if(db, DAY, {"long_term_consecutive_failures": 3}).changed.empty


def test_a_value_out_of_range_is_refused(on_demo: Path) -> None:
    with reading(on_demo) as db, pytest.raises(Refused):
        what_if(db, DAY, {"long_term_consecutive_failures": 13})


def test_the_download_names_every_change_and_no_head_of_household(on_demo: Path) -> None:
    with reading(on_demo) as db:
        found = what_if(db, DAY, {"long_term_consecutive_failures": 1})
    _, *rows = sheet_of(comparison_xlsx(found, PROGRAM, "zh"))
    assert len(rows) == len(found.changed)
    heads = set(found.changed["head_name"])
    assert not heads & {cell for row in rows for cell in row}


def test_the_page_shows_a_what_if_from_its_address(app_test: OpenPage) -> None:
    page = app_test("rules", "reviewer", set_long_term_consecutive_failures="1")
    assert not page.exception
    slider = page.slider(key="rules_set_long_term_consecutive_failures")
    assert slider.value == 1
    worse = next(m for m in page.metric if "变差" in m.label)
    assert int(worse.value) > 0


@pytest.mark.parametrize("view", ["what-if", "plan", "values", "readings", "matrix", "proof"])
@pytest.mark.parametrize("role", ["clerk", "auditor", "administrator"])
def test_every_view_opens_for_everybody_and_administrators_see_no_household(
    app_test: OpenPage, view: str, role: str
) -> None:
    page = app_test("rules", role, view=view)
    assert not page.exception
    assert bool(page.slider) == (view == "what-if" and role != "administrator")


def test_the_plan_is_shown_beside_the_programme_that_the_address_names(app_test: OpenPage) -> None:
    goods, claims = (
        app_test("rules", "clerk", view="plan", **asked) for asked in ({}, {"program": "logistics-claim"})
    )
    assert [s.value for s in goods.subheader] == ["包装设备和包材", "物流补贴申请资格"]
    assert [s.value for s in claims.subheader] == ["物流补贴申报"]
    assert list(claims.table[-1].value["结果"]) == ["✕ 不予支付", "✔ 可以支付", "？ 不能判定"]


def test_the_values_of_every_programme_and_of_the_procedure_are_in_one_view(app_test: OpenPage) -> None:
    page = app_test("rules", "auditor", view="values")
    assert [s.value for s in page.subheader] == [chapter.title.zh for chapter in chapters()]
    assert len(page.table) == len(chapters())


def test_one_of_something_is_not_several_in_english() -> None:
    assert in_unit(1, UNITS["quarter"]).en == "1 quarter" and in_unit(2, UNITS["quarter"]).en == "2 quarters"
    assert in_unit(1, UNITS["year"]).en == "1 calendar year" and in_unit(1, UNITS["percent"]).en == "1 %"
    assert in_unit(1, UNITS["year"]).zh == "1个自然年" and in_unit(7, None).en == "7"


def test_the_values_keep_their_names_in_english(app_test: OpenPage) -> None:
    page = app_test("rules", "auditor", view="values", lang="en")
    named = [name for table in page.table for name in table.value.index]
    assert named == [part.words.en for chapter in chapters() for part in chapter.dated for _ in part.history]


def test_the_proof_speaks_of_every_programme_and_of_standing_only_where_there_is_one(
    app_test: OpenPage,
) -> None:
    page = app_test("rules", "auditor", view="proof")
    assert [s.value for s in page.subheader] == [program.title.zh for program in programs_with_the_software()]
    said = [m.value for m in page.main.markdown]
    assert any(m.startswith("物流补贴申报：") for m in said)
    assert sum("长期不合格" in m for m in said) == 1
