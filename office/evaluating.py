"""Run or prove any programme from outside, apart from the application, on a table of ready facts."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

from data.fact_tables import FactFile, read_fact_table
from data.faults import Unreadable
from office.programs import loaded, not_in_force, read_program, refuse_faults, tried_apart
from office.refusal import InWords, Refused, refuse
from rules.deciding import ANSWERS
from rules.program import Fact, NotInForce, Program, Scalar, Words

YES_NO: dict[str, Scalar] = {"是": True, "否": False, "yes": True, "no": False, "true": True, "false": False}
LARGEST_COUNT = 2**53 - 1


def prove_document(path: Path, language: str = "zh") -> dict[str, Any]:
    """The document that `prove --json` prints: every fault of loading or, without any, of the proof."""
    try:
        data = read_program(path)
    except Refused as refused:
        return {"faults": [_fault("unreadable", path.name, {}, refused.words, language)]}
    found = tried_apart("prove", data, path.name)
    malformed = [
        _fault("malformed", f"{f['file']}: {f['key']}" if f["key"] else f["file"], {}, _words(f), language)
        for f in found["load_faults"]
    ]
    proof = [_fault(f["kind"], f["where"], f["example"], _words(f), language) for f in found["proof_faults"]]
    return {"faults": malformed + proof}


def _fault(kind: str, where: str, example: dict[str, Any], words: InWords, language: str) -> dict[str, Any]:
    said = words.en if language == "en" else words.zh
    return {"kind": kind, "where": where, "example": example, "message": said}


def _words(found: dict[str, Any]) -> Words:
    return Words(found["zh"], found["en"])


def evaluate(path: Path, facts: Path, as_of: date) -> dict[str, Any]:
    """The document that `evaluate --json` prints: verdicts and findings row by row, in the file's order.

    Refused: a programme with a fault, a table that does not fit, a day on which it is not in force.
    """
    data = read_program(path)
    program = loaded(data, path.name)
    _must_be_in_force(program, as_of)
    columns, size = _columns(program, _table(facts))
    found = tried_apart("evaluate", data, path.name, as_of=as_of.isoformat(), columns=columns)
    refuse_faults(found)
    if "bad_facts" in found:
        raise Refused(Words(**found["bad_facts"]))
    return {"program": program.program, "rows": [_row(program, found, at) for at in range(size)]}


def _must_be_in_force(program: Program, as_of: date) -> None:
    try:
        program.values_on(as_of)
    except NotInForce:
        raise not_in_force(program, as_of) from None


def _row(program: Program, found: dict[str, Any], at: int) -> dict[str, Any]:
    return {
        "row": at + 1,
        "verdicts": {benefit: found["verdicts"][benefit][at] for benefit in program.benefits},
        "findings": {name: ANSWERS[column[at]] for name, column in found["findings"].items()},
    }


def _table(path: Path) -> FactFile:
    try:
        return read_fact_table(path)
    except Unreadable as unreadable:
        raise Refused(unreadable.words) from None
    except OSError as error:
        raise refuse(
            f"读不到 {path.name}：{error.strerror}", f"cannot read {path.name}: {error.strerror}"
        ) from None


def _columns(program: Program, table: FactFile) -> tuple[dict[str, list[Scalar]], int]:
    """The table's columns as facts and latches, every fault of the table at once."""
    asked = {**program.facts, **{name: Fact(name, "yes_no") for name in program.latches}}
    faults = _missing(asked, table)
    columns: dict[str, list[Scalar]] = {}
    for name, fact in asked.items():
        if table.header.count(name) != 1:
            continue
        at, columns[name] = table.header.index(name), []
        for number, row in zip(table.numbers, table.rows, strict=True):
            try:
                columns[name].append(_value(fact, row[at]))
            except ValueError as expected:
                zh, en = expected.args
                faults.append(Words(f"第 {number} 行，{name}：{zh}", f"row {number}, {name}: {en}"))
    if faults:
        raise Refused(
            Words(f"事实表有 {len(faults)} 处问题", f"the table has {len(faults)} faults"), tuple(faults)
        )
    return columns, len(table.rows)


def _missing(asked: dict[str, Fact], table: FactFile) -> list[Words]:
    faults: list[Words] = []
    for name in asked:
        if (times := table.header.count(name)) != 1:
            zh, en = ("缺少", "is missing") if times == 0 else ("重复", "stands twice")
            faults.append(Words(f"{zh}列“{name}”", f'column "{name}" {en}'))
    return faults


def _value(fact: Fact, cell: str) -> Scalar:
    """A cell as the fact's value; ValueError(zh, en) says what was expected."""
    if cell in fact.choices:  # as it stands: a choice may begin or end with a blank
        return cell
    text = cell.strip()
    if not text:
        if fact.may_be_unknown:
            return None
        raise ValueError("不能空（此项不允许未知）", "must not be blank (it cannot be unknown)")
    if fact.kind != "choice":
        text = unicodedata.normalize("NFKC", text)
    if fact.kind == "yes_no":
        if text.lower() not in YES_NO:
            raise ValueError(f"应为 是/否，不是“{text}”", f'must be yes or no, not "{text}"')
        return YES_NO[text.lower()]
    if fact.kind == "choice":
        if text not in fact.choices:
            listed = "、".join(fact.choices)
            raise ValueError(
                f"应为 {listed} 之一，不是“{text}”", f'must be one of {", ".join(fact.choices)}, not "{text}"'
            )
        return text
    if not (text.isascii() and text.isdecimal() and len(text) <= 16 and int(text) <= LARGEST_COUNT):
        wanted = f"0 到 {LARGEST_COUNT} 之间的整数", f"a whole number from 0 to {LARGEST_COUNT}"
        raise ValueError(f"应为{wanted[0]}，不是“{text[:40]}”", f'must be {wanted[1]}, not "{text[:40]}"')
    return int(text)
