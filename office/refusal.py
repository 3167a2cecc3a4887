"""A refusal in words: what every part of office/ answers instead of doing half of something."""

from __future__ import annotations

from typing import Protocol

from rules.program import Words


class InWords(Protocol):
    """Anything that says the same in both languages."""

    @property
    def zh(self) -> str: ...

    @property
    def en(self) -> str: ...


class Refused(Exception):
    """Nothing was done; `words` say why and what was expected, `faults` where there are several."""

    def __init__(self, words: InWords, faults: tuple[InWords, ...] = ()) -> None:
        super().__init__(words.en)
        self.words = words
        self.faults = faults


def refuse(zh: str, en: str) -> Refused:
    """A refusal made of one sentence in each language."""
    return Refused(Words(zh, en))
