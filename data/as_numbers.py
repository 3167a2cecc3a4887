"""How SQL gives days and choices as whole numbers, for arrays: days since 1970-01-01, a choice's place among its words."""

from __future__ import annotations


def day_number(column: str) -> str:
    """The number of a date column's day; NULL where it is blank."""
    return f"CAST(julianday({column}) - 2440587.5 AS INTEGER)"


def day_number_or(column: str, far: int) -> str:
    """The same with `far` for a blank: a day that has not come."""
    return f"coalesce({day_number(column)}, {far})"


def place_among(column: str, words: tuple[str, ...]) -> str:
    """Which of the words the column holds, from 0; NULL for none of them."""
    cases = " ".join(f"WHEN '{word}' THEN {place}" for place, word in enumerate(words))
    return f"CASE {column} {cases} END"
