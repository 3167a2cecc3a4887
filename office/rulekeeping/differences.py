"""In what a draft differs from what is in force, part by part and in words: values, facts, conditions, rows.

A difference of the text alone (comments, order, spaces) is none here; `text_lines` shows those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher, unified_diff
from typing import Literal

from office.cited import value_words
from office.rule_book import row_words
from office.rulekeeping.tests_in_words import fact_words, gate_words, test_words
from rules.program import Benefit, Citation, Condition, Latch, Parameter, Program, Words
from rules.slip import verdict_words

Mark = Literal["added", "removed", "changed"]
KINDS = {
    "top": Words("总则", "Heading"),
    "parameter": Words("参数", "Value"),
    "value": Words("取值", "Dated value"),
    "event": Words("检验事实", "Fact of an inspection"),
    "event_condition": Words("检验条件", "Condition on an inspection"),
    "latch": Words("状态", "Standing"),
    "fact": Words("事实", "Fact"),
    "condition": Words("条件", "Condition"),
    "benefit": Words("事项", "Benefit"),
    "row": Words("判定行", "Row of answers"),
}
_READINGS = {
    "text": Words("方案原文", "the plan's words"),
    "office": Words("办公室口径", "a reading of the office"),
}


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was; `aspect` says what of it (None: the whole of it)."""

    mark: Mark
    kind: str
    title: Words
    aspect: Words | None = None
    before: Words | None = None
    after: Words | None = None


@dataclass(frozen=True)
class _Part:
    kind: str
    title: Words
    said: Mapping[str, tuple[Words, Words]] = field(default_factory=dict)  # aspect → its title, what it says


def differences(before: Program, after: Program) -> tuple[Difference, ...]:
    """Everything that a programme says otherwise than another, in the order of the file."""
    old, new = dict(_parts(before)), dict(_parts(after))
    found: list[Difference] = []
    for key in [*old, *(key for key in new if key not in old)]:
        found += _compared(old.get(key), new.get(key))
    for name in (name for name in before.benefits if name in after.benefits):
        found += _rows(before, after, name)
    return tuple(found)


def text_lines(before: str, after: str) -> str:
    """The two texts as a unified diff of their lines; empty where they are the same."""
    return "".join(unified_diff(before.splitlines(True), after.splitlines(True), "before", "after", n=2))


def _compared(old: _Part | None, new: _Part | None) -> Iterator[Difference]:
    if old is None or new is None:
        part = new or old
        assert part is not None
        whole = _joined(part)
        yield Difference(
            "removed" if new is None else "added",
            part.kind,
            part.title,
            before=whole if new is None else None,
            after=None if new is None else whole,
        )
        return
    for aspect in [*old.said, *(a for a in new.said if a not in old.said)]:
        was, now = old.said.get(aspect), new.said.get(aspect)
        if was != now:
            title = (now or was or (None,))[0]
            yield Difference(
                "changed", new.kind, new.title, title, was[1] if was else None, now[1] if now else None
            )


def _joined(part: _Part) -> Words:
    said = [words for aspect, (_, words) in part.said.items() if aspect not in ("title", "cited")]
    return Words("；".join(w.zh for w in said), "; ".join(w.en for w in said))


def _parts(program: Program) -> Iterator[tuple[str, _Part]]:
    yield "top", _Part("top", program.title, _top(program))
    for name, parameter in program.parameters.items():
        yield f"parameters.{name}", _Part("parameter", parameter.title, _parameter(parameter))
        for dated in parameter.values:
            said = value_words(parameter, dated.value)
            words = {"value": (Words("取值", "value"), said)}
            if dated.note:
                words["note"] = (Words("说明", "note"), Words(dated.note, dated.note))
            day = dated.since.isoformat()
            title = Words(f"{parameter.title.zh}（自 {day}）", f"{parameter.title.en} (from {day})")
            yield f"parameters.{name}.{day}", _Part("value", title, words)
    for kind, facts in (("event", program.events), ("fact", program.facts)):
        for name, fact in facts.items():
            title = fact.title or Words(name, name)
            yield f"{kind}.{name}", _Part(kind, title, {"title": _title(title), "is": _is(fact_words(fact))})
    for name, one in program.event_conditions.items():
        yield f"event_conditions.{name}", _Part("event_condition", one.text, _condition(program, one, True))
    for name, latch in program.latches.items():
        yield f"latches.{name}", _Part("latch", latch.text, _latch(program, latch))
    for name, one in program.conditions.items():
        yield f"conditions.{name}", _Part("condition", one.text, _condition(program, one, False))
    for name, benefit in program.benefits.items():
        yield f"benefits.{name}", _Part("benefit", benefit.title, _benefit(program, benefit))


