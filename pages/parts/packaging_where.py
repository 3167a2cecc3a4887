"""From where to whom a slip goes: the storage places or the good, and what is there to be moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from data.casework.packaging import Item, Place, held_by, items, places
from data.people import Person
from data.store import Database
from office.casework.desk_list import places_of_goods
from office.casework.in_force import in_force
from office.permissions import may
from office.stores.packaging import stock_lines
from office.stores.packaging_slips import BENEFIT, GIVEN_BY, WITH_GOOD, WITH_PLACE, WITH_REASON
from pages.parts import address
from pages.parts.choices import one_of_few
from pages.parts.choose_good import pick_good
from pages.parts.language import _
from pages.parts.packaging_good import good_html
from pages.parts.states import kind_words, state_words


@dataclass(frozen=True)
class Where:
    """The places and the good of a slip, and each item that it can be about with how much is there (None: any)."""

    place: str | None
    to_place: str | None
    subject: str | None
    there: Mapping[Item, int | None]


def ask_where(db: Database, person: Person, kind: str, day: date) -> Where | None:
    """Ask for what the kind needs; None while something is missing or stands in the way (the page says what)."""
    of_good = kind in WITH_GOOD or (kind in WITH_REASON and _whose() == "good")
    subject = _good(db, person, kind, day) if of_good else None
    if of_good and subject is None:
        return None
    if kind == "issue" and not _granted(db, str(subject), day):
        return None
    place, to_place = _places(db, kind, needed=kind in WITH_PLACE or not of_good)
    if (place is None and (kind in WITH_PLACE or not of_good)) or (kind == "transfer" and to_place is None):
        return None
    there = _there(db, kind, place, subject)
    if not there:
        st.info(_nothing_there(kind, subject), icon=":material/inventory_2:")
        return None
    return Where(place, to_place, subject, there)


def _whose() -> str:
    words = {"place": _("存放点里的"), "good": _("农户手里的")}
    return one_of_few("whose", "packaging_whose", _("在哪里"), words, "place")


def _good(db: Database, person: Person, kind: str, day: date) -> str | None:
    """The good of the address with what it holds, or the search for one."""
    subject = address.text("subject", longest=140)
    if subject and subject not in places_of_goods(db):
        st.info(_("没有登记“{subject}”。请在下面查找。").format(subject=subject), icon=":material/info:")
        subject = ""
    if not subject:
        found = pick_good(db, f"packaging_{kind}", heads=may(person.role, "see_household_heads"))
        if found is None:
            return None
        address.put(subject=found)
        st.rerun()
    shown, other = st.columns([6, 1.3], vertical_alignment="center")
    shown.html(good_html(db, subject, in_force(db, subject, BENEFIT, day), held_by(db, subject)))
    other.button(
        _("换一个产品"),
        key="packaging_other_good",
        on_click=lambda: address.put(subject=None),
        width="stretch",
    )
    return subject


def _granted(db: Database, subject: str, day: date) -> bool:
    """Whether packaging may be handed to the good; where not, the page says where it is granted."""
    state = in_force(db, subject, BENEFIT, day).state
    if state == "granted":
        return True
    told = _("包装设备和包材{state}，不能发放。先由审核员在“一户一品”办理“{kind}”。")
    given = kind_words(GIVEN_BY[state])
    st.warning(told.format(state=state_words(state), kind=given), icon=":material/block:")
    address.link("good", _("一户一品"), icon=":material/manage_search:", subject=subject, benefit=BENEFIT)
    return False


def _places(db: Database, kind: str, *, needed: bool) -> tuple[str | None, str | None]:
    if not needed:
        return None, None
    known = places(db)
    label = {
        "receive": _("存入"),
        "return": _("存入"),
        "transfer": _("调出"),
        "issue": _("从哪里发放"),
    }.get(kind, _("存放点"))
    first, second, _rest = st.columns([2, 2, 2])
    with first:
        place = _place("store", label, known)
    if kind != "transfer":
        return place, None
    with second:
        others = {code: one for code, one in known.items() if code != place}
        return place, _place("to", _("调入"), others)


def _place(name: str, label: str, known: Mapping[str, Place]) -> str | None:
    """A storage place, kept in the address; the only one there is goes without saying."""
    only = next(iter(known)) if len(known) == 1 else None
    asked = address.one_of(name, tuple(known), only)
    key = address.follow(f"packaging_{name}", asked)
    st.selectbox(
        label,
        list(known),
        key=key,
        index=None,
        format_func=lambda code: f"{code}　{known[code].name}",
        placeholder=_("请选择"),
        on_change=address.keep,
        args=(name, key),
    )
    return asked


def _there(db: Database, kind: str, place: str | None, subject: str | None) -> dict[Item, int | None]:
    """What the slip can be about: everything for new stock, else what lies where it is taken from."""
    known = items(db)
    if kind == "receive":
        return dict.fromkeys(known.values())
    if subject and kind != "issue":
        held = {known[one.item_code]: one.quantity for one in held_by(db, subject)}
        return {item: n for item, n in held.items() if kind != "use_up" or item.kind == "material"}
    return {line.item: line.quantity for line in stock_lines(db) if line.place.code == place}


def _nothing_there(kind: str, subject: str | None) -> str:
    if kind == "use_up":
        return _("这个产品名下没有包材。")
    if subject and kind != "issue":
        return _("这个产品名下没有包装物资。")
    return _("这个存放点现在什么也没有。先登记入库或调拨。")
