"""What a programme asks, in words: a test, a latch's gates, a row of the answers, a fact."""

from __future__ import annotations

from collections.abc import Sequence

from rules.program import COUNT_OPERATORS, Comparison, Fact, Gate, Named, Program, Test, Words
from rules.slip import value_words

_COUNTED = {
    "at_least": Words("不少于", "at least"),
    "at_most": Words("不超过", "at most"),
    "more_than": Words("多于", "more than"),
    "less_than": Words("少于", "less than"),
}
_KINDS = {
    "choice": Words("选项", "a choice"),
    "yes_no": Words("是或否", "yes or no"),
    "count": Words("数目", "a count"),
}


def test_words(program: Program, test: Test, *, of_event: bool = False) -> Words:
    """A test as a sentence; parts of a group stand in brackets."""
    if isinstance(test, Named):
        known = program.event_conditions if of_event else program.conditions
        return Words(f"“{known[test.condition].text.zh}”", f'"{known[test.condition].text.en}"')
    if isinstance(test, Comparison):
        return _comparison(program, test, of_event)
    parts = [test_words(program, part, of_event=of_event) for part in test.parts]
    zh, en = ("且", "and") if test.word == "all" else ("或", "or")
    return Words(
        "（" + f" {zh} ".join(p.zh for p in parts) + "）", "(" + f" {en} ".join(p.en for p in parts) + ")"
    )


def gate_words(program: Program, gate: Gate) -> Words:
    """What sets or clears a latch."""
    names = [program.event_conditions[name].text for name in gate.conditions]
    zh, en = ("任一", "any of") if gate.word == "any" else ("全部", "all of")
    return Words(f"{zh}：" + "、".join(n.zh for n in names), f"{en}: " + ", ".join(n.en for n in names))


def fact_words(fact: Fact) -> Words:
    """What a fact may be."""
    kind = _KINDS[fact.kind]
    zh, en = [kind.zh], [kind.en]
    if fact.choices:
        zh[0] += "（" + "、".join(value_words(c).zh for c in fact.choices) + "）"
        en[0] += " (" + ", ".join(value_words(c).en for c in fact.choices) + ")"
    if fact.may_be_unknown:
        zh.append("可以未知")
        en.append("may be unknown")
    if fact.more_is:
        zh.append("越多越差" if fact.more_is == "worse" else "越多越好")
        en.append(f"more is {fact.more_is}")
    return Words("，".join(zh), ", ".join(en))


def _comparison(program: Program, test: Comparison, of_event: bool) -> Words:
    fact = (program.events if of_event else program.facts)[test.fact]
    title = fact.title or Words(fact.name, fact.name)
    if test.operator in COUNT_OPERATORS:
        word = _COUNTED[test.operator]
        side = Words(str(test.value), str(test.value))
        if isinstance(test.value, str):
            name = program.parameters[test.value].title
            side = Words(f"“{name.zh}”", f'"{name.en}"')
        return Words(f"{title.zh}{word.zh}{side.zh}", f"{title.en} {word.en} {side.en}")
    values: Sequence[str | bool] = test.value if isinstance(test.value, tuple) else (test.value,)  # type: ignore[assignment]
    words = [value_words(value) for value in values]
    zh, en = "或".join(w.zh for w in words), " or ".join(w.en for w in words)
    is_not = test.operator == "is_not"
    return Words(
        f"{title.zh}{'不为' if is_not else '为'}{zh}", f"{title.en} {'is not' if is_not else 'is'} {en}"
    )
