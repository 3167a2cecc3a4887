"""`python -m office user …`: everything about accounts without a browser, and no secret as an argument."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest

from data.store import StoreProblem, open_writer, reading
from office import running
from office.accounts import managing
from office.accounts.entering import NotEntered, enter, enter_with_code
from office.commands import accounts
from office.commands.parsing import Commands
from office.commands.speaking import refusal
from office.refusal import Refused
from tests.accounts import ORIGIN, OTHER_WORD, WORD, quick_passwords
from tests.recorded import differences

FIRST = ("add", "guanli", "--name", "示例管理员", "--role", "administrator")
CLERK = ("add", "luru", "--name", "示例录入员", "--role", "clerk", "--by", "guanli")


class Terminal:
    """Runs the commands on a database; `types` is what somebody types where a password is asked for."""

    def __init__(self, path: Path) -> None:
        self.path, self.types = path, list[str]()
        self.parser = ArgumentParser()
        self.parser.add_argument("--db", type=Path, default=path)
        self.parser.add_argument("--lang", default="zh")
        accounts.add(Commands(self.parser.add_subparsers(required=True)))

    def run(self, *arguments: str, lang: str = "zh") -> int:
        args = self.parser.parse_args(["--lang", lang, "user", *arguments])
        try:
            return int(args.run(args))
        except Refused as refused:
            return refusal(args, refused)
        except StoreProblem as problem:  # as office/__main__.py does
            return refusal(args, Refused(problem.words))

    def asked(self, _prompt: str, **_: object) -> str:
        return self.types.pop(0)


@pytest.fixture
def terminal(office_db: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal at an office's new database."""
    quick_passwords(monkeypatch)
    terminal = Terminal(office_db)
    monkeypatch.setattr(accounts, "getpass", terminal.asked)
    return terminal


