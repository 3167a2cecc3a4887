"""One recorded run, decided again: from every decision's frozen facts, and from the registers as of its day and instant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from data.canonical import json_text
from data.chain import Difference, evidence_seq
from data.decisions import Run
from data.rulekeeping.rechecks import Raw, raw_decisions, run_of
from data.store import Database
from data.words import Words
from office.deciding import decide_all
from office.gathering import gather
from office.rechecking.cases import BROKEN, CANNOT, Cases, words_of
from office.rechecking.differing import Found, whole
from office.rechecking.frozen_rows import rows_now
from office.rechecking.kept_programs import KeptPrograms, not_in_force
from office.rechecking.telling import About, tell_decision
from office.recording import engines
from rules.program import Program
from rules.subjects import parameters_also_needed

AT_ONCE = 5_000  # decisions that are read, learnt and compared together

Told = Callable[[int], None]
Row = tuple[Any, ...]


@dataclass
class Runs:
    """Decides runs of one database again; what was learnt of one run serves the next. `told` hears of decisions done."""

    db: Database
    told: Told = lambda number: None
    programs: KeptPrograms = field(init=False)

    def __post_init__(self) -> None:
        self.programs = KeptPrograms(self.db)

    def recheck(self, run_id: int) -> Found:
        """What differs of one run, the most basic first."""
        found = Found()
        run = run_of(self.db, run_id)
        try:
            program = self.programs.of(run.digest, run.program)
        except (*CANNOT, *BROKEN) as why:
            found.add(_of_program(run, words_of(why)))
            self.told(run.decisions)
            return found
        self._header(run, program, found)
        cases = self.programs.cases(run.digest, program, run.parameters)
        now = self._now(run, program, found)
        self._compare(About(run, program), cases, now, found)
        return found

    def _header(self, run: Run, program: Program, found: Found) -> None:
        """A run is recorded with the values in force on its day, and with what had been recorded by its instant."""
        place = f"runs {run.id}"
        try:
            values = program.values_on(run.as_of, parameters_also_needed(program))
        except (*CANNOT, *BROKEN) as why:
            found.add(_not_in_force(run, words_of(why)))
        else:
            if values != run.parameters:
                was, now = json_text(run.parameters), json_text(values)
                found.add(
                    whole(
                        place,
                        f"{run.as_of} 的取值存档为 {was}，规则文本中为 {now}。",
                        f"The values on {run.as_of} were recorded as {was}; the programme's text has {now}.",
                    )
                )
        if other := not_in_force(self.db, run.program, run.digest, run.as_of, run.known_at):
            found.add(whole(place, f"{other.zh}。", f"{other.en}."))
        if run.engines != engines():
            then, today = json_text(dict(run.engines)), json_text(engines())
            found.note(
                f"有的判定存档时用的是 {then}，重新判定用的是 {today}。",
                f"Some decisions were recorded with {then}; they are decided again with {today}.",
            )
        if run.known_at > run.recorded_at:
            found.add(
                whole(
                    place,
                    f"存档于 {run.recorded_at}，却称按 {run.known_at} 为止的台账判定。",
                    f"It was recorded at {run.recorded_at}, yet with what was known at {run.known_at}.",
                )
            )
        if (seq := evidence_seq(self.db, run.known_at)) != run.known_seq:
            found.add(
                whole(
                    place,
                    f"到 {run.known_at} 为止的台账存档为第 {run.known_seq} 条，现为第 {seq} 条。",
                    f"By {run.known_at} the registers stood at entry {run.known_seq}; now at {seq}.",
                )
            )

    def _now(self, run: Run, program: Program, found: Found) -> Iterator[Row] | None:
        """The rows that the registers give today for the run's day and instant; None where they give none."""
        try:
            gathered = gather(self.db, run.as_of, run.known_at, run.scope or None)
            return rows_now(decide_all(gathered, program, run.parameters))
        except (*CANNOT, *BROKEN) as why:
            words = words_of(why)
            found.add(
                whole(
                    f"runs {run.id}",
                    f"不能按台账重新判定：{words.zh}",
                    f"It cannot be decided again from the registers: {words.en}",
                )
            )
            return None

    def _compare(self, about: About, cases: Cases, now: Iterator[Row] | None, found: Found) -> None:
        """Every decision with its case and with its row of today; what has no counterpart is told at the end."""
        odd_then: dict[tuple[str, str], Row] = {}
        odd_now: dict[tuple[str, str], Row] = {}
        then, goods, number = raw_decisions(self.db, about.run.id), set[int](), 0
        while block := _some(then):
            cases.learn(row[7] for row in block)
            known = cases.known
            for row in block:
                case = known[row[7]]
                if case.rows.get(row[3]) != row[4:6] or case.findings != row[6]:
                    tell_decision(about, Raw._make(row), case, found)
                if now is not None:
                    other = next(now, None)
                    if other != row[1:]:
                        odd_then[row[2], row[3]] = row
                        if other is not None:
                            odd_now[other[1], other[2]] = other
            goods.update(row[1] for row in block)
            number += len(block)
            self.told(len(block))
        if (len(goods), number) != (about.run.goods, about.run.decisions):
            found.add(_of_number(about.run, len(goods), number))
        if now is not None:
            odd_now |= {(row[1], row[2]): row for row in now}
            about.unlike(odd_then, odd_now, found)


def _some(rows: Iterator[Row]) -> list[Row]:
    return [row for _, row in zip(range(AT_ONCE), rows, strict=False)]


def _of_program(run: Run, why: Words) -> Difference:
    return whole(
        f"programs {run.digest}",
        f"第 {run.id} 次判定（{run.as_of}）的规则文本不能再用：{why.zh}",
        f"The programme's text of run {run.id} ({run.as_of}) cannot be used any more: {why.en}",
    )


def _of_number(run: Run, goods: int, number: int) -> Difference:
    return whole(
        f"runs {run.id}",
        f"存档为 {run.goods} 个农产品、{run.decisions} 条判定，现有 {goods} 个、{number} 条。",
        f"Recorded with {run.decisions} decisions about {run.goods} goods; there are {number} about {goods}.",
    )


def _not_in_force(run: Run, why: Words) -> Difference:
    return whole(
        f"runs {run.id}",
        f"规则在 {run.as_of} 没有全部取值：{why.zh}",
        f"The programme has not all values on {run.as_of}: {why.en}",
    )
