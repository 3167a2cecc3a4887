"""The first administrator: on the machine itself, with the code on its terminal, once, and never by default."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data.store import utc_now
from office import running, sessions
from office.accounts import first, managing
from office.accounts.entering import NotEntered, enter, enter_with_code
from office.accounts.origins import MOST_FROM_ONE_ORIGIN
from office.refusal import Refused
from tests.accounts import (
    ADMINISTRATOR,
    ORIGIN,
    WORD,
    all_holds,
    make_administrator,
    quick_passwords,
    writer,
)
from tests.registered import register


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch, office_db: Path, run_on: Callable[[Path], None]) -> Path:
    """An office's database as init leaves it: nobody is registered."""
    quick_passwords(monkeypatch)
    monkeypatch.setattr(first, "_CODE", [])
    run_on(office_db)
    return office_db


def people() -> list[tuple[str, str, str]]:
    with running.reader() as db:
        return [(one.login, one.name, one.role) for one in managing.overview(db)]


def test_a_new_office_has_nobody_and_asks_for_its_first_administrator(fresh: Path) -> None:
    assert people() == [] and first.needed()
    for login, password in (("admin", "admin"), ("guanli", ""), ("administrator", "password")):
        with pytest.raises(NotEntered):
            enter(login, password, ORIGIN)


def test_a_demonstration_asks_for_none(inside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passwords(monkeypatch)
    assert not first.needed()
    with pytest.raises(Refused, match="demonstration"):
        first.make_first("guanli", ADMINISTRATOR.name, WORD, first.setup_code())


def test_with_the_code_of_this_process_the_first_one_is_made_and_is_in(fresh: Path) -> None:
    begun = make_administrator()
    assert sessions.look_up(begun.sid) == begun.person
    assert people() == [("guanli", "示例管理员", "administrator")] and not first.needed()
    with running.reader() as db:
        (version,) = managing.history(db, "guanli")
    assert version.remark is not None and "第一位管理员" in version.remark.zh and version.by == "示例管理员"
    assert enter("guanli", WORD, ORIGIN) and all_holds()


def test_the_code_stays_the_same_while_the_process_lives_and_is_typed_in_any_way(fresh: Path) -> None:
    code = first.setup_code()
    assert code == first.setup_code()
    assert first.make_first("guanli", "示例管理员", WORD, f" {code.lower().replace('-', '')}")


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC", "０", "\0", "x" * 5000])
def test_without_the_code_nobody_is_made(fresh: Path, code: str) -> None:
    with pytest.raises(NotEntered, match="set-up code is wrong"):
        first.make_first("guanli", "示例管理员", WORD, code)
    assert people() == []


def test_guessing_the_code_is_stopped(fresh: Path) -> None:
    for _ in range(MOST_FROM_ONE_ORIGIN):
        with pytest.raises(NotEntered, match="set-up code is wrong"):
            first.make_first("guanli", "示例管理员", WORD, "AAAA-BBBB-CCCC")
    with pytest.raises(NotEntered, match="Too many") as refused:
        first.make_first("guanli", "示例管理员", WORD, first.setup_code())
    assert refused.value.wait_seconds is not None


@pytest.mark.parametrize(
    ("login", "name", "password", "because"),
    [
        ("guanli", "示例管理员", "short", "at least 12"),
        ("guanli", "示例管理员", "guanli und noch was", "login or the name"),
        ("g", "示例管理员", WORD, "a login has"),
        ("guanli", " ", WORD, "name is needed"),
        ("system", "示例管理员", WORD, "belongs to somebody"),
    ],
)
def test_what_does_not_fit_is_refused_and_nobody_is_made(
    fresh: Path, login: str, name: str, password: str, because: str
) -> None:
    with pytest.raises(Refused, match=because) as refused:
        first.make_first(login, name, password, first.setup_code())
    assert not isinstance(refused.value, NotEntered) and people() == []


def test_a_second_first_one_is_refused(fresh: Path) -> None:
    make_administrator()
    with pytest.raises(Refused, match="administrator already"):
        first.make_first("zweite", "示例第二人", WORD, first.setup_code())


def test_of_several_at_once_one_becomes_the_first(fresh: Path) -> None:
    code = first.setup_code()

    def become(number: int) -> bool:
        try:
            first.make_first(f"guanli{number}", f"示例管理员{'甲乙丙丁'[number]}", WORD, code)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(become, range(4))) == [False, False, False, True]
    assert len(people()) == 1


def test_people_of_an_earlier_version_without_an_administrator_ask_for_one(fresh: Path) -> None:
    with writer().transaction() as db:
        register(db, "luru", "示例录入员", "clerk", at=utc_now())
        register(db, "guanli0", "示例前管理员", "administrator", at=utc_now(), active=False)
    assert first.needed()
    with pytest.raises(Refused, match="belongs to somebody"):
        first.make_first("luru", "示例管理员", WORD, first.setup_code())
    make_administrator()
    assert not first.needed()


def test_at_the_machine_the_first_one_may_come_in_by_a_code(fresh: Path) -> None:
    code = first.add_first(writer(), "guanli", "示例管理员", None)
    assert code is not None and not first.needed()
    assert enter_with_code("guanli", code.text, WORD, ORIGIN).person.role == "administrator"