@pytest.fixture
def with_people(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """An administrator with a password and a clerk with a code are there."""
    terminal.types = [WORD, WORD]
    assert terminal.run(*FIRST) == 0 and terminal.run(*CLERK) == 0
    capsys.readouterr()
    return terminal


def come_in(path: Path, login: str, password: str) -> bool:
    running.start(path)
    try:
        return enter(login, password, ORIGIN).person.login == login
    except NotEntered:
        return False
    finally:
        running.stop()


def test_the_first_administrator_types_a_password_twice(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal.types = [WORD, WORD]
    assert terminal.run(*FIRST) == 0
    assert capsys.readouterr().out == "已办理。\n"
    assert come_in(terminal.path, "guanli", WORD)
    assert differences(terminal.path) == []


def test_the_first_administrator_may_take_a_code_instead(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert terminal.run(*FIRST, "--code", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["login"] == "guanli" and told["until"].endswith("Z")
    running.start(terminal.path)
    try:
        assert enter_with_code("guanli", told["code"], WORD, ORIGIN)
    finally:
        running.stop()


@pytest.mark.parametrize(
    ("types", "arguments", "because"),
    [
        ([WORD, OTHER_WORD], FIRST, "两次输入的密码不同"),
        (["short", "short"], FIRST, "至少 12 个字符"),
        ([], (*FIRST[:-1], "clerk"), "第一位要用 --role administrator"),
        ([], ("password", "guanli"), "没有这个登录名"),
        ([], ("disable", "guanli", "--by", "guanli"), "没有"),
        ([], ("history", "guanli"), "没有这个登录名"),
    ],
)
def test_on_an_empty_database_everything_else_is_refused_in_words(
    terminal: Terminal,
    capsys: pytest.CaptureFixture[str],
    types: list[str],
    arguments: tuple[str, ...],
    because: str,
) -> None:
    terminal.types = types
    assert terminal.run(*arguments) == 1
    assert because in capsys.readouterr().err
    with reading(terminal.path) as db:
        assert managing.overview(db) == []


def test_an_empty_list_says_what_to_do(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    assert terminal.run("list") == 0
    assert "user add" in capsys.readouterr().out


def test_an_administrator_adds_somebody_and_the_code_is_shown_this_once(
    with_people: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        with_people.run("add", "xinren", "--name", "示例新人", "--role", "auditor", "--by", "示例管理员") == 0
    )
    out = capsys.readouterr().out
    assert out.startswith("一次性代码：") and "只显示这一次" in out
    assert with_people.run("list") == 0 and with_people.run("history", "xinren") == 0
    assert out.split("\n")[0].removeprefix("一次性代码：") not in capsys.readouterr().out


def test_the_second_person_needs_an_administrator(
    with_people: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    new = ("add", "xinren", "--name", "示例新人", "--role", "auditor")
    assert with_people.run(*new) == 1 and "经办人" in capsys.readouterr().err
    assert with_people.run(*new, "--by", "luru") == 1 and "管理员" in capsys.readouterr().err
    assert with_people.run(*new, "--by", "meiyou", lang="en") == 1
    assert "not registered" in capsys.readouterr().err


def test_every_change_from_the_terminal_stands_in_the_history(
    with_people: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    by = ("--by", "guanli")
    assert with_people.run("role", "luru", "reviewer", *by, "--reason", "示例：调岗") == 0
    assert with_people.run("disable", "luru", *by) == 0
    assert with_people.run("enable", "luru", *by) == 0
    assert with_people.run("code", "luru", *by) == 0
    with_people.types = [OTHER_WORD, OTHER_WORD]
    assert with_people.run("password", "luru") == 0
    capsys.readouterr()
    assert with_people.run("history", "luru", "--json") == 0
    told = json.loads(capsys.readouterr().out)["versions"]
    assert [one["kind"] for one in told] == ["set_password", "give_code", "enable", "disable", "role", "add"]
    assert told[0]["remark"] == "在本机用命令行设定" and told[4]["reason"] == "示例：调岗"
    assert with_people.run("history", "luru", lang="en") == 0
    assert "reviewer" in (out := capsys.readouterr().out) and "set on the machine itself" in out
    assert come_in(with_people.path, "luru", OTHER_WORD) and differences(with_people.path) == []


def test_a_forgotten_password_is_set_at_the_machine_and_lifts_a_lock(with_people: Terminal) -> None:
    running.start(with_people.path)
    for number in range(5):
        with pytest.raises(NotEntered):
            enter("guanli", "不对的密码", f"192.0.2.{number}")
    running.stop()
    with_people.types = [OTHER_WORD, OTHER_WORD]
    assert with_people.run("password", "guanli") == 0
    assert come_in(with_people.path, "guanli", OTHER_WORD)


def test_the_list_says_in_words_how_each_account_stands(
    with_people: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert with_people.run("disable", "luru", "--by", "guanli") == 0
    assert with_people.run("add", "xinren", "--name", "示例新人", "--role", "auditor", "--by", "guanli") == 0
    running.start(with_people.path)
    for number in range(5):
        with pytest.raises(NotEntered):
            enter("guanli", "不对的密码", f"192.0.2.{number}")
    running.stop()
    capsys.readouterr()
    assert with_people.run("list") == 0
    one, two, three = capsys.readouterr().out.splitlines()
    assert one.startswith("guanli  示例管理员  管理员  使用中  锁定至 ")
    assert two.startswith("xinren  示例新人  审计员  使用中  一次性代码有效至 ")
    assert three == "luru  示例录入员  录入员  已停用"


def test_the_list_as_json_says_how_each_account_stands(
    with_people: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert with_people.run("list", "--json") == 0
    one, other = json.loads(capsys.readouterr().out)["people"]
    assert one == {
        "login": "guanli",
        "name": "示例管理员",
        "role": "administrator",
        "active": True,
        "has_password": True,
        "code_until": None,
        "last_sign_in": None,
        "open_sign_ins": 0,
        "locked_until": None,
    }
    assert other["login"] == "luru" and not other["has_password"] and other["code_until"].endswith("Z")


@pytest.mark.parametrize(
    "arguments",
    [
        FIRST,
        ("disable", "demo-clerk", "--by", "demo-administrator"),
        ("enable", "demo-clerk", "--by", "demo-administrator"),
        ("role", "demo-clerk", "auditor", "--by", "demo-administrator"),
        ("code", "demo-clerk", "--by", "demo-administrator"),
        ("password", "demo-clerk"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_demonstration_refuses_in_words(
    people_db: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
) -> None:
    quick_passwords(monkeypatch)
    assert Terminal(people_db).run(*arguments) == 1
    assert "演示数据库" in capsys.readouterr().err


def test_without_a_terminal_nobody_is_asked(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(_prompt: str, **_: object) -> str:
        raise EOFError

    monkeypatch.setattr(accounts, "getpass", nobody)
    assert terminal.run(*FIRST) == 1


def test_no_command_takes_a_secret_as_an_argument(terminal: Terminal) -> None:
    for arguments in (("password", "guanli", WORD), (*FIRST, "--password", WORD), (*FIRST, f"--code={WORD}")):
        with pytest.raises(SystemExit):
            terminal.run(*arguments)


def test_while_the_application_runs_the_terminal_is_refused_in_words(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_writer(terminal.path):
        assert terminal.run(*CLERK) == 1
    assert "正被另一个程序使用" in capsys.readouterr().err
