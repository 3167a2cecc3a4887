"""Values as they stand on paper: days, money, masked names. Templates use the functions as filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import cn2an

from data.settings import SHANGHAI

BLANK = "＿" * 8  # a line to write on
UNITS = {"equipment": "设备", "material": "包材"}
READINGS = {"text": "方案原文", "office": "办公室口径，待确认"}  # a confirmed one is written in words


def day(value: str | None) -> str:
    """`2021-03-16` as 2021年3月16日; a blank to be filled in where there is none."""
    if not value:
        return "＿＿＿＿年＿＿月＿＿日"
    found = date.fromisoformat(value)
    return f"{found.year}年{found.month}月{found.day}日"


def instant(value: str) -> str:
    """A UTC instant as the office's clock showed it: 2021年9月30日 18:05."""
    here = datetime.fromisoformat(value).astimezone(SHANGHAI)
    return f"{day(here.date().isoformat())} {here:%H:%M}"


def yuan(fen: int) -> str:
    """分 as 元 in figures: 123456 → 1,234.56."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100:,}.{fen % 100:02d}"


def in_words(fen: int) -> str:
    """分 in words as on a cheque: 123456 → 壹仟贰佰叁拾肆元伍角陆分."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return str(cn2an.an2cn(f"{sign}{fen // 100}.{fen % 100:02d}", "rmb"))


def masked(name: str) -> str:
    """A name for the wall: its first character and a star, 王小明 → 王*."""
    if not name.strip():
        raise ValueError("there is no name to mask")
    return f"{name.strip()[0]}*"


def household_end(number: str) -> str:
    """The last four characters of a household's number."""
    return number[-4:]


def or_blank(value: str | None) -> str:
    """The value, or a line to write on."""
    return value or BLANK


def sentence(value: str) -> str:
    """What somebody wrote, with the stop at its end."""
    text = value.rstrip()
    return text if text.endswith(("。", "！", "？", "…", "”", ".", "!", "?")) else f"{text}。"


def kind_of_item(value: str) -> str:
    """设备 or 包材."""
    return UNITS[value]


def reading(value: str) -> str:
    """Whose reading a clause is, in words."""
    return READINGS.get(value, value)


FILTERS: Mapping[str, Callable[[Any], str]] = {
    function.__name__: function
    for function in (
        day,
        instant,
        yuan,
        in_words,
        masked,
        household_end,
        or_blank,
        sentence,
        kind_of_item,
        reading,
    )
}
