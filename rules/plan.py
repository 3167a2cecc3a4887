"""The plan's own words, split by clause: what every citation is checked against and shown beside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PLAN = Path(__file__).with_name("plan.zh.txt")
_PART = re.compile(r"^\s*(1|[一二三四五])、\s*(\S+)\s*$")
_ITEM = re.compile(r"^\s*[（(]([一二三四五六七八78])[）)]\s*(.*)$")
_DIGITS = {"7": "七", "8": "八"}


@dataclass(frozen=True)
class Clause:
    """One clause: `name` as it is cited (`三(八)`), its text as printed, and its sentences."""

    name: str
    text: str

    @property
    def sentences(self) -> tuple[str, ...]:
        """The clause's sentences, each with its own full stop."""
        return tuple(s.strip() for s in re.findall(r"[^。]+。?", self.text) if s.strip())


@cache
def clauses() -> tuple[Clause, ...]:
    """The plan's clauses in order: 序, 一, 二(一)…, 三(一)…, 四(一)…, 五(一)….

    The heading 三 is missing in the plan: its items follow 二(四), counting from （一） again.
    """
    found: list[tuple[str, list[str]]] = [("序", [])]
    part = ""
    for line in _PLAN.read_text(encoding="utf-8").splitlines():
        if heading := _PART.match(line):
            part = "一" if heading[1] == "1" else heading[1]
            found.append((part, []))
        elif part not in ("", "一") and (item := _ITEM.match(line)):
            number = _DIGITS.get(item[1], item[1])
            if part == "二" and number == "一" and found[-1][0] == "二(四)":
                part = "三"
            found.append((f"{part}({number})", [item[2]]))
        elif line.strip():
            found[-1][1].append(line.strip())
    return tuple(Clause(name, "\n".join(lines)) for name, lines in found if lines)


@cache
def part_titles() -> dict[str, str]:
    """The titles that the plan prints over its parts: 一, 二, 四, 五; that of 三 is missing."""
    found = map(_PART.match, _PLAN.read_text(encoding="utf-8").splitlines())
    return {"一" if line[1] == "1" else line[1]: line[2] for line in found if line}


def clause(name: str) -> Clause | None:
    """The clause cited by that name, or None."""
    return _by_name().get(name)


@cache
def _by_name() -> dict[str, Clause]:
    return {one.name: one for one in clauses()}


def stands_in(quote: str, name: str) -> bool:
    """Does the clause hold the quote word for word, white space aside?"""
    cited = clause(name)
    return cited is not None and _bare(quote) in _bare(cited.text)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
