"""Programmes made by chance, valid and broken, as TOML text: the same number always gives the same one."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import date
from typing import Any

from rules.load import load
from rules.program import Program

Spec = dict[str, Any]
CITATION = {"clause": "三(八)", "quote": "定期", "reading": "text"}
TEXT = {"zh": "测试", "en": "test"}
ODD_CHOICES = [
    "pass", "fail", "unknown", "true", "3", "03", "c0", "holds", "不合格", 'a"b', "a\\b", "$nex", "a.b", " x",
    "é", "e\u0301", "x" * 200, "kind", "{}", "😀", "-1", "None", "sid", "below",
]  # fmt: skip
ODD_NAMES = [
    "kind",
    "sid",
    "id",
    "m",
    "f0",
    "c1",
    "all",
    "any",
    "holds",
    "unknown",
    "事实",
    "r0",
    "-",
    "_",
    "9",
    "run",
]


def toml_of(spec: Spec) -> str:
    """A programme as TOML, one line for each top key."""
    return "".join(
        f"{json.dumps(key, ensure_ascii=False)} = {_inline(value)}\n" for key, value in spec.items()
    )


def _inline(value: object) -> str:
    if isinstance(value, dict):
        parts = (f"{json.dumps(k, ensure_ascii=False)} = {_inline(v)}" for k, v in value.items())
        return "{ " + ", ".join(parts) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def spec_of(
    facts: Spec,
    tests: Spec,
    rows: Sequence[Spec],
    *,
    better: Sequence[str] = ("no", "maybe", "yes"),
    **more: Any,
) -> Spec:
    """A programme with one benefit; `tests` are the conditions' tests by name."""
    return {
        "program": "generated",
        "title": TEXT,
        "source": "test",
        "subject": "thing",
        "better": list(better),
        "facts": facts,
        "conditions": conditions_of(tests),
        "benefits": {"benefit": {"verdicts": list(rows)}},
        **more,
    }


def conditions_of(tests: Spec) -> Spec:
    """Conditions from their tests."""
    return {name: {"test": test, "text": TEXT, **CITATION} for name, test in tests.items()}


def latch_of(set_when: Spec, clear_when: Spec) -> Spec:
    """A latch from its gates."""
    return {"set_when": set_when, "clear_when": clear_when, "text": TEXT, **CITATION}


def parameter_of(value: int) -> Spec:
    """A parameter with one value."""
    return {
        "title": TEXT,
        "unit": "day",
        "range": [0, 2**53 - 1],
        "values": [{"from": date(2020, 1, 1), "value": value}],
        **CITATION,
    }


def loaded(spec: Spec) -> Program:
    """The programme of a specification."""
    return load(toml_of(spec).encode(), "generated.toml")


def valid(number: int) -> Spec:
    """A programme that the loader takes (the proof may find faults in it)."""
    return _Maker(random.Random(number)).spec()


def broken(number: int) -> bytes:
    """A valid programme with some things changed, in its values or in its text."""
    rng = random.Random(-number - 1)
    spec: Spec = _copied(valid(number))
    for _ in range(rng.randint(0, 3)):
        _spoil(spec, rng)
    data = bytearray(toml_of(spec).encode())
    for _ in range(rng.choice((0, 0, 1, 3))):
        at, length = rng.randrange(len(data)), rng.choice((0, 1, 1, 20))
        data[at : at + length] = rng.choice(
            (b"", b'"', b"[", b"{ all = [", b"\xff", b"=", b"\n", b"1", b"'", b".")
        )
    return bytes(data)


def _copied(value: Any) -> Any:
    """The same with no part shared, so that a change is made in one place only."""
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list | tuple) else value


def _spoil(spec: Spec, rng: random.Random) -> None:
    """Change, remove or double one value somewhere inside."""
    here: Any = spec
    while True:
        key = rng.choice(list(here)) if isinstance(here, dict) else rng.randrange(len(here))
        inner = here[key]
        if isinstance(inner, dict | list) and inner and rng.random() < 0.85:
            here = inner
            continue
        change = rng.randrange(4)
        if change == 0:
            del here[key]
        elif change == 1 and isinstance(here, dict):
            here[rng.choice(["tset", "is", "at_least", "all", "verdict", "when", *ODD_NAMES])] = inner
        else:
            here[key] = rng.choice(
                [0, -1, 3, True, False, "", "x", "all", [], {}, [[]], 2**60, 1.5, date(2020, 1, 1), None, "none"]
            )  # fmt: skip
        _no_nothing(spec)
        return


def _no_nothing(value: Any) -> None:
    """TOML has no word for nothing; an empty text stands for it."""
    for key, inner in list(value.items()) if isinstance(value, dict) else list(enumerate(value)):
        if inner is None:
            value[key] = ""
        elif isinstance(inner, dict | list):
            _no_nothing(inner)


