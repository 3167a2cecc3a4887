"""What one good holds and whether its packaging is in force, with the ways on: its page, its slips, taking back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from data.casework.packaging import HeldItem, held_by_goods
from data.people import Person
from data.store import Database
from office.casework.desk_list import places_of_goods
from office.casework.in_force import InForce, in_force
from office.permissions import may
from office.personal.showing import Shown
from office.stores.packaging_slips import BENEFIT
from office.stores.packaging_views import NOBODY
from pages.parts import address
from pages.parts.acts_head import STYLE, state_html
from pages.parts.acts_history import print_button
from pages.parts.language import _, lang
from pages.parts.looks import day_words
from pages.parts.personal_show import ask_for_names, names_seen


def good_panel(db: Database, person: Person, subject: str, day: date, *, document: str | None = None) -> None:
    """The good, its state and what it holds; `document` is its recovery list."""
    held = held_by_goods(db, subject=subject, day=day).get(subject, [])
    with st.container(border=True):
        st.html(good_html(db, subject, in_force(db, subject, BENEFIT, day), held))
        with st.container(horizontal=True, vertical_alignment="center"):
            address.link(
                "good", _("一户一品"), icon=":material/manage_search:", subject=subject, benefit=BENEFIT
            )
            address.link(
                "packaging", _("流水"), icon=":material/receipt_long:", view="moves", subject=subject
            )
            if may(person.role, "hand_out"):
                address.link(
                    "packaging",
                    _("办理退回"),
                    icon=":material/assignment_return:",
                    view="slip",
                    do="return",
                    subject=subject,
                )
            if document:
                what = Shown("packaging", document, ("head_name",), household_no=subject.partition("/")[0])
                print_button(document, "packaging_print", heads=names_seen("packaging", what, person))
                ask_for_names("packaging", what, person)


def good_html(db: Database, subject: str, standing: InForce, held: Sequence[HeldItem]) -> str:
    """The good's name, the state of its packaging and everything it holds."""
    product, township, village = places_of_goods(db).get(subject, NOBODY)
    return (
        f"{STYLE}<div><b>{escape(subject)}</b>　{escape(' · '.join((product, village, township)))}<br>"
        f"{escape(_('包装设备和包材：'))}{state_html(standing)}<br>{escape(_('现持有：'))}{_held_html(held)}</div>"
    )


def held_words(held: Sequence[HeldItem]) -> str:
    """What is held, in one line."""
    return _("；").join(f"{one.name} {one.quantity:,} {one.unit}" for one in held)


def _held_html(held: Sequence[HeldItem]) -> str:
    if not held:
        return escape(_("没有"))
    return escape(_("；")).join(
        f"{escape(one.name)} <b>{one.quantity:,}</b> {escape(one.unit)}"
        f'<span style="color:#46525f">{escape(_since(one))}</span>'
        for one in held
    )


def _since(one: HeldItem) -> str:
    return _("（{day}起）").format(day=day_words(date.fromisoformat(one.since), lang()))
