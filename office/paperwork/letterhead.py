"""The office's own lines on its papers: who writes, the prefix of its numbers, where it is found."""

from __future__ import annotations

from collections.abc import Mapping

from data import settings
from data.store import Database, Writer
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import now
from office.paperwork.papers import Letterhead
from office.refusal import refuse
from office.signing import kept_name
from rules.program import Words

LINES: Mapping[str, Words] = {
    "name": Words("落款单位", "who writes"),
    "prefix": Words("文号代字", "prefix of the numbers"),
    "address": Words("办公地点", "address"),
    "phone": Words("联系电话", "telephone"),
}
LONGEST = 60


def letterhead(db: Database) -> Letterhead:
    """The lines as they were entered, else those of the plan; address and telephone have none there."""
    entered = {line: settings.get(db, f"office_{line}") for line in LINES}
    return Letterhead(**{line: value for line, value in entered.items() if value})


def missing(db: Database) -> tuple[str, ...]:
    """The lines (keys of LINES) that nobody has entered yet, so that papers have a blank there."""
    lines = letterhead(db)
    return tuple(line for line in LINES if not getattr(lines, line))


def change_letterhead(writer: Writer, given: Mapping[str, str], *, doer: Doer) -> None:
    """Set some of the lines, for papers from now on. Raises Refused for a blank or over-long one; then none is set."""
    if strangers := given.keys() - LINES.keys():
        raise ValueError(f"no line of a letterhead: {', '.join(sorted(strangers))}")
    kept = {line: kept_name(text, LINES[line], LONGEST) for line, text in given.items()}
    if set("〔〕[]()（）【】") & set(kept.get("prefix", "")):
        raise refuse("文号代字里不写括号和年份", "a prefix holds no brackets and no year")
    with writer.transaction() as db:
        by = allowed(db, doer, "letterhead")
        for line, text in kept.items():
            settings.put(db, f"office_{line}", text, at=now(), by=by)
