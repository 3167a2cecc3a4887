"""Checks across the columns of a row, each with its words: a register's file lists them in `ABOUT`.

They hold wherever a column they ask is blank, except where the blank itself is what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.register import Column
from data.registers.fields import not_before as is_not_before
from data.words import Words

Columns = Mapping[str, Column]
SC_NUMBER = r"SC[0-9]{14}"


@dataclass(frozen=True)
class Across:
    """One check: its name, the columns it asks (the first is where the fault is shown), what holds, what is said."""

    name: str
    columns: tuple[str, ...]
    holds: Callable[[pd.DataFrame], Any]
    words: Callable[[Columns], Words]


def not_before(later: str, earlier: str) -> Across:
    """A day or month does not lie before another."""
    return Across(
        f"{later}_not_before_{earlier}",
        (later, earlier),
        lambda frame: is_not_before(frame, later, earlier),
        lambda of: Words(
            f"“{of[later].title.zh}”不能早于“{of[earlier].title.zh}”。",
            f"“{of[later].title.en}” must not lie before “{of[earlier].title.en}”.",
        ),
    )


def at_most(part: str, whole: str) -> Across:
    """A number is not greater than the one it is a part of."""
    return Across(
        f"{part}_at_most_{whole}",
        (part, whole),
        lambda frame: frame[part].isna() | frame[whole].isna() | (frame[part] <= frame[whole]),
        lambda of: Words(
            f"“{of[part].title.zh}”不能大于“{of[whole].title.zh}”。",
            f"“{of[part].title.en}” must not be more than “{of[whole].title.en}”.",
        ),
    )


def needed_for(needed: str, choice: str, *codes: str) -> Across:
    """A column that may be blank must not be where the choice is one of these."""

    def words(of: Columns) -> Words:
        chosen = [of[choice].choices[code] for code in codes]
        zh, en = "、".join(one.zh for one in chosen), ", ".join(one.en for one in chosen)
        return Words(
            f"“{of[choice].title.zh}”为“{zh}”的，必须填写“{of[needed].title.zh}”。",
            f"“{of[needed].title.en}” is needed where “{of[choice].title.en}” is: {en}.",
        )

    return Across(
        f"{needed}_needed_for_{choice}",
        (needed, choice),
        lambda frame: frame[needed].notna() | ~frame[choice].isin(codes),
        words,
    )


def needs(given: str, other: str) -> Across:
    """Where one is given, the other must be too."""
    return Across(
        f"{given}_needs_{other}",
        (other, given),
        lambda frame: frame[given].isna() | frame[other].notna(),
        lambda of: Words(
            f"填了“{of[given].title.zh}”的，必须填写“{of[other].title.zh}”。",
            f"“{of[other].title.en}” is needed where “{of[given].title.en}” is given.",
        ),
    )


def one_of(first: str, second: str) -> Across:
    """At least one of the two is there."""
    return Across(
        f"{first}_or_{second}",
        (first, second),
        lambda frame: frame[first].notna() | frame[second].notna(),
        lambda of: Words(
            f"“{of[first].title.zh}”和“{of[second].title.zh}”至少填写一项。",
            f"At least one of “{of[first].title.en}” and “{of[second].title.en}” is needed.",
        ),
    )


def just_one_of(first: str, second: str) -> Across:
    """One of the two is there, and only one."""
    return Across(
        f"either_{first}_or_{second}",
        (first, second),
        lambda frame: frame[first].notna() != frame[second].notna(),
        lambda of: Words(
            f"“{of[first].title.zh}”和“{of[second].title.zh}”必须填写一项，并且只填一项。",
            f"Just one of “{of[first].title.en}” and “{of[second].title.en}” is needed.",
        ),
    )


def not_itself(other: str, own: str) -> Across:
    """A row that names another of its register does not name itself."""
    return Across(
        f"{other}_is_not_itself",
        (other, own),
        lambda frame: frame[other].isna() | (frame[other] != frame[own]),
        lambda of: Words(
            f"“{of[other].title.zh}”不能是本行自己。", f"“{of[other].title.en}” must not be the row itself."
        ),
    )


def is_sc_number(number: str, kind: str, issued: str) -> Across:
    """An issued food production licence is `SC` and 14 digits; before that it has the application's number."""
    return Across(
        f"{number}_of_sc",
        (number, kind, issued),
        lambda frame: (
            (frame[kind] != "sc") | frame[issued].isna() | frame[number].str.fullmatch(SC_NUMBER, na=True)
        ),
        lambda of: Words(
            "食品生产许可证编号应为“SC”加 14 位数字。",
            "The number of a food production licence is “SC” and 14 digits.",
        ),
    )
