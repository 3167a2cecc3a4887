"""What the checker says: a difference with its place, or that the pack cannot be read, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    """Something that does not hold. `place` names the table and the row, or the entry of the chain."""

    place: str
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.place}：{self.zh}\n    {self.place}: {self.en}"


class Unreadable(Exception):
    """The pack itself is damaged: nothing can be said about what it holds."""

    def __init__(self, place: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.difference = Difference(place, zh, en)


def shown(value: object) -> str:
    """A value in a message: short, on one line, with what cannot be printed written out."""
    text = "（空）" if value is None else str(value)
    text = text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\n", "\\n")
    return text if len(text) <= 120 else text[:117] + "…"
