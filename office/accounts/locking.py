"""Failed attempts to come in: after how many one waits, for how long, and in what words.

After the fifth failure in a row one waits a minute, after each further one twice as long, an hour at most.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from data.canonical import instant_text
from data.protection.failures import Failures
from rules.program import Words

FREE_FAILURES = 4
LONGEST = timedelta(minutes=60)


def delay_after(failures: int) -> timedelta:
    """How long one waits after so many failures in a row: 0, then 1, 2, 4 … 60 minutes."""
    if failures <= FREE_FAILURES:
        return timedelta()
    return min(timedelta(minutes=2 ** min(failures - FREE_FAILURES - 1, 10)), LONGEST)


def one_more(failures: Failures | None, at: datetime) -> Failures:
    """What is counted after another failure at that instant."""
    count = (failures.count if failures else 0) + 1
    return _counted(count, at)


def is_ahead_of(failures: Failures, at: datetime) -> bool:
    """Whether the clock was put back behind the last failure."""
    return instant_text(at) < failures.last_at


def from_here_on(failures: Failures, at: datetime) -> Failures:
    """The same count with its wait begun anew, for a clock that was put back.

    So that neither opens a lock early nor keeps it shut until the old time comes round again.
    """
    return _counted(failures.count, at)


def seconds_to_wait(failures: Failures | None, at: datetime) -> int | None:
    """How long it is no use trying; None: now it is."""
    if failures is None or failures.locked_until is None:
        return None
    left = (datetime.fromisoformat(failures.locked_until) - at).total_seconds()
    return ceil(left) if left > 0 else None


def wait_words(seconds: int) -> Words:
    """Why nobody gets in at the moment, and when to try again."""
    return Words(
        f"失败次数太多，暂时不能登录，请 {_zh(seconds)}后再试；着急的可请管理员给一次性代码",
        f"Too many failed attempts: try again in {_en(seconds)}, or ask an administrator for a one-time code",
    )


def origin_words(seconds: int) -> Words:
    """The same where it is the place that failed too often, whoever tries there."""
    return Words(
        f"这台电脑或这个网络上失败的登录太多，请 {_zh(seconds)}后再试",
        f"Too many failed attempts from this computer or network: try again in {_en(seconds)}",
    )


def _counted(count: int, at: datetime) -> Failures:
    wait = delay_after(count)
    return Failures(count, instant_text(at), instant_text(at + wait) if wait else None)


def _zh(seconds: int) -> str:
    return f"{seconds} 秒" if seconds < 60 else f"{ceil(seconds / 60)} 分钟"


def _en(seconds: int) -> str:
    number, unit = (seconds, "second") if seconds < 60 else (ceil(seconds / 60), "minute")
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
