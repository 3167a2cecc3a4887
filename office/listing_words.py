"""The list of goods in words: reasons as the screen and the Excel file say them."""

from __future__ import annotations

from functools import cache

from office.listing import Listing, Reason, Reasons
from rules.program import Program, Words


def reason_words(program: Program, reason: Reason) -> Words:
    """One finding that an answer rests on: a latch that is on, a condition that fails, one that is unknown."""
    finding, name = reason
    if name in program.latches:
        return program.latches[name].text
    text = program.conditions[name].text
    if finding == "unknown":
        return Words(f"未知：{text.zh}", f"unknown: {text.en}")
    return Words(f"不满足：{text.zh}", f"not met: {text.en}")


def because_words(program: Program, because: str) -> Words:
    """One reason against a claim, `fails:condition` or `unknown:condition`, in words."""
    finding, _, name = because.partition(":")
    return reason_words(program, ("fails" if finding == "fails" else "unknown", name))


def all_because_words(program: Program, because: tuple[str, ...]) -> Words:
    """All that speaks against a claim."""
    said = [because_words(program, one) for one in because]
    return Words("；".join(one.zh for one in said), "; ".join(one.en for one in said))


def reasons_in_words(listed: Listing, places: list[int]) -> list[Words]:
    """For each place all reasons, those of one benefit alone marked with its title; empty where there are none."""
    program = listed.answers.program
    benefits = tuple(program.benefits)

    @cache
    def said(per_benefit: tuple[Reasons, ...]) -> Words:
        return _together(program, dict(zip(benefits, per_benefit, strict=True)))

    columns = [listed.reasons[benefit] for benefit in benefits]
    return [said(tuple(column[at] for column in columns)) for at in places]


def _together(program: Program, reasons: dict[str, Reasons]) -> Words:
    every = dict.fromkeys(reason for some in reasons.values() for reason in some)
    parts = [_marked(program, reasons, reason) for reason in every]
    return Words("；".join(p.zh for p in parts), "; ".join(p.en for p in parts))


def _marked(program: Program, reasons: dict[str, Reasons], reason: Reason) -> Words:
    words = reason_words(program, reason)
    having = [benefit for benefit, some in reasons.items() if reason in some]
    if len(having) == len(reasons):
        return words
    titles = [program.benefits[benefit].title for benefit in having]
    zh, en = "、".join(t.zh for t in titles), ", ".join(t.en for t in titles)
    return Words(f"{words.zh}（仅{zh}）", f"{words.en} (only {en})")
