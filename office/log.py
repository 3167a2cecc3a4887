"""The running application's log: one JSON object a line, of events and numbers, never of people or what they wrote.

`event("refused", action="confirm", role="clerk")` is one line. Who did what stands in the chain; here stands what the
machine went through. Whatever a library says passes through the same form: of its words only those that stand in its
own source, of an error its kind and the lines it came through, because an error's text may hold what somebody entered.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Mapping
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from office.log_lines import Lines, NotTooMany
from office.refusal import refuse

EVENTS = logging.getLogger("office")
EVENTS.addHandler(logging.NullHandler())  # before `start`, and in commands, nothing is said
EVENTS.setLevel(logging.INFO)
FILE_BYTES, OLDER_FILES = 10_000_000, 20  # some years of an office's days, and never more than 210 MB


def event(name: str, *, error: BaseException | None = None, level: int | None = None, **details: Any) -> None:
    """One line. Details are codes and numbers; anything else is withheld. With `error`, its kind and its lines."""
    EVENTS.log(
        level or (logging.ERROR if error else logging.INFO),
        name,
        extra={"details": details},
        exc_info=error,
    )


def warning(name: str, **details: Any) -> None:
    """An event that somebody should look at: a refused access, a wait that was too long."""
    event(name, level=logging.WARNING, **details)


def start() -> None:
    """Everything that is logged in this process goes to standard error and to $OFFICE_LOG, line by line.

    Raises Refused where the file cannot be written; nothing has been changed then.
    """
    handlers: list[logging.Handler] = [_Quiet(sys.stderr)]
    if named := os.environ.get("OFFICE_LOG"):
        handlers.append(_file(Path(named)))
    stop()
    for handler in handlers:
        handler.setFormatter(Lines())
        handler.addFilter(NotTooMany())
        logging.root.addHandler(handler)
    _State.handlers = handlers
    _everything_passes_here()


def stop() -> None:
    """The log's own places are closed; a second call does nothing."""
    for handler in _State.handlers:
        logging.root.removeHandler(handler)
        handler.close()
    _State.handlers = []
    logging.setLoggerClass(logging.Logger)
    logging.captureWarnings(False)
    if _State.hooks:
        sys.excepthook, threading.excepthook = _State.hooks
    _State.hooks = None


class _State:
    handlers: list[logging.Handler] = []
    hooks: tuple[Any, Any] | None = None  # as they were before `start`


class _Quiet(logging.StreamHandler[Any]):
    """Standard error; what cannot be written there is not written, and nobody's work breaks off for it."""

    def handleError(self, record: logging.LogRecord) -> None:
        pass


class _OwnFile(RotatingFileHandler):
    """A file that only the application's user reads."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return open(descriptor, "a", encoding="ascii")

    def handleError(self, record: logging.LogRecord) -> None:
        pass  # a full disk stops the log, not the office; `doctor` tells of the disk


class _PassesOn(logging.Logger):
    """A logger without places of its own: what a library would print goes the same way as everything else."""

    _wanted_a_place = False

    def addHandler(self, hdlr: logging.Handler) -> None:
        if isinstance(hdlr, logging.NullHandler) or not isinstance(hdlr, logging.StreamHandler):
            super().addHandler(hdlr)
        else:
            self._wanted_a_place = True

    def callHandlers(self, record: logging.LogRecord) -> None:
        self.propagate = self.propagate or self._wanted_a_place
        super().callHandlers(record)


def _file(path: Path) -> logging.Handler:
    try:
        return _OwnFile(path, maxBytes=FILE_BYTES, backupCount=OLDER_FILES, encoding="ascii")
    except OSError as problem:
        raise refuse(
            f"日志文件写不了（OFFICE_LOG）：{path}，{problem.strerror}。请改正路径或权限后再启动",
            f"the log cannot be written (OFFICE_LOG): {path}, {problem.strerror}. Mend the path or its permissions",
        ) from None


def _everything_passes_here() -> None:
    """Libraries that made loggers with places of their own lose those; later ones get none."""
    known: Mapping[str, Any] = logging.root.manager.loggerDict
    for logger in [one for one in known.values() if isinstance(one, logging.Logger)]:
        places = [one for one in logger.handlers if not isinstance(one, logging.NullHandler)]
        logger.propagate = logger.propagate or bool(places)  # one without either was silenced on purpose
        for place in places:
            logger.removeHandler(place)
    logging.setLoggerClass(_PassesOn)
    logging.captureWarnings(True)
    _State.hooks = (sys.excepthook, threading.excepthook)
    sys.excepthook = lambda kind, error, trace: event("broke_off", error=error)
    threading.excepthook = lambda told: event("thread_broke_off", error=told.exc_value)
