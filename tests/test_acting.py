"""What a person does about a decision: granting, withholding, reinstating, and what is refused with nothing done."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import people
from data.casework.acts import acts_about
from data.casework.documents import documents_about
from data.chain import head
from data.integrity import check
from data.store import reading
from office.casework.acting import Asked, Doer, act
from office.casework.in_force import in_force, states_on
from office.recording import decided_at, record_in
from office.refusal import Refused
from tests.casework import CLERK, H1P1, OTHER, REVIEWER, Office

DAY = date(2021, 3, 1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "office.db")
    with office.writer:
        yield office


def entries(office: Office) -> int:
    with reading(office.file) as db:
        return head(db).seq


def refused(office: Office, *words: str, kind: str = "grant", **more: Any) -> None:
    """The wish is refused with these words in Chinese, and nothing at all is written."""
    before = entries(office)
    with pytest.raises(Refused) as found:
        office.act(kind, **more)
    for word in words:
        assert word in found.value.words.zh, found.value.words.zh
    assert found.value.words.en.isascii() or "“" not in found.value.words.en
    assert entries(office) == before


def test_what_the_rules_recommend_is_granted_from_today(office: Office) -> None:
    done = office.passed().act("grant")
    assert (done.act.kind, done.act.state, done.act.effective_on) == ("grant", "granted", "2021-03-01")
    assert (done.act.verdict, done.act.overrides, done.act.recorded_by) == ("eligible", False, "周审核")
    with reading(office.file) as db:
        assert in_force(db, H1P1, "packaging", DAY - timedelta(days=1)).state == "none"
        assert in_force(db, H1P1, "packaging", DAY).state == "granted"
        assert in_force(db, H1P1, "logistics", DAY).state == "none"
        assert check(db) == []


def test_an_act_rests_on_a_decision_about_that_good_of_that_day(office: Office) -> None:
    done = office.passed().act("grant")
    with reading(office.file) as db:
        row = db.execute(
            "SELECT runs.scope, runs.as_of, runs.recorded_by, decisions.subject, benefit FROM decisions"
            " JOIN runs ON runs.id = run_id WHERE decisions.id = ?",
            [done.act.decision_id],
        ).fetchone()
    assert row == (H1P1, "2021-03-01", "周审核", H1P1, "packaging")


def test_the_same_decision_is_not_recorded_twice(office: Office) -> None:
    office.granted()
    with reading(office.file) as db:
        assert db.table("runs").count == 1
        assert db.table("acts").count == 2


def test_it_rests_on_the_run_about_all_goods_where_that_was_recorded_with_the_same_inputs(
    office: Office,
) -> None:
    office.passed()
    with office.writer.transaction() as db:
        run = record_in(db, decided_at(db, DAY, office.clock()), by="周审核", at=office.clock())
    done = office.act("grant")
    with reading(office.file) as db:
        assert db.execute("SELECT run_id FROM decisions WHERE id = ?", [done.act.decision_id]).fetchone() == (
            run,
        )
        assert db.table("runs").count == 1


def test_a_day_ahead_is_in_force_from_that_day_on(office: Office) -> None:
    office.passed().act("grant", effective_on=date(2021, 3, 5))
    with reading(office.file) as db:
        days = (date(2021, 3, 4), date(2021, 3, 5))
        assert [in_force(db, H1P1, "packaging", day).state for day in days] == ["none", "granted"]
        (good,) = (row[0] for row in db.execute("SELECT entity FROM goods WHERE household_no = 'H2' LIMIT 1"))
        assert states_on(db, "packaging", _entities(1, good), days[1]).tolist() == [3, 0]


def _entities(*numbers: int) -> Any:
    import numpy as np

    return np.array(numbers, dtype=np.int64)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (DAY - timedelta(days=1), "早于今天"),
        (DAY + timedelta(days=32), "最晚可写 2021-04-01"),
    ],
)
def test_an_act_neither_looks_back_nor_far_ahead(office: Office, day: date, words: str) -> None:
    refused(office.passed(), words, effective_on=day)


def test_the_farthest_day_that_is_taken_is_the_offices_own(office: Office) -> None:
    office.passed().act("grant", effective_on=DAY + timedelta(days=31))


def test_withheld_from_a_later_day_is_not_granted_before_it(office: Office) -> None:
    office.act("withhold", effective_on=date(2021, 2, 3))
    refused(office.passed(date(2021, 2, 1)), "2021-02-03", effective_on=date(2021, 2, 2))
    done = office.act("grant")
    assert done.act.effective_on == "2021-02-03"


def test_what_is_not_eligible_is_withheld_and_granted_once_it_is(office: Office) -> None:
    office.on(DAY).act("withhold")
    office.passed(date(2021, 3, 2)).act("grant")
    with reading(office.file) as db:
        states = [in_force(db, H1P1, "packaging", DAY + timedelta(days=d)).state for d in (-1, 0, 1)]
    assert states == ["none", "withheld", "granted"]


@pytest.mark.parametrize("kind", ["grant", "withhold"])
def test_against_the_rules_needs_to_be_said_and_reasoned(office: Office, kind: str) -> None:
    if kind == "withhold":
        office.passed()
    refused(office, "与规则建议不同", kind=kind)
    refused(office, "理由", kind=kind, override=True)
    refused(office, "理由", kind=kind, override=True, reason="  ")
    done = office.act(kind, override=True, reason="现场核实")
    assert (done.act.overrides, done.act.reason) == (True, "现场核实")
    with reading(office.file) as db:
        assert in_force(db, H1P1, "packaging", office.day).overrides


def test_an_override_that_is_none_is_kept_as_none(office: Office) -> None:
    done = office.passed().act("grant", override=True, reason="已核实")
    assert (done.act.overrides, done.act.reason) == (False, "已核实")


def test_what_is_granted_is_not_granted_or_withheld_again(office: Office) -> None:
    office.passed().act("grant", OTHER)
    for kind in ("grant", "withhold"):
        refused(office, "已给予", "吴审核", "2021-03-01", kind=kind)


def test_what_was_never_granted_is_not_taken_away_or_reinstated(office: Office) -> None:
    for kind in ("notify", "reinstate"):
        refused(office, "尚未办理", kind=kind)
    for kind in ("deliver", "hear", "revoke", "stop", "deliver_decision", "recover"):
        more = {"how": "post", "to": "示例"} if kind.startswith("deliver") else {}
        refused(office, "告知书", kind=kind, **more)


def test_it_is_reinstated_from_a_named_day_once_the_rules_say_so(office: Office) -> None:
    office.revoked()
    refused(office, "应取消", kind="reinstate")
    refused(office, "恢复", kind="grant")
    for day in (date(2021, 9, 24), date(2021, 9, 27)):
        office.on(day).inspect("pass")
    refused(office, "早于今天", kind="reinstate", effective_on=date(2021, 9, 26))
    done = office.act("reinstate", effective_on=date(2021, 10, 8))
    with reading(office.file) as db:
        days = (date(2021, 9, 23), date(2021, 9, 24), date(2021, 10, 7), date(2021, 10, 8))
        states = [in_force(db, H1P1, "packaging", day).state for day in days]
        (paper,) = [paper for paper in documents_about(db, H1P1) if paper.about == f"act:{done.act.id}"]
    assert states == ["granted", "revoked", "revoked", "granted"]
    assert paper.kind == "reinstatement" and done.documents == (paper.number,)


def test_reinstating_against_the_rules_is_an_override(office: Office) -> None:
    done = office.revoked().act("reinstate", override=True, reason="上级复议改变")
    assert done.act.overrides and done.act.state == "granted"


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"kind": "confirm"}, "没有“confirm”这种处理"),
        ({"subject": "H9/P9"}, "没有登记"),
        ({"subject": ""}, "没有登记"),
        ({"benefit": "loan"}, "没有“loan”这一项"),
        ({"doer": Doer(" ", "reviewer")}, "姓名"),
        ({"doer": Doer("13800138000", "reviewer")}, "身份证号"),
        ({"reason": "电话 13800138000"}, "身份证号"),
        ({"reason": "电话 １３８００１３８０００"}, "身份证号"),
        ({"reason": "好" * 2001}, "2000"),
        ({"reason": "坏\x00"}, "控制字符"),
        ({"text": "没有要说的"}, "不用填写申辩内容"),
        ({"delivered_on": DAY}, "不用填写送达日期"),
        ({"kind": "notify", "effective_on": DAY}, "不用填写生效日期"),
    ],
)
def test_a_wrong_wish_is_refused_in_words(office: Office, wish: dict[str, Any], words: str) -> None:
    refused(office.passed(), words, **wish)


@pytest.mark.parametrize("role", ["clerk", "auditor", "administrator"])
def test_only_a_reviewer_grants(office: Office, role: str) -> None:
    refused(office.passed(), "审核员", doer=Doer("某人", role))


def test_on_the_command_line_a_registered_person_has_their_own_role(office: Office) -> None:
    office.passed()
    with office.writer.transaction() as db:
        people.add_demonstration_people(db, at=office.clock())
    refused(office, "审核员", doer=Doer("示例 录入员"))
    refused(office, "审核员", doer=Doer("demo-clerk"))
    done = office.act("grant", Doer("Demo-Reviewer"))
    assert done.act.recorded_by == "示例审核员"


def test_who_came_second_is_told_who_was_first_and_when(office: Office) -> None:
    seen = office.passed().standing().seen
    office.act("grant", OTHER, seen=seen)
    refused(office, "吴审核", "2021-03-01 10:0", "给予", seen=seen)
    assert office.standing().seen == 1


def test_of_two_people_at_once_one_succeeds_and_the_other_is_told(office: Office) -> None:
    office.passed(date(2021, 3, 2))
    said: list[str] = []
    begin = threading.Barrier(2)

    def confirm(name: str) -> None:
        begin.wait()
        try:
            said.append(
                act(
                    office.writer,
                    Asked("grant", H1P1, "packaging", override=True, reason="到期"),
                    doer=Doer(name, "reviewer"),
                    seen=0,
                ).act.recorded_by
            )
        except Refused as found:
            said.append(found.words.zh)

    threads = [threading.Thread(target=confirm, args=(name,)) for name in ("甲审核", "乙审核")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (first,) = [one for one in said if one in ("甲审核", "乙审核")]
    (told,) = [one for one in said if one != first]
    assert first in told and "没有改动" in told
    with reading(office.file) as db:
        assert len(acts_about(db, H1P1)) == 1


def test_what_takes_effect_later_is_said_to_do_so(office: Office) -> None:
    office.passed().act("grant", effective_on=date(2021, 3, 9))
    refused(office, "自 2021-03-09 起是“已给予”", kind="withhold", override=True, reason="更正")
    refused(office.on(date(2021, 3, 9)), "现在是“已给予”", kind="withhold", override=True, reason="更正")


@pytest.mark.parametrize("ahead", [-1, 1])
def test_nothing_is_done_on_another_day_than_the_offices(office: Office, ahead: int) -> None:
    office.passed()
    office.day += timedelta(days=ahead)
    refused(office, "今天是 2021-03-01", "核对电脑的日期")


def test_with_a_clock_set_back_nothing_is_done(office: Office) -> None:
    office.on(date(2021, 3, 5)).act("withhold")
    office.day = date(2021, 3, 4)
    refused(office, "核对电脑的日期", kind="grant", override=True, reason="x")


def test_looking_writes_nothing_and_offers_what_is_possible(office: Office) -> None:
    office.passed()
    before = entries(office)
    found = office.standing(doer=CLERK)
    assert entries(office) == before
    assert {kind for kind, may in found.may.items() if may.in_turn} == {"grant", "withhold"}
    assert {kind for kind, may in found.may.items() if may.now} == set()
    assert found.may["withhold"].only_as_override and not found.may["grant"].only_as_override
    assert "审核员" in (found.may["grant"].why_not or found).zh  # type: ignore[union-attr]
    assert {kind for kind, may in office.standing(doer=REVIEWER).may.items() if may.now} == {
        "grant",
        "withhold",
    }
