"""What the proof found, in plain words: each fault with one concrete example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rules.combinations import Axis
from rules.faults import told
from rules.program import Program, Scalar, Words
from rules.slip import CHOICES, VERDICTS

ProofKind = Literal[
    "gap",
    "unreachable",
    "unused",
    "not_monotone",
    "never_set",
    "never_cleared",
    "set_and_cleared",
    "not_exhausted",
]


@dataclass(frozen=True)
class ProofFault:
    """One fault of a programme: its kind, the key it stands under, and facts that show it ({} if none do)."""

    kind: ProofKind
    where: str
    example: dict[str, Scalar]
    message: Words


def case_in_words(program: Program, example: Mapping[str, Scalar], *, of_event: bool = False) -> Words:
    """The facts of an example, each by its title with its value."""
    parts = [
        told("{}为{}", "{} is {}", _quoted(title_of(program, name, of_event=of_event)), value_in_words(value))
        for name, value in example.items()
    ]
    return _listed(parts)


class CaseWords:
    """Many combinations of the same axes as facts and in words; the words of each value are made once."""

    def __init__(self, program: Program, axes: Sequence[Axis]) -> None:
        self._axes = axes
        self._parts = [[case_in_words(program, {axis.name: value}) for value in axis.values] for axis in axes]

    def example(self, places: Sequence[int]) -> dict[str, Scalar]:
        """The combination as facts."""
        return {axis.name: axis.values[place] for axis, place in zip(self._axes, places, strict=True)}

    def words(self, places: Sequence[int]) -> Words:
        """The combination in words."""
        return _listed([parts[place] for parts, place in zip(self._parts, places, strict=True)])


def title_of(program: Program, name: str, *, of_event: bool = False) -> Words:
    """What a fact of a day or of an event, or a latch, is called."""
    fact = (program.events if of_event else program.facts).get(name)
    if fact is not None:
        return fact.title or Words(name, name)
    latch = program.latches.get(name)
    return latch.text if latch is not None else Words(name, name)


def _listed(parts: Sequence[Words]) -> Words:
    if not parts:
        return Words("任何情况", "any case")
    return Words("，".join(p.zh for p in parts), ", ".join(p.en for p in parts))


def value_in_words(value: Scalar) -> Words:
    """A fact's value as a sentence names it."""
    if value is None:
        return Words("未知", "unknown")
    if isinstance(value, bool):
        return Words("是", "yes") if value else Words("否", "no")
    return _quoted(CHOICES[value]) if value in CHOICES else told("{}", "{}", value)


def _verdict(verdict: str) -> Words:
    """A verdict as the office says it, in quotes."""
    return _quoted(VERDICTS[verdict]) if verdict in VERDICTS else told("{}", "{}", verdict)


def _quoted(title: Words) -> Words:
    return Words(f"「{title.zh}」", f'"{title.en}"')


def gap(program: Program, benefit: str, example: dict[str, Scalar], case: Words) -> ProofFault:
    """A combination that no row answers, as facts and in words."""
    message = told(
        "{}没有一行给出结论的情况：{}",
        "no row of {} answers this case: {}",
        _quoted(program.benefits[benefit].title),
        case,
    )
    return ProofFault("gap", f"benefits.{benefit}", example, message)


def gaps_left_out(program: Program, benefit: str, number: int) -> ProofFault:
    """More combinations without a verdict than the `number` that are listed one by one."""
    zh, en = "{}没有结论的情况多于列出的 {} 种", "{} has more cases without a verdict than the {} listed"
    message = told(zh, en, _quoted(program.benefits[benefit].title), number)
    return ProofFault("not_exhausted", f"benefits.{benefit}", {}, message)


def unreachable(
    program: Program, benefit: str, row: int, taken_by: int | None, example: dict[str, Scalar]
) -> ProofFault:
    """A row that never gives its verdict: nothing meets it, or earlier rows take all that does."""
    rows = program.benefits[benefit].rows
    own = (row + 1, _verdict(rows[row].verdict))
    where = f"benefits.{benefit}.verdicts[{row + 1}]"
    if taken_by is None:
        zh = "第 {} 行（{}）永远轮不到：没有任何情况符合它"
        en = "row {} ({}) can never be reached: no case meets it"
        return ProofFault("unreachable", where, example, told(zh, en, *own))
    message = told(
        "第 {} 行（{}）永远轮不到：符合它的情况都由前面的行给出结论，例如由第 {} 行（{}）：{}",
        "row {} ({}) can never be reached: rows above answer all that meets it, row {} ({}) this case: {}",
        *own,
        taken_by + 1,
        _verdict(rows[taken_by].verdict),
        case_in_words(program, example),
    )
    return ProofFault("unreachable", where, example, message)


