"""Where the conditions of a programme were met: decisions kept this year, and what the registers hold on the day."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from data.canonical import json_text
from data.grants import Texts
from data.rulekeeping.decided import FoundAlike, claims_decided, decided_in_run, runs_between
from data.store import Database
from office.answering import answers_on
from office.gathering import known_now
from office.grants.checking import check_grants
from office.grants.kinds import KINDS
from office.programs import DEFAULT, program_kept
from office.refusal import Refused
from office.rulekeeping.decisive import Whole, decisive, each_benefit, speaks_against
from office.subsidy.claims import PROGRAM as CLAIMS
from office.subsidy.claims import check_claims
from rules.deciding import ANSWERS
from rules.program import Answer, Benefit, Program

MOST_RUNS = 20_000  # runs whose groups are kept by this process
_RUNS: dict[tuple[int, str], tuple[FoundAlike, ...]] = {}  # by the run's id and the digest of its rows


@dataclass(frozen=True)
class Alike:
    """So many answers about a benefit with the same findings; `text` their canonical JSON, `decisive` what alone decided.

    `program` is the text that decided, `row` counts the benefit's rows from 1; `about`: the goods or claims themselves,
    of what was answered for the day (kept decisions are read when somebody asks for them).
    """

    program: Program
    benefit: str
    row: int
    verdict: str
    findings: dict[str, Answer]
    text: str
    number: int
    decisive: tuple[str, ...]
    about: Texts | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Tally:
    """In how many answers a part spoke against, and in how many it alone decided."""

    against: int
    decisive: int


def kept_this_year(db: Database, program: Program, day: date) -> tuple[Alike, ...]:
    """The decisions kept for days of the year up to the day, each group with the text that decided it."""
    first = date(day.year, 1, 1)
    read = claims_decided if program.program == CLAIMS else _goods_decided
    return tuple(_alike(db, program, one) for one in read(db, program.program, first, day))


def _goods_decided(db: Database, program: str, first: date, last: date) -> list[FoundAlike]:
    """The recorded decisions of the runs within first..last, grouped; a run is read once, for it never changes."""
    counted: Counter[FoundAlike] = Counter()
    for run, digest, rows_digest in runs_between(db, program, first, last):
        key = (run, rows_digest)
        if key not in _RUNS:
            if len(_RUNS) >= MOST_RUNS:
                _RUNS.clear()
            _RUNS[key] = tuple(decided_in_run(db, run, digest))
        for one in _RUNS[key]:
            counted[replace(one, number=0)] += one.number
    return [replace(one, number=number) for one, number in counted.items()]


def _alike(db: Database, program: Program, one: FoundAlike) -> Alike:
    used = program if one.digest == program.digest else program_kept(db, program.program, one.digest)
    benefit = one.benefit or next(iter(used.benefits))
    found: dict[str, Answer] = json.loads(one.findings)
    alone = decisive(used, benefit, one.verdict, found)
    return Alike(used, benefit, one.row, one.verdict, found, one.findings, one.number, alone)


def on_the_day(db: Database, program: Program, day: date) -> tuple[Alike, ...]:
    """What the programme answers about everything registered on the day; nothing where it is not in force."""
    try:
        return tuple(_answered(db, program, day))
    except Refused:
        return ()


def _answered(db: Database, program: Program, day: date) -> Iterable[Alike]:
    if program.program == DEFAULT:
        answers = answers_on(db, day)
        for benefit in program.benefits:
            rows = answers.judged.rows[benefit] + 1
            yield from _grouped(program, benefit, answers.judged.findings, rows, answers.subjects)
    elif program.program == CLAIMS:
        claims = check_claims(db, day, known_now(db), program)
        rows = claims.judged.rows[claims.benefit] + 1
        yield from _grouped(program, claims.benefit, claims.judged.findings, rows, claims.claim_no)
    else:
        for kind in KINDS.values():
            if kind.program == program.program:
                checked = check_grants(db, kind, day, known_now(db), program)
                findings, about = checked.findings, checked.claims.claim_no
                yield from _grouped(program, checked.benefit, findings, checked.row, about)


def _grouped(
    program: Program, benefit: str, findings: Mapping[str, Whole], rows: Whole, about: Texts
) -> Iterable[Alike]:
    names = tuple(findings)
    table = np.stack([*(findings[name].astype(np.int64) for name in names), rows.astype(np.int64)], axis=1)
    distinct, of_row = np.unique(table, axis=0, return_inverse=True)
    for place, codes in enumerate(distinct.tolist()):
        those = about[of_row.reshape(-1) == place]
        found = {name: ANSWERS[code] for name, code in zip(names, codes[:-1], strict=True)}
        verdict = program.benefits[benefit].rows[codes[-1] - 1].verdict
        alone = decisive(program, benefit, verdict, found)
        yield Alike(
            *(program, benefit, codes[-1], verdict, found, json_text(found)),
            *(int(those.size), alone, those),
        )


def tally(seen: Sequence[Alike], program: Program, name: str, only_for: str = "") -> Tally:
    """How often a condition or standing spoke against and alone decided, in the benefits that read it so."""
    benefits = set(each_benefit(program, name, only_for))
    against = decided = 0
    for one in seen:
        if one.benefit not in benefits or name not in one.findings:
            continue
        against += one.number * speaks_against(one.program, name, one.findings[name])
        decided += one.number * (name in one.decisive)
    return Tally(against, decided)


def reached(seen: Sequence[Alike], benefit: Benefit, number: int) -> int:
    """How many answers met a row of a benefit, whichever place the row had in the text that decided."""
    row = benefit.rows[number - 1]
    return sum(
        one.number
        for one in seen
        if one.benefit == benefit.name and one.program.benefits[benefit.name].rows[one.row - 1] == row
    )
