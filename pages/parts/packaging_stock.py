"""库存: how much of each item lies in which store and at households; in an empty office, how to begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from data.casework.packaging import Place, items, places
from data.people import Person
from data.store import Database
from office.permissions import may
from office.stores.packaging_views import StockRow, item_kind_words, stock_rows, stock_xlsx
from pages.parts import address
from pages.parts.files import XLSX
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import day_words
from pages.parts.tables import row_hint, table_height

MOST_ROWS = 16


def show_stock(db: Database, day: date) -> None:
    """Items against places at the end of the day; a chosen row opens the item's slips."""
    rows, known = stock_rows(db, day), places(db)
    with st.container(horizontal=True, vertical_alignment="center"):
        count = _n("{n} 种物资，{{places}} 个存放点", len(rows)).format(places=len(known))
        st.markdown(f"**{count}**", width="content")
        told = _("{day}终了时的数量。").format(day=day_words(day, lang()))
        st.caption(told + row_hint(_("看一种物资的流水")), width="content")
        export_button(
            "stock", _("库存_{day}").format(day=day.isoformat()), lambda: stock_xlsx(rows, known, day)
        )
    if not any(row.in_store or row.handed_out for row in rows):
        st.info(_("到这一天还没有任何物资入库。录入员在“办理”里登记入库。"), icon=":material/inventory_2:")
    event = st.dataframe(
        table_of(rows, known),
        hide_index=True,
        height=table_height(len(rows), MOST_ROWS),
        placeholder="",
        key="packaging_stock",
        on_select="rerun",
        selection_mode="single-row",
        column_config=_config(known),
    )
    chosen = event["selection"]["rows"]
    if chosen and chosen[0] < len(rows):
        address.go("packaging", view="moves", item=rows[chosen[0]].item.code)


def table_of(rows: Sequence[StockRow], known: Mapping[str, Place]) -> pd.DataFrame:
    """One row per item; a place where there is nothing of it is blank."""
    return pd.DataFrame(
        [
            {
                "code": row.item.code,
                "name": row.item.name,
                "kind": say(item_kind_words(row.item.kind)),
                "unit": row.item.unit,
                "in_store": row.in_store,
                "handed_out": row.handed_out,
                **{f"at_{code}": row.at.get(code) for code in known},
            }
            for row in rows
        ]
    )


def _config(known: Mapping[str, Place]) -> dict[str, Any]:
    config = st.column_config
    return {
        "code": config.TextColumn(_("编码"), width=70, pinned=True),
        "name": config.TextColumn(_("物资"), width=150, pinned=True),
        "kind": config.TextColumn(_("类别"), width=170 if lang() == "en" else 110),
        "unit": config.TextColumn(_("单位"), width=60),
        "in_store": config.NumberColumn(_("库存合计"), width=80, format="localized"),
        "handed_out": config.NumberColumn(
            _("在农户"), width=104 if lang() == "en" else 76, format="localized"
        ),
        **{
            f"at_{code}": config.NumberColumn(place.name, width=108, format="localized")
            for code, place in known.items()
        },
    }


def export_button(name: str, file: str, made: Any, *, disabled: bool = False) -> None:
    """A list as an Excel file, made when it is asked for."""
    st.download_button(
        _("导出 Excel"),
        data=made,
        file_name=f"{file}.xlsx",
        mime=XLSX,
        key=f"packaging_{name}_export",
        on_click="ignore",
        icon=":material/download:",
        disabled=disabled,
    )


def first_steps(db: Database, person: Person) -> None:
    """Nothing is registered yet: the two registers, and who brings them in."""
    missing = [words for words, found in ((_("存放点"), places(db)), (_("包装物资"), items(db))) if not found]
    st.info(
        _(
            "还没有登记：{missing}。先登记存放点（仓库、服务站），再登记包装物资（设备、包材），然后登记入库。"
        ).format(missing=_("、").join(missing)),
        icon=":material/inventory_2:",
    )
    if not may(person.role, "import"):
        st.caption(_("由录入员下载空表，填好后导入。"))
        return
    with st.container(horizontal=True):
        for register, words in (("storage_places", _("登记存放点")), ("packaging_items", _("登记包装物资"))):
            address.link("packaging", words, icon=":material/upload_file:", view="upload", register=register)
