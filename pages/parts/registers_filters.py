"""What a list of a register is narrowed to: words, place, days, choices; all of it in the address."""

from __future__ import annotations

import streamlit as st

from data.inspection_lists import townships_listed
from data.register import REGISTERS, Column, Register
from data.register_lists import BLANK, RowsAsked, entity_of, villages_of
from data.register_places import has_place, holds_on
from data.store import Database
from office.registry.linking import key_from
from pages.parts import address
from pages.parts.choices import day_or_none, keep_from_the_first_page, one_or_all
from pages.parts.language import _, lang, say
from pages.parts.looks import day_words
from pages.parts.registers_choose import OWN

UNSET = "none"  # in the address: the rows in which it is not filled in


def filters(db: Database, register: Register) -> RowsAsked:
    """One line of controls, the rarer ones behind a button; each writes itself back and goes to the first page."""
    places, days = has_place(register.name, "townships"), bool(register.day)
    villages = has_place(register.name, "villages")
    widths = [
        2.6,
        *([1.6] if places else []),
        *([1.6] if villages else []),
        *([1.25] * 2 if days else []),
        1.2,
    ]
    columns = iter(st.columns(widths, vertical_alignment="bottom"))
    with next(columns):
        search = _search()
    township = village = ""
    if places:
        with next(columns):
            towns = townships_listed(db)
            township = one_or_all("registers", "township", _("乡镇"), towns, drops=("village", "page"))
    if villages:
        with next(columns):
            village = _village(db, township)
    since = until = ""
    if days:
        title = say(register.column(register.day).title)
        with next(columns):
            since = _day("since", _("{title}自").format(title=title))
        with next(columns):
            until = _day("until", _("{title}至").format(title=title))
    with next(columns):
        equal, held_on = _more(register)
    return RowsAsked(
        register.name,
        search=search,
        township=township,
        village=village,
        equal=equal,
        since=since,
        until=until,
        holds_on=held_on,
        of=_of(db),
    )


def is_filtered() -> bool:
    """Whether the address narrows the list at all."""
    kept = (*address.KEPT, *OWN, "register", "view", "page", "key")
    return any(name not in kept for name in st.query_params)


def clear() -> None:
    """Take every filter back, in one step."""
    kept = (*address.KEPT, *OWN, "register", "view")
    st.query_params.from_dict({name: value for name, value in st.query_params.items() if name in kept})


def _search() -> str:
    key = address.follow("registers_search", address.text("search"))
    st.text_input(
        _("查找"),
        key=key,
        placeholder=_("编号、名称或文字"),
        max_chars=address.LONGEST_TEXT,
        on_change=keep_from_the_first_page,
        args=("search", key),
    )
    return str(st.session_state[key])[: address.LONGEST_TEXT].strip()


def _village(db: Database, township: str) -> str:
    if township:
        return one_or_all("registers", "village", _("村"), villages_of(db, township), drops=("page",))
    asked = address.text("village")
    known = {asked: asked} if asked and entity_of(db, REGISTERS["villages"], (asked,)) else {}
    every = None if known else _("先选乡镇")
    return one_or_all("registers", "village", _("村"), known, every=every, drops=("page",))


def _day(name: str, label: str) -> str:
    found = day_or_none("registers", name, label)
    return found.isoformat() if found else ""


def _more(register: Register) -> tuple[dict[str, str], str]:
    """Choices, yes or no, and what holds on the day of the page; the button says how many of them are in use."""
    columns = [c for c in register.columns if c.kind in ("choice", "yes_no")]
    lasting = bool(holds_on(register, "day"))
    if not columns and not lasting:
        return {}, ""
    used = sum(name.startswith("f_") or name == "valid" for name in st.query_params)
    label = _("更多条件（{n}）").format(n=used) if used else _("更多条件")
    with st.popover(label, icon=":material/tune:", width="stretch", key=f"registers_more_{register.name}"):
        asked = {column.name: _one(column) for column in columns}
        held_on = address.the_day().isoformat() if lasting and _only_valid() else ""
    equal = {name: BLANK if code == UNSET else code for name, code in asked.items() if code}
    return equal, held_on


def _one(column: Column) -> str:
    words = {code: say(said) for code, said in column.choices.items()} or {"1": _("是"), "0": _("否")}
    blank = {} if column.required else {UNSET: _("未填")}
    return one_or_all("registers", f"f_{column.name}", say(column.title), words | blank, drops=("page",))


def _only_valid() -> bool:
    key = address.follow("registers_valid", address.one_of("valid", ("1",), "") == "1")
    st.toggle(
        _("只看 {day} 有效的").format(day=day_words(address.the_day(), lang())),
        key=key,
        on_change=keep_from_the_first_page,
        args=("valid", key),
    )
    return bool(st.session_state[key])


def _of(db: Database) -> tuple[str, int] | None:
    """The row that all rows of the list refer to, from the address; one that is not there is left aside."""
    name = address.one_of("of", tuple(REGISTERS), "")
    if not name:
        return None
    key = key_from(REGISTERS[name], address.text("of_key", longest=300))
    entity = None if key is None else entity_of(db, REGISTERS[name], key)
    if entity is None:
        address.put(of=None, of_key=None)
        st.info(_("地址中所指的那一行没有登记，已不予理会。"), icon=":material/info:")
        return None
    return name, entity
