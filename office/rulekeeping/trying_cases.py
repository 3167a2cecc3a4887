"""One case of a programme: facts on a day and the verdict they must bring, as TOML and as tried on a draft.

    [[case]]
    name    = "inspected long ago: not eligible"
    program = "produce-support"
    as_of   = 2021-11-01
    facts   = { standardised = false, days_since_last_inspection = 366 }
    unknown = ["fit_for_online_sale"]
    expect  = { packaging = "not_eligible" }

A case of a latch has `event` instead of `facts`, and expects it to be "set", "cleared" or "unmoved".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from office.refusal import Refused, refuse
from rules.faults import LARGEST, Notes
from rules.load import parsed
from rules.order import reached
from rules.plain import findings, latch_moves, verdict_row
from rules.program import Fact, NotInForce, Program, Scalar, Words, comparisons
from rules.proof import asked_conditions

MOVES: Mapping[str, Words] = {
    "set": Words("成立", "is set"),
    "cleared": Words("解除", "is cleared"),
    "unmoved": Words("不变", "stays as it is"),
}
_KEYS = {"name", "program", "as_of", "facts", "event", "unknown", "expect"}


@dataclass(frozen=True)
class Case:
    """`of_event`: the facts are those of one inspection and `expected` a key of MOVES; otherwise a verdict of `about`."""

    name: str
    program: str
    as_of: date
    facts: Mapping[str, Scalar]
    about: str
    expected: str
    of_event: bool = False


@dataclass(frozen=True)
class Tried:
    """A case on a programme: `holds`, or `fails` with what came instead, or `cannot` with why it cannot be tried."""

    case: Case
    answer: Literal["holds", "fails", "cannot"]
    came: str = ""  # a verdict or a key of MOVES; "" where no row gave a verdict
    why: Words | None = None


def case_text(case: Case) -> str:
    """A case as TOML."""
    known = {name: value for name, value in case.facts.items() if value is not None}
    unknown = [name for name, value in case.facts.items() if value is None]
    lines = [
        "[[case]]",
        f"name    = {_text(case.name)}",
        f"program = {_text(case.program)}",
        f"as_of   = {case.as_of.isoformat()}",
        f"{'event  ' if case.of_event else 'facts  '} = {_table(known)}",
        *([f"unknown = [{', '.join(map(_text, unknown))}]"] if unknown else []),
        f"expect  = {_table({case.about: case.expected})}",
    ]
    return "\n".join(lines) + "\n"


def case_of(text: str) -> Case:
    """The one case that a text holds. Raises Refused for anything else."""
    found = cases_in(text)
    if len(found) != 1:
        raise refuse("不是一条测试案例", "this is not one test case")
    return found[0]


def cases_in(text: str) -> tuple[Case, ...]:
    """The cases of a file. Raises Refused."""
    notes = Notes("cases.toml")
    found = parsed(text.encode("utf-8", "replace"), notes)
    if found is None:
        words = notes.faults[0].message
        raise refuse(f"不是测试案例：{words.zh}", f"these are no test cases: {words.en}")
    try:
        cases: Any = found["case"]
        return tuple(map(_case, cases))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise refuse(f"不是一条测试案例：{error}", f"this is no test case: {error}") from error


def tried(program: Program, case: Case) -> Tried:
    """The case on a programme, answered by the plain evaluator."""
    try:
        values = program.values_on(case.as_of)
        came = _moved(program, case, values) if case.of_event else _verdict(program, case, values)
    except NotInForce:
        why = Words(
            f"{case.as_of} 还没有全部取值", f"on {case.as_of.isoformat()} some parameters have no value yet"
        )
        return Tried(case, "cannot", why=why)
    except Refused as refused:
        return Tried(case, "cannot", why=Words(refused.words.zh, refused.words.en))
    return Tried(case, "holds" if came == case.expected else "fails", came)


def _verdict(program: Program, case: Case, values: Mapping[str, int]) -> str:
    if case.about not in program.benefits:
        raise refuse(f"没有事项“{case.about}”", f'there is no benefit "{case.about}"')
    if case.expected not in program.better:
        raise refuse(f"没有结论“{case.expected}”", f'there is no verdict "{case.expected}"')
    asked = {c.fact for one in asked_conditions(program, case.about).values() for c in comparisons(one.test)}
    _must_fit(program.facts, asked, case)
    for latch in program.latches_asked(case.about):
        if not isinstance(case.facts.get(latch), bool):
            raise _lacks(program.latches[latch].text)
    facts: dict[str, Scalar] = dict.fromkeys(program.facts)  # what is not asked changes nothing
    facts |= dict.fromkeys(program.latches, False) | dict(case.facts)
    row = verdict_row(program, case.about, findings(program, facts, values))
    return "" if row is None else program.benefits[case.about].rows[row].verdict


def _moved(program: Program, case: Case, values: Mapping[str, int]) -> str:
    latch = program.latches.get(case.about)
    if latch is None:
        raise refuse(f"没有状态“{case.about}”", f'there is no latch "{case.about}"')
    names = (*latch.set_when.conditions, *latch.clear_when.conditions)
    asked = reached(program.event_conditions, names)
    tests = [program.event_conditions[name].test for name in asked]
    _must_fit(program.events, {c.fact for test in tests for c in comparisons(test)}, case)
    event: dict[str, Scalar] = dict.fromkeys(program.events) | dict(case.facts)
    sets, clears = latch_moves(program, event, values)[case.about]
    return "both" if sets and clears else "set" if sets else "cleared" if clears else "unmoved"


def _must_fit(facts: Mapping[str, Fact], asked: set[str], case: Case) -> None:
    for name in asked:
        fact = facts[name]
        title = fact.title or Words(name, name)
        if name not in case.facts:
            raise _lacks(title)
        if not _fits(fact, case.facts[name]):
            raise refuse(
                f"案例里“{title.zh}”的值不再允许",
                f'the case\'s value of "{title.en}" is not allowed any more',
            )


def _fits(fact: Fact, value: Scalar) -> bool:
    if value is None:
        return fact.may_be_unknown
    if fact.kind == "count":
        return type(value) is int and 0 <= value <= LARGEST
    return type(value) is bool if fact.kind == "yes_no" else value in fact.choices


def _lacks(title: Words) -> Refused:
    return refuse(f"案例里没有“{title.zh}”", f'the case does not say "{title.en}"')


def _case(raw: Mapping[str, Any]) -> Case:
    if strangers := raw.keys() - _KEYS:
        raise ValueError(f"{', '.join(sorted(strangers))}?")
    of_event = "event" in raw
    ((about, expected),) = raw["expect"].items()
    facts = dict(raw["event" if of_event else "facts"]) | dict.fromkeys(raw.get("unknown", ()))
    if type(raw["as_of"]) is not date or not all(
        type(v) in (bool, int, str) or v is None for v in facts.values()
    ):
        raise ValueError("as_of, facts")
    return Case(
        str(raw["name"]), str(raw["program"]), raw["as_of"], facts, str(about), str(expected), of_event
    )


def _table(values: Mapping[str, Scalar]) -> str:
    parts = (f"{_key(name)} = {_value(value)}" for name, value in values.items())
    return "{ " + ", ".join(parts) + " }" if values else "{}"


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("_", "").replace("-", "").isalnum() else _text(name)


def _value(value: Scalar) -> str:
    return json.dumps(value) if isinstance(value, bool | int) else _text(str(value))


def _text(text: str) -> str:
    """A TOML basic string; JSON writes the same escapes, but leaves the delete character as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
