"""One settlement, worked out again: its lines from their frozen facts, and all of it from the registers as known then."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date

from data.canonical import json_text
from data.casework.settlements import Settlement, settlement_of_line, settlements_by_id
from data.chain import evidence_seq
from data.rulekeeping.rechecks import RawLine, confirmed_before, raw_lines, settlement_seq
from data.store import Database
from data.words import Words
from office.rechecking.cases import BROKEN, CANNOT, Cases, words_of
from office.rechecking.differing import FIELDS, Found, differing, text_of, whole
from office.rechecking.kept_programs import KeptPrograms, not_in_force
from office.rechecking.telling import MISSING, THERE, Part, case_parts, facts_parts, findings_parts
from office.subsidy.settlement_lines import draw_up
from office.subsidy.settlement_terms import Terms
from rules.amounts import due
from rules.claim_facts import FLAT, METHOD, PERCENT
from rules.program import Program
from rules.slip import verdict_words
from rules.subjects import parameters_also_needed

AMOUNTS = ("due", "capped", "paid")
Key = tuple[str, str, str]


def recheck_settlement(db: Database, programs: KeptPrograms, settlement_id: int) -> Found:
    """What differs of one settlement, the most basic first."""
    found = Found()
    one = settlements_by_id(db)[settlement_id]
    try:
        program = programs.of(one.digest, one.program)
    except (*CANNOT, *BROKEN) as why:
        words = words_of(why)
        found.add(
            whole(
                f"programs {one.digest}",
                f"{one.number} 的规则文本不能再用：{words.zh}",
                f"The programme's text of {one.number} cannot be used any more: {words.en}",
            )
        )
        return found
    _head(one, program, found)
    lines = raw_lines(db, one.id)
    for line in lines:
        _from_frozen(db, programs, one, line, found)
    _totals(one, lines, found)
    _from_registers(db, one, program, lines, found)
    return found


def _from_frozen(db: Database, programs: KeptPrograms, own: Settlement, line: RawLine, found: Found) -> None:
    """A line's facts decided again; an adjustment was judged by the settlement that settled the claim."""
    one = own if line.adjusts is None else settlement_of_line(db, line.adjusts) or own
    try:
        program = programs.of(one.digest, one.program)
        cases = programs.cases(one.digest, program, one.parameters)
        cases.learn([line.facts])
        parts = list(_frozen_parts(cases, line))
    except (*CANNOT, *BROKEN) as why:
        words = words_of(why)
        zh, en = "不能按存档的事实重新判定", "cannot be decided again from its frozen facts"
        found.add(
            whole(_place(line), f"{line.claim_no}：{zh}：{words.zh}", f"{line.claim_no} {en}: {words.en}")
        )
        return
    for part in parts:
        found.add(differing(_place(line), line.claim_no, Words("", ""), *part, "frozen"))


def _frozen_parts(cases: Cases, line: RawLine) -> Iterator[Part]:
    case, program = cases.known[line.facts], cases.program
    if case.fault is not None:
        yield FIELDS["verdict"], _verdict(line.verdict), case.fault
        return
    yield from case_parts(
        program, next(iter(program.benefits)), (line.verdict, line.row, line.findings), case
    )
    if line.kind == "claim":
        amount = _due(program, cases.values, line)
        if amount != line.due:
            yield FIELDS["due"], text_of(line.due), text_of(amount)


def _due(program: Program, values: Mapping[str, int], line: RawLine) -> int:
    """What the claim comes to by its frozen fee, nothing unless the verdict is the best one."""
    if line.verdict != program.better[-1]:
        return 0
    return due(values[METHOD], int(json.loads(line.facts)["fee_fen"]), values[FLAT], values[PERCENT])


def _head(one: Settlement, program: Program, found: Found) -> None:
    """It is drafted with the values in force on the last day of claims, and with what was known by then."""
    place = f"settlements {one.id}"
    try:
        until = date.fromisoformat(one.claimed_until)
        values = program.values_on(until, parameters_also_needed(program))
    except (*CANNOT, *BROKEN) as why:
        words = words_of(why)
        found.add(whole(place, f"{one.number}：{words.zh}", f"{one.number}: {words.en}"))
        return
    if values != one.parameters:
        was, now = json_text(dict(one.parameters)), json_text(values)
        found.add(
            whole(
                place,
                f"{one.number}：{one.claimed_until} 的取值存档为 {was}，规则文本中为 {now}。",
                f"{one.number}: the values on {one.claimed_until} were recorded as {was}; the text has {now}.",
            )
        )
    if one.known_at > one.recorded_at:
        found.add(
            whole(
                place,
                f"{one.number}：起草于 {one.recorded_at}，却称按 {one.known_at} 为止的台账。",
                f"{one.number}: drafted at {one.recorded_at}, yet with what was known at {one.known_at}.",
            )
        )