class _Maker:
    """One programme in the making."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.parameters = {
            f"p{i}": parameter_of(rng.choice((0, 1, 2, 3, 5, 5, 30))) for i in range(rng.randint(0, 3))
        }

    def spec(self) -> Spec:
        facts, better = self.facts(rng_size(self.rng, 4)), ["no", "maybe", "yes"][: self.rng.randint(1, 3)]
        tests = self.tests(facts, rng_size(self.rng, 6))
        more: Spec = {"parameters": self.parameters} if self.parameters else {}
        latches: list[str] = []
        if self.rng.random() < 0.4:
            events = self.facts(rng_size(self.rng, 3))
            for fact in events.values():
                fact.pop("may_be_unknown", None)
            asked = self.tests(events, rng_size(self.rng, 4))
            latches = [f"latch{i}" for i in range(self.rng.randint(1, 2))]
            more |= {"events": events, "event_conditions": conditions_of(asked)}
            more["latches"] = {name: latch_of(self.gate(asked), self.gate(asked)) for name in latches}
        rows = self.rows([*tests, *latches], better)
        spec = spec_of(facts, tests, rows, better=better, **more)
        for i in range(self.rng.choice((0, 0, 1, 2))):
            spec["benefits"][f"b{i}"] = {"verdicts": self.rows([*tests, *latches], better)}
        return spec

    def facts(self, number: int) -> Spec:
        names = self.rng.sample([*ODD_NAMES, *(f"fact_{i}" for i in range(20))], number)
        return {name: self.fact() for name in names}

    def fact(self) -> Spec:
        kind = self.rng.choice(("choice", "yes_no", "count"))
        fact: Spec = {"type": kind}
        if kind == "choice":
            many = (
                [*ODD_CHOICES, *(f"choice {i}" for i in range(60))]
                if self.rng.random() < 0.1
                else ODD_CHOICES
            )
            fact["choices"] = self.rng.sample(many, self.rng.randint(1, min(len(many), 70)))
        if self.rng.random() < 0.5:
            fact["may_be_unknown"] = True
        return fact

    def tests(self, facts: Spec, number: int) -> Spec:
        tests: Spec = {}
        for i in range(number):
            name = self.rng.choice((f"condition_{i}", f"条件{i}", f"{i}-c"))
            tests[name] = self.test(facts, list(tests), 0)
        return tests

    def test(self, facts: Spec, named: list[str], depth: int) -> Any:
        if depth < 4 and self.rng.random() < 0.35:
            number = 1 if self.rng.random() < 0.1 else 40 if self.rng.random() < 0.05 and not depth else 3
            parts = [
                self.rng.choice(named)
                if named and self.rng.random() < 0.4
                else self.test(facts, named, depth + (3 if number == 40 else 1))
                for _ in range(number)
            ]
            return {self.rng.choice(("all", "any")): parts}
        name = self.rng.choice(list(facts))
        return {"fact": name, **self.operator(facts[name])}

    def operator(self, fact: Spec) -> Spec:
        if fact["type"] == "count":
            side = self.rng.choice([0, 1, 2, 3, 5, 6, 30, 2**53 - 1, *self.parameters])
            return {self.rng.choice(("at_least", "at_most", "more_than", "less_than")): side}
        choices = [True, False] if fact["type"] == "yes_no" else fact["choices"]
        if self.rng.random() < 0.3:
            return {"one_of": self.rng.sample(choices, self.rng.randint(1, len(choices)))}
        return {self.rng.choice(("is", "is_not")): self.rng.choice(choices)}

    def gate(self, asked: Spec) -> Spec:
        return {
            self.rng.choice(("any", "all")): self.rng.sample(list(asked), self.rng.randint(1, len(asked)))
        }

    def rows(self, names: list[str], better: list[str]) -> list[Spec]:
        number = 70 if self.rng.random() < 0.03 else self.rng.randint(1, 6)
        rows: list[Spec] = [
            {"verdict": self.rng.choice(better), "when": self.when(names)} for _ in range(number)
        ]
        if self.rng.random() < 0.7:
            rows[-1].pop("when")
        return rows

    def when(self, names: list[str]) -> Spec:
        asks = self.rng.sample(("holds", "fails", "unknown"), self.rng.choice((1, 1, 1, 2, 3)))
        return {ask: self.scope(names) for ask in asks}

    def scope(self, names: list[str]) -> Any:
        if self.rng.random() < 0.4:
            return self.rng.choice(("none", "some", "all"))
        return self.rng.sample(names, self.rng.randint(1, min(3, len(names))))


def rng_size(rng: random.Random, usual: int) -> int:
    """A size from 1 to `usual`, now and then larger."""
    return rng.randint(1, usual) if rng.random() < 0.95 else usual + rng.randint(1, 12)
