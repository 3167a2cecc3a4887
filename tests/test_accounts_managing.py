"""Administrators look after accounts; nobody raises themselves, and one administrator always remains."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from office import running, sessions
from office.accounts import managing
from office.accounts.entering import enter, enter_with_code
from office.accounts.managing import Account
from office.casework.asked import Doer
from office.refusal import Refused
from office.sessions import SignIn
from tests.accounts import (
    ADMINISTRATOR,
    CLERK,
    ORIGIN,
    OTHER_WORD,
    WORD,
    Clock,
    all_holds,
    chained,
    make_clerk,
    quick_passwords,
    said,
    staffed,
    versions,
    writer,
)

SECOND = Doer("示例管理员乙")
Change = Callable[[Doer, str], object]
CHANGES: dict[str, Change] = {
    "add": lambda doer, _login: managing.add(writer(), doer, "xinren", "示例新人", "clerk"),
    "role": lambda doer, login: managing.change_role(writer(), doer, login, "auditor"),
    "disable": lambda doer, login: managing.disable(writer(), doer, login),
    "enable": lambda doer, _login: managing.enable(writer(), doer, "tingyong"),
    "code": lambda doer, login: managing.give_code(writer(), doer, login),
    "sign out": lambda doer, login: managing.sign_out_everywhere(writer(), doer, login),
}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, office_db: Path, run_on: Callable[[Path], None]) -> Clock:
    return staffed(monkeypatch, office_db, run_on)


@pytest.fixture
def two(clock: Clock) -> SignIn:
    """A second administrator, signed in."""
    return make_clerk("guanli2", SECOND.name, "administrator")


def account(login: str = "luru") -> Account:
    with running.reader() as db:
        return next(one for one in managing.overview(db) if one.login == login)


def count() -> int:
    with running.reader() as db:
        return int(db.execute("SELECT count(*) FROM chain").fetchone()[0])


# ---- who may ----


@pytest.mark.parametrize("role", ["clerk", "reviewer", "auditor"])
@pytest.mark.parametrize("change", CHANGES)
def test_only_administrators_change_accounts_whatever_role_is_claimed(
    clock: Clock, role: str, change: str
) -> None:
    make_clerk("qita", "示例他人", role)
    make_clerk("tingyong", "示例停用者")
    managing.disable(writer(), ADMINISTRATOR, "tingyong")
    before = count()
    for doer in (Doer("示例他人"), Doer("qita", "administrator"), Doer("示例他人", role)):
        with pytest.raises(Refused, match="administrator"):
            CHANGES[change](doer, "luru")
    assert count() == before


@pytest.mark.parametrize("change", CHANGES)
def test_nobody_who_is_not_registered_or_is_disabled_changes_accounts(clock: Clock, change: str) -> None:
    make_clerk("guanli3", "示例前管理员", "administrator")
    make_clerk("tingyong", "示例停用者")
    managing.disable(writer(), ADMINISTRATOR, "tingyong")
    managing.disable(writer(), ADMINISTRATOR, "guanli3")
    before = count()
    for name in ("不在名单者", "guanli3", "示例前管理员", ""):
        with pytest.raises(Refused):
            CHANGES[change](Doer(name, "administrator"), "luru")
    assert count() == before


@pytest.mark.parametrize("change", CHANGES)
def test_a_demonstration_has_no_accounts_to_change(
    inside: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    quick_passwords(monkeypatch)
    if change == "sign out":
        sessions.begin("demo-clerk", "demonstration")
        assert CHANGES[change](Doer("示例管理员"), "demo-clerk") == 1
        return
    with pytest.raises(Refused, match="demonstration"):
        CHANGES[change](Doer("示例管理员"), "demo-clerk")


# ---- nobody raises themselves, one remains ----


def test_nobody_changes_their_own_role(clock: Clock, two: SignIn) -> None:
    for doer in (ADMINISTRATOR, Doer("guanli")):
        with pytest.raises(Refused, match="their own role"):
            managing.change_role(writer(), doer, "guanli", "reviewer")
    managing.change_role(writer(), SECOND, "guanli", "reviewer")
    assert account("guanli").role == "reviewer"


def test_nobody_gives_themselves_a_code(clock: Clock, two: SignIn) -> None:
    with pytest.raises(Refused, match="themselves a code"):
        managing.give_code(writer(), ADMINISTRATOR, "guanli")
    assert managing.give_code(writer(), SECOND, "guanli").text


def test_the_last_administrator_stays_one_and_stays_in(clock: Clock) -> None:
    with pytest.raises(Refused, match="last active administrator"):
        managing.disable(writer(), ADMINISTRATOR, "guanli")
    assert account("guanli").active


def test_the_last_but_one_administrator_may_go(clock: Clock, two: SignIn) -> None:
    managing.disable(writer(), ADMINISTRATOR, "guanli")
    with pytest.raises(Refused, match="last active administrator"):
        managing.disable(writer(), SECOND, "guanli2")


def test_two_administrators_who_demote_each_other_at_once_leave_one(clock: Clock, two: SignIn) -> None:
    def demote(pair: tuple[Doer, str]) -> bool:
        try:
            managing.change_role(writer(), pair[0], pair[1], "clerk")
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(demote, [(ADMINISTRATOR, "guanli2"), (SECOND, "guanli")]))
    assert sorted(done) == [False, True]
    assert sorted((account("guanli").role, account("guanli2").role)) == ["administrator", "clerk"]


# ---- what each change does ----


@pytest.mark.parametrize("change", ["role", "disable", "code", "sign out"])
def test_a_change_ends_every_sign_in_of_that_person_at_once_and_nobody_elses(
    clock: Clock, change: str
) -> None:
    first, second = enter("luru", WORD, ORIGIN), enter("luru", WORD, ORIGIN)
    other, told = enter("guanli", WORD, ORIGIN), list[str]()
    sessions.when_ended(told.extend)
    CHANGES[change](ADMINISTRATOR, "luru")
    assert [sessions.look_up(one.sid) is None for one in (first, second, other)] == [True, True, False]
    assert {first.sid, second.sid} <= set(told) and other.sid not in told
    assert account().open_sign_ins == 0


def test_a_new_role_counts_from_the_next_sign_in_and_keeps_the_password(clock: Clock) -> None:
    managing.change_role(writer(), ADMINISTRATOR, "luru", "reviewer", "示例：调岗")
    assert enter("luru", WORD, ORIGIN).person.role == "reviewer"
    newest = versions()[0]
    assert (newest.kind, newest.role, newest.reason, newest.by) == (
        *("role", "reviewer", "示例：调岗"),
        ADMINISTRATOR.name,
    )


def test_who_is_disabled_comes_in_again_only_when_enabled_and_by_a_new_code(clock: Clock) -> None:
    managing.disable(writer(), ADMINISTRATOR, "luru", "示例：离职")
    assert said("luru", WORD) == "登录名或密码不对"
    assert not account().has_password and not account().active
    code = managing.enable(writer(), ADMINISTRATOR, "luru")
    assert said("luru", WORD) != "", "the old password is forgotten"
    assert enter_with_code("luru", code.text, OTHER_WORD, ORIGIN)
    assert [one.kind for one in versions()][:3] == ["set_password", "enable", "disable"]


@pytest.mark.parametrize("change", ["role", "disable", "code"])
def test_a_disabled_account_is_enabled_before_anything_else(clock: Clock, change: str) -> None:
    managing.disable(writer(), ADMINISTRATOR, "luru")
    with pytest.raises(Refused, match="disabled"):
        CHANGES[change](ADMINISTRATOR, "luru")


def test_what_is_so_already_is_refused_and_changes_nothing(clock: Clock) -> None:
    before = count()
    with pytest.raises(Refused, match="not disabled"):
        managing.enable(writer(), ADMINISTRATOR, "luru")
    with pytest.raises(Refused, match="already"):
        managing.change_role(writer(), ADMINISTRATOR, "luru", "clerk")
    with pytest.raises(Refused, match="no role"):
        managing.change_role(writer(), ADMINISTRATOR, "luru", "boss")
    with pytest.raises(Refused, match="no account"):
        managing.disable(writer(), ADMINISTRATOR, "meiyou")
    assert count() == before


def test_one_ends_all_sign_ins_of_ones_own_and_nobody_elses(clock: Clock) -> None:
    mine = [enter("luru", WORD, ORIGIN) for _ in range(2)]
    assert managing.sign_out_everywhere(writer(), CLERK, "luru") == 3, "with the one by the code"
    assert [sessions.look_up(one.sid) for one in mine] == [None, None]
    assert chained("sign_out")[-1] == ("示例录入员", "sign_out", '{"of":"luru","sign_ins":3}')
    assert managing.sign_out_everywhere(writer(), CLERK, "luru") == 0
    with pytest.raises(Refused):
        managing.sign_out_everywhere(writer(), CLERK, "guanli")


# ---- names ----


@pytest.mark.parametrize("login", ["ab", "a" * 64, "zhang.shili", "z-1_2@example.org", "7x"])
def test_a_login_of_plain_letters_is_taken(clock: Clock, login: str) -> None:
    managing.add(writer(), ADMINISTRATOR, login, "示例新人", "clerk")
    assert account(login).name == "示例新人"


@pytest.mark.parametrize("login", ["", "a", "a" * 65, "张三", "-ab", "a b", "ab\n", "a'b", "../etc", ".ab"])
def test_any_other_login_is_refused(clock: Clock, login: str) -> None:
    if login == "ab\n":
        managing.add(writer(), ADMINISTRATOR, login, "示例新人", "clerk")
        assert account("ab")
        return
    with pytest.raises(Refused, match="a login has 2 to 64"):
        managing.add(writer(), ADMINISTRATOR, login, "示例新人", "clerk")


@pytest.mark.parametrize(
    ("login", "name"),
    [
        ("luru", "示例新人"),
        ("LuRu", "示例新人"),
        ("lu-ru", "示例新人"),
        ("xinren", "示例录入员"),
        ("xinren", "示例 录入员"),
        ("xinren", "示例·录入员"),
        ("xinren", "LURU"),
        ("tingyong", "示例新人"),
        ("xinren", "示例停用者"),
        ("system", "示例新人"),
        ("init", "示例新人"),
        ("xinren", "System"),
    ],
)
def test_no_two_share_a_login_or_a_name_in_any_spelling(clock: Clock, login: str, name: str) -> None:
    make_clerk("tingyong", "示例停用者")
    managing.disable(writer(), ADMINISTRATOR, "tingyong")
    with pytest.raises(Refused, match="belongs to somebody"):
        managing.add(writer(), ADMINISTRATOR, login, name, "clerk")


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "123",
        "示" * 61,
        "示例\u200b人",
        "\u3164",
        "示例\u3164人",
        "示\u034f例",
        "示例\u2800人",
        "示例 110101199003070011",
    ],
)
def test_a_name_that_is_none_is_refused(clock: Clock, name: str) -> None:
    with pytest.raises(Refused):
        managing.add(writer(), ADMINISTRATOR, "xinren", name, "clerk")


@pytest.mark.parametrize(
    "name",
    [
        "[示例](http://192.0.2.1)",
        "示例 http://192.0.2.1",
        "www.example.com",
        "=示例",
        "-示例",
        "<b>示例",
        "示例`",
        "示例:red[甲]",
    ],
)
def test_a_name_becomes_no_link_and_no_formula_wherever_it_is_shown(clock: Clock, name: str) -> None:
    with pytest.raises(Refused):
        managing.add(writer(), ADMINISTRATOR, "xinren", name, "clerk")


@pytest.mark.parametrize("name", ["示例甲（二组）", "阿依古丽·示例", "J. Shili-O'Neil", "示例甲2"])
def test_names_as_people_have_them_are_taken(clock: Clock, name: str) -> None:
    managing.add(writer(), ADMINISTRATOR, "xinren", name, "clerk")


def test_a_reason_that_begins_like_a_remark_of_the_software_is_no_remark(clock: Clock) -> None:
    managing.disable(writer(), ADMINISTRATOR, "luru", "#machine")
    assert (versions()[0].reason, versions()[0].remark) == ("machine", None)


# ---- one's own password ----


def test_one_changes_ones_password_and_only_the_page_that_asks_stays_open(clock: Clock) -> None:
    here, there = enter("luru", WORD, ORIGIN), enter("luru", WORD, ORIGIN)
    managing.set_own_password(writer(), here.person, WORD, OTHER_WORD, keep=here.sid)
    assert sessions.look_up(here.sid) is not None and sessions.look_up(there.sid) is None
    assert said("luru", WORD) != "" and said("luru", OTHER_WORD) == ""
    assert (versions()[0].kind, versions()[0].by, versions()[0].remark) == (
        "set_password",
        "示例录入员",
        None,
    )


def test_keeping_somebody_elses_sign_in_is_no_way_round(clock: Clock) -> None:
    mine, theirs = enter("luru", WORD, ORIGIN), enter("guanli", WORD, ORIGIN)
    managing.set_own_password(writer(), mine.person, WORD, OTHER_WORD, keep=theirs.sid)
    assert sessions.look_up(mine.sid) is None and sessions.look_up(theirs.sid) is not None


@pytest.mark.parametrize(
    ("old", "new", "because"),
    [
        ("不对的密码", OTHER_WORD, "present password is wrong"),
        ("", OTHER_WORD, "present password is wrong"),
        (WORD, WORD, "is the present one"),
        (WORD, "short", "at least 12"),
        (WORD, "aaaaaaaaaaaaaaa", "repeats"),
        (WORD, "ich bin luru hier", "login or the name"),
    ],
)
def test_a_change_of_password_that_is_refused_changes_nothing(
    clock: Clock, old: str, new: str, because: str
) -> None:
    begun, before = enter("luru", WORD, ORIGIN), len(versions())
    with pytest.raises(Refused, match=because):
        managing.set_own_password(writer(), begun.person, old, new)
    assert len(versions()) == before and sessions.look_up(begun.sid) is not None and said("luru", WORD) == ""


def test_who_was_disabled_meanwhile_changes_no_password(clock: Clock) -> None:
    begun = enter("luru", WORD, ORIGIN)
    managing.disable(writer(), ADMINISTRATOR, "luru")
    with pytest.raises(Refused, match="disabled"):
        managing.set_own_password(writer(), begun.person, WORD, OTHER_WORD)


# ---- looking ----


def test_the_list_says_how_each_account_stands(clock: Clock) -> None:
    begun_at = clock.at
    code = managing.add(writer(), ADMINISTRATOR, "xinren", "示例新人", "auditor")
    assert account("xinren") == Account(
        *("xinren", "示例新人", "auditor", True, False),
        code_until=begun_at + timedelta(hours=24),
        last_sign_in=None,
        open_sign_ins=0,
        locked_until=None,
    )
    clock.move(minutes=5)
    enter_with_code("xinren", code.text, WORD, ORIGIN)
    there = account("xinren")
    assert (there.has_password, there.code_until, there.last_sign_in, there.open_sign_ins) == (
        *(True, None, clock.at),
        1,
    )
    clock.move(minutes=31)
    assert account("xinren").open_sign_ins == 0, "it lapsed"
    with running.reader() as db:
        assert [one.login for one in managing.overview(db)] == ["guanli", "luru", "xinren"]


def test_a_code_that_has_lapsed_is_not_shown_as_good(clock: Clock) -> None:
    managing.give_code(writer(), ADMINISTRATOR, "luru")
    clock.move(hours=24)
    assert account().code_until is None


def test_everything_done_to_accounts_holds_under_the_chain(clock: Clock, two: SignIn) -> None:
    for change in ("code", "role", "disable"):
        CHANGES[change](ADMINISTRATOR, "luru")
    managing.enable(writer(), SECOND, "luru")
    assert all_holds()
    assert [one.kind for one in versions()] == [
        "enable",
        "disable",
        "role",
        "give_code",
        "set_password",
        "add",
    ]
    assert [one.by for one in versions()][-2:] == ["示例录入员", "示例管理员"]
