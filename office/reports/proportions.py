"""Proportions in words, made of whole numbers at the very end: 增长12.3%, 持平, 无基期, 没有数据."""

from __future__ import annotations

from rules.program import Words

NO_DATA = Words("没有数据", "no data")
NO_BASE = Words("无基期", "no base")


def tenths_of_percent(part: int, of: int) -> int:
    """`part` of `of` in tenths of a percent, half away from nought; `of` is more than nought."""
    doubled = 2 * 1000 * abs(part) + of
    found = doubled // (2 * of)
    return -found if part < 0 else found


def percent(tenths: int) -> str:
    """123 as 12.3%."""
    sign = "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}%"


def share(part: int | None, of: int | None) -> Words:
    """The share, 没有数据 where nothing is known or there is nothing that it could be a share of."""
    if part is None or not of:
        return NO_DATA
    said = percent(tenths_of_percent(part, of))
    return Words(said, said)


def change(now: int | None, before: int | None) -> Words:
    """How a figure stands to an earlier one."""
    if now is None:
        return NO_DATA
    if before is None or before <= 0:
        return NO_BASE
    tenths = tenths_of_percent(now - before, before)
    if tenths == 0:
        return Words("持平", "unchanged")
    said = percent(abs(tenths))
    return Words(f"增长{said}", f"+{said}") if tenths > 0 else Words(f"下降{said}", f"−{said}")


def points(hundredths: int) -> str:
    """1234 as 12.34."""
    return f"{hundredths // 100}.{hundredths % 100:02d}"
