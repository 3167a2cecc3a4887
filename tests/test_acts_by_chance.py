"""Whatever people, days, inspections and corrections come in whatever order: nothing is taken away past the path."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.casework.acts import Act, acts_about
from data.integrity import check
from data.store import Database, reading
from office.casework.acting import KIND_WORDS, Doer
from office.casework.in_force import in_force
from office.casework.working_days import nth_working_day_after
from office.explaining import explain
from office.programs import program_named
from office.refusal import Refused
from tests.casework import CLERK, H1P1, OTHER, REVIEWER, Office

PEOPLE = (CLERK, REVIEWER, OTHER, Doer("周 审核", "reviewer"), Doer("周审核"))
PATH = ("notify", "deliver", "hear", "revoke")
ACTS = st.tuples(
    st.just("act"),
    st.one_of(st.sampled_from(PATH), st.sampled_from((*PATH, "stop")), st.sampled_from(tuple(KIND_WORDS))),
    st.sampled_from(PEOPLE),
    st.booleans(),  # override, with its reason
    st.sampled_from((None, None, 0, 3)),  # days ahead that it takes effect
    st.booleans(),  # a statement was made
)
MOVES = st.one_of(
    ACTS,
    ACTS,
    st.tuples(st.just("day"), st.sampled_from((1, 1, 4, 9))),
    st.tuples(st.just("next"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("next"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("inspect"), st.sampled_from(("pass", "fail", "fail"))),
    st.tuples(st.just("correct"), st.integers(1, 6), st.sampled_from(("pass", "fail"))),
)
reached: Counter[str] = Counter()


@given(st.booleans(), st.lists(MOVES, min_size=8, max_size=30))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def whatever_happens(noticed: bool, moves: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder) / "office.db")
        with office.writer:
            office.delivered() if noticed else office.failed()
            answered: dict[date, str] = {}
            for move in moves:
                with reading(office.file) as db:
                    answered[office.day] = in_force(db, H1P1, "packaging", office.day).state
                _make(office, move)
            with reading(office.file) as db:
                answered[office.day] = in_force(db, H1P1, "packaging", office.day).state
                _holds(db, acts_about(db, H1P1, "packaging"), answered)


def test_nothing_is_taken_away_without_the_whole_path() -> None:
    whatever_happens()
    assert all(reached[kind] >= 5 for kind in ("revoke", "stop", "reinstate")), reached


def _make(office: Office, move: tuple[Any, ...]) -> None:
    if move[0] == "day":
        office.on(office.day + timedelta(days=move[1]))
    elif move[0] == "inspect":
        office.inspect(move[1])
    elif move[0] == "correct":
        with reading(office.file) as db:
            sql = (
                "SELECT sampling_date, conclusion FROM inspections WHERE sample_no = ? ORDER BY version DESC"
            )
            row = db.execute(sql, [f"S{move[1]:03}"]).fetchone()
        if row and row[1] != move[2]:
            office.correct(f"S{move[1]:03}", move[2], date.fromisoformat(row[0]))
    else:
        _try(office, *_wish(office, move))


def _wish(office: Office, move: tuple[Any, ...]) -> tuple[str, Doer, bool, int | None, bool]:
    """What a move asks for; "next" is the next step of the case, waited for, or the way into another one."""
    if move[0] == "act":
        return move[1], move[2], move[3], move[4], move[5]
    standing = office.standing()
    case, state = standing.case, standing.last.state if standing.last else None
    if case and case.next_step and (case.is_open or case.next_step == "deliver_decision"):
        if case.wait_until:
            office.on(case.wait_until + timedelta(days=1))
        return case.next_step, move[1], True, None, False
    return {"granted": "notify", "revoked": "reinstate"}.get(state or "", "grant"), move[1], True, None, False


def _try(office: Office, kind: str, doer: Doer, override: bool, ahead: int | None, said: bool) -> None:
    more: dict[str, Any] = {"reason": "理由"}
    if kind in ("deliver", "deliver_decision"):
        more |= {"how": "post", "to": "示例户主"}
    if kind in ("grant", "withhold", "reinstate", "notify", "revoke"):
        more |= {"override": override}
    if kind in ("grant", "withhold", "reinstate", "revoke") and ahead is not None:
        more |= {"effective_on": office.day + timedelta(days=ahead)}
    if kind == "hear" and said:
        more |= {"text": "陈述"}
    try:
        office.act(kind, doer, **more)
        reached[kind] += 1
    except Refused:
        pass


def _holds(db: Database, acts: list[Act], answered: dict[date, str]) -> None:
    state = "none"
    for act in acts:
        if act.state and state == "granted":
            assert act.kind == "revoke" and act.state in ("withheld", "revoked")
            _took_the_whole_path(db, [step for step in acts if step.case == act.case and step.id <= act.id])
        state = act.state or state
        assert not act.overrides or act.reason
    for day, then in answered.items():  # from the acts alone
        told = [act.state for act in acts if act.effective_on and act.effective_on <= day.isoformat()]
        assert then == (told[-1] if told else "none") == in_force(db, H1P1, "packaging", day).state
    assert check(db) == []


def _took_the_whole_path(db: Database, steps: list[Act]) -> None:
    notice, delivery, *heard, decision = steps
    assert [step.kind for step in (notice, delivery, decision)] == ["notify", "deliver", "revoke"]
    assert heard and {step.kind for step in heard} == {"hear"}
    assert delivery.delivered_on and notice.done_on <= delivery.delivered_on <= delivery.done_on
    over = nth_working_day_after(date.fromisoformat(delivery.delivered_on), 5).until.isoformat()
    assert delivery.defence_until == over < decision.done_on
    assert all(step.details["text"] or step.done_on > over for step in heard)
    assert notice.recorded_by.replace(" ", "") != decision.recorded_by.replace(" ", "")
    assert decision.effective_on and decision.effective_on > decision.done_on
    day, program = date.fromisoformat(notice.done_on), program_named()
    while day <= date.fromisoformat(decision.done_on):  # one day after the other, each decided by itself
        (slip,) = explain(db, H1P1, program, day, decision.recorded_at, benefits=("packaging",)).slips
        assert slip.decision.verdict == notice.verdict == decision.verdict
        day += timedelta(days=1)
