"""What a file check answers with: faults at their place, and what was left out on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from data.words import Words

# Stands where a personal number stood: the number itself is never shown again, stored or logged.
WITHHELD = "（已隐去）"


class Place(NamedTuple):
    """A row as a person sees it: the sheet's name ("" in a text file) and Excel's row number.

    A tuple, because every row of a file has one and a dataclass takes eight times as long to make.
    """

    sheet: str
    row: int


@dataclass(frozen=True)
class Fault:
    """One thing that must be mended, at its place.

    `row` is None where the whole file or sheet is meant; `column` is the Chinese title ("" for the whole
    row); `value` is what stands there, `WITHHELD` where it looks like a personal number.
    """

    sheet: str
    row: int | None
    column: str
    value: str
    message: Words


@dataclass(frozen=True)
class LeftOut:
    """A row or a whole sheet (`row` None) that was recognised as not being data, and why."""

    sheet: str
    row: int | None
    message: Words


class Unreadable(ValueError):
    """A file that cannot be read at all; nothing of it was taken."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


class UnknownRegister(KeyError):
    """No register has this name."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words
