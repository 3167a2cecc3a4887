"""What data/ says to a reader, in both languages of the interface."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The same words in Chinese and in English."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh
