"""The parts of a decision slip on the command line, whatever it is about: its conditions, the inspections it rests on."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence

from data.evidence import EvidenceRow
from office.commands.speaking import say
from office.latches import latch_rules
from rules.program import Program, Words
from rules.slip import FINDINGS, LATCHED, Line, value_words

READINGS = {
    "text": Words("方案原文", "text of the plan"),
    "office": Words("办公室口径，待确认", "the office's reading, to be confirmed"),
}


def tell_lines(args: Namespace, program: Program, lines: Sequence[Line], values: Mapping[str, int]) -> None:
    """Every condition and latch with what was found, clause and quote."""
    for line in lines:
        sides = "; ".join(
            f"{say(args, s.title)} {say(args, s.value)} ({say(args, s.needed)})" for s in line.sides
        )
        finding = (LATCHED if line.latch else FINDINGS)[line.finding]
        if line.latch:
            sides = say(args, latch_rules(program, line.name, values))
            sides = f"{say(args, line.met.words)}  {sides}" if line.met else sides
        print(f"  [{say(args, finding)}] {say(args, line.text)}  {sides}")
        cited = line.citation
        reading = READINGS[cited.reading] if line.said is None else _said(line.said.words)
        print(f"      {cited.clause} “{cited.quote}” ({say(args, reading)})")


def _said(words: Words) -> Words:
    return Words(f"办公室口径，{words.zh}", f"the office's reading, {words.en}")


def tell_inspections(args: Namespace, rows: Sequence[EvidenceRow]) -> None:
    """The inspections that an answer rests on."""
    for row in rows:
        original = f" ← {row.reinspection_of}" if row.reinspection_of else ""
        version = f" v{row.version}" if row.version > 1 else ""
        words = say(args, value_words(row.conclusion))
        print(f"  · {row.sample_no}{version}{original}  {row.sampling_date} / {row.result_date}  {words}")
