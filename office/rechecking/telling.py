"""Two rows that should be one: which parts of them differ, each as a difference in plain words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from data.decisions import Run
from data.rulekeeping.rechecks import Raw
from data.words import Words
from office.rechecking.cases import Case
from office.rechecking.differing import (
    FIELDS,
    Found,
    condition_words,
    differing,
    fact_words,
    finding_words,
    shown_value,
    shown_verdict,
    text_of,
    whole,
)
from rules.program import Program

Row = tuple[Any, ...]
Part = tuple[Words, Words, Words]  # what, was, now
MISSING = Words("（没有）", "(none)")
THERE = Words("有", "there")


@dataclass(frozen=True)
class About:
    """The run whose decisions are compared, and the programme that gives the words."""

    run: Run
    program: Program

    def unlike(
        self, then: Mapping[tuple[str, str], Row], now: Mapping[tuple[str, str], Row], found: Found
    ) -> None:
        """Rows that did not stand beside their equal: told by subject and benefit."""
        for key, row in then.items():
            other = now.get(key)
            kept = Raw._make(row)
            if other is None:
                self._one(kept.id, key, (FIELDS["decision"], THERE, MISSING), found)
            elif other != row[1:]:
                fresh = Raw._make((kept.id, *other))
                for part in row_parts(self.program, kept, fresh):
                    self._one(kept.id, key, part, found)
        for key in now.keys() - then.keys():
            self._one(None, key, (FIELDS["decision"], MISSING, THERE), found)

    def _one(self, number: int | None, key: tuple[str, str], part: Part, found: Found) -> None:
        place = f"decisions {number}" if number is not None else f"runs {self.run.id}"
        found.add(differing(place, key[0], self.title(key[1]), *part, "registers"))

    def title(self, benefit: str) -> Words:
        """What a benefit is called."""
        known = self.program.benefits.get(benefit)
        return Words(known.title.zh, known.title.en) if known else text_of(benefit)


def tell_decision(about: About, row: Raw, case: Case, found: Found) -> None:
    """A decision that its own frozen facts do not give."""
    place = f"decisions {row.id}"
    if case.fault is not None:
        found.add(
            whole(
                place,
                f"{row.subject}：按存档的事实不能重新判定：{case.fault.zh}",
                f"{row.subject}: it cannot be decided again from its frozen facts: {case.fault.en}",
            )
        )
        return
    benefit = about.title(row.benefit)
    for part in case_parts(about.program, row.benefit, (row.verdict, row.row, row.findings), case):
        found.add(differing(place, row.subject, benefit, *part, "frozen"))


def case_parts(program: Program, benefit: str, kept: tuple[str, int, str], case: Case) -> Iterator[Part]:
    """What differs between (verdict, row, findings) as kept and what the case gives."""
    verdict, number, findings = kept
    answer = case.rows.get(benefit)
    if answer is None:
        yield FIELDS["decision"], THERE, MISSING
        return
    yield from _answer_parts((verdict, number), answer)
    if findings != case.findings:
        yield from findings_parts(program, findings, case.findings)


def row_parts(program: Program, was: Raw, now: Raw) -> Iterator[Part]:
    """What differs between two decisions about one good and benefit."""
    yield from _answer_parts((was.verdict, was.row), (now.verdict, now.row))
    if was.findings != now.findings:
        yield from findings_parts(program, was.findings, now.findings)
    if was.facts != now.facts:
        yield from facts_parts(program, was.facts, now.facts)
    if was.evidence != now.evidence:
        yield FIELDS["evidence"], text_of(was.evidence), text_of(now.evidence)
    if was.good_entity != now.good_entity:
        yield FIELDS["decision"], text_of(was.good_entity), text_of(now.good_entity)


def _answer_parts(was: tuple[str, int], now: tuple[str, int]) -> Iterator[Part]:
    if was[0] != now[0]:
        yield FIELDS["verdict"], shown_verdict(was[0]), shown_verdict(now[0])
    if was[1] != now[1]:
        yield FIELDS["row"], text_of(was[1]), text_of(now[1])


def findings_parts(program: Program, was: str, now: str) -> Iterator[Part]:
    """Which conditions were found otherwise."""
    for name, then, today in _changed(was, now):
        yield (
            condition_words(program, name),
            finding_words(program, name, then),
            finding_words(program, name, today),
        )


def facts_parts(program: Program, was: str, now: str) -> Iterator[Part]:
    """Which facts were others."""
    for name, then, today in _changed(was, now):
        yield fact_words(program, name), shown_value(then), shown_value(today)


def _changed(was: str, now: str) -> Iterator[tuple[str, Any, Any]]:
    """The names whose values differ; a text that is no object differs as a whole."""
    then, today = _object(was), _object(now)
    if then is None or today is None:
        yield "", was, now
        return
    for name in dict.fromkeys((*today, *then)):
        if then.get(name, MISSING) != today.get(name, MISSING):
            yield name, then.get(name), today.get(name)


def _object(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