def unused(kind: Literal["conditions", "event_conditions"], name: str) -> ProofFault:
    """A condition that nothing names."""
    zh, en = ("条件", "condition") if kind == "conditions" else ("事件条件", "event condition")
    message = told("{}{}没有任何地方用到", "the {} {} is used nowhere", Words(zh, en), name)
    return ProofFault("unused", f"{kind}.{name}", {}, message)


def not_monotone(
    program: Program,
    benefit: str,
    fact: str,
    worse: tuple[dict[str, Scalar], str],
    better: tuple[dict[str, Scalar], str],
) -> ProofFault:
    """A worse value of a fact that brings a better verdict; each side is its case and its verdict."""
    title = program.facts[fact].title or Words(fact, fact)
    message = told(
        "{}：{}由 {} 变差为 {}，结论却由{}变好为{}，其余不变：{}",
        "{}: {} gets worse, from {} to {}, yet the verdict gets better, from {} to {}; all else equal: {}",
        _quoted(program.benefits[benefit].title),
        _quoted(title),
        better[0][fact],
        worse[0][fact],
        _verdict(better[1]),
        _verdict(worse[1]),
        case_in_words(program, {name: value for name, value in worse[0].items() if name != fact}),
    )
    return ProofFault("not_monotone", f"benefits.{benefit}", worse[0], message)


def latch_fault(
    program: Program,
    kind: Literal["never_set", "never_cleared", "set_and_cleared"],
    latch: str,
    example: dict[str, Scalar],
) -> ProofFault:
    """A latch that no event sets, that no event clears, or that one event does both to."""
    zh, en = {
        "never_set": ("没有任何一次事件能使{}成立{}", "no event can set {}{}"),
        "never_cleared": ("没有任何一次事件能解除{}{}", "no event can clear {}{}"),
        "set_and_cleared": ("同一次事件既使{}成立又将其解除：{}", "one event both sets and clears {}: {}"),
    }[kind]
    case = case_in_words(program, example, of_event=True) if example else Words("", "")
    message = told(zh, en, _quoted(program.latches[latch].text), case)
    return ProofFault(kind, f"latches.{latch}", example, message)


def not_exhausted(where: str, title: Words, number: int, limit: int) -> ProofFault:
    """More combinations than are gone through: nothing is said about them."""
    message = told(
        "{}有 {} 种情况，超过可逐一检查的 {} 种，均未检查",
        "{} has {} cases, more than the {} that are gone through one by one; none of them was checked",
        _quoted(title),
        Words(_large(number), _large(number)),
        limit,
    )
    return ProofFault("not_exhausted", where, {}, message)


def too_much(where: str, title: Words, number: int, conditions: int) -> ProofFault:
    """Fewer combinations than that, but with more to ask of each than one proof can: nothing is said about them."""
    message = told(
        "{}有 {} 种情况，每种都要核对 {} 个条件，超过一次证明能做的量，均未检查；可减少条件中的比较或取值的种类",
        "{} has {} cases with {} conditions to be asked of each, more than one proof can go through; none of them was"
        " checked. Fewer comparisons or values would make it possible",
        _quoted(title),
        Words(_large(number), _large(number)),
        conditions,
    )
    return ProofFault("not_exhausted", where, {}, message)


def events_left_out(where: str, title: Words, looked_at: int) -> ProofFault:
    """After so many combinations of running figures it is still not known whether one event can be so."""
    message = told(
        "{}：已逐一核对 {} 种检验情形，其余的未检查，不能断定有没有一次检验能触发、解除它，或两者兼有",
        "{}: {} kinds of events were looked at one by one and the rest was not checked; whether one event can set it,"
        " clear it or do both is not known",
        _quoted(title),
        looked_at,
    )
    return ProofFault("not_exhausted", where, {}, message)


def _large(number: int) -> str:
    return f"{number:,}" if number < 10**30 else f"10^{number.bit_length() * 30103 // 100000}"
