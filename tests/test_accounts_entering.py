"""Coming in by password, by a code that is good once and for a day, or by an identity vouched for elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from data.protection.secrets import Secrets, secrets_of
from office import running, sessions
from office.accounts import managing, passwords
from office.accounts.codes import LENGTH, LETTERS, new_text
from office.accounts.entering import NotEntered, enter, enter_by_identity, enter_with_code
from office.refusal import Refused
from tests.accounts import (
    ADMINISTRATOR,
    ORIGIN,
    OTHER_WORD,
    WORD,
    Clock,
    all_holds,
    bytes_of,
    chained,
    make_clerk,
    said,
    staffed,
    versions,
    writer,
)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, office_db: Path, run_on: Callable[[Path], None]) -> Clock:
    return staffed(monkeypatch, office_db, run_on)


def kept(login: str = "luru") -> Secrets:
    with running.reader() as db:
        return secrets_of(db, login)


def given() -> str:
    return managing.give_code(writer(), ADMINISTRATOR, "luru").text


def test_who_knows_the_password_is_in_and_the_chain_says_so(clock: Clock) -> None:
    begun = enter("luru", WORD, ORIGIN)
    assert sessions.look_up(begun.sid) == begun.person and begun.person.role == "clerk"
    assert chained("sign_in")[-1] == ("luru", "sign_in", '{"means":"password","role":"clerk"}')


@pytest.mark.parametrize("typed", ["luru", " LuRu ", "ｌｕｒｕ"])
def test_a_login_is_known_however_it_is_typed(clock: Clock, typed: str) -> None:
    assert enter(typed, WORD, ORIGIN).person.login == "luru"


def test_neither_password_nor_code_lies_in_the_file(clock: Clock) -> None:
    code = given()
    held = bytes_of(running.database_path())
    for word in (WORD, code, code.replace("-", "")):
        assert word.encode() not in held
    assert code not in repr(kept()) and kept().password is None
    assert all_holds()


def test_a_code_has_59_bits_and_no_letters_that_look_alike() -> None:
    texts = {new_text() for _ in range(500)}
    assert len(texts) == 500 and len(LETTERS) ** LENGTH > 2**58
    assert all(re.fullmatch(r"([A-HJKMNP-Z2-9]{4}-){2}[A-HJKMNP-Z2-9]{4}", text) for text in texts)


def test_with_a_code_one_sets_a_password_and_is_in(clock: Clock) -> None:
    begun = enter_with_code("luru", given(), OTHER_WORD, ORIGIN)
    assert sessions.look_up(begun.sid) is not None
    assert said("luru", OTHER_WORD) == "" and said("luru", WORD) != ""
    newest = versions()[0]
    assert (newest.kind, newest.by, newest.reason) == ("set_password", "示例录入员", "")
    assert newest.remark is not None and "一次性代码" in newest.remark.zh


def test_a_code_is_good_once(clock: Clock) -> None:
    code = given()
    enter_with_code("luru", code, OTHER_WORD, ORIGIN)
    with pytest.raises(NotEntered, match="one-time code is wrong"):
        enter_with_code("luru", code, WORD, ORIGIN)
    assert said("luru", OTHER_WORD) == ""


def test_a_newer_code_takes_the_place_of_an_older_one(clock: Clock) -> None:
    old, new = given(), given()
    with pytest.raises(NotEntered):
        enter_with_code("luru", old, OTHER_WORD, ORIGIN)
    assert enter_with_code("luru", new, OTHER_WORD, ORIGIN)


@pytest.mark.parametrize(
    ("seconds", "good"), [(24 * 3600 - 1, True), (24 * 3600, False)], ids=["before 24 h", "at 24 h"]
)
def test_a_code_is_good_for_a_day(clock: Clock, seconds: int, good: bool) -> None:
    code = given()
    clock.move(seconds=seconds)
    if good:
        assert enter_with_code("luru", code, OTHER_WORD, ORIGIN)
        return
    with pytest.raises(NotEntered, match="older than 24 hours"):
        enter_with_code("luru", code, OTHER_WORD, ORIGIN)


@pytest.mark.parametrize(("back", "good"), [(5, True), (6, False)], ids=["a little", "much"])
def test_a_clock_put_back_makes_no_code_good_for_longer(clock: Clock, back: int, good: bool) -> None:
    code = given()
    clock.move(minutes=-back)
    if good:
        assert enter_with_code("luru", code, OTHER_WORD, ORIGIN)
        return
    with pytest.raises(NotEntered):
        enter_with_code("luru", code, OTHER_WORD, ORIGIN)


def test_a_code_may_be_typed_small_and_without_dashes(clock: Clock) -> None:
    code = given()
    assert enter_with_code("luru", f" {code.replace('-', ' ').lower()} ", OTHER_WORD, ORIGIN)


def test_a_password_that_may_not_be_one_leaves_the_code_good_and_counts_nothing(clock: Clock) -> None:
    code = given()
    for _ in range(7):
        with pytest.raises(Refused, match="at least 12") as refused:
            enter_with_code("luru", code, "kurz", ORIGIN)
        assert not isinstance(refused.value, NotEntered)
    assert enter_with_code("luru", code, OTHER_WORD, ORIGIN)


def test_who_has_no_code_learns_nothing_of_passwords_either(clock: Clock) -> None:
    with pytest.raises(NotEntered, match="one-time code is wrong"):
        enter_with_code("luru", "AAAA-BBBB-CCCC", "kurz", ORIGIN)


def test_of_two_who_use_one_code_at_once_one_is_in(clock: Clock) -> None:
    code = given()

    def redeem(number: int) -> str:
        try:
            return enter_with_code("luru", code, f"{OTHER_WORD} {number}", f"192.0.2.{number}").person.login
        except NotEntered:
            return ""

    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(redeem, range(4)))
    assert sorted(told) == ["", "", "", "luru"]
    assert said("luru", f"{OTHER_WORD} {told.index('luru')}") == ""
    assert [one.kind for one in versions()][:2] == ["set_password", "give_code"] and all_holds()


def test_a_code_ends_what_was_open_and_forgets_the_password(clock: Clock) -> None:
    before, told = enter("luru", WORD, ORIGIN), list[str]()
    sessions.when_ended(told.extend)
    code = given()
    assert sessions.look_up(before.sid) is None and before.sid in told
    assert said("luru", WORD) != ""
    assert enter_with_code("luru", code, OTHER_WORD, ORIGIN)


def test_a_password_kept_with_other_parameters_is_kept_anew_at_sign_in(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, open_one = kept().password, enter("luru", WORD, ORIGIN)
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert said("luru", "不对的密码") != "" and kept().password == before, "not for a wrong one"
    enter("luru", WORD, ORIGIN)
    after = kept().password
    assert before and after and "t=1,p=1" in before and "m=16,t=2,p=1" in after
    assert versions()[0].remark is not None and "没有变" in versions()[0].remark.zh  # type: ignore[union-attr]
    assert sessions.look_up(open_one.sid) is not None, "the password is the same: nobody is signed out"
    enter("luru", WORD, ORIGIN)
    assert kept().password == after and all_holds()


def test_an_account_changed_while_its_password_was_checked_lets_nobody_in(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(encoded: str | None, password: str) -> bool:
        managing.disable(writer(), ADMINISTRATOR, "luru")
        return passwords.fits(encoded, password)

    monkeypatch.setattr("office.accounts.entering.fits", meanwhile)
    with pytest.raises(NotEntered, match="wrong"):
        enter("luru", WORD, ORIGIN)
    assert [row[0] for row in chained("sign_in")].count("luru") == 1


def test_an_identity_vouched_for_elsewhere_comes_into_the_same_kind_of_session(clock: Clock) -> None:
    begun = enter_by_identity("luru")
    assert sessions.look_up(begun.sid) == begun.person
    assert chained("sign_in")[-1] == ("luru", "sign_in", '{"means":"oidc","role":"clerk"}')


@pytest.mark.parametrize("login", ["meiyou", "tingyong", "", "x" * 500, "' OR 1=1 --"])
def test_an_identity_without_an_active_account_stays_outside(clock: Clock, login: str) -> None:
    make_clerk("tingyong", "示例停用者")
    managing.disable(writer(), ADMINISTRATOR, "tingyong")
    with pytest.raises(NotEntered, match="no active account"):
        enter_by_identity(login)


def test_a_demonstration_lets_nobody_in_by_password_code_or_identity(inside: Path) -> None:
    ways: list[Callable[[], object]] = [
        lambda: enter("demo-clerk", "x", ORIGIN),
        lambda: enter_with_code("demo-clerk", "x", WORD, ORIGIN),
        lambda: enter_by_identity("demo-clerk"),
    ]
    for come in ways:
        with pytest.raises(NotEntered, match="demonstration"):
            come()
    with pytest.raises(sessions.NotAllowed):
        sessions.begin("demo-clerk", "password")


def test_an_offices_database_knows_no_demonstration_sign_ins(clock: Clock) -> None:
    with pytest.raises(sessions.NotAllowed):
        sessions.begin("luru", "demonstration")


@pytest.mark.parametrize("login", ["", "\0", "x" * 10_000, "'; DROP TABLE accounts; --", "\ud800", "😀"])
def test_anything_at_all_may_be_typed(clock: Clock, login: str) -> None:
    with pytest.raises(NotEntered):
        enter(login, login, ORIGIN)
    with pytest.raises(NotEntered):
        enter_with_code(login, login, login, ORIGIN)
    with pytest.raises(NotEntered):
        enter_by_identity(login)
    with pytest.raises(Refused):
        managing.disable(writer(), ADMINISTRATOR, login)
    assert all_holds()
