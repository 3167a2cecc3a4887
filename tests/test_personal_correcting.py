"""更正要求: a household's wish is noted, answered once, with a reason, by those who may; nothing else changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from data.integrity import check
from data.protection.personal_steps import StepsAsked, answer_to, open_wishes, steps, steps_counted
from office import running
from office.casework.asked import Doer
from office.personal.correcting import LONGEST_WISH, answer, ask
from office.refusal import Refused

CLERK, REVIEWER = Doer("demo-clerk", "clerk"), Doer("demo-reviewer", "reviewer")
WISH = "示例：姓名写错了一个字"


@pytest.fixture
def demo(demo_db: Path, run_on: Callable[[Path], None]) -> Path:
    run_on(demo_db)
    return demo_db


def wish(changed: dict[str, str] | None = None, doer: Doer = CLERK) -> int:
    given = {"household": "H0001", "register": "households", "key": "H0001", "wish": WISH, **(changed or {})}
    return ask(
        running.writer(), given["household"], given["register"], given["key"], given["wish"], doer=doer
    ).id


def waiting() -> list[int]:
    with running.reader() as db:
        return [one.id for one in open_wishes(db)]


def test_a_wish_waits_until_it_is_answered(demo: Path) -> None:
    first, second = wish(), wish(doer=REVIEWER)
    assert waiting() == [first, second]
    answer(running.writer(), first, "correct", "示例：已照户口簿更正", doer=REVIEWER)
    assert waiting() == [second]
    answer(running.writer(), second, "decline", "示例：与户口簿一致，不更正", doer=CLERK)
    assert waiting() == []
    with running.reader() as db:
        given = answer_to(db, first)
        assert given is not None and (given.kind, given.household_no) == ("correct", "H0001")
        assert given.recorded_by == "示例审核员"
        assert check(db) == []


def test_a_wish_is_answered_once(demo: Path) -> None:
    one = wish()
    answer(running.writer(), one, "correct", "示例：已更正", doer=CLERK)
    with pytest.raises(Refused, match="answered this wish already") as refused:
        answer(running.writer(), one, "decline", "示例：不更正", doer=REVIEWER)
    assert "示例录入员" in refused.value.words.zh
    with running.reader() as db:
        assert len(steps(db)) == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"household": "H9999"}, "H9999"),
        ({"key": "H9999"}, "H9999"),
        ({"key": "H0001~P01"}, "H0001/P01"),
        ({"key": ""}, "没有"),
        ({"register": "nothing"}, "nothing"),
        ({"wish": "  "}, "要求更正什么"),
        ({"wish": "更" * (LONGEST_WISH + 1)}, str(LONGEST_WISH)),
        ({"wish": "电话 13800138000"}, "手机"),
    ],
)
def test_a_wish_that_cannot_be_kept_is_refused_whole(demo: Path, changed: dict[str, str], said: str) -> None:
    with pytest.raises(Refused) as refused:
        wish(changed)
    assert said in refused.value.words.zh and refused.value.words.en
    assert waiting() == []


def test_a_wish_of_the_longest_text_is_kept(demo: Path) -> None:
    assert wish({"wish": "更" * LONGEST_WISH}) in waiting()


def test_only_a_wish_can_be_answered_and_only_with_words(demo: Path) -> None:
    one = wish()
    for number, reason in ((one + 1, "示例"), (0, "示例"), (one, ""), (one, " ")):
        with pytest.raises(Refused):
            answer(running.writer(), number, "correct", reason, doer=CLERK)
    answered = answer(running.writer(), one, "correct", "示例：已更正", doer=CLERK)
    with pytest.raises(Refused):
        answer(running.writer(), answered.id, "correct", "示例", doer=CLERK)
    with pytest.raises(ValueError):
        answer(running.writer(), one, "show", "示例", doer=CLERK)


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_who_may_not_is_refused_whatever_role_is_claimed(demo: Path, role: str) -> None:
    one = wish()
    for said in (role, "clerk", None):
        with pytest.raises(Refused):
            wish(doer=Doer(f"demo-{role}", said))
        with pytest.raises(Refused):
            answer(running.writer(), one, "correct", "示例", doer=Doer(f"demo-{role}", said))
    assert waiting() == [one]


def test_the_log_is_asked_by_kind_person_household_and_day(demo: Path) -> None:
    one = wish()
    answer(running.writer(), one, "correct", "示例：已更正", doer=REVIEWER)
    with running.reader() as db:
        day = steps(db)[0].done_on
        assert [s.kind for s in steps(db)] == ["correct", "ask"]
        for asked, count in (
            (StepsAsked(), 2),
            (StepsAsked(kind="ask"), 1),
            (StepsAsked(by="示例审核员"), 1),
            (StepsAsked(household="H0001"), 2),
            (StepsAsked(household="H0002"), 0),
            (StepsAsked(since=day, until=day), 2),
            (StepsAsked(until="2000-01-01"), 0),
        ):
            assert steps_counted(db, asked) == len(steps(db, asked)) == count, asked
