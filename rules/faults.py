"""What is wrong with a programme file: every fault with its file, its key and what was expected."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from rules.program import Words

LARGEST = 2**53 - 1  # the largest whole number that every tool of the office keeps exactly
_SUGGESTIONS = 100  # near names are looked up for the first faults only, and in short lists
_LONGEST_LIST = 500
_LINES = 50  # of a traceback; pages and commands show `faults`, which are all
_SHOWN = 80  # characters of somebody else's text in a message


@dataclass(frozen=True)
class LoadFault:
    """One fault: in which file, under which dotted key (lists count from 1), and what was expected."""

    file: str
    key: str
    message: Words


class ProgramFaults(ValueError):
    """A programme file that cannot be used, with all of its faults."""

    def __init__(self, faults: tuple[LoadFault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        lines = [f"{fault.file}: {fault.key}: {fault.message.en}" for fault in self.faults[:_LINES]]
        more = len(self.faults) - len(lines)
        return "\n".join([*lines, *([f"… and {more} more"] if more else [])])


@dataclass
class Notes:
    """The faults found so far in one file."""

    file: str
    faults: list[LoadFault] = field(default_factory=list)

    def add(self, key: str, message: Words) -> None:
        """Notes one fault."""
        self.faults.append(LoadFault(self.file, key, message))

    def near(self, name: str, known: Collection[str]) -> Words:
        """`; did you mean …?` where a known name is close to `name`, otherwise nothing."""
        if len(self.faults) >= _SUGGESTIONS or len(known) > _LONGEST_LIST or len(name) > _SHOWN:
            return Words("", "")
        close = get_close_matches(name, known, n=1)
        return told("；是否应为{}？", "; did you mean {}?", close[0]) if close else Words("", "")


def told(zh: str, en: str, *parts: object) -> Words:
    """The sentence in both languages; each `{}` takes a part: names quoted, Words as they stand."""
    return Words(zh.format(*map(_in_chinese, parts)), en.format(*map(_in_english, parts)))


def joined(first: Words, second: Words) -> Words:
    """One sentence after the other."""
    return Words(first.zh + second.zh, first.en + second.en)


def _in_chinese(part: object) -> str:
    match part:
        case Words():
            return part.zh
        case str():
            return f"「{_cut(part)}」"
        case Sequence():
            return "、".join(map(_in_chinese, part))
    return _plainly(part)


def _in_english(part: object) -> str:
    match part:
        case Words():
            return part.en
        case str():
            return f'"{_cut(part)}"'
        case Sequence():
            return ", ".join(map(_in_english, part))
    return _plainly(part)


def _plainly(part: object) -> str:
    match part:
        case bool():
            return "true" if part else "false"
        case int():
            return str(part) if abs(part) < 10**20 else "…"  # str() refuses numbers of many digits
        case date():
            return part.isoformat()
    return str(part)


def _cut(text: str) -> str:
    """Somebody else's text in one line of fitting length."""
    line = "".join(c if c.isprintable() else "�" for c in text)
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
