"""What a re-check finds: a recorded answer that is another one now, with its place, in plain words."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from data.chain import Difference
from data.words import Words
from rules.facts import GOOD_FACTS
from rules.program import Program
from rules.slip import FINDINGS, LATCHED, value_words, verdict_words
from rules.subjects import subject_of

MOST = 100  # differences that are kept with their places; further ones are only counted

NOTHING = Words("", "")
Side = Literal["", "frozen", "registers"]
SIDES = {
    "": Words("", ""),
    "frozen": Words("按存档的事实重新判定", "decided again from the frozen facts"),
    "registers": Words("按当时已知的台账重新判定", "decided again from the registers as known then"),
}
FIELDS = {
    "verdict": Words("结论", "verdict"),
    "row": Words("依据的判定行", "verdict row"),
    "findings": Words("条件的认定", "findings"),
    "facts": Words("事实", "facts"),
    "evidence": Words("依据的台账行", "evidence"),
    "due": Words("应补（分）", "due (fen)"),
    "capped": Words("限额后（分）", "within the cap (fen)"),
    "paid": Words("实补（分）", "paid (fen)"),
    "decision": Words("这一条判定", "this decision"),
    "line": Words("这一行结算", "this line"),
}


@dataclass(frozen=True)
class Differing(Difference):
    """A `Difference` of re-deciding: about what, which part of it (`what`), what it was and what it is now.

    `side`: decided again from the frozen facts, or from the registers; "" for neither.
    """

    subject: str = ""
    benefit: Words = NOTHING
    what: Words = NOTHING
    was: Words = NOTHING
    now: Words = NOTHING
    side: Side = ""


@dataclass
class Found:
    """Differences as they are found: the first `MOST`, and how many there are in all."""

    differences: list[Difference] = field(default_factory=list)
    total: int = 0
    notes: dict[str, Words] = field(default_factory=dict)  # by their Chinese words: said once

    def note(self, zh: str, en: str) -> None:
        """Something to know that is no difference."""
        self.notes[zh] = Words(zh, en)

    def add(self, difference: Difference) -> None:
        """One more."""
        self.total += 1
        if len(self.differences) < MOST:
            self.differences.append(difference)

    def join(self, other: Found) -> None:
        """Those found elsewhere, after one's own."""
        self.total += other.total
        self.differences += other.differences[: MOST - len(self.differences)]
        self.notes |= other.notes


def differing(
    place: str, subject: str, benefit: Words, what: Words, was: Words, now: Words, side: Side
) -> Differing:
    """A difference, said in one sentence."""
    about_zh = " ".join(filter(None, (subject, benefit.zh)))
    about_en = ", ".join(filter(None, (subject, benefit.en)))
    how = SIDES[side]
    message = Words(
        f"{about_zh}：{what.zh}存档为“{was.zh}”，{how.zh}为“{now.zh}”。",
        f'{about_en}: {what.en} was recorded as "{was.en}", {how.en} it is "{now.en}".',
    )
    return Differing(place, message, subject, benefit, what, was, now, side)


def whole(place: str, zh: str, en: str) -> Difference:
    """A difference that is about more than one answer."""
    return Difference(place, Words(zh, en))


def text_of(value: object) -> Words:
    """A value that has no words of its own."""
    said = "（无）" if value is None else str(value)
    return Words(said, "(none)" if value is None else str(value))


def fact_words(program: Program, name: str) -> Words:
    """What a fact is called."""
    known = {**GOOD_FACTS, **subject_of(program).facts}.get(name)
    latch = program.latches.get(name)
    title = latch.text if latch else known.title if known and known.title else Words(name, name)
    return Words(f"事实“{title.zh}”", f'the fact "{title.en}"')


def condition_words(program: Program, name: str) -> Words:
    """What a condition is called."""
    found = program.conditions.get(name) or program.latches.get(name)
    text = found.text if found else Words(name, name)
    return Words(f"条件“{text.zh}”的认定", f'the finding on "{text.en}"')


def finding_words(program: Program, name: str, value: object) -> Words:
    """What was found on a condition."""
    said = LATCHED if name in program.latches else FINDINGS
    words = said.get(value)  # type: ignore[call-overload]
    return Words(words.zh, words.en) if words else text_of(value)


def shown_value(value: object) -> Words:
    """A fact's value."""
    if value is None:
        return Words("未知", "unknown")
    words = value_words(value)  # type: ignore[arg-type]
    return Words(words.zh, words.en)


def shown_verdict(value: str) -> Words:
    """A verdict as people say it."""
    words = verdict_words(value)
    return Words(words.zh, words.en)


def as_json(found: Found) -> dict[str, Any]:
    """What was found, as a child process hands it over."""
    return {
        "differences": [as_told(one) for one in found.differences],
        "total": found.total,
        "notes": [asdict(one) for one in found.notes.values()],
    }


def from_json(told: dict[str, Any]) -> Found:
    """The same, read again."""
    notes = {one["zh"]: Words(**one) for one in told["notes"]}
    return Found([from_told(one) for one in told["differences"]], told["total"], notes)


def as_told(one: Difference) -> dict[str, Any]:
    """One difference as it is handed over."""
    return asdict(one)


def from_told(told: dict[str, Any]) -> Difference:
    """The same, read again."""
    names = ("message", "benefit", "what", "was", "now")
    read: dict[str, Any] = {**told, **{name: Words(**told[name]) for name in names if name in told}}
    return Differing(**read) if "side" in told else Difference(**read)
