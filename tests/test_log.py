"""The log: one JSON object a line, nothing that somebody entered, nothing that a text could forge, never too much."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from office import log
from office.log_lines import WITHHELD, NotTooMany
from office.refusal import Refused

Told = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """Starts the log on a stream of its own; gives what was said since, line by line."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.delenv("OFFICE_LOG", raising=False)
    log.start()
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    log.stop()


def broken(text: str) -> ValueError:
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


def test_an_event_is_one_line_with_its_time_level_name_and_details(told: Told) -> None:
    log.warning("refused", where="http", status=401, again=True)
    (line,) = told()
    assert line.pop("time").endswith("Z")
    assert line == {"level": "warning", "event": "refused", "where": "http", "status": 401, "again": True}


@pytest.mark.parametrize(
    "value", ["示例户主", "a b", "x\ny", "\x1b[31m", "x" * 81, "13800000000", 10**10, ["a"], "a=b", ""]
)
def test_what_is_no_code_and_no_number_is_withheld(told: Told, value: object) -> None:
    log.event("opened", what=value)
    assert told()[0]["what"] == WITHHELD


@pytest.mark.parametrize(
    "value", ["goods", "1.0.0", "a1b2c3d4", "x" * 80, "1380000000", 10**10 - 1, 0.5, None]
)
def test_a_code_or_a_number_stands_as_it_is(told: Told, value: object) -> None:
    log.event("opened", what=value)
    assert told()[0]["what"] == value


def test_a_size_may_be_large(told: Told) -> None:
    log.event("backup_made", bytes=10**12)
    assert told()[0]["bytes"] == 10**12


def test_a_forged_event_name_makes_no_line_of_its_own(told: Told) -> None:
    log.event('refused"}\n{"event": "forged')
    assert [line["event"] for line in told()] == [WITHHELD]


def test_an_error_is_told_by_its_kind_and_lines_not_by_its_text(told: Told) -> None:
    log.event("page_failed", error=broken("示例户主 110101199003070000"), number="a1b2c3d4")
    (line,) = told()
    assert line["error"] == "ValueError" and line["level"] == "error"
    assert line["through"][0].startswith("tests/test_log.py:") and line["through"][0].endswith(" broken")
    assert "示例" not in json.dumps(line, ensure_ascii=False) and "110101" not in json.dumps(line)


def test_what_a_library_logs_says_where_and_not_what(told: Told) -> None:
    logging.getLogger("some.library").error("no row for %s", "示例户主", exc_info=broken("示例户主"))
    logging.getLogger("some.library").error(f"no row for {'示例户主'}")
    constant, built = told()
    assert constant["said"] == "no row for %s" and constant["at"].startswith("tests/test_log.py:")
    assert "said" not in built and built["logger"] == "some.library"


def test_a_library_with_a_place_of_its_own_loses_it_whether_it_comes_before_or_after(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream, own = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    before = logging.getLogger("library.before.the.log")
    before.addHandler(logging.StreamHandler(own))
    before.propagate = False
    log.start()
    try:
        after = logging.getLogger("library.after.the.log")
        after.addHandler(logging.StreamHandler(own))
        after.propagate = False
        before.error("示例户主")
        after.error("示例户主")
    finally:
        log.stop()
    assert own.getvalue() == ""
    assert [json.loads(line)["event"] for line in stream.getvalue().splitlines()] == ["library"] * 2


def test_a_logger_that_was_silenced_stays_silent(told: Told) -> None:
    log.stop()
    for name in ("silenced.before", "silenced.after"):
        if name == "silenced.after":
            log.start()
        logging.getLogger(name).propagate = False
        logging.getLogger(name).error("addresses of requests, as the server would write them")
    logging.getLogger("silenced.before").error("again")
    assert told() == []


def test_warnings_threads_and_the_last_error_go_the_same_way(told: Told) -> None:
    warnings.warn("示例户主", stacklevel=1)
    thread = threading.Thread(target=lambda: broken("") and [][0])
    thread.start()
    thread.join()
    sys.excepthook(ValueError, broken("示例户主"), None)
    assert [line["event"] for line in told()] == ["library", "thread_broke_off", "broke_off"]


def test_a_flood_of_one_event_is_cut_and_the_next_minute_says_by_how_many() -> None:
    keeps = NotTooMany(most=3, seconds=60)

    def passes(name: str, second: float) -> logging.LogRecord | None:
        record = logging.LogRecord("office", logging.WARNING, "", 0, name, None, None)
        record.created = second
        return record if keeps.filter(record) else None

    assert [bool(passes("refused", second)) for second in (0, 1, 2, 3, 59.9)] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert passes("started", 3)
    later = passes("refused", 60)
    assert later is not None and later.left_out == 2  # type: ignore[attr-defined]


def test_the_file_is_the_users_alone_and_ascii(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "office.log"
    monkeypatch.setenv("OFFICE_LOG", str(file))
    log.start()
    log.event("started", version="1.0.0", who="示例")
    log.stop()
    assert file.stat().st_mode & 0o777 == 0o600
    assert json.loads(file.read_text("ascii"))["who"] == WITHHELD


def test_the_file_is_turned_over_before_it_grows_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFICE_LOG", str(tmp_path / "office.log"))
    monkeypatch.setattr(log, "FILE_BYTES", 200)
    monkeypatch.setattr(log, "OLDER_FILES", 2)
    log.start()
    for number in range(20):
        log.event("opened", number=number)
    log.stop()
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["office.log", "office.log.1", "office.log.2"]
    assert all(file.stat().st_size <= 200 for file in files)


def test_a_log_that_cannot_be_written_is_refused_in_words_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFICE_LOG", str(tmp_path / "nowhere" / "office.log"))
    before = list(logging.root.handlers)
    with pytest.raises(Refused) as refused:
        log.start()
    assert "日志文件写不了" in refused.value.words.zh and "OFFICE_LOG" in refused.value.words.en
    assert logging.root.handlers == before


def test_a_place_that_no_longer_takes_a_line_breaks_nothing(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_line: str) -> int:
        raise OSError(28, "No space left on device")

    ours = next(one for one in logging.root.handlers if isinstance(one, log._Quiet))
    monkeypatch.setattr(ours.stream, "write", full)
    log.event("opened")


def test_before_the_start_nothing_is_said() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "from office import log; log.warning('refused')"],
        capture_output=True,
        text=True,
    )
    assert (said.stdout, said.stderr) == ("", "")
