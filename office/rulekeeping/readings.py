"""Every reading of the office on a day: what it says, whether the leading group confirmed it, who looked at it last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.rulekeeping.confirmations import Confirmation, confirmations
from data.store import Database
from office.cited import Chapter, Cited
from office.programs import programs_in_force
from office.rule_book import chapters
from rules.program import Words

Status = Literal["confirmed", "changed", "pending"]
STATUS_WORDS: Mapping[Status, Words] = {
    "confirmed": Words("已确认", "confirmed"),
    "changed": Words("确认后已变", "changed since it was confirmed"),
    "pending": Words("待确认", "to be confirmed"),
}


@dataclass(frozen=True)
class Reading:
    """One office reading on a day.

    `stated`: the digest of what it says. `confirmation`: the last one, unless it was withdrawn. `looked_on`: the last
    day on which it was confirmed or looked at. `entries`: everything that was entered of it, the oldest first.
    """

    chapter: Chapter
    part: Cited
    stated: str
    status: Status
    confirmation: Confirmation | None
    looked_on: date | None
    entries: tuple[Confirmation, ...]

    @property
    def file(self) -> str:
        """The file in which it stands."""
        return self.chapter.file

    @property
    def key(self) -> str:
        """What it is called within its file."""
        return self.part.key


def readings_on(
    db: Database, book: Sequence[Chapter], day: date, known_at: str | None = None
) -> tuple[Reading, ...]:
    """Every office reading of the book on a day, in the book's order, by what was entered by an instant (None: now).

    A confirmation counts from the day on which the leading group gave it, for as long as the part says the same.
    """
    found: dict[tuple[str, str], list[Confirmation]] = {}
    for entry in confirmations(db, known_at):
        found.setdefault((entry.file, entry.part), []).append(entry)
    return tuple(
        _reading(chapter, part, found.get((chapter.file, part.key), []), day)
        for chapter in book
        for part in chapter.to_confirm
    )


def _reading(chapter: Chapter, part: Cited, entries: list[Confirmation], day: date) -> Reading:
    stated, text = part.stated(day), day.isoformat()
    standing: Confirmation | None = None
    for entry in entries:
        if entry.kind == "withdraw":
            standing = None
        elif entry.kind == "confirm" and (entry.confirmed_on or "") <= text:
            standing = entry
    looked = [entry.done_on for entry in entries if entry.kind != "withdraw" and entry.done_on <= text]
    status: Status = (
        "pending" if standing is None else "confirmed" if standing.stated == stated else "changed"
    )
    last = date.fromisoformat(max(looked)) if looked else None
    return Reading(chapter, part, stated, status, standing, last, tuple(entries))


def book_on(db: Database, day: date) -> tuple[Chapter, ...]:
    """What the rules say on a day: the programmes in force, and the other files of rules."""
    return chapters(programs_in_force(db, day))


def status_counts(found: Sequence[Reading]) -> dict[Status, int]:
    """How many readings have each status."""
    return {status: sum(one.status == status for one in found) for status in STATUS_WORDS}


def standing_words(one: Reading) -> Words:
    """What stands with the reading, in words: 已确认（文号，日期）, 确认后已变（…）, 待确认."""
    words = STATUS_WORDS[one.status]
    if (entry := one.confirmation) is None:
        return words
    about = f"{entry.document_no}，{entry.confirmed_on}"
    return Words(f"{words.zh}（{about}）", f"{words.en} ({entry.document_no}, {entry.confirmed_on})")
