"""Grants: what their programmes ask, claims on their own days and as known then, documents, commands, the list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook

from data.grants import FAR, read_grants
from data.register import register
from data.store import Writer, reading
from office.__main__ import main
from office.days import known_at_from
from office.deciding import decide_all
from office.gathering import gather
from office.grants.checking import Checked, check_grants
from office.grants.kinds import KINDS, Kind
from office.grants.listing import Filters, chosen, grants_now, grants_xlsx
from office.grants.slips import explain_grant, grants_document, slip_document
from office.programs import program_named, values_in_force
from office.refusal import Refused
from rules.load import load
from rules.plan import stands_in
from rules.program import Program
from rules.proof import prove
from rules.subjects import OTHERS, subject_of
from tests.entering import enter, new_writer
from tests.granting import ENTER, LOANS, enter_county, reward

END = date(2021, 12, 31)
NOW = known_at_from("2026-01-01")
EVERY_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
REWARDS, HOUSEHOLDS, ENTERPRISES = KINDS.values()


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    with new_writer(tmp_path / "office.db") as made:
        enter_county(made)
        yield made


@pytest.fixture
def office(writer: Writer) -> Path:
    """A database with one payable claim of each kind, number `1-B`."""
    for kind in KINDS.values():
        ENTER[kind.register](writer, "1", {})
    return writer.path


def checked(path: Path, kind: Kind, day: date = END, known_at: str = NOW, **more: Any) -> Checked:
    with reading(path) as db:
        return check_grants(db, kind, day, known_at, **more)


def draft(kind: Kind, *changes: tuple[str, str]) -> Program:
    text = program_named(kind.program).text
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return load(text.encode(), "draft.toml")


# ---- the programmes ----


@EVERY_KIND
def test_a_programme_has_no_fault_and_its_quotes_stand_in_the_plan(kind: Kind) -> None:
    program = program_named(kind.program)
    assert prove(program) == ()
    cited = [part.citation for parts in (program.parameters, program.conditions) for part in parts.values()]
    assert all(stands_in(one.quote, one.clause) for one in cited)
    assert all(one.citation.note for one in program.conditions.values() if one.citation.reading == "office")
    assert all(one.citation.reading == "office" for one in program.parameters.values())
    assert all(value.note for one in program.parameters.values() for value in one.values)


@EVERY_KIND
def test_it_asks_exactly_what_the_registers_hold(kind: Kind) -> None:
    program = program_named(kind.program)
    assert set(program.facts) == set(subject_of(program).facts)
    assert all(fact.title for fact in program.facts.values())
    assert subject_of(program) is OTHERS[kind.subject]


def test_what_the_plan_itself_says_is_marked_as_its_text() -> None:
    said = {
        kind.name: {
            n for n, c in program_named(kind.program).conditions.items() if c.citation.reading == "text"
        }
        for kind in KINDS.values()
    }
    assert said == {
        "rewards": {
            "level_named_by_the_plan",
            "township_outlet_has_a_shopfront",
            "village_outlet_in_a_poor_village",
            "village_outlet_at_a_station",
        },
        "households": {"purpose_of_the_plan", "unsecured"},
        "enterprises": {"unsecured"},
    }


@pytest.mark.parametrize(
    ("kind", "old", "new", "said"),
    [
        (REWARDS, "parcels", "pieces", "hold no such fact"),
        (REWARDS, "[parameters.year_cap_fen]", "[parameters.a_cap_fen]", 'no parameter "year_cap_fen"'),
        (HOUSEHOLDS, "[parameters.days_of_year]", "[parameters.days]", 'no parameter "days_of_year"'),
        (HOUSEHOLDS, "registered_on_lending_day", "borrower", "hold no such fact"),
    ],
)
def test_a_draft_that_asks_for_something_else_is_refused_in_words(
    kind: Kind, old: str, new: str, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        values_in_force(draft(kind, (old, new)), END)
    assert said in refused.value.words.en


@EVERY_KIND
def test_a_programme_of_grants_never_decides_goods(office: Path, kind: Kind) -> None:
    program = program_named(kind.program)
    with reading(office) as db:
        gathered = gather(db, END, NOW)
    with pytest.raises(Refused) as refused:
        decide_all(gathered, program, values_in_force(program, END))
    assert "不是农产品" in refused.value.words.zh


# ---- reading ----


def test_what_is_blank_is_unknown_and_a_day_that_has_not_come_is_far(writer: Writer) -> None:
    ENTER["outlet_rewards"](writer, "1", {"claim": {"shopfront": "blank", "other_reward": "blank"}})
    with reading(writer.path) as db:
        read = read_grants(db, "outlet_rewards")
    assert [int(read.numbers[name][0]) for name in ("shopfront", "other_reward")] == [-1, -1]
    assert read.numbers["closed"].tolist() == read.numbers["courier_until"].tolist() == [FAR]


@EVERY_KIND
def test_an_empty_office_has_no_claims_and_a_day_before_the_rules_is_refused(
    writer: Writer, kind: Kind
) -> None:
    assert checked(writer.path, kind).claims.entity.size == 0
    with pytest.raises(Refused) as refused:
        checked(writer.path, kind, date(2020, 3, 15))
    assert "尚未施行" in refused.value.words.zh


@EVERY_KIND
def test_a_claim_is_there_from_its_own_day_on(office: Path, kind: Kind) -> None:
    assert checked(office, kind, date(2021, 4, 9)).claims.entity.size == 0
    assert checked(office, kind, date(2021, 4, 10)).verdicts.tolist() == ["payable"]


def test_a_correction_is_seen_from_its_recording_on(writer: Writer) -> None:
    ENTER["household_interest"](writer, "1", {"loan": {"secured": 1}})
    before = writer.now().isoformat()
    with reading(writer.path) as db:
        columns = [column.name for column in register(LOANS["household_interest"]).columns]
        row = db.execute(f"SELECT {', '.join(columns)} FROM household_loans").fetchone()
    enter(
        writer,
        "household_loans",
        [dict(zip(columns, row, strict=True)) | {"secured": 0}],
        reason="核实无担保",
    )
    assert checked(writer.path, HOUSEHOLDS, known_at=known_at_from(before)).verdicts.tolist() == ["refused"]
    found = checked(writer.path, HOUSEHOLDS)
    assert found.verdicts.tolist() == ["payable"]
    assert found.claims.rows["household_loans"].tolist() == [2], "the version that counts"


# ---- each claim on its own day ----


def test_each_claim_has_the_values_in_force_on_the_last_day_of_its_period(writer: Writer) -> None:
    rows = [
        reward("1", 0, {"period_to": "2021-03-30", "period_from": "2021-02-01"}),
        reward("1", 1, {"period_from": "2021-03-31", "period_to": "2021-04-30", "claimed_on": "2021-05-01"}),
    ]
    ENTER["outlet_rewards"](writer, "1", {"claim": {"period_to": "2021-01-31"}})
    rows[0]["reward_no"] = "1-C"
    enter(writer, "outlet_rewards", rows)
    later = (
        'values  = [{ from = 2020-03-16, value = 20000, note = "方案没有写标准" }]',
        "values = [{ from = 2020-03-16, value = 20000 }, { from = 2021-03-31, value = 50000 }]",
    )
    found = checked(writer.path, REWARDS, program=draft(REWARDS, later))
    sums = dict(zip(found.claims.claim_no.tolist(), found.comes_to.tolist(), strict=True))
    assert sums == {"1-B": 20_000 + 10_000, "1-C": 20_000 + 10_000, "1-A1": 50_000 + 10_000}
    assert found.values["fen_per_month_village"] == 50_000, "those of the day asked"


def test_a_period_before_the_rules_is_not_decided_and_said_so(writer: Writer) -> None:
    before = {"period_from": "2020-01-01", "period_to": "2020-03-15", "claimed_on": "2020-04-01"}
    on_the_day = {"period_from": "2020-03-16", "period_to": "2020-03-16", "claimed_on": "2020-04-01"}
    ENTER["household_interest"](
        writer, "1", {"loan": {"lent_on": "2020-01-01"}, "claim": before, "others": [on_the_day]}
    )
    found = checked(writer.path, HOUSEHOLDS)
    assert found.claims.claim_no.tolist() == ["1-A1"] and found.too_early.claim_no.tolist() == ["1-B"]
    assert grants_document(found)["not_in_force"] == ["1-B"]
    with reading(writer.path) as db, pytest.raises(Refused) as refused:
        explain_grant(db, HOUSEHOLDS, "1-B", END, NOW)
    assert "施行" in refused.value.words.zh


def test_what_if_values_count_for_every_claim(office: Path) -> None:
    assert checked(office, REWARDS, changed={"fen_per_parcel": 20}).granted.tolist() == [80_000]
    assert checked(office, HOUSEHOLDS, changed={"benchmark_long": 385}).granted.tolist() == [48_125]
    with pytest.raises(Refused):
        checked(office, REWARDS, changed={"fen_per_parcel": 1001})


# ---- slips and documents ----


@EVERY_KIND
def test_a_slip_says_clause_sum_and_the_rows_it_rests_on(office: Path, kind: Kind) -> None:
    with reading(office) as db:
        slip = explain_grant(db, kind, "1-B", END, NOW)
    assert {line.citation.clause for line in slip.lines} == {"四(二)" if kind is REWARDS else "四(五)"}
    assert slip.claim.register == kind.register and slip.rests_on[0].register == kind.of
    assert slip.decided_on == date(2021, 3, 31)
    document = slip_document(slip)["decisions"][0]
    assert document["subject"] == "1-B" and document["row"] == 2 and document["due"] == slip.granted > 0
    assert document["evidence"][kind.of] == 1 and document["evidence"]["claimed_before"] is None


def test_the_sum_is_told_as_it_is_computed(office: Path) -> None:
    with reading(office) as db:
        words = {kind.name: explain_grant(db, kind, "1-B", END, NOW).amount for kind in KINDS.values()}
    assert words["rewards"].zh == "3 个整月 × 200.00 元 + 收发 1,000 件 × 0.10 元 = 700.00 元"
    assert words["households"].zh.startswith("本金 50,000.00 元 × 基准利率 4.75% × 90 天 ÷ 360 = 593.75 元；")
    assert words["households"].en.endswith("interest paid 100,000.00 yuan; the lesser of both, 593.75 yuan")


def test_the_words_say_what_was_rounded_and_what_was_overdue(writer: Writer) -> None:
    ENTER["household_interest"](writer, "1", {"claim": {"overdue_days": 1}})
    with reading(writer.path) as db:
        said = explain_grant(db, HOUSEHOLDS, "1-B", END, NOW).amount
    assert "逾期 1 天不贴，计 89 天" in said.zh and "= 587.15 元（不足 1 分舍去）" in said.zh


def test_the_claim_that_came_first_is_shown(writer: Writer) -> None:
    ENTER["enterprise_interest"](writer, "1", {"others": [{"claim_no": "A"}]})
    with reading(writer.path) as db:
        slip = explain_grant(db, ENTERPRISES, "1-B", END, NOW)
    assert slip.earlier is not None and slip.earlier.values["claim_no"] == "1-A"
    assert slip_document(slip)["decisions"][0]["evidence"]["claimed_before"] == "1-A"


@pytest.mark.parametrize(
    ("number", "day", "said"), [("X", END, "没有申报"), ("1-B", date(2021, 4, 9), "还没有申报")]
)
def test_a_claim_that_is_not_there_is_refused_in_words(
    office: Path, number: str, day: date, said: str
) -> None:
    with reading(office) as db, pytest.raises(Refused) as refused:
        explain_grant(db, REWARDS, number, day, NOW)
    assert said in refused.value.words.zh


# ---- the two pools ----


def test_loans_of_households_and_of_enterprises_are_never_in_one_list(office: Path) -> None:
    found = {kind.name: checked(office, kind) for kind in KINDS.values()}
    assert {name: one.granted.tolist() for name, one in found.items()} == {
        "rewards": [70_000],
        "households": [59_375],
        "enterprises": [356_250],
    }
    assert len({one.claims.register for one in found.values()}) == 3


# ---- the list ----


def test_the_list_sums_up_by_verdict_and_is_filtered(writer: Writer) -> None:
    ENTER["outlet_rewards"](writer, "1", {"others": [{"reward_no": "C"}]})
    ENTER["outlet_rewards"](writer, "2", {"claim": {"other_reward": "blank"}})
    with reading(writer.path) as db:
        found = grants_now(db, REWARDS, END)
    sums = {verdict: (one.number, one.fen) for verdict, one in found.sums().items()}
    assert sums == {"payable": (1, 70_000), "cannot_decide": (1, 70_000), "refused": (1, 70_000)}
    assert found.reasons() == {"fails:not_claimed_before": 1, "unknown:no_other_reward": 1}
    for asked, wanted in (
        (Filters(), ["2-B", "1-C", "1-B"]),
        (Filters(verdict="refused"), ["1-C"]),
        (Filters(because="unknown:no_other_reward"), ["2-B"]),
        (Filters(township="T1", search="w-1"), ["1-C", "1-B"]),
        (Filters(township="T9"), []),
        (Filters(search="1-c"), ["1-C"]),
    ):
        assert chosen(found.rows, asked)["claim_no"].tolist() == wanted


def test_the_export_holds_the_chosen_claims_in_yuan_and_no_head_of_household(office: Path) -> None:
    with reading(office) as db:
        found = grants_now(db, HOUSEHOLDS, END)
    book = load_workbook(BytesIO(grants_xlsx(found, found.rows)))
    header, line = list(book["贫困户贴息"].iter_rows(values_only=True))
    assert header[:3] == ("申报编号", "贷款编号", "户编号") and line[-2:] == (593.75, 593.75)
    assert "示例户主" not in line


def test_an_empty_list_is_filtered_and_exported_too(writer: Writer) -> None:
    with reading(writer.path) as db:
        found = grants_now(db, ENTERPRISES, END)
    assert chosen(found.rows, Filters(search="x", because="fails:unsecured")).empty
    assert len(list(load_workbook(BytesIO(grants_xlsx(found, found.rows))).worksheets[0].iter_rows())) == 1


# ---- the command line ----


def run(capsys: pytest.CaptureFixture[str], path: Path, *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["--db", str(path), *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


@EVERY_KIND
def test_decide_and_explain_speak_of_grants(
    office: Path, kind: Kind, capsys: pytest.CaptureFixture[str]
) -> None:
    common = ("--program", kind.program, "--as-of", "2021-12-31")
    code, out, _ = run(capsys, office, "decide", *common, "--json")
    (decision,) = json.loads(out)["decisions"]
    assert code == 0 and decision["verdict"] == "payable" and decision["decided_on"] == "2021-03-31"
    code, out, _ = run(capsys, office, "explain", "1-B", *common, "--json")
    assert code == 0 and json.loads(out)["decisions"][0]["findings"] == decision["findings"]
    assert "可以支付" in run(capsys, office, "explain", "1-B", *common)[1]
    assert "1 件申报" in run(capsys, office, "decide", *common)[1]


def test_a_decision_about_grants_is_not_recorded(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("decide", "--program", "outlet-reward", "--record", "--by", "示例审核员")
    code, _, err = run(capsys, office, *asked)
    assert code == 1 and "不存档" in err


def test_compare_refuses_what_is_not_about_goods(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, office, "compare", "--program", "outlet-reward", "--as-of", "2021-12-31")
    assert code == 1 and "不是农产品" in err


# ---- the arrays ----


def test_some_of_the_claims_keep_all_their_columns(office: Path) -> None:
    with reading(office) as db:
        read = read_grants(db, "enterprise_interest")
    none = read.at(np.array([], dtype=np.int64))
    assert none.entity.size == 0 and all(
        not len(column) for column in (*none.numbers.values(), *none.texts.values())
    )
