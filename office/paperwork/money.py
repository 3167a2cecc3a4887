"""Sums of money as people write them: yuan in, whole 分 out, never by way of a fraction."""

from __future__ import annotations

import unicodedata

from data.numbers import read_number
from data.words import Words
from office.refusal import refuse

YUAN = Words("元", "yuan")


def fen_from(text: str) -> int:
    """`1,234.5`, `１２３４．５０元` → 123450. Raises Refused for anything that is no sum from 0 on."""
    found = read_number(unicodedata.normalize("NFKC", text), scale=2, low=0, unit=YUAN)
    if isinstance(found, int):
        return found
    raise refuse(f"“{text}”不能作为金额。{found.zh}", f'"{text}" is no sum of money. {found.en}')
