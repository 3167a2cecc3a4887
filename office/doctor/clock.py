"""The clock and the time zone: every entry bears an instant, and periods are counted from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from data.protection.condition import entries_with_clock_behind, last_instant
from data.store import Database
from data.words import Words
from office.days import HERE
from office.doctor.findings import Finding, Surroundings

SLACK = timedelta(seconds=5)
JUMPED = 120.0  # seconds
CLOCK, ZONE = Words("时钟", "the clock"), Words("时区", "the time zone")
MEANS = Words(
    "每条记录都写时间，期限按它计算；时钟往回调，新的记录只能紧接在上一条之后。",
    "Every entry bears an instant and periods count from it; with the clock put back, new entries follow the last one"
    " by a hair.",
)
SET_IT = Words(
    "把电脑的日期和时间调准，并打开自动对时。", "Set the date and time right, and switch on automatic time."
)


def clock_findings(around: Surroundings, db: Database) -> Iterator[Finding]:
    """Against the last entry, against the time that has gone by, and where it stands on the globe."""
    yield clock_finding(around, db)
    yield _zone(around)


def clock_finding(around: Surroundings, db: Database) -> Finding:
    """Whether the clock can be right."""
    last = last_instant(db)
    shown, shown_en = _instant(around.at)
    if last is not None and around.at < last - SLACK:
        entry, entry_en = _instant(last)
        found = Words(
            f"现在是{shown}，比最后一条记录（{entry}）还早",
            f"it is {shown_en}, before the last entry ({entry_en})",
        )
        return Finding("clock", CLOCK, "wrong", found, MEANS, SET_IT)
    if around.drift is not None and abs(around.drift) > JUMPED:
        minutes = round(around.drift / 60)
        found = Words(
            f"应用启动以后，时钟被调过 {minutes} 分钟", f"it was moved by {minutes} minutes since the start"
        )
        return Finding("clock", CLOCK, "look", found, MEANS, SET_IT)
    if behind := entries_with_clock_behind(db):
        found = Words(
            f"现在是{shown}；最近的记录里有 {behind} 条登记时时钟落后",
            f"it is {shown_en}; {behind} recent entries came while it stood behind",
        )
        return Finding("clock", CLOCK, "look", found, MEANS, SET_IT)
    return Finding("clock", CLOCK, "fine", Words(f"现在是{shown}", f"it is {shown_en}"), MEANS)


def _instant(at: datetime) -> tuple[str, str]:
    shown = f"{at.astimezone(HERE):%Y-%m-%d %H:%M}"
    return f"北京时间 {shown}", f"{shown} Beijing time"


def _zone(around: Surroundings) -> Finding:
    hours = around.offset.total_seconds() / 3600
    found = Words(f"UTC{hours:+g}", f"UTC{hours:+g}")
    if around.offset == HERE.utcoffset(None):
        return Finding(
            "time_zone", ZONE, "fine", found, Words("与办公时间一致。", "The same as the office's time.")
        )
    return Finding(
        "time_zone",
        ZONE,
        "fine",
        found,
        Words(
            "系统自己按北京时间（UTC+8）办理，不受影响；只有文件夹里显示的文件时间不同。",
            "The office works by Beijing time (UTC+8) all the same; only the times that folders show differ.",
        ),
    )
