"""What a notice says on the wall, as a table, and the paper of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from data.casework.public_notices import Posted
from data.papers.filters import yuan
from office import running
from office.notices.publishing import KINDS
from office.paperwork.printing import FileKind, print_document
from pages.parts.files import DOCX, XLSX
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import day_words
from pages.parts.tables import table_height

MIME = {"docx": DOCX, "xlsx": XLSX}


def about(posted: Posted) -> str:
    """Number and subject of a notice."""
    of = f"（{posted.settlement}）" if posted.settlement and lang() == "zh" else ""
    of = f" ({posted.settlement})" if posted.settlement and not of else of
    return f"{posted.number}　{say(KINDS[posted.kind])}{of}"


def period_words(kind: str, first: date, last: date) -> str:
    """What the lines are about: grants counting from these days, or shipments of them."""
    words = _("{first}至{last}给予") if kind == "packaging" else _("{first}至{last}发货")
    return words.format(first=day_words(first, lang()), last=day_words(last, lang()))


def wall_table(kind: str, lines: Sequence[Mapping[str, Any]], key: str) -> None:
    """The lines with their running number, exactly as they hang on the wall, and their sums."""
    count = _("产品（个）") if kind == "packaging" else _("件数（件）")
    rows = [
        {
            _("序号"): place,
            _("乡镇"): line["township"],
            _("村"): line["village"],
            _("姓名"): line["name"],
            _("户编号后四位"): line["household_end"],
            _("事项"): line["item"],
            count: line["count"],
            **({} if kind == "packaging" else {_("金额（元）"): yuan(line["amount"])}),
        }
        for place, line in enumerate(lines, 1)
    ]
    right = {_("金额（元）"): st.column_config.TextColumn(alignment="right")}
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=table_height(len(rows), 12),
        key=key,
        column_config=right,
    )
    st.caption(_sums(kind, lines))


def _sums(kind: str, lines: Sequence[Mapping[str, Any]]) -> str:
    pieces = sum(line["count"] for line in lines)
    households = _n("共 {n} 户", len(lines))
    if kind == "packaging":
        return households + _n("、{n} 个产品。", pieces)
    paid = yuan(sum(line["amount"] for line in lines))
    return households + _n("、{n} 件，", pieces) + _("合计 {amount} 元。").format(amount=paid)


def print_buttons(posted: Posted) -> None:
    """The paper as Word and as Excel, as it was numbered."""
    with st.container(horizontal=True):
        _download(posted, "docx", _("公示（Word）"))
        _download(posted, "xlsx", _("公示（Excel）"))


def _download(posted: Posted, kind: FileKind, label: str) -> None:
    def made() -> bytes:
        with running.reader() as db:
            return print_document(db, posted.number, kind)[1]

    st.download_button(
        label,
        data=made,
        file_name=f"{_('公示')}_{posted.number}.{kind}",
        mime=MIME[kind],
        on_click="ignore",
        key=f"notices_{kind}_{posted.id}",
        icon=":material/print:",
    )
