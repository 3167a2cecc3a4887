"""What the rules rest on, part by part: words of the plan or a reading of the office, and the values with their days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from data.canonical import json_text, sha256_of
from data.numbers import number_text
from data.papers.filters import yuan
from rules.program import Citation, Parameter, Program, Words
from rules.slip import UNITS, in_unit

KINDS = {
    "parameter": Words("参数", "Value"),
    "latch": Words("状态", "Standing"),
    "condition": Words("条件", "Condition"),
    "event_condition": Words("检验条件", "Condition on an inspection"),
    "period": Words("办理期限", "Period of the procedure"),
    "kept_for": Words("保存期限", "How long rows are kept"),
    "target": Words("目标", "Target"),
    "goal": Words("目标值", "Goal"),
    "deadline": Words("期限", "Deadline"),
    "counted_from": Words("起算日", "Counted from"),
    "baseline": Words("基期", "Baseline"),
    "denominator": Words("分母", "Denominator"),
    "progress": Words("计算方法", "How progress is counted"),
    "looks_back": Words("回看月数", "Months looked back"),
    "item": Words("考核指标", "Item of the assessment"),
}


@dataclass(frozen=True)
class Stated:
    """A value in words, from a day on (None: always), with its note."""

    since: date | None
    words: Words
    note: str = ""


@dataclass(frozen=True)
class Cited:
    """A part of the rules with what it rests on.

    `benefit` is the title of the only benefit for which it is read so, `only_for` its name; `parameter` what a value or
    period is; `values` what another part's value is in words, each from its day on (None: always); `asks` what a condition
    tests or what sets and clears a latch, as JSON.
    """

    kind: str
    name: str
    text: Words
    citation: Citation
    benefit: Words | None = None
    parameter: Parameter | None = None
    values: tuple[Stated, ...] = ()
    only_for: str = ""
    asks: Mapping[str, Any] | None = None

    @property
    def key(self) -> str:
        """What the part is called in confirmations: kind and name, and the benefit where it is read so for one only."""
        return f"{self.kind}:{self.name}" + (f"@{self.only_for}" if self.only_for else "")

    def stated(self, day: date) -> str:
        """SHA-256 of what the part says on a day: its words, what it rests on, what it asks, its values up to then.

        A new value, another reading or other words give another digest; a value that counts from a later day does not yet.
        """
        said = {
            "words": self.words.zh,
            "citation": asdict(self.citation),
            "asks": self.asks,
            "values": [
                [stated.since.isoformat() if stated.since else None, stated.words.zh, stated.note]
                for stated in self.history or self.values
                if stated.since is None or stated.since <= day
            ],
        }
        return sha256_of(json_text(said).encode())

    @property
    def history(self) -> tuple[Stated, ...]:
        """Its dated values in words, the oldest first."""
        if (parameter := self.parameter) is None:
            return tuple(stated for stated in self.values if stated.since is not None)
        return tuple(
            Stated(dated.since, value_words(parameter, dated.value), dated.note) for dated in parameter.values
        )

    def stated_on(self, day: date) -> Stated | None:
        """What is in force on a day; None before the first value, and for a part without any."""
        in_force = [s for s in self.history or self.values if s.since is None or s.since <= day]
        return in_force[-1] if in_force else None

    @property
    def words(self) -> Words:
        """The part in words, and for which benefit only, where it is so."""
        if self.benefit is None:
            return self.text
        return Words(f"{self.text.zh}（{self.benefit.zh}）", f"{self.text.en} ({self.benefit.en})")


@dataclass(frozen=True)
class Chapter:
    """The parts that stand in one file: a programme's, the procedure's periods, targets, assessment, how long rows are kept.

    `file` is the programme's name, `procedure`, `targets`, `assessment` or `retention`.
    """

    title: Words
    file: str
    parts: tuple[Cited, ...]
    program: Program | None = None

    @property
    def dated(self) -> tuple[Cited, ...]:
        """The parts with dated values, in the file's order."""
        return tuple(part for part in self.parts if part.history)

    @property
    def to_confirm(self) -> tuple[Cited, ...]:
        """What the plan does not say and the leading group must confirm."""
        return tuple(part for part in self.parts if part.citation.reading == "office")


def value_words(parameter: Parameter, value: int) -> Words:
    """A value with its unit; money in 分 and in 元, a rate in percent."""
    if parameter.unit == "fen":
        return Words(f"{value:,}分（{yuan(value)}元）", f"{value:,} fen ({yuan(value)} yuan)")
    if parameter.unit == "basis_point":
        rate = f"{number_text(value, 2)}%"
        return Words(rate, rate)
    return in_unit(value, UNITS.get(parameter.unit))


def range_words(parameter: Parameter) -> Words:
    """Which values are allowed, in the unit in which the values are shown."""
    if parameter.unit != "basis_point":
        allowed = f"{parameter.low:,}–{parameter.high:,}"
        return Words(allowed, allowed)
    low, high = (value_words(parameter, value) for value in (parameter.low, parameter.high))
    return Words(f"{low.zh}–{high.zh}", f"{low.en}–{high.en}")


def current_value(part: Cited, day: date) -> Words:
    """The value in force of a part that has one, with its unit; empty for the others."""
    stated = part.stated_on(day)
    if stated is None:
        return Words("尚未施行", "not in force") if part.history else Words("", "")
    return stated.words


def note_of(part: Cited, day: date) -> str:
    """What is noted on the part and on its value in force."""
    stated = part.stated_on(day)
    notes = (part.citation.note, stated.note if stated else "")
    return "；".join(dict.fromkeys(note for note in notes if note))
