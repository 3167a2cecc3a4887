"""That a change of rules leaves every value alone that has been in force: a new value is a new entry, none is edited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from office.refusal import Refused
from rules.program import DatedValue, Parameter, Program, Words


def must_keep_values(before: Program, after: Program, effective: date) -> None:
    """Refused, naming every parameter, where a value that begins before the change's first day is not as it was."""
    faults = tuple(_changed(before, after, effective))
    if faults:
        raise Refused(
            Words(
                f"有 {len(faults)} 个参数改动了 {effective} 以前的取值，没有公布。新的取值请另写一条，自施行日起。",
                f"{len(faults)} parameters change a value from before {effective}; nothing was published. "
                "Write a new value as a new entry that begins on the day the change counts from.",
            ),
            faults,
        )


def _changed(before: Program, after: Program, effective: date) -> Iterator[Words]:
    for name, parameter in before.parameters.items():
        kept = after.parameters.get(name)
        if kept is not None and _until(kept, effective) != _until(parameter, effective):
            yield Words(
                f"{parameter.title.zh}：原为 {_words(parameter, effective)}，现为 {_words(kept, effective)}",
                f"{parameter.title.en}: was {_words(parameter, effective)}, now {_words(kept, effective)}",
            )
    for name, parameter in after.parameters.items():
        if name not in before.parameters and _until(parameter, effective):
            yield Words(
                f"{parameter.title.zh}：新的参数，取值却自 {parameter.values[0].since} 起",
                f"{parameter.title.en}: a new parameter, with a value from {parameter.values[0].since} on",
            )


def _until(parameter: Parameter, effective: date) -> tuple[tuple[date, int], ...]:
    return tuple((v.since, v.value) for v in parameter.values if v.since < effective)


def _words(parameter: Parameter, effective: date) -> str:
    return "、".join(map(_one, (v for v in parameter.values if v.since < effective))) or "—"


def _one(value: DatedValue) -> str:
    return f"{value.value}（{value.since}）"
