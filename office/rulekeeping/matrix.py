"""条款矩阵: clause ↔ conditions, standings, values ↔ test cases ↔ decisions; what is never met, what nobody looked at.

A condition *alone decided* an answer if it spoke against it (failed, unknown; of a standing: is so) and the verdict
would be another one had it not. Kept decisions are those for days of the working day's year; beside them stands what the
programme answers about everything registered on the day. Missing is blank, never 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from data.rulekeeping.case_files import NamedCase, cases_in_files
from data.store import Database
from office.answering import while_all_stands
from office.cited import Cited
from office.rule_book import cited_parts, row_words
from office.rulekeeping.cases import cases_of
from office.rulekeeping.readings import Reading, book_on, readings_on
from office.rulekeeping.seen import Alike, Tally, kept_this_year, on_the_day, reached, tally
from rules.program import COUNT_OPERATORS, Benefit, Program, Test, Words, comparisons, names_in


@dataclass(frozen=True)
class PartLine:
    """A part of the programme with what there is of it. `kept`, `present`: None where no answer can name it.

    `names`: the conditions and standings through which it decides.
    """

    part: Cited
    names: tuple[str, ...]
    reading: Reading | None
    cases: tuple[NamedCase, ...]
    kept: Tally | None
    present: Tally | None

    @property
    def never_decisive(self) -> bool:
        """Whether decisions were kept this year and none hung on it; None counts as not known, never as never."""
        return self.kept is not None and self.kept.decisive == 0


@dataclass(frozen=True)
class RowLine:
    """A row of a benefit's answers: how many kept decisions and how many of the day's answers met it (None: there are none)."""

    benefit: Benefit
    number: int
    words: Words
    cases: tuple[NamedCase, ...]
    kept: int | None
    present: int | None


@dataclass(frozen=True)
class Matrix:
    """A programme's parts and rows on a day; `kept` and `present` are the answers behind the numbers, grouped."""

    program: Program
    day: date
    parts: tuple[PartLine, ...]
    rows: tuple[RowLine, ...]
    kept: tuple[Alike, ...]
    present: tuple[Alike, ...]

    @property
    def decisions(self) -> int:
        """How many decisions were kept this year."""
        return sum(one.number for one in self.kept)


def matrix_on(db: Database, program: Program, day: date) -> Matrix:
    """The matrix of a programme, worked out once while everything stands."""
    asked = (program.digest, day)
    return while_all_stands("matrix", db, asked, lambda: _matrix(db, program, day))


def _matrix(db: Database, program: Program, day: date) -> Matrix:
    kept, present = kept_this_year(db, program, day), on_the_day(db, program, day)
    cases = (*cases_in_files(program.program), *_saved(db, program))
    book = [chapter for chapter in book_on(db, day) if chapter.file == program.program]
    readings = {one.key: one for one in readings_on(db, book, day)}
    parts = tuple(
        _part(program, part, readings.get(part.key), cases, kept, present) for part in cited_parts(program)
    )
    return Matrix(program, day, parts, tuple(_rows(program, cases, kept, present)), kept, present)


def _saved(db: Database, program: Program) -> Iterator[NamedCase]:
    """The cases saved in the office: each names the conditions that ask a fact of it, and its standings."""
    for case in cases_of(db, program.program):
        asked = {
            name
            for name, one in program.conditions.items()
            if any(comparison.fact in case.facts for comparison in comparisons(one.test))
        }
        names = asked | (set(program.latches) & set(case.facts)) | ({case.about} if case.of_event else set())
        expects = () if case.of_event else ((case.about, case.expected),)
        yield NamedCase(case.name, frozenset(names), expects, saved=True)


def _part(
    program: Program,
    part: Cited,
    reading: Reading | None,
    cases: Sequence[NamedCase],
    kept: Sequence[Alike],
    present: Sequence[Alike],
) -> PartLine:
    names = names_through(program, part)
    naming = {part.name, *names} if part.kind != "parameter" else {part.name, *_directly(program, part.name)}
    return PartLine(
        part,
        names,
        reading,
        tuple(case for case in cases if case.names & naming),
        _tally(program, part, names, kept),
        _tally(program, part, names, present),
    )


def _tally(program: Program, part: Cited, names: tuple[str, ...], seen: Sequence[Alike]) -> Tally | None:
    """Of a condition or standing its own; of a value the sum over the conditions that compare with it."""
    if not seen or not names or part.kind == "event_condition":
        return None
    if part.kind != "parameter":
        return tally(seen, program, part.name, part.only_for)
    found = [
        tally([one for one in seen if one.benefit == benefit], program, name, benefit)
        if name in program.benefits[benefit].readings
        else tally([one for one in seen if one.benefit == benefit], program, name)
        for name in names
        for benefit in program.benefits
    ]
    return Tally(sum(one.against for one in found), sum(one.decisive for one in found))


def names_through(program: Program, part: Cited) -> tuple[str, ...]:
    """The conditions and standings through which a part decides; none for a value that only an amount is computed with."""
    if part.kind in ("condition", "latch"):
        return (part.name,)
    if part.kind == "event_condition":
        return _latches_of(program, {part.name})
    return _directly(program, part.name)


def _directly(program: Program, parameter: str) -> tuple[str, ...]:
    """The conditions that compare with a parameter, and the standings whose conditions on inspections do."""
    asking = {name for name, one in program.conditions.items() if _asks(one.test, parameter)}
    asking |= {name for name, one in program.conditions.items() if set(names_in(one.test)) & asking}
    events = {name for name, one in program.event_conditions.items() if _asks(one.test, parameter)}
    return (*(name for name in program.conditions if name in asking), *_latches_of(program, events))


def _asks(test: Test, parameter: str) -> bool:
    return any(one.operator in COUNT_OPERATORS and one.value == parameter for one in comparisons(test))


def _latches_of(program: Program, events: set[str]) -> tuple[str, ...]:
    return tuple(
        name
        for name, latch in program.latches.items()
        if events & {*latch.set_when.conditions, *latch.clear_when.conditions}
    )


def _rows(
    program: Program, cases: Sequence[NamedCase], kept: Sequence[Alike], present: Sequence[Alike]
) -> Iterator[RowLine]:
    for benefit in program.benefits.values():
        for number, row in enumerate(benefit.rows, 1):
            expecting = tuple(
                case
                for case in cases
                if any(
                    verdict == row.verdict and asked in ("", benefit.name) for asked, verdict in case.expects
                )
            )
            yield RowLine(
                benefit,
                number,
                row_words(program, benefit, row),
                expecting,
                reached(kept, benefit, number) if kept else None,
                reached(present, benefit, number) if present else None,
            )
