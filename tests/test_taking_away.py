"""Taking something away: notice, delivery, defence period, hearing, a second person; no step skipped, a change halts it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import people
from data.casework.acts import acts_of_case, open_cases
from data.casework.documents import document, documents_about
from data.casework.ledger import record
from data.chain import head
from data.integrity import check
from data.store import reading
from office import programs
from office.casework import acting, cases, working_days
from office.casework.acting import Doer
from office.casework.in_force import in_force
from office.casework.working_days import Counted
from office.programs import program_named
from office.refusal import Refused
from office.rulekeeping import publishing
from rules.load import load
from rules.program import DatedValue
from tests.casework import CLERK, H1P1, OTHER, REVIEWER, Office
from tests.entering import enter, good, household

NEXT = date(2021, 9, 24)
DELIVERY: dict[str, Any] = {"how": "in_person", "to": "示例户主"}
NOTICED, LAST_DAY, AFTER = (
    date(2021, 9, 14),
    date(2021, 9, 22),
    date(2021, 9, 23),
)  # five working days, a festival


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "office.db")
    with office.writer:
        yield office


def refused(office: Office, kind: str, words: str, doer: Doer = REVIEWER, **more: Any) -> None:
    """The step is refused with these words in Chinese, and nothing at all is written."""
    with reading(office.file) as db:
        before = head(db)
    with pytest.raises(Refused) as found:
        office.act(kind, doer, **more)
    assert words in found.value.words.zh, found.value.words.zh
    assert found.value.words.en
    with reading(office.file) as db:
        assert head(db) == before


def test_the_whole_path_takes_it_away_and_every_paper_is_numbered(office: Office) -> None:
    office.heard()
    done = office.act("revoke", REVIEWER, reason="连续三次不合格")
    assert (done.act.state, done.act.effective_on, done.act.verdict) == ("revoked", "2021-09-24", "revoked")
    office.act("deliver_decision", CLERK, **DELIVERY)
    with reading(office.file) as db:
        assert in_force(db, H1P1, "packaging", AFTER).state == "granted"
        assert in_force(db, H1P1, "packaging", NEXT).state == "revoked"
        assert in_force(db, H1P1, "logistics", NEXT).state == "granted"
        assert done.act.case is not None
        steps = acts_of_case(db, done.act.case)
        papers = [(paper.kind, paper.about) for paper in reversed(documents_about(db, H1P1))]
        assert check(db) == []
    assert [step.kind for step in steps] == ["notify", "deliver", "hear", "revoke", "deliver_decision"]
    kinds = ("intended_notice", "delivery_receipt", "hearing_note", "decision", "delivery_receipt")
    assert papers == [(kind, f"act:{step.id}") for kind, step in zip(kinds, steps, strict=True)]


def test_what_stands_on_the_papers(office: Office) -> None:
    office.delivered().act("hear", CLERK, text="秤坏了，请复检")
    office.on(AFTER).act("revoke", REVIEWER, reason="复检仍不合格", effective_on=date(2021, 10, 8))
    with reading(office.file) as db:
        by_kind = {}
        for paper in documents_about(db, H1P1):
            found = document(db, paper.number)
            assert found is not None
            by_kind[paper.kind] = found.context
    assert by_kind["intended_notice"]["defence_days"] == 5
    assert [finding["result"] for finding in by_kind["intended_notice"]["findings"]][0] == "出现此情形"
    assert len(by_kind["intended_notice"]["evidence"]) == 4
    assert by_kind["hearing_note"]["said"] == "秤坏了，请复检"
    assert by_kind["hearing_note"]["period_ended_on"] == "2021-09-22"
    decision = by_kind["decision"]
    assert (decision["outcome"], decision["effective_on"]) == ("revoked", "2021-10-08")
    assert (decision["defence"], decision["answer"]) == ("秤坏了，请复检", "复检仍不合格")
    assert (decision["review_days"], decision["lawsuit_months"]) == (60, 6)
    assert decision["notice_delivered_on"] == "2021-09-14" and "连续" in decision["restored_when"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("hear", "还没有登记送达"),
        ("revoke", "还没有登记送达"),
        ("deliver_decision", "还没有作出决定"),
        ("recover", "还没有作出决定"),
        ("notify", "正在办理"),
    ],
)
def test_after_the_notice_only_its_delivery_comes_next(office: Office, kind: str, words: str) -> None:
    more: dict[str, Any] = (
        DELIVERY if kind == "deliver_decision" else {"reason": "x"} if kind == "revoke" else {}
    )
    refused(office.notified(), kind, words, **more)


def test_the_period_counts_from_the_delivery_and_not_from_the_notice(office: Office) -> None:
    office.notified().on(date(2021, 9, 17))
    done = office.act("deliver", CLERK, delivered_on=date(2021, 9, 16), **DELIVERY)
    assert (done.act.delivered_on, done.act.defence_until) == ("2021-09-16", "2021-09-24")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"delivered_on": date(2021, 9, 13), **DELIVERY}, "早于文书作出的日期"),
        ({"delivered_on": date(2021, 9, 15), **DELIVERY}, "之后"),
        ({"to": "示例户主"}, "送达方式"),
        ({"how": "by_hand", "to": "示例户主"}, "送达方式"),
        ({"how": "post"}, "邮件号"),
    ],
)
def test_a_delivery_says_when_how_and_to_whom(office: Office, more: dict[str, Any], words: str) -> None:
    refused(office.notified(), "deliver", words, **more)


def test_a_notice_is_delivered_once(office: Office) -> None:
    refused(office.delivered(), "deliver", "已登记于 2021-09-14 送达", **DELIVERY)


def test_a_statement_is_heard_at_any_time_but_silence_only_after_the_last_day(office: Office) -> None:
    office.delivered().on(LAST_DAY)
    refused(office, "hear", "陈述申辩期到 2021-09-22 为止", CLERK)
    office.act("hear", CLERK, text="当事人口头陈述")
    office.on(AFTER)
    refused(office, "hear", "已经记录过", CLERK)
    office.act("hear", CLERK, text="补充一点")
    office.act("revoke", REVIEWER, reason="理由")


def test_silence_is_recorded_from_the_day_after(office: Office) -> None:
    done = office.delivered().on(AFTER).act("hear", CLERK)
    assert done.act.details == {"text": None}


def test_it_is_decided_from_the_day_after_the_period_and_not_on_its_last(office: Office) -> None:
    office.delivered().act("hear", CLERK, text="没有意见")
    refused(office.on(LAST_DAY), "revoke", "2021-09-22 为止", reason="理由")
    office.on(AFTER).act("revoke", REVIEWER, reason="理由")


def test_it_is_not_decided_before_anybody_was_heard(office: Office) -> None:
    refused(office.delivered().on(AFTER), "revoke", "还没有记录陈述申辩", reason="理由")


def test_a_decision_has_its_reason_and_no_day_gone_by(office: Office) -> None:
    office.heard()
    refused(office, "revoke", "请写明理由")
    refused(office, "revoke", "早于今天", reason="理由", effective_on=LAST_DAY)
    refused(office, "revoke", "最早从次日（2021-09-24）起", reason="理由", effective_on=AFTER)
    refused(office, "revoke", "最晚可写 2021-10-24", reason="理由", effective_on=date(2021, 10, 25))
    assert office.act("revoke", reason="理由", effective_on=NEXT).act.state == "revoked"


@pytest.mark.parametrize("name", ["周审核", " 周 审核 ", "周　审核", "周·审核"])
def test_who_proposed_it_does_not_decide_it_however_the_name_is_written(office: Office, name: str) -> None:
    office.failed().on(NOTICED).act("notify", REVIEWER)
    office.act("deliver", CLERK, **DELIVERY)
    office.on(AFTER).act("hear", CLERK)
    refused(office, "revoke", "须由另一位审核员决定", Doer(name, "reviewer"), reason="理由")
    assert not office.standing(doer=Doer(name, "reviewer")).may["revoke"].now
    office.act("revoke", OTHER, reason="理由")


def test_a_login_and_a_name_are_one_person(office: Office) -> None:
    office.failed()
    with office.writer.transaction() as db:
        people.add_demonstration_people(db, at=office.clock())
    office.on(NOTICED).act("notify", Doer("demo-reviewer"))
    office.act("deliver", Doer("demo-clerk"), **DELIVERY)
    office.on(AFTER).act("hear", Doer("demo-clerk"))
    for name in ("demo-reviewer", "示例审核员", "ＤＥＭＯ-reviewer"):
        refused(office, "revoke", "须由另一位审核员决定", Doer(name), reason="理由")


def test_a_clerk_proposes_and_does_not_decide(office: Office) -> None:
    refused(office.heard(), "revoke", "审核员", Doer("王录入", "clerk"), reason="理由")


def test_where_the_rules_do_not_say_revoked_it_is_withheld(office: Office) -> None:
    office.granted().on(date(2021, 5, 6)).inspect("fail")
    office.act("notify", CLERK)
    office.act("deliver", CLERK, **DELIVERY)
    office.on(date(2021, 5, 20)).act("hear", CLERK)
    done = office.act("revoke", reason="最近一次不合格")
    assert (done.act.verdict, done.act.state) == ("not_eligible", "withheld")
    office.on(date(2021, 5, 21)).inspect("pass")
    assert office.act("grant").act.state == "granted"


def test_against_the_rules_it_is_an_override_from_the_notice_to_the_decision(office: Office) -> None:
    office.granted()
    refused(office, "notify", "与规则建议不同", CLERK)
    office.act("notify", CLERK, override=True, reason="移交市场监管部门")
    office.act("deliver", CLERK, **DELIVERY)
    office.on(date(2021, 3, 15)).act("hear", CLERK)
    done = office.act("revoke", reason="已核实")
    assert (done.act.overrides, done.act.state, done.act.verdict) == (True, "withheld", "eligible")


# ---- halting ----


def halted(office: Office, *words: str) -> None:
    case = office.standing().case
    assert case is not None and case.halted is not None and case.next_step == "stop"
    for word in words:
        assert word in case.halted.zh, case.halted.zh
    refused(
        office,
        "deliver" if case.delivered_on is None else "revoke",
        "中止",
        reason=None if case.delivered_on is None else "理由",
        **(DELIVERY if case.delivered_on is None else {}),
    )


def test_inspections_that_change_the_answer_halt_it_and_are_named(office: Office) -> None:
    office.heard()
    first, second = office.inspect("pass", date(2021, 9, 20)), office.inspect("pass", date(2021, 9, 21))
    halted(office, "应取消", "符合", f"新登记样品 {second}（合格）", "2021-09-21")
    assert first not in office.standing().case.halted.zh  # type: ignore[union-attr]


def test_an_inspection_that_changes_nothing_halts_nothing(office: Office) -> None:
    office.heard().inspect("pass", date(2021, 9, 20))
    assert office.act("revoke", reason="理由").act.state == "revoked"


def test_a_correction_that_changes_the_answer_halts_it(office: Office) -> None:
    office.heard().correct("S004", "pass", date(2021, 9, 13))
    halted(office, "更正样品 S004（合格）", "2021-09-14")


def test_a_change_that_changed_back_halts_it_too(office: Office) -> None:
    office.heard()
    for day in (20, 21):
        office.inspect("pass", date(2021, 9, day))
    number = office.samples
    for day in (24, 26, 27):
        office.on(date(2021, 9, day)).inspect("fail")
    assert office.standing().verdict == "revoked"
    halted(office, f"S{number:03}")


def test_a_correction_that_was_corrected_back_halts_it_too(office: Office) -> None:
    office.heard().correct("S004", "pass", date(2021, 9, 13))
    office.on(date(2021, 9, 24)).correct("S004", "fail", date(2021, 9, 13))
    assert office.standing().verdict == "revoked"
    halted(office, "更正样品 S004")


def test_a_result_that_lapses_meanwhile_halts_it(office: Office) -> None:
    """Eligible by an inspection of 2021-03-01 that speaks for 180 days, and taken away against the rules."""
    office.granted().on(date(2021, 8, 20)).act("notify", CLERK, override=True, reason="材料不全")
    office.act("deliver", CLERK, **DELIVERY)
    office.on(date(2021, 8, 28)).act("hear", CLERK)
    assert office.standing().case.halted is None  # type: ignore[union-attr]
    halted(office.on(date(2021, 8, 29)), "符合", "2021-08-29", "随日期变化")


def test_a_household_that_turns_out_to_have_left_halts_it(office: Office) -> None:
    office.granted().on(date(2021, 5, 6)).act("notify", CLERK, override=True, reason="材料不全")
    enter(office.writer, "households", [household("H1", left_on="2021-05-01")], reason="已退出")
    halted(office, "更正农户登记 H1", "2021-05-06")


def test_a_new_value_of_a_rule_halts_it_too(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.heard()
    program = program_named()
    needed = program.parameters["long_term_consecutive_failures"]
    in_window = program.parameters["long_term_failures_in_window"]
    stricter = {
        each.name: replace(each, values=(*each.values, DatedValue(date(2021, 9, 20), 12)))
        for each in (needed, in_window)
    }
    changed = replace(program, parameters={**program.parameters, **stricter})
    monkeypatch.setattr(programs, "texts_over_time", lambda *_: ((programs.BEGINNING, changed),))
    halted(office, "2021-09-20", f"参数“{needed.title.zh}”", f"参数“{in_window.title.zh}”")


def publish(office: Office, since: date) -> None:
    """A change of the text alone, proposed and published today: failing for a long time no longer takes it away here."""
    old = 'when    = { holds = ["long_term_failing"] }'
    new = 'when    = { holds = ["long_term_failing"], fails = ["of_a_poor_household"] }'
    with office.writer.transaction() as db:
        publishing.publish_baseline(db, at=office.clock(), day=office.day)
        program = load(program_named().text.replace(old, new).encode(), "draft.toml")
        wish = publishing.Proposal(program.text, since, "试行")
        made = publishing.propose_in(db, program, wish, doer=CLERK, at=office.clock(), day=office.day)
        publishing.publish_in(db, made.id, "", doer=REVIEWER, at=office.clock(), day=office.day)


def test_a_changed_text_of_the_rules_halts_it_from_its_day_and_is_named(office: Office) -> None:
    publish(office.notified(), date(2021, 9, 20))
    office.inspect("fail", date(2021, 9, 13), result_date="2021-09-20")  # changes nothing
    assert office.on(date(2021, 9, 19)).standing().case.halted is None  # type: ignore[union-attr]
    halted(
        office.on(date(2021, 9, 20)),
        "应取消",
        "不符合",
        "按 2021-09-20 判定",
        "自 2021-09-20 起施行的规则修改",
    )
    assert "随日期变化" not in office.standing().case.halted.zh  # type: ignore[union-attr]


@pytest.mark.parametrize("day", [date(2021, 9, 14), date(2021, 9, 17)])
def test_a_text_published_for_the_same_day_is_not_blamed_on_what_was_entered_that_day(
    office: Office, day: date
) -> None:
    office.notified().on(day).inspect("fail")
    assert office.standing().case.halted is None  # type: ignore[union-attr]
    publish(office, day)
    halted(office, f"自 {day} 起施行的规则修改")
    assert "样品" not in office.standing().case.halted.zh  # type: ignore[union-attr]


def test_what_is_entered_after_a_change_of_the_rules_is_named_alone(office: Office) -> None:
    publish(office.notified(), date(2021, 9, 20))
    office.on(date(2021, 9, 14)).correct("S004", "pass", date(2021, 9, 13))
    halted(office, "更正样品 S004（合格）")
    assert "规则修改" not in office.standing().case.halted.zh  # type: ignore[union-attr]


def test_a_halted_case_is_closed_with_a_reason_and_another_can_be_opened(office: Office) -> None:
    office.heard().correct("S004", "pass", date(2021, 9, 13))
    refused(office, "stop", "请写明理由", CLERK)
    office.act("stop", CLERK, reason="复检合格")
    with reading(office.file) as db:
        assert open_cases(db) == [] and in_force(db, H1P1, "packaging", AFTER).state == "granted"
    refused(office, "revoke", "终止办理", reason="理由")
    for day in (24, 26, 27):
        office.on(date(2021, 9, day)).inspect("fail")
    assert office.act("notify", CLERK).act.kind == "notify"


def test_a_decided_case_is_neither_closed_nor_decided_again(office: Office) -> None:
    office.revoked()
    for kind in ("revoke", "stop"):
        refused(office, kind, "已由周审核于 2021-09-23 作出决定", OTHER, reason="理由")
    office.act("deliver_decision", CLERK, **DELIVERY)
    refused(office, "deliver_decision", "已登记于 2021-09-23 送达", CLERK, **DELIVERY)


def test_the_next_notice_waits_for_the_delivery_of_the_decision_before(office: Office) -> None:
    office.revoked().act("reinstate", override=True, reason="复议改变")
    refused(office, "notify", "还没有登记送达", CLERK)
    office.act("deliver_decision", CLERK, **DELIVERY)
    assert office.act("notify", CLERK).act.kind == "notify"


def test_the_case_of_a_good_that_turns_out_to_be_registered_later_can_be_closed(office: Office) -> None:
    office.delivered()
    later = good("H1", "P1", fit_for_online_sale=1, registered_on="2021-12-01")
    enter(office.writer, "goods", [later], reason="登记日期更正")
    refused(office, "hear", "尚未登记", CLERK, text="陈述")
    done = office.act("stop", CLERK, reason="登记日期更正")
    assert (done.act.kind, done.act.decision_id) == ("stop", None)
    with reading(office.file) as db:
        assert open_cases(db) == [] and check(db) == []


def test_with_a_clock_that_stood_behind_a_change_that_changed_back_halts_it(office: Office) -> None:
    office.heard()
    office.clock.instant += timedelta(hours=8)
    office.inspect("pass", subject="H2/P1")
    office.clock.instant -= timedelta(hours=8)
    for conclusion in ("pass", "fail"):
        office.correct("S004", conclusion, date(2021, 9, 13))
    halted(office, "更正样品 S004（合格）")


# ---- the period is counted again with what is known then ----


def test_before_the_decision_the_period_is_counted_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.heard()
    later = Counted(AFTER, certain=True)  # a day off that was announced only after the delivery
    monkeypatch.setattr(cases, "nth_working_day_after", lambda day, n: later)
    refused(office, "revoke", "2021-09-23 为止", reason="理由")
    monkeypatch.setattr(
        cases, "nth_working_day_after", lambda day, n: Counted(date(2021, 9, 15), certain=True)
    )
    case = office.standing().case
    assert case is not None and case.defence == Counted(LAST_DAY, certain=True)  # what was said holds
    office.act("revoke", reason="理由")


def test_the_period_is_the_one_that_the_notice_promised(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.notified()
    monkeypatch.setattr(acting, "procedure", lambda day: {"defence_working_days": 3})
    assert office.act("deliver", CLERK, **DELIVERY).act.defence_until == "2021-09-22"


def test_days_without_announcement_are_said_to_be_uncertain(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working_days, "_KNOWN_UNTIL", date(2021, 9, 1))
    office.delivered().act("hear", CLERK, text="没有意见")
    refused(office, "revoke", "放假安排还没有公布", reason="理由")
    with reading(office.file) as db:
        (notice,) = open_cases(db)
        delivered = acts_of_case(db, notice.id)[1]
    assert delivered.details["certain"] is False and delivered.defence_until == "2021-09-21"


def test_the_steps_say_what_comes_next_and_until_when_it_waits(office: Office) -> None:
    def stage() -> tuple[str | None, date | None]:
        case = office.standing().case
        assert case is not None
        return case.next_step, case.wait_until

    office.notified()
    assert stage() == ("deliver", None)
    office.act("deliver", CLERK, **DELIVERY)
    assert stage() == ("hear", LAST_DAY)
    office.on(AFTER)
    assert stage() == ("hear", None)
    office.act("hear", CLERK)
    assert stage() == ("revoke", None)
    office.act("revoke", reason="理由")
    assert stage() == ("deliver_decision", None)
    office.act("deliver_decision", CLERK, **DELIVERY)
    assert stage() == (None, None)  # nothing is held


# ---- what is handed back ----


def hand_out(office: Office, *moves: tuple[str, str, int]) -> None:
    """Ten of each item are received, and of those moved: (kind, item, quantity) for H1/P1."""
    items = (("W1", "equipment", "台"), ("W2", "material", "个"))
    places = [{"place_code": "C1", "place_name": "示例存放点", "township_code": "T1"}]
    enter(office.writer, "storage_places", places)
    names = {"W1": "示例真空包装机", "W2": "示例纸箱"}
    rows = [{"item_code": c, "item_name": names[c], "item_kind": k, "item_unit": u} for c, k, u in items]
    enter(office.writer, "packaging_items", rows)
    with office.writer.transaction() as db:
        good = db.execute(
            "SELECT entity FROM goods WHERE household_no = 'H1' AND product_code = 'P1'"
        ).fetchone()[0]
        for number, (kind, item, quantity) in enumerate(
            (("receive", "W1", 10), ("receive", "W2", 10), *moves), 1
        ):
            row = {
                "id": number,
                "slip_no": str(number),
                "kind": kind,
                "item_entity": int(item[1]),
                "quantity": quantity,
                "from_place": 1 if kind == "issue" else None,
                "to_place": 1 if kind in ("receive", "return") else None,
                "from_good": good if kind in ("use_up", "return") else None,
                "to_good": good if kind == "issue" else None,
                "subject": None if kind == "receive" else H1P1,
                "act_id": 1 if kind == "issue" else None,
                "done_on": office.day.isoformat(),
            }
            record(db, "packaging", {"packaging_moves": [row]}, at=office.clock(), by="李录入")


def test_equipment_and_unused_material_are_listed_to_be_handed_back(office: Office) -> None:
    office.granted()
    moves = (("issue", "W1", 1), ("issue", "W2", 8), ("use_up", "W2", 5))
    hand_out(office, *moves)
    for day in (date(2021, 5, 6), date(2021, 7, 6), date(2021, 9, 13)):
        office.on(day).inspect("fail")
    for benefit in ("packaging", "logistics"):
        office.on(NOTICED).act("notify", CLERK, benefit=benefit)
        office.act("deliver", CLERK, benefit=benefit, **DELIVERY)
    for benefit in ("packaging", "logistics"):
        office.on(AFTER).act("hear", CLERK, benefit=benefit)
        refused(
            office,
            "recover",
            "还没有作出决定" if benefit == "packaging" else "没有要收回",
            CLERK,
            benefit=benefit,
        )
        office.act("revoke", benefit=benefit, reason="理由")
    refused(office, "recover", "没有要收回的物资", CLERK, benefit="logistics")
    refused(office, "recover", "决定自 2021-09-24 起生效", CLERK)
    office.act("deliver_decision", CLERK, **DELIVERY)
    case = office.standing().case
    assert case is not None and (case.next_step, case.wait_until) == ("recover", AFTER)
    case = office.on(NEXT).standing().case
    assert case is not None and (case.next_step, case.wait_until) == ("recover", None)
    done = office.act("recover", CLERK)
    assert [(one["item_code"], one["to_return"]) for one in done.act.details["items"]] == [
        ("W1", 1),
        ("W2", 3),
    ]
    with reading(office.file) as db:
        paper = document(db, done.documents[0])
        assert check(db) == []
    assert paper is not None and paper.kind == "recovery_list" and len(paper.context["lines"]) == 2
    refused(office, "recover", "已于 2021-09-24 开具", CLERK)


def test_where_everything_was_used_up_nothing_is_handed_back(office: Office) -> None:
    office.granted()
    hand_out(office, ("issue", "W2", 5), ("use_up", "W2", 4), ("return", "W2", 1))
    for day in (date(2021, 5, 6), date(2021, 7, 6), date(2021, 9, 13)):
        office.on(day).inspect("fail")
    office.on(NOTICED).act("notify", CLERK)
    office.act("deliver", CLERK, **DELIVERY)
    office.on(AFTER).act("hear", CLERK)
    office.act("revoke", reason="理由")
    refused(office.on(NEXT), "recover", "没有要收回的物资", CLERK)


def test_what_was_given_again_is_not_taken_back(office: Office) -> None:
    office.granted()
    hand_out(office, ("issue", "W1", 1))
    for day in (date(2021, 5, 6), date(2021, 7, 6), date(2021, 9, 13)):
        office.on(day).inspect("fail")
    office.on(NOTICED).act("notify", CLERK)
    office.act("deliver", CLERK, **DELIVERY)
    office.on(AFTER).act("hear", CLERK)
    office.act("revoke", reason="理由")
    office.act("reinstate", override=True, reason="改变决定")
    refused(office, "recover", "又已给予", CLERK)
