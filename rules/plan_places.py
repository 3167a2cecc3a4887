"""Where each part of the plan is carried out (rules/plan_places.toml): the whole text, part by part, with nothing left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Literal, cast

from rules.faults import Notes, ProgramFaults
from rules.load import parsed
from rules.place import Place
from rules.plan import clause, clauses
from rules.program import Words

Kind = Literal["carried_out", "heading", "principle", "statement"]
KINDS: tuple[Kind, ...] = ("carried_out", "heading", "principle", "statement")

_FILE = Path(__file__).with_name("plan_places.toml")
_OPTIONAL = ("why", "note", "registers", "pages", "same_as")
_NAMES = Words("名称", "names")


@dataclass(frozen=True)
class PlanPart:
    """A part of a clause: its words as printed, what they say in English, and what carries them out.

    `start` is where the part begins in the clause's text without white space. Principles and statements
    carry `why` instead of registers and pages. `same_as` is the clause that this one repeats.
    """

    clause: str
    quote: str
    english: str
    kind: Kind
    start: int
    registers: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    why: Words | None = None
    note: Words | None = None
    same_as: str | None = None

    @cached_property
    def _where(self) -> tuple[str, int, int]:
        """The clause that is cited for it, and from where to where in that clause's text."""
        return self.same_as or self.clause, self.start, self.start + len(bare(self.quote))

    def holds(self, cited_clause: str, quote: str) -> bool:
        """Do the quoted words of a clause stand in this part, or run through it?"""
        name, begin, end = self._where
        if name != cited_clause:
            return False
        return any(first < end and past > begin for first, past in _places(cited_clause, quote))


@cache
def _places(cited_clause: str, quote: str) -> tuple[tuple[int, int], ...]:
    """From where to where the quoted words stand in the clause's text; nothing if they do not."""
    cited, sought = clause(cited_clause), bare(quote)
    if cited is None or not sought:
        return ()
    return tuple(found.span() for found in re.finditer(re.escape(sought), bare(cited.text)))


def plan_parts() -> tuple[PlanPart, ...]:
    """Every part of the plan in its order; read again when the file has changed.

    Raises ProgramFaults with every fault of the file: also where the parts are not the plan's whole text.
    """
    return read_plan_parts(_FILE.read_bytes(), _FILE.name)


@lru_cache(maxsize=4)
def read_plan_parts(data: bytes, name: str) -> tuple[PlanPart, ...]:
    """The parts that stand in `data`; `name` is the file's name in messages."""
    notes = Notes(name)
    raw = parsed(data, notes)
    found = tuple(_parts(Place(notes, "", raw))) if raw is not None else ()
    if notes.faults:
        raise ProgramFaults(tuple(notes.faults))
    return found


def bare(text: str) -> str:
    """A text without its white space: the plan's lines break anywhere."""
    return re.sub(r"\s+", "", text)


def _parts(root: Place) -> Iterator[PlanPart]:
    """Goes through the plan's clauses as the file does; what does not follow is a fault."""
    top = root.table(("parts",))
    reading = _Reading()
    for place in top["parts"].items(Words("方案的各个部分", "the plan's parts")):
        part = _part(place, reading)
        if part is not None:
            yield part
    for name, rest in reading.left_over() if not reading.lost else ():
        top["parts"].fault("{}还缺：{}", "of {} this is missing: {}", name, _short(rest))


class _Reading:
    """How far the plan has been read: what is left of each clause, in the plan's order."""

    def __init__(self) -> None:
        self.left = {one.name: bare(one.text) for one in clauses()}
        self.whole = dict(self.left)
        self.lost = False  # after the first part that does not follow, the others would only repeat it

    def take(self, name: str, quote: str) -> int | None:
        """Where the quote begins, if the clause goes on with it and all clauses before are done; else None."""
        before = list(self.left)[: list(self.left).index(name)]
        if any(self.left[earlier] for earlier in before) or not self.left[name].startswith(quote):
            return None
        start = len(self.whole[name]) - len(self.left[name])
        self.left[name] = self.left[name][len(quote) :]
        return start

    def expected(self) -> str:
        """The words that should come next."""
        return next((_short(rest) for _name, rest in self.left_over()), "")

    def left_over(self) -> list[tuple[str, str]]:
        return [(name, rest) for name, rest in self.left.items() if rest]


def _part(place: Place, reading: _Reading) -> PlanPart | None:
    item = place.table(("clause", "quote", "en", "kind"), _OPTIONAL)
    name = item["clause"].one_of(tuple(reading.left))
    quote, english = item["quote"].text(), item["en"].text()
    kind = cast(Kind | None, item["kind"].one_of(KINDS))
    registers, pages = (_names(item[key]) for key in ("registers", "pages"))
    why = item["why"].words() if item["why"].there else None
    note = item["note"].words() if item["note"].there else None
    same = _same_as(item["same_as"], name)
    if kind is not None:
        _note_what_is_missing(item, kind, carried=bool(registers or pages))
    if name is None or kind is None or not quote:
        return None
    start = reading.take(name, bare(quote))
    if start is None and not reading.lost:
        reading.lost = True
        next_words = reading.expected() or "–"
        item["quote"].fault("方案接下来是{}", "the plan goes on with {}", next_words)
    return PlanPart(name, quote, english, kind, start or 0, registers, pages, why, note, same)


def _names(place: Place) -> tuple[str, ...]:
    if not place.there:
        return ()
    found: dict[str, None] = {}
    for item in place.items(_NAMES):
        name = item.text()
        if name in found:
            item.fault("{}重复", "{} stands twice", name)
        found[name] = None
    return tuple(found)


def _same_as(place: Place, name: str | None) -> str | None:
    """The clause that the part's clause repeats; a fault where the two texts differ."""
    if not place.there:
        return None
    cited = place.one_of(tuple(one.name for one in clauses()))
    own, other = clause(name or ""), clause(cited or "")
    if own and other and bare(own.text) != bare(other.text):
        place.fault("{}与{}不是逐字相同", "{} does not repeat {} word for word", own.name, other.name)
    return cited


def _note_what_is_missing(item: dict[str, Place], kind: Kind, *, carried: bool) -> None:
    if kind == "carried_out" and not carried:
        item["registers"].fault(
            "没有写由什么落实：台账或页面至少一项", "nothing carries this out: name a register or a page"
        )
    if kind != "carried_out" and carried:
        item["kind"].fault("有台账或页面的应为{}", "with registers or pages it is {}", "carried_out")
    if kind in ("principle", "statement") and not item["why"].there:
        item["why"].fault("缺少这个键：为什么没有要办的事", "this key is missing: why nothing is to be done")
    if kind in ("carried_out", "heading") and item["why"].there:
        item["why"].fault("只用于原则和说明", "is for principles and statements only")


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:30] + "…"
