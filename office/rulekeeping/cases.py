"""Cases saved beside a programme: every draft is tried on all of them at once, and they can be taken along as a file.

save(writer, case, doer=…) · remove(writer, program, name, doer=…)    in a transaction of their own
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from data.canonical import Cell
from data.casework.ledger import next_id, record
from data.rulekeeping.cases import SavedCase, case_versions, standing_cases
from data.store import Database, Writer
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import now
from office.refusal import refuse
from office.rulekeeping.checking_drafts import Found
from office.rulekeeping.trying_cases import MOVES, Case, Tried, case_of, case_text, cases_in, tried
from office.signing import kept_name
from rules.plain import findings, latch_moves, verdict_row
from rules.possible_events import FIGURES, possible_event
from rules.program import NotInForce, Program, Scalar, Words

__all__ = ["Case", "Tried", "cases_in", "cases_of", "remove", "save", "tried_all"]

LONGEST_NAME = 100
_CONCLUSION = "conclusion"


def cases_of(db: Database, program: str) -> tuple[Case, ...]:
    """The cases that stand for a programme, in the order in which they were first saved."""
    return tuple(case_of(saved.text) for saved in standing_cases(db, program))


def tried_all(db: Database, program: Program, name: str) -> tuple[Tried, ...]:
    """Every saved case of the programme `name` on a draft of it."""
    return tuple(tried(program, case) for case in cases_of(db, name))


def as_file(cases: tuple[Case, ...], program: str) -> str:
    """All cases as one file, of the kind of tests/cases/*.toml."""
    head = (
        f"# Cases of {program}: facts on a day and the verdict they must bring. `unknown` are facts that are not known;\n"
        '# a case with `event` is one inspection and expects a latch to be "set", "cleared" or "unmoved".\n'
    )
    return "\n".join([head, *map(case_text, cases)])


def save(writer: Writer, case: Case, *, doer: Doer) -> SavedCase:
    """Save a case. Raises Refused: no name, one that is taken, a case that is saved already."""
    with writer.transaction() as db:
        return save_in(db, case, doer=doer, at=now())


def save_in(db: Database, case: Case, *, doer: Doer, at: datetime) -> SavedCase:
    """The same inside the caller's transaction, at an instant of the caller's."""
    by = allowed(db, doer, "draft_rules")
    name = kept_name(case.name, Words("案例名称", "the case's name"), LONGEST_NAME)
    case = replace(case, name=name)
    for known in cases_of(db, case.program):
        if known.name == name:
            raise refuse(
                f"已有名为“{name}”的案例，请换一个名称",
                f'there is a case "{name}" already: choose another name',
            )
        if replace(known, name=name) == case:
            raise refuse(
                f"这个案例已经保存过，名为“{known.name}”", f'this case is saved already, as "{known.name}"'
            )
    return _write(db, case.program, name, case_text(case), removed=False, at=at, by=by)


def remove(writer: Writer, program: str, name: str, *, doer: Doer) -> SavedCase:
    """Take a case away; its versions stay in the record. Raises Refused."""
    with writer.transaction() as db:
        return remove_in(db, program, name, doer=doer, at=now())


def remove_in(db: Database, program: str, name: str, *, doer: Doer, at: datetime) -> SavedCase:
    """The same inside the caller's transaction, at an instant of the caller's."""
    by = allowed(db, doer, "draft_rules")
    standing = {saved.name: saved for saved in standing_cases(db, program)}
    if name not in standing:
        raise refuse(f"没有名为“{name}”的案例", f'there is no case "{name}"')
    return _write(db, program, name, standing[name].text, removed=True, at=at, by=by)


def from_fault(program: Program, name: str, found: Found, day: date) -> Case | None:
    """A fault's example as a case without an expected verdict yet; None for a fault that no facts show.

    `name` is the programme's. The day is one on which the draft does what the fault says, where one is found.
    """
    kind, _, about = found.where.partition(".")
    about = about.partition(".")[0]
    of_event = kind == "latches"
    if not found.example or kind not in ("benefits", "latches"):
        return None
    facts = _whole_event(program, found.example) if of_event else dict(found.example)
    days = [*_days(program), day]
    shown = next((d for d in days if _shows(program, found, about, d)), day)
    return Case(found.words.zh[:LONGEST_NAME], name, shown, facts, about, "", of_event)


def _whole_event(program: Program, example: Mapping[str, Scalar]) -> dict[str, Scalar]:
    """An event with all of its running figures, so that a draft that asks others can be tried on it too."""
    spans = {name: (value, value) for name, value in example.items() if type(value) is int}
    conclusion = example.get(_CONCLUSION)
    event = possible_event(str(conclusion) if conclusion else None, spans)
    figures = {name: getattr(event, name) for name in (_CONCLUSION, *FIGURES)} if event else {}
    return {name: value for name, value in figures.items() if name in program.events} | dict(example)


def _days(program: Program) -> list[date]:
    """The days on which values changed, the last first."""
    return sorted({v.since for p in program.parameters.values() for v in p.values}, reverse=True)


def _shows(program: Program, found: Found, about: str, day: date) -> bool:
    try:
        values = program.values_on(day)
    except NotInForce:
        return False
    if found.where.startswith("latches."):
        event: dict[str, Scalar] = dict.fromkeys(program.events) | dict(found.example)
        return latch_moves(program, event, values)[about] == (True, True)
    if found.kind != "gap":
        return True
    facts: dict[str, Scalar] = dict.fromkeys(program.facts)
    facts |= dict.fromkeys(program.latches, False) | dict(found.example)
    return verdict_row(program, about, findings(program, facts, values)) is None


def expectable(program: Program, case: Case) -> Mapping[str, Words]:
    """What a case may expect: a verdict of the programme, or what an event does to a latch."""
    if case.of_event:
        return MOVES
    return {verdict: Words(verdict, verdict) for verdict in reversed(program.better)}


def _write(
    db: Database, program: str, name: str, text: str, *, removed: bool, at: datetime, by: str
) -> SavedCase:
    versions = case_versions(db, program, name)
    row: dict[str, Cell] = {
        "id": next_id(db, "rule_cases"),
        "program": program,
        "name": name,
        "version": len(versions) + 1,
        "removed": int(removed),
        "text": text,
    }
    record(db, "rule_case", {"rule_cases": [row]}, at=at, by=by)
    return case_versions(db, program, name)[-1]
