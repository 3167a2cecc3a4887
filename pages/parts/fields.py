"""The fields of one row of a register in a form: text by English field name, every fault beside its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from data.dates import EARLIEST, LATEST
from data.register import Column, Register
from data.words import Words
from pages.parts.language import _, say

A_ROW = 3  # fields beside each other


@dataclass(frozen=True)
class Options:
    """What may be chosen in a field of codes: words by code, and what stands there while nothing is chosen."""

    words: Mapping[str, str]
    none_chosen: str


class Fields:
    """Draws fields, keeps their values as text, and shows the faults once they are known.

    `values` is what the form begins with; a field with `options` is chosen instead of typed.
    """

    def __init__(
        self,
        register: Register,
        prefix: str,
        values: Mapping[str, str],
        options: Mapping[str, Options] | None = None,
    ) -> None:
        self.register, self.prefix, self.start = register, prefix, values
        self.options = options or {}
        self.cells: dict[str, str] = {}
        self.places: dict[str, Any] = {}

    def draw(self, rows: Sequence[Sequence[str]]) -> None:
        """The fields row by row, each with a place for its faults."""
        for names in rows:
            for place, name in zip(st.columns(max(A_ROW, len(names))), names, strict=False):
                with place:
                    self.cells[name] = self._field(self.register.column(name))
                    self.places[name] = st.empty()

    def say_faults(self, faults: Mapping[str, Sequence[Words]]) -> None:
        """Each fault under its field; what has no field here, above the button."""
        for name, words in faults.items():
            told = " ".join(say(one) for one in words)
            self.places.get(name, st).error(told, icon=":material/error:")

    def _field(self, column: Column) -> str:
        start, key = self.start.get(column.name, ""), f"{self.prefix}_{column.name}"
        if column.kind == "date":
            return self._day(column, start, key)
        if column.kind == "choice":
            words = {code: say(said) for code, said in column.choices.items()}
            return self._one(column, Options(words, _("请选择")), start, key)
        if column.kind == "yes_no":
            blank = _("请选择") if column.required else _("未填")
            return self._one(column, Options({"1": _("是"), "0": _("否")}, blank), start, key)
        if column.name in self.options:
            return self._one(column, self.options[column.name], start, key)
        return st.text_input(
            _label(column), value=start, key=key, help=say(column.description), placeholder=_example(column)
        )

    def _day(self, column: Column, start: str, key: str) -> str:
        found = st.date_input(
            _label(column),
            value=date.fromisoformat(start) if start else None,
            key=key,
            format="YYYY-MM-DD",
            min_value=EARLIEST,
            max_value=LATEST,
            help=say(column.description),
        )
        return found.isoformat() if found else ""

    def _one(self, column: Column, options: Options, start: str, key: str) -> str:
        codes = list(options.words)
        chosen = st.selectbox(
            _label(column),
            codes,
            index=codes.index(start) if start in options.words else None,
            format_func=lambda code: options.words.get(code, code),
            key=key,
            placeholder=options.none_chosen,
            help=say(column.description),
        )
        return chosen or ""


def in_rows(names: Sequence[str]) -> list[tuple[str, ...]]:
    """Fields in the order of the register, as many beside each other as fit."""
    return [tuple(names[at : at + A_ROW]) for at in range(0, len(names), A_ROW)]


def _label(column: Column) -> str:
    """A field's title with the unit of a number, and a star where it must be filled in."""
    unit = f" ({say(column.unit)})" if column.kind == "number" and column.unit else ""
    return say(column.title) + unit + (" *" if column.required else "")


def _example(column: Column) -> str | None:
    """How a month is written; other fields explain themselves by their help."""
    return column.example if column.kind == "month" else None


def required_note(register: Register) -> None:
    """What the stars mean, and what a blank stands for."""
    blanks = [
        _("{blank}留空即为{other}").format(
            blank=say(register.column(blank).title), other=say(register.column(other).title)
        )
        for blank, other in register.blank_is.items()
    ]
    st.caption(_("；").join([_("带 * 的必填"), *blanks]) + _("。"))
