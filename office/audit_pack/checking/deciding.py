"""Every decision again: from its frozen facts, and from the registers as they were known on its day."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from .canonical import json_text
from .chain import Entry
from .facts import facts_of
from .heads import Heads
from .pack import Pack
from .programme import NotReadable, Programme
from .registers import Registers
from .told import Difference, shown

Progress = Callable[[int, int], None]
STEP = 5_000  # decisions from one word of progress to the next
CANNOT = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError)


@dataclass(frozen=True)
class Run:
    """A run with its programme and values, ready to decide again."""

    id: int
    scope: str
    day: str
    known_at: str
    programme: Programme
    values: Mapping[str, int]
    goods: int


@dataclass
class Known:
    """What acts and findings ask of decisions: (subject, benefit, verdict, day) of those ids."""

    wanted: set[int]
    found: dict[int, tuple[str, str, str, str]] = field(default_factory=dict)


class Programmes:
    """The programmes of the pack by digest, each read once; None where its text cannot be followed."""

    def __init__(self, pack: Pack) -> None:
        digest, text = pack.table("programs").at("digest", "text")
        self._texts = {str(row[digest]): str(row[text]) for row in pack.rows("programs")}
        self._read: dict[str, Programme | str] = {}

    def of(self, digest: str) -> Programme | str:
        """The programme, or why it cannot be followed."""
        if digest not in self._read:
            try:
                self._read[digest] = Programme(self._texts[digest])
            except (NotReadable, *CANNOT) as error:
                self._read[digest] = f"{type(error).__name__}: {error}"
        return self._read[digest]


def check_decisions(
    pack: Pack, entries: Sequence[Entry], programmes: Programmes, wanted: Known, progress: Progress
) -> Iterator[Difference]:
    """What would be decided otherwise, run by run; no decision missing and none too many."""
    table = pack.table("runs")
    runs = {row[0]: dict(zip(table.columns, row, strict=True)) for row in pack.rows("runs")}
    registers, heads = Registers(pack), Heads(pack, entries)
    done = 0
    for number, rows in _by_run(pack, runs):
        yield from heads.faults(f"runs {number}", runs[number], str(runs[number]["as_of"]))
        made = _run(runs[number], programmes)
        again = _Again(registers, made, wanted) if isinstance(made, Run) else None
        if isinstance(made, Difference):
            yield made
        goods: set[Any] = set()
        for row in rows:
            goods.add(row[2])
            if again is not None:
                yield from again.compared(row)
            done += 1
            if done % STEP == 0:
                progress(done, pack.table("decisions").count)
        if again is not None:
            yield from again.missing()
        if len(goods) != runs[number]["goods"]:
            zh = f"goods：存档的是 {runs[number]['goods']} 个产品，判定了 {len(goods)} 个。"
            en = f"goods: recorded are {runs[number]['goods']}, decided were {len(goods)}."
            yield Difference(f"runs {number}", zh, en)


def _by_run(pack: Pack, runs: Mapping[Any, Any]) -> Iterator[tuple[Any, Iterable[list[Any]]]]:
    """Every run with its decisions; at the end those that have none."""
    left = dict.fromkeys(runs)
    for number, rows in groupby(pack.rows("decisions"), key=lambda row: row[1]):
        left.pop(number, None)
        yield number, rows
    for number in left:
        yield number, ()


def _run(told: dict[str, Any], programmes: Programmes) -> Run | Difference:
    place, programme = f"runs {told['id']}", programmes.of(told["digest"])
    if isinstance(programme, str):
        zh = f"所用规则的文本不能判定（{programme}）。"
        return Difference(place, zh, f"The text of its programme cannot be followed ({programme}).")
    values = values_told(place, told, told["as_of"], programme)
    if isinstance(values, Difference):
        return values
    return Run(
        *(told["id"], told["scope"], told["as_of"], told["known_at"]),
        *(programme, values, told["goods"]),
    )


def values_told(
    place: str, told: Mapping[str, Any], day: str, programme: Programme
) -> dict[str, int] | Difference:
    """The values that were kept, if they are those that the programme has on the day."""
    try:
        values: dict[str, int] = json.loads(told["parameters"])
        dated = programme.values_on(day)
    except CANNOT as error:
        return Difference(place, f"参数取值读不懂（{error}）。", f"Its values cannot be read ({error}).")
    if json_text(values) == json_text(dated):
        return values
    zh = f"parameters：规则在 {day} 的取值是 {dated}，这里是 {values}。"
    en = f"parameters: the programme's values on {day} are {dated}, here {values}."
    return Difference(place, zh, en)


class _Again:
    """One run decided again; answers that rest on the same facts are computed once."""

    def __init__(self, registers: Registers, run: Run, wanted: Known) -> None:
        self._registers, self._run, self._wanted = registers, run, wanted
        self._left = {
            (f"{good.household_no}/{good.product_code}", benefit): (entity, good)
            for entity, good in registers.goods_on(run.day, run.known_at)
            for benefit in run.programme.benefits
            if run.scope in ("", f"{good.household_no}/{good.product_code}")
        }
        self._of_good: dict[int, tuple[str, str]] = {}
        self._answers: dict[tuple[str, str], tuple[str, str, int]] = {}

    def compared(self, row: list[Any]) -> Iterator[Difference]:
        """One decision: its findings, verdict and row from its facts; its facts and evidence from the registers."""
        number, _, entity, subject, benefit, verdict, at, findings, facts, evidence = row
        if number in self._wanted.wanted:
            self._wanted.found[number] = (subject, benefit, verdict, self._run.day)
        place = f"decisions {number} ({shown(subject)}, {shown(benefit)})"
        here = self._left.pop((subject, benefit), None)
        if here is None or here[0] != entity:
            zh = "subject、benefit：登记簿里当日没有此产品，或没有此项待遇。"
            yield Difference(
                place, zh, "subject, benefit: there is no such good that day, or no such benefit."
            )
            return
        try:
            again = self._answered(benefit, facts)
            from_registers = self._known(entity, here[1])
        except (NotReadable, *CANNOT) as error:
            why = f"{type(error).__name__}: {error}"
            yield Difference(place, f"不能重新判定（{why}）。", f"It cannot be decided again ({why}).")
            return
        frozen = {"findings": findings, "verdict": verdict, "row": at}
        yield from otherwise(place, frozen, dict(zip(frozen, again, strict=True)), *FROM_FACTS)
        kept = {"facts": facts, "evidence": evidence}
        yield from otherwise(place, kept, dict(zip(kept, from_registers, strict=True)), *FROM_REGISTERS)

    def missing(self) -> Iterator[Difference]:
        """Goods of the day that the run should have decided and did not."""
        for subject, benefit in self._left:
            zh, en = f"缺少 {subject} {benefit} 的判定。", f"There is no decision about {subject} {benefit}."
            yield Difference(f"runs {self._run.id}", zh, en)

    def _answered(self, benefit: str, facts: str) -> tuple[str, str, int]:
        if (benefit, facts) not in self._answers:
            self._answers[benefit, facts] = answered(self._run.programme, self._run.values, benefit, facts)
        return self._answers[benefit, facts]

    def _known(self, entity: int, good: Any) -> tuple[str, str]:
        if entity not in self._of_good:
            run = self._run
            known = facts_of(self._registers, run.programme, run.values, entity, good, run.day, run.known_at)
            self._of_good = {entity: (json_text(known.facts), json_text(known.evidence))}
        return self._of_good[entity]


FROM_FACTS = ("按存档的事实", "from its frozen facts")
FROM_REGISTERS = ("按登记簿", "from the registers")


def answered(
    programme: Programme, values: Mapping[str, int], benefit: str, facts: str
) -> tuple[str, str, int]:
    """Findings (canonical text), verdict and row from the frozen facts."""
    found = programme.findings(json.loads(facts), values)
    verdict, row = programme.answer(benefit, found)
    return json_text(found), verdict, row


def otherwise(
    place: str, frozen: Mapping[str, Any], again: Mapping[str, Any], zh: str, en: str
) -> Iterator[Difference]:
    """The first column that comes out otherwise, and in an object the first name."""
    for column, was in frozen.items():
        if was != again[column]:
            name, before, now = _first_name(column, was, again[column])
            yield Difference(
                place,
                f"{name}：存档的是 {shown(before)}，{zh}重算是 {shown(now)}。",
                f"{name}: kept as {shown(before)}, again {en}: {shown(now)}.",
            )
            return


def _first_name(column: str, was: Any, now: Any) -> tuple[str, Any, Any]:
    try:
        before, after = json.loads(was), json.loads(now)
        for name in sorted({*before, *after}):
            if json_text(before.get(name)) != json_text(after.get(name)):
                return f"{column}.{name}", before.get(name), after.get(name)
    except CANNOT:
        pass
    return column, was, now