def _top(program: Program) -> dict[str, tuple[Words, Words]]:
    better = [verdict_words(verdict) for verdict in program.better]
    order = Words("、".join(w.zh for w in better), ", ".join(w.en for w in better))
    return {
        "program": (Words("名称", "name"), Words(program.program, program.program)),
        "title": _title(program.title),
        "source": (Words("依据", "source"), Words(program.source, program.source)),
        "subject": (Words("对象", "subject"), Words(program.subject, program.subject)),
        "better": (Words("结论（从最差到最好）", "verdicts, worst first"), order),
    }


def _parameter(parameter: Parameter) -> dict[str, tuple[Words, Words]]:
    low, high = (value_words(parameter, end) for end in (parameter.low, parameter.high))
    span = Words(f"{low.zh} 至 {high.zh}", f"{low.en} to {high.en}")
    return {
        "title": _title(parameter.title),
        "range": (Words("允许范围", "range"), span),
        "cited": _cited(parameter.citation),
    }


def _condition(program: Program, one: Condition, of_event: bool) -> dict[str, tuple[Words, Words]]:
    asked = test_words(program, one.test, of_event=of_event)
    return {"title": _title(one.text), "test": (Words("测试", "test"), asked), "cited": _cited(one.citation)}


def _latch(program: Program, latch: Latch) -> dict[str, tuple[Words, Words]]:
    return {
        "title": _title(latch.text),
        "set": (Words("何时成立", "set when"), gate_words(program, latch.set_when)),
        "clear": (Words("何时解除", "cleared when"), gate_words(program, latch.clear_when)),
        "cited": _cited(latch.citation),
    }


def _benefit(program: Program, benefit: Benefit) -> dict[str, tuple[Words, Words]]:
    found = {"title": _title(benefit.title)}
    for name, citation in benefit.readings.items():
        source = program.conditions.get(name) or program.latches[name]
        title, said = _cited(citation)
        found[f"cited {name}"] = (
            Words(f"{title.zh}：{source.text.zh}", f"{title.en}: {source.text.en}"),
            said,
        )
    return found


def _rows(before: Program, after: Program, name: str) -> Iterator[Difference]:
    """Rows of a benefit that came, went or stand elsewhere, by the number they have in the file."""
    old, new = (
        [_row(program, program.benefits[name], i) for i in range(len(program.benefits[name].rows))]
        for program in (before, after)
    )
    title = after.benefits[name].title
    for tag, i, until, j, up_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for at in range(max(until - i, up_to - j)):
            was = old[i + at] if i + at < until else None
            now = new[j + at] if j + at < up_to else None
            mark: Mark = "changed" if was and now else "added" if now else "removed"
            number = j + at + 1 if now else i + at + 1
            yield Difference(mark, "row", title, Words(f"第 {number} 行", f"row {number}"), was, now)


def _row(program: Program, benefit: Benefit, at: int) -> Words:
    row = benefit.rows[at]
    when, verdict = row_words(program, benefit, row), verdict_words(row.verdict)
    return Words(f"{verdict.zh}：{when.zh}", f"{verdict.en}: {when.en}")


def _title(words: Words) -> tuple[Words, Words]:
    return Words("名称", "title"), words


def _is(words: Words) -> tuple[Words, Words]:
    return Words("类型", "type"), words


def _cited(citation: Citation) -> tuple[Words, Words]:
    reading = _READINGS[citation.reading]
    note = f"（{citation.note}）" if citation.note else ""
    said = f"{citation.clause}“{citation.quote}”{note}"
    return Words("依据", "rests on"), Words(f"{reading.zh}：{said}", f"{reading.en}: {said}")
