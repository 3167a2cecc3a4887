"""What the leading group said of the readings that a slip or a paper shows, beside each of its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from data.store import Database
from office.cited import Chapter
from office.rule_book import chapters, cited_parts
from office.rulekeeping.readings import Reading, readings_on
from rules.program import Program, Words
from rules.slip import Line, Said


def said_of(db: Database, program: Program, day: date, known_at: str | None = None) -> Mapping[str, Said]:
    """By the key of a part (office/cited.py), what was said of it by the day; parts that nobody confirmed are left out."""
    return _said([Chapter(program.title, program.program, cited_parts(program), program)], db, day, known_at)


def said_in_file(db: Database, file: str, day: date) -> Mapping[str, Said]:
    """The same of the procedure, the targets or the assessment."""
    return _said([chapter for chapter in chapters(()) if chapter.file == file], db, day, None)


def _said(book: Sequence[Chapter], db: Database, day: date, known_at: str | None) -> Mapping[str, Said]:
    return {
        one.key: Said(_words(one), one.status == "confirmed")
        for one in readings_on(db, book, day, known_at)
        if one.confirmation is not None
    }


def with_said(
    db: Database,
    program: Program,
    benefit: str,
    lines: tuple[Line, ...],
    day: date,
    known_at: str | None = None,
) -> tuple[Line, ...]:
    """The lines of a slip about a benefit, each office reading with what the leading group said of it by the day."""
    known = said_of(db, program, day, known_at)
    if not known:
        return lines
    return tuple(replace(line, said=known.get(key_of(program, benefit, line))) for line in lines)


def key_of(program: Program, benefit: str, line: Line) -> str:
    """The key of the part that a line shows: the benefit's own reading where it has one."""
    own = f"@{benefit}" if line.name in program.benefits[benefit].readings else ""
    return f"{'latch' if line.latch else 'condition'}:{line.name}{own}"


def _words(one: Reading) -> Words:
    entry = one.confirmation
    assert entry is not None
    if one.status == "confirmed":
        return Words(
            f"领导小组已确认（{entry.document_no}，{entry.confirmed_on}）",
            f"confirmed by the leading group ({entry.document_no}, {entry.confirmed_on})",
        )
    return Words(
        f"确认后已变（{entry.document_no}，{entry.confirmed_on}），待领导小组确认",
        f"changed since it was confirmed ({entry.document_no}, {entry.confirmed_on}), to be confirmed again",
    )
