"""A programme file's text → the same text with a dated value added or replaced; everything else stays to the byte.

The text need not be a faultless programme, only TOML: a draft is mended step by step.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array, InlineTable

from rules.faults import told
from rules.program import Words

Values = list[dict[str, Any]]


class CannotEdit(ValueError):
    """The text cannot be changed this way; nothing was."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def with_value(text: str, parameter: str, since: date, value: int, note: str = "") -> str:
    """The text in which the parameter has this value from that day on: a new entry, or that day's replaced.

    Raises CannotEdit where the text is no TOML or has no such parameter with a list of dated values.
    """
    entry = {"from": since, "value": value, **({"note": note} if note else {})}
    return _changed(text, parameter, lambda values: _place(values, since, entry))


def without_value(text: str, parameter: str, since: date) -> str:
    """The text without the value of that day. Raises CannotEdit, also for a day without one and for the only value."""
    return _changed(text, parameter, lambda values: _take_out(values, parameter, since))


def dated_in(text: str, parameter: str) -> Values:
    """The dated values of a parameter as they stand in the text. Raises CannotEdit."""
    return _values(_read(text), parameter)


def _changed(text: str, parameter: str, change: Callable[[Any], None]) -> str:
    before = _read(text)
    _values(before, parameter)
    try:
        document = tomlkit.parse(text)
        change(cast(Any, document)["parameters"][parameter]["values"])
        found = document.as_string()
    except (TOMLKitError, KeyError, TypeError, AttributeError) as error:
        raise _cannot(parameter) from error
    after = _read(found)
    if _without(before, parameter) != _without(after, parameter):  # it has changed something else too
        raise _cannot(parameter)
    return found


def _place(values: Any, since: date, entry: Mapping[str, Any]) -> None:
    if isinstance(values, AoT):
        values.body[:] = _ordered(values, since, _table(entry))
        return
    at = next((i for i, one in enumerate(values) if one["from"] >= since), len(values))
    if at < len(values) and values[at]["from"] == since:
        values[at] = _inline(entry)
        return
    one_line = "\n" not in values.as_string()
    cast(Array, values).insert(at, _inline(entry))
    if one_line:
        values.multiline(True)


def _ordered(values: AoT, since: date, table: Any) -> list[Any]:
    others = [one for one in values.body if one["from"] != since]
    return sorted([*others, table], key=lambda one: one["from"])


def _take_out(values: Any, parameter: str, since: date) -> None:
    at = next((i for i, one in enumerate(values) if one["from"] == since), None)
    if at is None:
        raise CannotEdit(told("{}没有自 {} 起的取值", "{} has no value from {} on", parameter, since))
    if len(values) == 1:
        raise CannotEdit(
            told("{}只有这一个取值，不能去掉", "it is the only value of {} and stays", parameter)
        )
    del values[at]


def _inline(entry: Mapping[str, Any]) -> InlineTable:
    """An entry as the files write it: `{ from = 2021-11-01, value = 365 }`."""
    parts = (f"{key} = {tomlkit.item(value).as_string()}" for key, value in entry.items())
    return cast(InlineTable, tomlkit.parse(f"entry = {{ {', '.join(parts)} }}")["entry"])


def _table(entry: Mapping[str, Any]) -> Any:
    table = tomlkit.table()
    for key, value in entry.items():
        table.append(key, value)
    table.add(tomlkit.nl())
    return table


def _read(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        reason = str(error)
        raise CannotEdit(
            told("文件还不是合法的 TOML：{}", "the file is no valid TOML yet: {}", Words(reason, reason))
        ) from error


def _values(document: Mapping[str, Any], parameter: str) -> Values:
    """The parameter's values where they are what they should be."""
    found = document
    for key in ("parameters", parameter):
        found = found.get(key, {}) if isinstance(found, dict) else {}
    values = found.get("values") if isinstance(found, dict) else None
    if not isinstance(values, list) or not all(_is_entry(one) for one in values):
        raise _cannot(parameter)
    return values


def _is_entry(one: object) -> bool:
    return isinstance(one, dict) and type(one.get("from")) is date


def _without(document: Mapping[str, Any], parameter: str) -> dict[str, Any]:
    """The document without the parameter's values, to see that nothing else differs."""
    parameters = dict(document["parameters"])
    parameters[parameter] = {key: v for key, v in parameters[parameter].items() if key != "values"}
    return {**document, "parameters": parameters}


def _cannot(parameter: str) -> CannotEdit:
    return CannotEdit(
        told(
            "参数{}的取值在文件里写得不合规，请直接在文件文本里改",
            "the values of the parameter {} are not written as they should be: change them in the file's text",
            parameter,
        )
    )
