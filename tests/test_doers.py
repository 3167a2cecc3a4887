"""Who does it: one person whatever the spelling, kept under the registered name, with the role that is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import Database, open_writer, utc_now
from office.casework.asked import Doer
from office.casework.doers import allowed, same_person
from office.refusal import Refused
from tests.registered import disable, register

PEOPLE = (
    ("zhou", "周审核", "reviewer", 1),
    ("li", "李录入", "clerk", 1),
    ("amat", "阿卜杜拉·买买提", "reviewer", 1),
    ("wang1", "王示例", "clerk", 1),
    ("wang2", "王示例", "reviewer", 1),
    ("gone", "郑离岗", "reviewer", 0),
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_writer(tmp_path / "office.db", migrate=True) as writer, writer.transaction() as db:
        for login, name, role, active in PEOPLE:
            register(db, login, name, role, at=utc_now(), active=bool(active), kind="take_over")
        yield db


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("周审核", "zhou"),
        ("ZHOU", "周 审核"),
        ("ｚｈｏｕ", "周审核"),
        ("阿卜杜拉·买买提", "阿卜杜拉•买买提"),
        ("amat", "阿卜杜拉 买买提"),
        ("陈未登记", " 陈 未登记 "),
        ("Chen", "ＣＨＥＮ"),
        ("陈未登记", "陈未登记\u3164"),
        ("陈未登记", "\u115f陈未登记"),
        ("wang1", "wang2"),  # two of one name cannot be told apart on paper
    ],
)
def test_one_person_under_two_names(db: Database, one: str, other: str) -> None:
    assert same_person(db, one, other) and same_person(db, other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("周审核", "李录入"), ("zhou", "li"), ("陈未登记", "陈登记"), ("—", "…")]
)
def test_two_people(db: Database, one: str, other: str) -> None:
    assert not same_person(db, one, other)


@pytest.mark.parametrize("name", ["周审核", "zhou", "Zhou ", "周　审核"])
def test_a_registered_person_is_kept_under_the_registered_name(db: Database, name: str) -> None:
    assert allowed(db, Doer(name), "take_away") == "周审核"


def test_before_anybody_is_registered_a_name_is_kept_as_written_without_needless_blanks(
    tmp_path: Path,
) -> None:
    with open_writer(tmp_path / "before.db", migrate=True) as writer, writer.transaction() as db:
        assert allowed(db, Doer("  陈   未登记 "), "take_away") == "陈 未登记"


@pytest.mark.parametrize(
    "action", ["propose", "take_away", "draft_settlement", "settle", "confirm", "hand_out"]
)
@pytest.mark.parametrize("name", ["陈未登记", "周审核（负责人）", "李录入员"])
def test_where_people_are_registered_nobody_else_does_anything(db: Database, action: str, name: str) -> None:
    with pytest.raises(Refused) as found:
        allowed(db, Doer(name), action)
    assert "人员名单里没有" in found.value.words.zh


def test_where_all_who_were_registered_have_left_nobody_else_does_anything_either(db: Database) -> None:
    disable(db, at=utc_now())
    with pytest.raises(Refused) as found:
        allowed(db, Doer("陈未登记"), "propose")
    assert "人员名单里没有" in found.value.words.zh


def test_a_role_that_the_caller_claims_is_not_believed(db: Database) -> None:
    with pytest.raises(Refused):
        allowed(db, Doer("李录入", role="reviewer"), "confirm")


@pytest.mark.parametrize("name", ["\u200b", "李\u200b录入", "李\u2060录入", "12", "—"])
def test_a_name_has_letters_and_nothing_unseen(db: Database, name: str) -> None:
    with pytest.raises(Refused) as found:
        allowed(db, Doer(name), "propose")
    assert "看不见的字符" in found.value.words.zh


def test_a_registered_person_has_their_own_role_on_the_command_line(db: Database) -> None:
    with pytest.raises(Refused, match="reviewer"):
        allowed(db, Doer("li"), "take_away")
    assert allowed(db, Doer("li"), "propose") == "李录入"


def test_a_page_says_the_role(db: Database) -> None:
    with pytest.raises(Refused, match="reviewer"):
        allowed(db, Doer("周审核", "auditor"), "take_away")


@pytest.mark.parametrize(
    ("name", "words"), [("王示例", "登录名"), ("郑离岗", "已停用"), ("gone", "已停用"), ("", "姓名")]
)
def test_who_is_not_clear_or_has_left_does_nothing(db: Database, name: str, words: str) -> None:
    with pytest.raises(Refused) as found:
        allowed(db, Doer(name), "propose")
    assert words in found.value.words.zh


def test_of_two_of_one_name_the_login_tells_which(db: Database) -> None:
    assert allowed(db, Doer("wang2"), "take_away") == "王示例"
    with pytest.raises(Refused):
        allowed(db, Doer("wang1"), "take_away")
