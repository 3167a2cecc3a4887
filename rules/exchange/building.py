"""From a programme and a day to its tables, each after those it reads."""

from __future__ import annotations

from datetime import date

from rules.exchange.answers import BenefitTables, latch_tables
from rules.exchange.findings import Conditions
from rules.exchange.model import Input, Model, Table
from rules.exchange.naming import Names
from rules.exchange.words import fact_about, latch_about, model_about
from rules.program import Fact, Program


def model_of(program: Program, day: date) -> Model:
    """The programme with the values in force on `day`. Raises NotInForce where one is needed and has none yet.

    Latches are both: what events do to them is answered by tables of their own, and benefits take them as inputs.
    """
    names = Names()
    values = program.values_on(day)
    inputs = [
        *(_input(names, "event", fact) for fact in program.events.values()),
        *(_input(names, "fact", fact) for fact in program.facts.values()),
        *(
            Input(names.of("latch", latch.name), latch.text.zh, latch_about(latch), "yes_no")
            for latch in program.latches.values()
        ),
    ]
    tables = [*_event_tables(names, program, values), *_fact_tables(names, program, values)]
    for benefit in program.benefits:
        tables += BenefitTables(program, names, benefit).made()
    about = model_about(program, day, values)
    return Model(program.program, program.digest, day, about, tuple(inputs), tuple(tables), dict(names.given))


def _input(names: Names, part: str, fact: Fact) -> Input:
    name = names.of(part, fact.name)
    label = fact.title.zh if fact.title else fact.name
    return Input(name, label, fact_about(fact), fact.kind, fact.choices, fact.may_be_unknown)


def _event_tables(names: Names, program: Program, values: dict[str, int]) -> list[Table]:
    stage = Conditions(names, program.events, values, "event", "event_condition")
    for name in program.event_conditions_in_order:
        stage.add(program.event_conditions[name])
    moves = [table for latch in program.latches.values() for table in latch_tables(names, latch)]
    return [*stage.tables, *moves]


def _fact_tables(names: Names, program: Program, values: dict[str, int]) -> list[Table]:
    stage = Conditions(names, program.facts, values, "fact", "condition")
    for name in program.conditions_in_order:
        stage.add(program.conditions[name])
    return stage.tables
