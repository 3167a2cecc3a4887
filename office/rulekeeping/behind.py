"""Behind each number of the clause matrix: the kept decisions, or the goods and claims of the day, that it counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.rulekeeping.decided import OneDecided, claims_found, goods_found
from data.store import Database
from office.rulekeeping.decisive import each_benefit, speaks_against
from office.rulekeeping.matrix import Matrix, PartLine, RowLine
from office.rulekeeping.seen import Alike
from office.subsidy.claims import PROGRAM as CLAIMS
from rules.program import Program

Which = Literal["kept", "present"]
What = Literal["decisive", "against"]
MOST = 300  # rows that are shown; the number before them says how many there are


@dataclass(frozen=True)
class Behind:
    """The rows behind a number: how many there are, and the first of them, the latest first."""

    number: int
    rows: tuple[OneDecided, ...]


def behind_part(db: Database, matrix: Matrix, line: PartLine, which: Which, what: What) -> Behind:
    """What a part alone decided, or spoke against. Of a value: its conditions and standings."""
    program, only_for = matrix.program, line.part.only_for

    def counts(one: Alike) -> bool:
        for name in line.names:
            own = one.benefit if name in program.benefits[one.benefit].readings else ""
            asked = only_for if line.part.kind != "parameter" else own
            if one.benefit in each_benefit(program, name, asked) and _counts(one, name, what):
                return True
        return False

    return _behind(db, matrix, which, counts)


def behind_row(db: Database, matrix: Matrix, line: RowLine, which: Which) -> Behind:
    """What met a row of the answers."""
    row = line.benefit.rows[line.number - 1]

    def counts(one: Alike) -> bool:
        return one.benefit == line.benefit.name and one.program.benefits[one.benefit].rows[one.row - 1] == row

    return _behind(db, matrix, which, counts)


def _counts(one: Alike, name: str, what: What) -> bool:
    if what == "decisive":
        return name in one.decisive
    return name in one.findings and speaks_against(one.program, name, one.findings[name])


def _behind(db: Database, matrix: Matrix, which: Which, counts: Callable[[Alike], bool]) -> Behind:
    groups = [one for one in (matrix.kept if which == "kept" else matrix.present) if counts(one)]
    number = sum(one.number for one in groups)
    if which == "present":
        return Behind(number, tuple(_present(groups, matrix.day)))
    return Behind(number, tuple(_kept(db, matrix.program, groups, matrix.day)))


def _present(groups: Sequence[Alike], day: date) -> list[OneDecided]:
    found = [
        OneDecided(str(about), one.benefit, one.verdict, one.row, day.isoformat(), "", one.text)
        for one in groups
        for about in (one.about.tolist() if one.about is not None else ())
    ]
    return sorted(found, key=lambda row: (row.subject, row.benefit))[:MOST]


def _kept(db: Database, program: Program, groups: Sequence[Alike], day: date) -> list[OneDecided]:
    first = date(day.year, 1, 1)
    if program.program == CLAIMS:
        texts = {one.text for one in groups}
        return claims_found(db, program.program, first, day, texts, MOST) if texts else []
    found: list[OneDecided] = []
    for benefit in dict.fromkeys(one.benefit for one in groups):
        texts = {one.text for one in groups if one.benefit == benefit}
        found += goods_found(db, program.program, first, day, benefit, texts, MOST)
    return sorted(found, key=lambda row: row.day, reverse=True)[:MOST]
