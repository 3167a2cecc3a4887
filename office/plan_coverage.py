"""方案对照: every part of the plan with what carries it out – registers and their rows, rules, targets, pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from data.lists import Cell, ListColumn, list_xlsx
from data.register import REGISTERS
from data.register_lists import sizes
from data.store import Database
from office.answering import while_all_stands
from office.cited import Cited
from office.programs import programs_in_force
from office.refusal import Refused
from office.rule_book import PROCEDURE, cited_parts
from office.targets.measuring import Standing, measure
from office.targets.status_words import STATUS_WORDS
from rules.load_assessment import assessment
from rules.plan_places import Kind, PlanPart, plan_parts
from rules.procedure import procedure_parameters
from rules.program import Words

KINDS: Mapping[Kind, Words] = {
    "carried_out": Words("落实", "carried out"),
    "heading": Words("标题", "heading"),
    "principle": Words("原则", "principle"),
    "statement": Words("说明", "statement"),
}
VALUES = ("parameter", "period")
ASSESSMENT = Words("考核", "Assessment")


@dataclass(frozen=True)
class Held:
    """A register that holds what a part of the plan asks for, and how many rows it has now."""

    name: str
    title: Words
    rows: int


@dataclass(frozen=True)
class RulePart:
    """A part of the rules that quotes a part of the plan; `program` "" for procedure and assessment."""

    book: Words
    program: str
    kind: str
    text: Words


@dataclass(frozen=True)
class Carried:
    """One part of the plan and everything that carries it out."""

    part: PlanPart
    registers: tuple[Held, ...]
    rules: tuple[RulePart, ...]
    targets: tuple[Standing, ...]

    @property
    def empty(self) -> tuple[Held, ...]:
        """The registers that have no rows yet."""
        return tuple(held for held in self.registers if not held.rows)

    def speaks_of(self, words: str) -> bool:
        """Does every one of the words stand in it: the plan's text, registers, rules, targets, notes?"""
        return all(word in self._said() for word in words.lower().split())

    def _said(self) -> str:
        part = self.part
        both = [part.why, part.note, *(held.title for held in self.registers)]
        both += [rule.text for rule in self.rules] + [one.target.title for one in self.targets]
        texts = (f"{words.zh} {words.en}" for words in both if words is not None)
        return " ".join((part.clause, part.quote, part.english, *texts)).lower()


@dataclass(frozen=True)
class Coverage:
    """The whole plan in its order. `no_targets`: why no target could be measured, if so."""

    parts: tuple[Carried, ...]
    no_targets: Words | None = None

    def heading(self, clause: str) -> PlanPart | None:
        """The clause's own title, if it begins with one."""
        return next(
            (p.part for p in self.parts if p.part.clause == clause and p.part.kind == "heading"), None
        )

    def asked(self, section: str = "", words: str = "", *, only_empty: bool = False) -> tuple[Carried, ...]:
        """The parts of one section (序, 一 … 五), that speak of the words, that have a register without rows."""
        return tuple(
            one
            for one in self.parts
            if (not section or section_of(one.part.clause) == section)
            and (not only_empty or one.empty)
            and one.speaks_of(words)
        )


def section_of(clause: str) -> str:
    """The part of the plan in which a clause stands: 三 of 三(二)."""
    return clause[:1]


def coverage(db: Database, day: date) -> Coverage:
    """Every part of the plan with what carries it out, targets as they stand on the day. Raises Refused with a faulty rule file."""
    rows = while_all_stands("register_sizes", db, None, lambda: sizes(db))
    why = None
    standings: tuple[Standing, ...] = ()
    try:
        standings = measure(db, day)
    except Refused as refused:
        why = Words(refused.words.zh, refused.words.en)
    rules = tuple(_rules(db, day))
    return Coverage(tuple(_carried(part, rows, rules, standings) for part in plan_parts()), why)


def _carried(
    part: PlanPart,
    rows: Mapping[str, int],
    rules: Iterable[tuple[RulePart, str, str]],
    standings: Iterable[Standing],
) -> Carried:
    return Carried(
        part,
        tuple(Held(name, _title(name), rows.get(name, 0)) for name in part.registers),
        _conditions_first(rule for rule, clause, quote in rules if part.holds(clause, quote)),
        tuple(one for one in standings if part.holds(one.target.citation.clause, one.target.citation.quote)),
    )


def _conditions_first(rules: Iterable[RulePart]) -> tuple[RulePart, ...]:
    """Book by book, what is asked before the values it is asked with."""
    books: dict[tuple[str, str], list[RulePart]] = {}
    for rule in rules:
        books.setdefault((rule.program, rule.book.zh), []).append(rule)
    return tuple(
        rule for book in books.values() for rule in sorted(book, key=lambda rule: rule.kind in VALUES)
    )


def _title(register: str) -> Words:
    title = REGISTERS[register].title
    return Words(title.zh, title.en)


def _rules(db: Database, day: date) -> Iterator[tuple[RulePart, str, str]]:
    """Every rule with the clause and the words of the plan it rests on, each once."""
    for program in programs_in_force(db, day):
        for cited in cited_parts(program):
            yield _cited(program.title, program.program, cited), cited.citation.clause, cited.citation.quote
    for name, period in procedure_parameters().items():
        cited = Cited("period", name, period.title, period.citation)
        yield _cited(PROCEDURE, "", cited), period.citation.clause, period.citation.quote
    for item in assessment().items.values():
        yield RulePart(ASSESSMENT, "", "item", item.title), item.citation.clause, item.citation.quote
    for period in assessment().parameters.values():
        rule = RulePart(ASSESSMENT, "", "period", period.title)
        yield rule, period.citation.clause, period.citation.quote


def _cited(book: Words, program: str, cited: Cited) -> RulePart:
    return RulePart(book, program, cited.kind, cited.words)


def coverage_xlsx(
    shown: Iterable[Carried],
    language: str,
    day: date,
    page_titles: Mapping[str, str],
) -> bytes:
    """The parts shown as a workbook: the plan's words and beside them everything that carries them out."""
    zh = language == "zh"
    titles = (
        ("条款", "方案原文", "性质", "台账（现有行数）", "规则", "目标（现状）", "页面", "说明")
        if zh
        else (
            "Clause",
            "The plan's words",
            "Kind",
            "Registers (rows now)",
            "Rules",
            "Targets (status)",
            "Pages",
            "Note",
        )
    )
    columns = [ListColumn(t, w) for t, w in zip(titles, (8, 60, 8, 32, 44, 36, 20, 50), strict=True)]
    rows = [_line(one, zh, page_titles) for one in shown]
    about = [("日期" if zh else "Day", day.isoformat()), ("部分" if zh else "Parts", str(len(rows)))]
    return list_xlsx("方案对照" if zh else "Plan", columns, rows, about)


def _line(one: Carried, zh: bool, pages: Mapping[str, str]) -> tuple[Cell, ...]:
    def say(words: Words | None) -> str:
        return "" if words is None else words.zh if zh else words.en

    part, then = one.part, "；" if zh else "; "
    return (
        part.clause,
        part.quote if zh else f"{part.quote}\n{part.english}",
        say(KINDS[part.kind]),
        then.join(f"{say(held.title)} {held.rows:,}" for held in one.registers),
        then.join(dict.fromkeys(f"{say(rule.book)}：{say(rule.text)}" for rule in one.rules)),
        then.join(f"{say(s.target.title)} {say(STATUS_WORDS[s.status])}" for s in one.targets),
        then.join(pages[name] for name in part.pages if name in pages),
        then.join(filter(None, (say(part.why), say(part.note)))),
    )
