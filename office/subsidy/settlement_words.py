"""A settlement's states and steps in words, and what is said where another step was taken already."""

from __future__ import annotations

from collections.abc import Mapping

from data.casework.settlements import Settlement
from office.refusal import Refused, refuse
from rules.program import Words

STATES: Mapping[str, Words] = {
    "draft": Words("待复核", "to be checked"),
    "checked": Words("待确认", "to be confirmed"),
    "confirmed": Words("已确认", "confirmed"),
    "discarded": Words("已作废", "discarded"),
}
STEPS: Mapping[str, Words] = {
    "check": Words("复核", "check"),
    "confirm": Words("确认", "confirm"),
    "discard": Words("作废", "discard"),
}
DONE: Mapping[str, Words] = {
    "check": Words("复核", "checked"),
    "confirm": Words("确认", "confirmed"),
    "discard": Words("作废", "discarded"),
}


def done_already(found: Settlement, kind: str, asked: str | None = None) -> Refused:
    """The refusal of a step after `kind` was taken; `asked`: of another step than that."""
    step, done = found.steps[kind], DONE[kind]
    wished = STEPS[asked or kind]
    return refuse(
        f"{found.number} 已由 {step.recorded_by} 于 {step.done_on} {done.zh}，不能再{wished.zh}。没有改动任何内容。",
        f"{found.number} was {done.en} by {step.recorded_by} on {step.done_on}, so nobody can {wished.en} it any more."
        " Nothing was changed.",
    )


def one_at_a_time(open_one: Settlement) -> Refused:
    """The refusal to draft beside an open draft."""
    state = STATES[open_one.state]
    return refuse(
        f"{open_one.number}（{open_one.recorded_by} 于 {open_one.done_on} 起草）还是草稿（{state.zh}）。"
        "请先把它确认或作废，再起草下一次结算。",
        f"{open_one.number}, drafted by {open_one.recorded_by} on {open_one.done_on}, is still {state.en}."
        " Confirm or discard it before drafting the next one.",
    )
