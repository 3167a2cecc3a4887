"""The programmes that decided once, loaded from the texts that were kept; each once for all runs of it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from data.canonical import sha256_of
from data.decisions import program_text
from data.rulekeeping.publications import texts_in_force
from data.store import Database
from data.words import Words
from office.programs import loaded
from office.rechecking.cases import Cases
from office.refusal import refuse
from rules.program import Program
from rules.subjects import must_be_answerable

SHOWN = 12  # characters of a digest in a sentence
MOST_CASES = 16  # programmes and sets of values whose decided cases are kept at a time


@dataclass
class KeptPrograms:
    """Of one database: programmes by digest, and what they said of frozen facts."""

    db: Database
    _programs: dict[str, Program] = field(default_factory=dict)
    _cases: OrderedDict[tuple[str, tuple[tuple[str, int], ...]], Cases] = field(default_factory=OrderedDict)

    def of(self, digest: str, name: str) -> Program:
        """The programme with this digest. Raises Refused or CannotAsk where its text is missing, another, or cannot be used."""
        if digest not in self._programs:
            text = program_text(self.db, digest)
            if text is None:
                raise refuse("没有存下规则文本", "the text was not kept")
            data = text.encode("utf-8")
            if sha256_of(data) != digest:
                raise refuse("规则文本与其摘要不符", "the text does not have its digest")
            program = loaded(data, f"{name}.toml")
            must_be_answerable(program)
            self._programs[digest] = program
        program = self._programs[digest]
        if program.program != name:
            raise refuse(
                f"存档为规则“{name}”，文本是“{program.program}”",
                f'it was recorded as "{name}", the text is of "{program.program}"',
            )
        return program

    def cases(self, digest: str, program: Program, values: Mapping[str, int]) -> Cases:
        """The cases of a programme with these values; those not used for long are let go."""
        key = digest, tuple(sorted(values.items()))
        if key not in self._cases:
            self._cases[key] = Cases(program, values)
            while len(self._cases) > MOST_CASES:
                self._cases.popitem(last=False)
        self._cases.move_to_end(key)
        return self._cases[key]


def not_in_force(db: Database, name: str, digest: str, day: date, known_at: str) -> Words | None:
    """Why a text did not decide on a day, by what had been published at an instant; None where it did.

    A database that has published nothing goes by the files that come with the software: nothing is known of it.
    """
    texts = [
        found
        for since, found in texts_in_force(db, name, known_at)
        if since is None or since <= day.isoformat()
    ]
    if not texts or texts[-1] == digest:
        return None
    return Words(
        f"所用规则文本的摘要是 {digest[:SHOWN]}…，而 {day} 施行的已公布文本是 {texts[-1][:SHOWN]}…",
        f"it was decided with the text {digest[:SHOWN]}…, while {texts[-1][:SHOWN]}… was published for {day}",
    )
