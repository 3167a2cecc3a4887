"""The fields of one inspection in a form: text by English field name, every fault beside its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from data.register import Column, register
from data.words import Words
from pages.parts import address
from pages.parts.language import _, say

# Three fields a row, in the order of a paper form.
ROWS = (
    ("sampling_date", "result_date", "method"),
    ("conclusion", "reinspection_of", "agency"),
    ("item", "measured", "limit_value"),
)


class Fields:
    """Draws fields, keeps their values as text, and shows the faults once they are known."""

    def __init__(
        self, prefix: str, values: Mapping[str, str], originals: Mapping[str, str] | None = None
    ) -> None:
        self.prefix, self.start = prefix, values
        self.originals = originals
        self.cells: dict[str, str] = {}
        self.places: dict[str, Any] = {}

    def draw(self, rows: Sequence[Sequence[str]] = ROWS) -> None:
        """The fields row by row, each with a place for its faults."""
        for names in rows:
            for place, name in zip(st.columns(len(names)), names, strict=True):
                with place:
                    self.cells[name] = self._field(register("inspections").column(name))
                    self.places[name] = st.empty()

    def say_faults(self, faults: Mapping[str, Sequence[Words]]) -> None:
        """Each fault under its field; what has no field here, above the button."""
        for name, words in faults.items():
            told = " ".join(say(one) for one in words)
            self.places.get(name, st).error(told, icon=":material/error:")

    def _field(self, column: Column) -> str:
        start, key = self.start.get(column.name, ""), f"{self.prefix}_{column.name}"
        label = _label(column)
        about = say(column.description)
        if column.kind == "date":
            found = st.date_input(
                label,
                value=date.fromisoformat(start) if start else None,
                key=key,
                format="YYYY-MM-DD",
                min_value=address.FIRST_DAY,
                max_value=address.LAST_DAY,
                help=about,
            )
            return found.isoformat() if found else ""
        if column.kind == "choice":
            return self._choice(column, label, start, key, about)
        if column.name == "reinspection_of" and self.originals is not None:
            return self._original(label, start, key, about)
        return st.text_input(label, value=start, key=key, help=about)

    def _choice(self, column: Column, label: str, start: str, key: str, about: str) -> str:
        codes = list(column.choices)
        chosen = st.selectbox(
            label,
            codes,
            index=codes.index(start) if start else None,
            format_func=lambda code: say(column.choices[code]),
            key=key,
            placeholder=_("请选择"),
            help=about,
        )
        return chosen or ""

    def _original(self, label: str, start: str, key: str, about: str) -> str:
        """The samples of the good that may be re-inspected, with what they concluded."""
        told = self.originals or {}
        chosen = st.selectbox(
            label,
            list(told),
            index=list(told).index(start) if start in told else None,
            format_func=lambda number: told.get(number, number),
            key=key,
            placeholder=_("不是复检"),
            help=about,
        )
        return chosen or ""


def _label(column: Column) -> str:
    """A field's title with the unit of a number, and a star where it must be filled in."""
    unit = f" ({say(column.unit)})" if column.kind == "number" and column.unit else ""
    return say(column.title) + unit + (" *" if column.required else "")


def required_note() -> None:
    """What the stars mean."""
    st.caption(_("带 * 的必填；结果日期留空即为抽样日期。"))
