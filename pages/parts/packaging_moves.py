"""流水: every line of every slip, filtered; a chosen line shows its whole slip with its paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from data.casework.documents import document
from data.casework.packaging import Move, Place, items, moves, places
from data.people import Person
from data.store import Database
from office.permissions import may
from office.stores.packaging import KIND_WORDS
from office.stores.packaging_views import from_words, moves_xlsx, to_words
from pages.parts import address
from pages.parts.acts_history import print_button
from pages.parts.choices import day_or_none, one_or_all
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import time_words
from pages.parts.packaging_filters import clear_button, in_words, search
from pages.parts.packaging_stock import export_button
from pages.parts.tables import row_hint, table_height

NAMED = ("kind", "item", "place", "subject", "since", "until", "slip")
MOST_ROWS = 10


def kind_title(kind: str) -> str:
    """A kind of slip as a title."""
    words = say(KIND_WORDS[kind])
    return words[:1].upper() + words[1:]


def show_moves(db: Database, person: Person, day: date) -> None:
    """The filters, the lines, and the slip of the line that is chosen."""
    known = places(db)
    found, asked = _asked_for(db, known, day)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_n('共 {n} 行', len(found))}**", width="content")
        st.caption(row_hint(_("看整张单据和打印")), width="content")
        active = clear_button(NAMED)
        name = _("包装物资流水_{day}").format(day=day.isoformat())
        export_button("moves", name, lambda: moves_xlsx(found, known, day, asked), disabled=not found)
    if not found:
        st.info(
            _("没有符合这些筛选的单据。放宽或清除筛选再看。") if active else _("到这一天还没有单据。"),
            icon=":material/receipt_long:",
        )
        return
    event = st.dataframe(
        table_of(found, known),
        hide_index=True,
        height=table_height(len(found), MOST_ROWS),
        placeholder="",
        key="packaging_moves",
        on_select="rerun",
        selection_mode="single-row",
        column_config=_config(),
    )
    rows = event["selection"]["rows"]
    if rows and rows[0] < len(found):
        _slip(db, found[rows[0]].slip_no, known, person)


def table_of(found: Sequence[Move], known: Mapping[str, Place]) -> pd.DataFrame:
    """The lines as they are shown: days stay days and numbers numbers, so that the table sorts them."""
    return pd.DataFrame(
        [
            {
                "slip": move.slip_no,
                "done_on": date.fromisoformat(move.done_on),
                "kind": kind_title(move.kind),
                "item": move.item_name,
                "quantity": move.quantity,
                "unit": move.unit,
                "from": say(from_words(move, known)),
                "to": say(to_words(move, known)),
                "reason": move.reason or "",
                "by": move.recorded_by,
            }
            for move in found
        ]
    )


def _config() -> dict[str, Any]:
    config, wide = st.column_config, lang() == "en"
    return {
        "slip": config.TextColumn(_("单号"), width=176, pinned=True),
        "done_on": config.DateColumn(_("日期"), width=92, format="YYYY-MM-DD"),
        "kind": config.TextColumn(_("种类"), width=130 if wide else 60),
        "item": config.TextColumn(_("物资"), width=116),
        "quantity": config.NumberColumn(_("数量"), width=66, format="localized"),
        "unit": config.TextColumn(_("单位"), width=50),
        "from": config.TextColumn(_("从"), width=104),
        "to": config.TextColumn(_("到"), width=96),
        "reason": config.TextColumn(_("说明"), width=130),
        "by": config.TextColumn(_("经办人"), width=86),
    }


def _asked_for(db: Database, known: Mapping[str, Place], day: date) -> tuple[list[Move], str]:
    """Show the filters; the lines that they let through by the end of the day, and the filters in words."""
    kinds = {kind: kind_title(kind) for kind in KIND_WORDS}
    things = {code: item.name for code, item in items(db).items()}
    stores = {code: place.name for code, place in known.items()}
    first, second, third, fourth, fifth, sixth = st.columns([1.4, 2, 2, 2, 1.5, 1.5])
    with first:
        kind = one_or_all("packaging", "kind", _("种类"), kinds)
    with second:
        item = one_or_all("packaging", "item", _("物资"), things)
    with third:
        place = one_or_all("packaging", "place", _("存放点"), stores)
    with fourth:
        subject = search("subject", _("户或户/产品"), "H0001/P01")
    with fifth:
        since = day_or_none("packaging", "since", _("自"))
    with sixth:
        until = day_or_none("packaging", "until", _("至"))
    slip = address.text("slip")
    last = min(until, day) if until else day
    found = moves(
        db,
        kind=kind or None,
        item=item or None,
        place=place or None,
        subject=subject or None,
        slip_no=slip or None,
        since=since,
        until=last,
    )
    words = in_words(
        {
            _("种类"): kinds.get(kind, ""),
            _("物资"): things.get(item, ""),
            _("存放点"): stores.get(place, ""),
            _("户或户/产品"): subject,
            _("单号"): slip,
            _("自"): since.isoformat() if since else "",
            _("至"): until.isoformat() if until else "",
        }
    )
    return found, words


def _slip(db: Database, slip_no: str, known: Mapping[str, Place], person: Person) -> None:
    """One slip, whole: who recorded it when, its lines, its paper."""
    lines = list(reversed(moves(db, slip_no=slip_no)))
    first = lines[0]
    with st.container(border=True):
        st.markdown(f"**{slip_no}　{kind_title(first.kind)}**　{first.recorded_by}")
        st.caption(
            _("记录于 {when}。{start} → {end}").format(
                when=time_words(first.recorded_at, lang()),
                start=say(from_words(first, known)),
                end=say(to_words(first, known)),
            )
            + (f"　{_('说明：')}{first.reason}" if first.reason else "")
        )
        st.markdown(
            "\n".join(f"- {one.item_code}　{one.item_name}　{one.quantity:,} {one.unit}" for one in lines)
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            if document(db, slip_no):
                print_button(slip_no, "packaging_print", heads=may(person.role, "see_household_heads"))
            if first.subject:
                address.link(
                    "good",
                    first.subject,
                    icon=":material/manage_search:",
                    subject=first.subject,
                    benefit="packaging",
                )