def _totals(one: Settlement, lines: list[RawLine], found: Found) -> None:
    sums = (
        len(lines),
        sum(line.due for line in lines if line.kind == "claim"),
        sum(line.paid for line in lines),
    )
    if sums != (one.lines, one.due, one.paid):
        found.add(
            whole(
                f"settlements {one.id}",
                f"{one.number}：存档为 {one.lines} 行、应补 {one.due} 分、实补 {one.paid} 分，"
                f"各行合计为 {sums[0]} 行、{sums[1]} 分、{sums[2]} 分。",
                f"{one.number}: recorded with {one.lines} lines, {one.due} fen due, {one.paid} fen paid;"
                f" its lines add up to {sums[0]}, {sums[1]} and {sums[2]}.",
            )
        )


def _from_registers(
    db: Database, one: Settlement, program: Program, lines: list[RawLine], found: Found
) -> None:
    """Drawn up again with what was known and settled when it was drafted."""
    place = f"settlements {one.id}"
    if (seq := evidence_seq(db, one.known_at)) != one.known_seq:
        found.add(
            whole(
                place,
                f"{one.number}：到 {one.known_at} 为止的台账存档为第 {one.known_seq} 条，现为第 {seq} 条。",
                f"{one.number}: by {one.known_at} the registers stood at entry {one.known_seq}; now at {seq}.",
            )
        )
    until = date.fromisoformat(one.claimed_until)
    if other := not_in_force(db, one.program, one.digest, until, one.known_at):
        found.add(whole(place, f"{one.number}：{other.zh}。", f"{one.number}: {other.en}."))
    terms = Terms(program, one.parameters, until, one.pool)
    try:
        with confirmed_before(db, settlement_seq(db, one.id)):
            drawn = [RawLine(0, *line) for line in draw_up(db, terms, one.known_at).lines()]
    except (*CANNOT, *BROKEN) as why:
        words = words_of(why)
        found.add(
            whole(
                place,
                f"{one.number} 不能按台账重新核对：{words.zh}",
                f"{one.number} cannot be worked out again from the registers: {words.en}",
            )
        )
        return
    then, now = {_key(line): line for line in lines}, {_key(line): line for line in drawn}
    for key in dict.fromkeys((*then, *now)):
        for part in _line_parts(program, then.get(key), now.get(key)):
            at = _place(then[key]) if key in then else place
            found.add(differing(at, key[0], Words("", ""), *part, "registers"))


def _line_parts(program: Program, was: RawLine | None, now: RawLine | None) -> Iterator[Part]:
    if was is None or now is None:
        yield FIELDS["line"], MISSING if was is None else THERE, MISSING if now is None else THERE
        return
    if was.verdict != now.verdict:
        yield FIELDS["verdict"], _verdict(was.verdict), _verdict(now.verdict)
    for name in ("row", *AMOUNTS):
        if getattr(was, name) != getattr(now, name):
            yield FIELDS[name], text_of(getattr(was, name)), text_of(getattr(now, name))
    if was.findings != now.findings:
        yield from findings_parts(program, was.findings, now.findings)
    if was.facts != now.facts:
        yield from facts_parts(program, was.facts, now.facts)
    rest = ("kind", "shipment_entity", "shipment_row", "subject", "shipped_on", "evidence", "adjusts")
    if any(getattr(was, name) != getattr(now, name) for name in rest):
        told = [", ".join(str(getattr(line, name)) for name in rest) for line in (was, now)]
        yield FIELDS["evidence"], text_of(told[0]), text_of(told[1])


def _verdict(verdict: str) -> Words:
    words = verdict_words(verdict)
    return Words(words.zh, words.en)


def _key(line: RawLine) -> Key:
    return line.claim_no, line.household_no, line.shipped_on[:4]


def _place(line: RawLine) -> str:
    return f"settlement_lines {line.id}"
