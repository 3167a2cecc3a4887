"""How long a sign-in lasts: away from the desk, and at most. The administrator's settings, within bounds."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import timedelta

from data import settings
from data.store import Database, Writer
from office import running
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import now
from office.refusal import refuse

IDLE_MINUTES, ABSOLUTE_HOURS = 30, 10  # half an hour away, one long working day
IDLE_BOUNDS, ABSOLUTE_BOUNDS = (5, 120), (1, 24)
READ_EVERY_SECONDS = 60.0
# A clock put back by more than this ends sign-ins and codes: how long ago they began can no longer be told.
CLOCK_TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True)
class Limits:
    """After `idle` without a sign of life, and after `absolute` in any case, one signs in again."""

    idle: timedelta
    absolute: timedelta


def limits() -> Limits:
    """The limits of the running application's database; read from it at most every minute."""
    path = str(running.database_path())
    with _LOCK:
        kept = _KEPT.get(path)
    if kept and time.monotonic() - kept[0] < READ_EVERY_SECONDS:
        return kept[1]
    with running.question() as db:
        found = limits_of(db)
    with _LOCK:
        _KEPT.clear()
        _KEPT[path] = (time.monotonic(), found)
    return found


def limits_of(db: Database) -> Limits:
    """The limits as a database has them; a value out of bounds, which nobody can have entered, is not followed."""
    idle = _whole(settings.get(db, "idle_minutes"), IDLE_BOUNDS, IDLE_MINUTES)
    absolute = _whole(settings.get(db, "absolute_hours"), ABSOLUTE_BOUNDS, ABSOLUTE_HOURS)
    return Limits(timedelta(minutes=idle), timedelta(hours=absolute))


def set_limits(writer: Writer, doer: Doer, idle_minutes: int, absolute_hours: int) -> None:
    """Set both, from now on and for those who are signed in, too. Raises Refused."""
    _must_lie_within(idle_minutes, IDLE_BOUNDS, "离开多少分钟后退出", "minutes away before sign-out")
    _must_lie_within(absolute_hours, ABSOLUTE_BOUNDS, "最多连续登录多少小时", "hours of one sign-in at most")
    with writer.transaction() as db:
        by, at = allowed(db, doer, "settings"), now()
        settings.put(db, "idle_minutes", str(idle_minutes), at=at, by=by)
        settings.put(db, "absolute_hours", str(absolute_hours), at=at, by=by)
    with _LOCK:
        _KEPT.clear()


_LOCK = threading.Lock()
_KEPT: dict[str, tuple[float, Limits]] = {}


def _whole(text: str | None, bounds: tuple[int, int], otherwise: int) -> int:
    if text is None or not (text.isascii() and text.isdecimal() and len(text) <= 4):
        return otherwise
    return int(text) if bounds[0] <= int(text) <= bounds[1] else otherwise


def _must_lie_within(value: int, bounds: tuple[int, int], zh: str, en: str) -> None:
    if not bounds[0] <= value <= bounds[1]:
        raise refuse(
            f"“{zh}”请填 {bounds[0]} 到 {bounds[1]} 之间的数，没有改动",
            f"{en}: a number from {bounds[0]} to {bounds[1]}; nothing was changed",
        )
