"""The rows behind a figure, counted or missing: register by register, each opening its row in the registers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from data.lists import ListColumn, list_xlsx
from data.people import Person
from data.register import REGISTERS
from data.store import Database
from data.versions import Key
from office.registry.linking import row_address
from office.targets.closing import names_of_places
from office.targets.measuring import Standing
from office.targets.row_names import rows_called
from office.targets.rows_behind import rows_behind
from pages.parts import address
from pages.parts.choices import one_of_few, one_or_all
from pages.parts.files import XLSX
from pages.parts.language import Lang, _, _n, in_language, lang, say, translate
from pages.parts.tables import row_hint, table_height
from pages.parts.targets_detail import no_data

MOST_ROWS = 10
Row = tuple[str, Key]


def show_rows(db: Database, day: date, standing: Standing, person: Person) -> None:
    """Which rows count and which are missing; a chosen one opens in the registers, for those who work there."""
    name = standing.target.name
    if standing.counted.value is None:
        no_data(standing)
        return
    sides = {"counted": _("计入的"), "missing": _("还缺的")}
    places = {code: found[0] for code, found in names_of_places(db, "township").items()}
    left, middle, right = st.columns([1.6, 1.6, 1.2], vertical_alignment="bottom")
    with left:
        side = one_of_few("side", "targets_side", _("看哪些行"), sides, "counted")
    with middle:
        township = one_or_all("targets", "township", _("乡镇"), places)
    found = rows_behind(db, name, day, side="missing" if side == "missing" else "counted", township=township)
    rows = [(register, key) for register, keys in found.items() for key in keys]
    language = lang()  # the file is made apart from this run
    right.download_button(
        _("导出这些行"),
        data=lambda: rows_xlsx(rows, language),
        file_name=_("目标明细_{name}_{day}.xlsx").format(
            name=say(standing.target.title), day=day.isoformat()
        ),
        mime=XLSX,
        key="targets_rows_export",
        on_click="ignore",
        icon=":material/download:",
        disabled=not rows,
        width="stretch",
    )
    if not rows:
        st.caption(_("没有这样的行。"))
        return
    if len(found) > 1:
        rows = _of_one_register(found, rows)
    _table(db, rows, person)


def _of_one_register(found: Mapping[str, Sequence[Key]], rows: list[Row]) -> list[Row]:
    words = {name: f"{say(REGISTERS[name].title)} {len(keys):,}" for name, keys in found.items() if keys}
    if len(words) < 2:
        return rows
    chosen = one_of_few("of_register", "targets_of_register", _("登记簿"), words, next(iter(words)))
    return [row for row in rows if row[0] == chosen]


def _table(db: Database, rows: Sequence[Row], person: Person) -> None:
    """Rows of one register, each with its key and what it is called."""
    links = person.role != "administrator"
    told = _n("共 {n} 行。", len(rows))
    st.caption(told + (row_hint(_("在台账里打开这一行")) if links else ""))
    keys = [key for _register, key in rows]
    frame = pd.DataFrame(
        {"key": list(map(plain_key, keys)), "name": rows_called(db, rows[0][0], keys, person.role)}
    )
    look: dict[str, Any] = {
        "hide_index": True,
        "width": "stretch",
        "height": table_height(len(rows), MOST_ROWS),
        "row_height": 31,
        "column_config": {
            "key": st.column_config.TextColumn(_("编号"), width=260),
            "name": st.column_config.TextColumn(_("名称")),
        },
    }
    with st.container(key="targets_rows_table"):
        if not links:
            st.dataframe(frame, **look)
            return
        event = st.dataframe(
            frame, key="targets_rows", on_select="rerun", selection_mode="single-row", **look
        )
    chosen = event["selection"]["rows"]
    if chosen and chosen[0] < len(rows):
        name, key = rows[chosen[0]]
        address.go("registers", **row_address(name, key))


def plain_key(key: Key) -> str:
    """A key as people read it: PX2019-013 / X0296."""
    return key if isinstance(key, str) else " / ".join(map(str, key))


def rows_xlsx(rows: Sequence[Row], language: Lang) -> bytes:
    """The rows' registers and keys as a list; what stands in them stays in the registers."""
    _ = partial(translate, language=language)
    columns = [ListColumn(_("登记簿"), 24), ListColumn(_("编号"), 40)]
    lines = [(in_language(language, REGISTERS[name].title), plain_key(key)) for name, key in rows]
    return list_xlsx(_("明细"), columns, lines, [(_("行数"), str(len(lines)))])
