"""Fifty known names and fifty ID-like numbers are driven through pages, commands, files, doors and faults: no log line has one."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.error_util import handle_user_script_exception

from data.store import open_reader
from office import log, running
from office.__main__ import main
from office.refusal import Refused
from pages.parts import frame
from tests.at_the_door import CLERK, front, make_office, sign_in
from tests.conftest import OpenPage, open_page

HOW_MANY = 50
NUMBERS = [f"11010119900307{n:04d}" for n in range(7001, 7001 + HOW_MANY)]

Written = Callable[[], str]


@pytest.fixture
def names(demo_master: Path) -> list[str]:
    """Heads of households as they are registered."""
    db = open_reader(demo_master)
    found = [
        row[0]
        for row in db.execute("SELECT DISTINCT head_name FROM households ORDER BY 1 LIMIT ?", [HOW_MANY])
    ]
    db.close()
    assert len(found) == HOW_MANY
    return found


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Written]:
    """The log, to its file and to standard error; gives everything in both, as it reads."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("OFFICE_LOG", str(tmp_path / "office.log"))
    log.start()

    def everything() -> str:
        file = (tmp_path / "office.log").read_text("ascii")
        lines = [json.loads(line) for line in file.splitlines()]
        return "\n".join([file, stream.getvalue(), *(json.dumps(line, ensure_ascii=False) for line in lines)])

    yield everything
    log.stop()


def must_be_silent(text: str, names: list[str], more: int = 0) -> None:
    found = [word for word in (*names, *NUMBERS) if word in text or json.dumps(word).strip('"') in text]
    assert found == []
    assert text.count("\n") >= more  # something was said at all


def test_pages_say_nothing_of_what_they_show_or_are_asked(
    app_test: OpenPage, written: Written, names: list[str]
) -> None:
    for at, page in enumerate(("goods", "good", "registers", "trace", "personal")):
        asked = names[10 * at : 10 * at + 10] + NUMBERS[10 * at : 10 * at + 10]
        app = open_page(
            page, "clerk", search="，".join(asked[:10]), household=asked[0], register=asked[10], day=asked[1]
        )
        assert not app.exception
    log.event("walked")
    must_be_silent(written(), names, more=1)


def test_a_page_that_breaks_off_on_a_name_tells_its_number_and_place_only(
    written: Written, names: list[str]
) -> None:
    for name, number in zip(names, NUMBERS, strict=True):
        try:
            raise KeyError(f"{name} {number}")
        except KeyError as error:
            handle_user_script_exception(error, frame.failed)
    text = written()
    must_be_silent(text, names, more=HOW_MANY)
    told = [line for line in map(json.loads, _file_lines(text)) if line["event"] == "page_failed"]
    assert len(told) == HOW_MANY and len({line["number"] for line in told}) == HOW_MANY
    assert all(line["error"] == "KeyError" for line in told)


def test_commands_and_files_leave_nothing_in_the_log(
    demo_db: Path, tmp_path: Path, written: Written, names: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"{names[0]}.csv"
    rows = "".join(
        f"H9{at:03d},V001,{name} {number},2018-01-01,\n"
        for at, (name, number) in enumerate(zip(names, NUMBERS, strict=True))
    )
    file.write_text(f"户编号,村编码,户主姓名,建档日期,退出日期\n{rows}", encoding="utf-8")
    for words in (
        ["import", "households", str(file), "--by", names[1]],
        ["explain", "--household", names[2], "--product", NUMBERS[0]],
        ["evaluate", str(file), str(file)],
    ):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stderr", io.StringIO())
            try:
                assert main(["--db", str(demo_db), *words]) != 0
            except SystemExit as wrong_usage:
                assert wrong_usage.code != 0
    log.event("commanded")
    must_be_silent(written(), names, more=1)


def test_the_door_says_nothing_of_who_knocked(
    tmp_path: Path, written: Written, names: list[str], run_on: Callable[[Path], None]
) -> None:
    path = tmp_path / "doors.db"
    make_office(path)
    run_on(path)
    for at, (name, number) in enumerate(zip(names, NUMBERS, strict=True)):
        visitor = front(f"192.168.7.{at}", "http://localhost:8501")
        visitor.get(
            f"/{name}?household={number}",
            headers={"user-agent": number, "referer": f"http://x.example/{number}"},
        )
        visitor.put(f"/_stcore/upload_file/{number}/{number}", content=number.encode())
        if at < 3:  # a password costs time
            assert sign_in(visitor, name, number).status_code != 303
            assert sign_in(visitor, CLERK, f"{name}{number}").status_code != 303
    log.event("knocked")
    must_be_silent(written(), names, more=1)


def test_libraries_threads_and_hooks_cannot_bring_one_in(written: Written, names: list[str]) -> None:
    for name, number in zip(names, NUMBERS, strict=True):
        logger = logging.getLogger(f"some.library.{len(name)}")
        logger.warning(f"row of {name}: {number}")
        logger.error("row of %s: %s", name, number)
        log.event(name, what=name, number=int(number), text=number, error=ValueError(name))
        log.warning("refused", where=f"{name}\n{number}")
    thread = threading.Thread(target=lambda: int(names[0] + NUMBERS[0]))
    thread.start()
    thread.join()
    must_be_silent(written(), names, more=HOW_MANY)


def test_a_refused_act_says_the_role_and_nothing_of_the_act(
    app_test: OpenPage, written: Written, names: list[str]
) -> None:
    from office.accounts.managing import add
    from office.casework.asked import Doer

    for name, number in zip(names, NUMBERS, strict=True):
        with pytest.raises(Refused):
            add(running.writer(), Doer(name, "administrator"), number, name, "clerk")
    log.event("refused_all")
    must_be_silent(written(), names, more=1)


def _file_lines(text: str) -> list[str]:
    return [line for line in dict.fromkeys(text.splitlines()) if line.startswith("{") and line.isascii()]
