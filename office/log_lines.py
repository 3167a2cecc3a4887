"""One line of the log: what may stand in it, and how many of a kind."""

from __future__ import annotations

import json
import linecache
import logging
import re
import threading
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

OURS = "office"
WITHHELD = "…"
# A code: no space, nothing but ASCII, and no row of digits as long as a telephone or an identity number.
_CODE = re.compile(r"(?!.*[0-9]{11})[A-Za-z0-9_.:/+-]{1,80}")
_LONGEST_NUMBER = 10**10
_COUNTED_IN = frozenset({"bytes"})  # may be larger
MOST_FRAMES = 12
ROOT = Path(__file__).resolve().parents[1]


class Lines(logging.Formatter):
    """Writes a record as one JSON object in ASCII: no text can begin a line of its own or move a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            **(_ours(record) if record.name == OURS else _of_a_library(record)),
        }
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        if error is not None:
            line |= {"error": type(error).__name__, "through": _frames(error)}
        if left_out := getattr(record, "left_out", 0):
            line["left_out_before"] = left_out
        return json.dumps(line)


class NotTooMany(logging.Filter):
    """At most `most` lines of one event a minute, so that nobody outside can fill the disk; the next says how many more."""

    def __init__(self, most: int = 60, seconds: float = 60.0) -> None:
        super().__init__()
        self._most, self._seconds = most, seconds
        self._lock = threading.Lock()
        self._since: dict[str, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        kind = f"{record.name} {record.levelno} " + (str(record.msg) if record.name == OURS else "")
        with self._lock:
            since, count = self._since.get(kind, (record.created, 0))
            if not 0 <= record.created - since < self._seconds:
                record.left_out = max(0, count - self._most)
                since, count = record.created, 0
            self._since[kind] = (since, count + 1)
            return count < self._most


def _ours(record: logging.LogRecord) -> dict[str, Any]:
    details: Mapping[str, Any] = getattr(record, "details", {})
    return {"event": _code(record.msg), **{name: _plain(name, value) for name, value in details.items()}}


def _plain(name: str, value: Any) -> Any:
    """A detail as it may stand in the log: a code or a number, else withheld."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        small = abs(value) < _LONGEST_NUMBER or name in _COUNTED_IN
        return (round(value, 3) if isinstance(value, float) else value) if small else WITHHELD
    return _code(value)


def _code(value: object) -> str:
    return value if isinstance(value, str) and _CODE.fullmatch(value) else WITHHELD


def _of_a_library(record: logging.LogRecord) -> dict[str, Any]:
    """Where it was said, and the words if they stand like that in the library's source: those hold nothing of ours."""
    said = record.msg if isinstance(record.msg, str) else ""
    source = "".join(linecache.getlines(record.pathname))
    words = {"said": said} if said.strip("% sr") and f'"{said}"' in source else {}
    return {
        "event": "library",
        "logger": record.name,
        **words,
        "at": f"{_short(record.pathname)}:{record.lineno}",
    }


def _frames(error: BaseException) -> list[str]:
    """The innermost lines that an error came through: file, line, function; no values, no text."""
    frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(path: str) -> str:
    """A source file by its place in the project or in the library, not on the machine."""
    _before, inside, after = path.partition("site-packages")
    if inside:
        return after.replace("\\", "/").lstrip("/")
    try:
        return Path(path).resolve().relative_to(ROOT).as_posix()
    except (ValueError, OSError):
        return Path(path).name
