"""Claims beside the goods they ask: read from the register, judged on their ship dates, told on the command line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import rules
from data.casework.acts import STATES
from data.casework.claims import ORIGINS, read_shipments
from data.register import register
from data.store import Database, reading
from office.__main__ import main
from office.days import day_of, known_at_from
from office.deciding import decide_all
from office.gathering import gather, known_now
from office.programs import in_force_since, program_named, values_in_force
from office.refusal import Refused
from office.subsidy import ship_dates
from office.subsidy.claim_slips import amount_words, explain_claim
from office.subsidy.claims import check_claims
from rules import claim_facts, plain
from rules.deciding import Disagreement
from rules.load import load
from rules.plan import stands_in
from rules.program import Program
from rules.proof import prove
from tests.casework import Office
from tests.entering import enter

DAY = date(2021, 9, 30)
CLAIMS, GOODS = program_named("logistics-claim"), program_named()
VALUES = values_in_force(CLAIMS, DAY)
FILE = Path(rules.__file__).parent / "programs" / "logistics-claim.toml"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "office.db")
    with office.writer:
        office.granted()
        yield office


def line(number: str, **other: Any) -> dict[str, Any]:
    return {
        "claim_no": number,
        "claimant": "household",
        "household_no": "H1",
        "product_code": "P1",
        "claimed_on": "2021-04-20",
        "shipped_on": "2021-04-10",
        "waybill_no": f"W{number}",
        "platform": "示例平台",
        "order_no": f"D{number}",
        "sold_online": 1,
        "origin": "county",
        "destination_province": "guangdong",
        "destination_in_county": None,
        "weight": 2500,
        "fee": 800,
        "refunded": 0,
        "other_subsidy": 0,
        **other,
    }


def verdicts(db: Database, day: date = DAY, known_at: str | None = None) -> dict[str, str]:
    claims = check_claims(db, day, known_at or known_now(db))
    return dict(zip(claims.claim_no, claims.verdicts, strict=True))


# ---- the programme ----


def test_the_programme_of_claims_has_no_fault_and_its_quotes_stand_in_the_plan() -> None:
    assert prove(CLAIMS) == ()
    cited = [part.citation for parts in (CLAIMS.parameters, CLAIMS.conditions) for part in parts.values()]
    assert len(cited) == 16
    assert all(stands_in(one.quote, one.clause) for one in cited)
    assert [name for name, one in CLAIMS.conditions.items() if one.citation.reading == "text"] == [
        "sold_online"
    ]
    assert all(one.citation.note for one in CLAIMS.conditions.values() if one.citation.reading == "office")


def test_it_asks_what_the_registers_hold_and_every_fact_has_a_title() -> None:
    assert set(CLAIMS.facts) == set(claim_facts.SHIPMENT_FACTS)
    assert all(fact.title for fact in CLAIMS.facts.values())
    assert claim_facts.RIGHTS == STATES
    assert GOODS.better == claim_facts.RECOMMENDED
    assert claim_facts.ORIGINS == ORIGINS
    assert set(register("shipments").column("origin").choices) == set(ORIGINS)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'choices = ["county", "elsewhere"]',
            'choices = ["county", "elsewhere", "abroad"]',
            "must be choice",
        ),
        (
            '[facts.sold_online]\ntype    = "yes_no"\nmay_be_unknown = true',
            '[facts.sold_online]\ntype = "yes_no"',
            "can be unknown",
        ),
        ("fee_fen", "fee_in_fen", "hold no such fact"),
        ("[parameters.percent_of_fee]", "[parameters.share]", 'no parameter "percent_of_fee"'),
    ],
)
def test_a_draft_that_asks_claims_for_something_else_is_refused_in_words(
    old: str, new: str, said: str
) -> None:
    assert old in CLAIMS.text
    draft = load(CLAIMS.text.replace(old, new).encode(), "draft.toml")
    with pytest.raises(Refused) as refused:
        values_in_force(draft, DAY)
    assert said in refused.value.words.en


def test_a_table_of_ready_facts_is_evaluated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = dict.fromkeys(("refunded", "other_subsidy", "destination_in_county"), "否") | {
        "right_in_force": "granted",
        "last_conclusion": "pass",
        "recommended": "",
        "origin": "county",
        "sold_online": "是",
        "waybill_claimed_before": "否",
        "order_claimed_before": "否",
        "days_to_claim": "90",
        "fee_fen": "1",
    }
    rows = [
        good,
        good | {"days_to_claim": "91"},
        good | {"refunded": ""},
        good | {"right_in_force": "none", "refunded": ""},
    ]
    with (tmp_path / "facts.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(good))
        writer.writeheader()
        writer.writerows(rows)
    arguments = ["evaluate", str(FILE), str(tmp_path / "facts.csv"), "--as-of", "2021-09-30", "--json"]
    assert main(arguments) == 0
    found = json.loads(capsys.readouterr().out)["rows"]
    assert [row["verdicts"]["claim"] for row in found] == ["payable", "refused", "cannot_decide", "refused"]


# ---- the register as arrays ----


def test_nothing_claimed_is_nothing_decided(office: Office) -> None:
    with reading(office.file) as db:
        claims = check_claims(db, DAY, known_now(db))
        assert claims.entity.size == 0
        assert list(claims.frozen(np.arange(0))) == []
        assert claims.payable_due.tolist() == []


def test_an_empty_database_has_no_claims(office_db: Path) -> None:
    with reading(office_db) as db:
        assert check_claims(db, DAY, known_now(db)).entity.size == 0


def test_every_column_is_read_as_it_was_entered(office: Office) -> None:
    enter(
        office.writer,
        "shipments",
        [
            line("L2", sold_online=None, refunded=1, other_subsidy=None, origin="elsewhere"),
            line(
                "L1", destination_province="xinjiang", destination_in_county=1, fee=10**10 - 1, sold_online=0
            ),
        ],
    )
    with reading(office.file) as db:
        found = read_shipments(db, None)
    assert found.claim_no.tolist() == ["L2", "L1"]
    assert [found.sold_online.tolist(), found.refunded.tolist(), found.other_subsidy.tolist()] == [
        [-1, 0],
        [1, 0],
        [-1, 0],
    ]
    assert [found.stayed.tolist(), found.own_province.tolist()] == [[-1, 1], [False, True]]
    assert [found.origin.tolist(), found.fee.tolist()] == [[1, 0], [800, 10**10 - 1]]
    assert [day_of(int(day)) for day in (found.shipped[0], found.claimed[0])] == [
        date(2021, 4, 10),
        date(2021, 4, 20),
    ]


def test_a_correction_is_seen_from_its_recording_on(office: Office) -> None:
    enter(office.writer, "shipments", [line("L1", refunded=None)])
    office.on(date(2021, 6, 1))
    enter(office.writer, "shipments", [line("L1")], reason="问清没有退款")
    with reading(office.file) as db:
        assert verdicts(db, known_at=known_at_from("2021-05-31")) == {"L1": "cannot_decide"}
        assert verdicts(db) == {"L1": "payable"}


def test_a_corrected_waybill_is_no_longer_the_same(office: Office) -> None:
    twice = [line("L1", waybill_no="W"), line("L2", waybill_no="W")]
    enter(office.writer, "shipments", twice)
    with reading(office.file) as db:
        assert verdicts(db) == {"L1": "payable", "L2": "refused"}
        claims = check_claims(db, DAY, known_now(db))
        assert claims.evidence.waybill.tolist() == [-1, claims.shipments.id[0]]
    enter(office.writer, "shipments", [line("L1", waybill_no="W1")], reason="运单号抄错")
    with reading(office.file) as db:
        assert verdicts(db) == {"L1": "payable", "L2": "payable"}


def test_of_three_the_first_is_named_to_both_others(office: Office) -> None:
    days = {"L3": "2021-04-11", "L1": "2021-04-12", "L2": "2021-04-12"}
    enter(office.writer, "shipments", [line(n, waybill_no="W", claimed_on=day) for n, day in days.items()])
    with reading(office.file) as db:
        slips = [explain_claim(db, number, DAY, known_now(db)) for number in ("L1", "L2", "L3")]
    earlier = [slip.same_waybill and slip.same_waybill["claim_no"] for slip in slips]
    assert earlier == ["L3", "L3", None]


def test_only_claims_made_by_the_day_are_decided_and_only_those_asked(office: Office) -> None:
    enter(office.writer, "shipments", [line("L1"), line("L2", claimed_on="2021-04-21")])
    with reading(office.file) as db:
        assert set(verdicts(db, date(2021, 4, 20))) == {"L1"}
        assert set(verdicts(db, date(2021, 4, 21))) == {"L1", "L2"}
        some = check_claims(db, date(9999, 12, 31), known_now(db), CLAIMS, VALUES, entities=np.array([2]))
        assert some.claim_no.tolist() == ["L2"]


# ---- on the ship date ----


def test_what_the_rules_say_and_the_last_result_are_those_of_the_ship_date(demo_db: Path) -> None:
    with reading(demo_db) as db:
        known = known_now(db)
        claims = check_claims(db, DAY, known)
        assert claims.entity.size > 50
        said: dict[int, dict[str, tuple[Any, str]]] = {}
        for at in range(claims.entity.size):
            shipped, subject = int(claims.shipped[at]), str(claims.subject[at])
            if shipped not in said:
                day = day_of(shipped)
                answers = decide_all(gather(db, day, known), GOODS, values_in_force(GOODS, day))
                said[shipped] = {
                    answers.subjects[i]: (
                        answers.facts_of(i)["last_conclusion"],
                        answers.of(i, "logistics").verdict,
                    )
                    for i in range(answers.subjects.size)
                }
            facts = claims.facts_of(at)
            assert (facts["last_conclusion"], facts["recommended"]) == said[shipped].get(
                subject, (facts["last_conclusion"], None)
            )
            assert (claims.evidence.inspection[at] >= 0) == (facts["last_conclusion"] is not None)


def test_the_rules_of_the_ship_date_are_those_in_force_then(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """H1/P1 was sampled on 2021-03-01: 40 days later that is valid for 180 days, and no more for 30."""
    later = "values  = [{ from = 2020-03-16, value = 180 }, { from = 2021-04-11, value = 30 }]"
    values = 'values  = [{ from = 2020-03-16, value = 180, note = "方案只说“定期”，没有写天数" }]'
    assert values in GOODS.text
    changed = load(GOODS.text.replace(values, later).encode(), "changed.toml")
    monkeypatch.setattr(
        ship_dates, "texts_between", lambda _, first, last, known_at: ((first, last, changed),)
    )
    early = (in_force_since(GOODS) - timedelta(days=1)).isoformat()
    days = {"L1": "2021-04-10", "L2": "2021-04-11", "L3": early, "L4": "2019-01-01"}
    enter(office.writer, "shipments", [line(number, shipped_on=day) for number, day in days.items()])
    with reading(office.file) as db:
        claims = check_claims(db, DAY, known_now(db))
    found = [claims.facts_of(at)["recommended"] for at in range(4)]
    assert found == [
        "eligible",
        "not_eligible",
        None,
        None,
    ]  # before the rules, before the good was registered


def test_inspections_judged_in_portions_say_the_same(demo_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with reading(demo_db) as db:
        known = known_now(db)
        whole = list((claims := check_claims(db, DAY, known)).frozen(np.arange(claims.entity.size)))
        monkeypatch.setattr("rules.on_days.AT_ONCE", 7)
        parts = check_claims(db, DAY, known)
        assert list(parts.frozen(np.arange(parts.entity.size))) == whole


def test_the_evidence_names_the_act_the_inspection_and_its_reinspection(office: Office) -> None:
    failed = office.on(date(2021, 4, 1)).inspect("fail")
    office.on(date(2021, 4, 8)).inspect(
        "pass", date(2021, 4, 1), reinspection_of=failed, method="quantitative", result_date="2021-04-08"
    )
    enter(
        office.writer, "shipments", [line("L1", shipped_on="2021-04-08"), line("L2", shipped_on="2021-04-07")]
    )
    with reading(office.file) as db:
        first, second = (explain_claim(db, number, DAY, known_now(db)) for number in ("L1", "L2"))
    assert [row.conclusion for row in first.inspections] == ["fail", "pass"]
    assert [row.sample_no for row in second.inspections] == [failed]
    assert (first.verdict, second.verdict) == ("payable", "refused")
    assert first.act is not None
    assert (first.act.kind, first.act.state, first.act.effective_on) == ("grant", "granted", "2021-03-01")
    assert json.loads(next(iter(first.claims.frozen(np.array([0])))).evidence)["act"] == first.act.id


def test_two_engines_that_disagree_stop_the_run(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(office.writer, "shipments", [line("L1")])
    truly = plain.findings

    def wrongly(program: Program, row: Any, values: Any) -> dict[str, Any]:
        return truly(program, row, values) | ({"fee_was_paid": "fails"} if program is CLAIMS else {})

    monkeypatch.setattr(plain, "findings", wrongly)
    with reading(office.file) as db, pytest.raises(Disagreement, match="fee_was_paid"):
        check_claims(db, DAY, known_now(db))


# ---- slips and amounts in words ----


def test_a_slip_says_every_condition_with_its_clause_and_how_the_amount_comes_about(office: Office) -> None:
    enter(office.writer, "shipments", [line("L1", fee=855, claimed_on="2021-07-10")])
    with reading(office.file) as db:
        slip = explain_claim(db, "L1", DAY, known_now(db))
    assert [one.name for one in slip.lines] == list(CLAIMS.conditions)
    late = next(one for one in slip.lines if one.name == "claimed_in_time")
    assert (late.finding, late.sides[0].value.zh, late.citation.clause) == ("fails", "91天", "三(八)")
    assert late.sides[0].needed.zh == "不超过90天（2020年3月16日起执行）"
    assert (slip.verdict, slip.due) == ("refused", 0)
    assert slip.amount.zh == "按件 1.00 元；快递费 8.55 元 × 70% = 5.98 元（不足 1 分舍去）；取较低的 1.00 元"
    assert slip.shipment["weight"] == 2500
    assert slip.recommended.zh == "按规则，发货日的资格：符合（仅供参考）"
    (fee,) = next(one for one in slip.lines if one.name == "fee_was_paid").sides
    assert (fee.title.zh, fee.value.zh, fee.needed.zh) == ("快递费", "8.55元", "多于0.00元")


def test_the_amount_is_told_by_its_method() -> None:
    by_piece = VALUES | {"amount_method": 1}
    assert amount_words(by_piece, 100).zh == "按件 1.00 元"
    assert amount_words(by_piece, 99).zh == "按件 1.00 元；不超过快递费，付 0.99 元"
    assert amount_words(VALUES | {"amount_method": 2}, 1000).en == "fee 10.00 yuan × 70% = 7.00 yuan"


def test_a_supposed_value_is_in_force_since_no_day(office: Office) -> None:
    enter(office.writer, "shipments", [line("L1")])
    with reading(office.file) as db:
        slip = explain_claim(db, "L1", DAY, known_now(db), CLAIMS, VALUES | {"claim_period_days": 9})
    late = next(one for one in slip.lines if one.name == "claimed_in_time")
    assert (late.finding, late.sides[0].needed.zh) == ("fails", "不超过9天")


def test_a_claim_that_is_not_there_is_refused_in_words(office: Office) -> None:
    enter(office.writer, "shipments", [line("L1")])
    with reading(office.file) as db:
        with pytest.raises(Refused, match="there is no claim"):
            explain_claim(db, "L9", DAY, known_now(db))
        with pytest.raises(Refused, match="was not claimed by 2021-04-19"):
            explain_claim(db, "L1", date(2021, 4, 19), known_now(db))
        assert explain_claim(db, "L1", date(2021, 4, 20), known_now(db)).verdict == "payable"


# ---- the command line ----


def run(db: Path, *arguments: str) -> int:
    return main(["--db", str(db), *arguments, "--program", "logistics-claim"])


def test_decide_and_explain_tell_of_claims(demo_db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(demo_db, "decide", "--json") == 0
    decided = json.loads(capsys.readouterr().out)["decisions"]
    assert {d["verdict"] for d in decided} == set(CLAIMS.better)
    assert all((d["due"] > 0) == (d["verdict"] == "payable") for d in decided)
    one = next(d for d in decided if d["verdict"] == "refused")
    assert run(demo_db, "explain", one["subject"], "--json") == 0
    (explained,) = json.loads(capsys.readouterr().out)["decisions"]
    assert {key: explained[key] for key in one} == one
    assert run(demo_db, "explain", one["subject"]) == 0
    told = capsys.readouterr().out
    assert "不予支付" in told and "按规则，发货日的资格：" in told
    assert run(demo_db, "decide") == 0
    assert f"{len(decided)} 件申报" in capsys.readouterr().out


def test_a_supposed_value_moves_what_claims_are_due(
    demo_db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(demo_db, "decide", "--set", "amount_method=1", "--set", "fen_per_shipment=50", "--json") == 0
    decided = json.loads(capsys.readouterr().out)["decisions"]
    assert max(d["due"] for d in decided) == 50
    assert all(d["due"] <= d["facts"]["fee_fen"] for d in decided)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["decide", "--record", "--by", "示例"], "settle draft"),
        (["compare"], "物流申报"),
        (["decide", "--as-of", "2020-03-15"], "2020-03-16"),
        (["explain", "H0001/P01"], "没有申报"),
    ],
)
def test_what_cannot_be_done_with_claims_is_said_in_words(
    demo_db: Path, capsys: pytest.CaptureFixture[str], command: list[str], said: str
) -> None:
    assert run(demo_db, *command) == 1
    assert said in capsys.readouterr().err
