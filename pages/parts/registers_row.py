"""One row of a register: all its values, the rows it is linked with, every version, and its correction."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from data.people import Person
from data.protection.personal_rows import household_of
from data.register import REGISTERS, Column, Register
from data.store import Database
from data.versions import current
from office.permissions import may
from office.personal.showing import Shown, whose_names
from office.registry.linking import key_text, row_address, rows_address
from office.registry.listing import NAMES_SHOWN, sees_names
from office.registry.rows import Key, RowSeen, Version, look_at_row
from pages.parts import address
from pages.parts.door import who_words
from pages.parts.fields import in_rows
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import LINE, QUIET, time_words
from pages.parts.personal_show import ask_for_names, names_seen
from pages.parts.registers_add import choices_of_codes
from pages.parts.registers_choose import here
from pages.parts.registers_correct import Correction, correction, forget, told
from pages.parts.registers_table import as_plain, in_words, key_words


def base_of(register: Register) -> str:
    """What the keys of a correction begin with: rows of two registers may bear the same number."""
    return f"registers_correct_{register.name}"


def show_row(db: Database, register: Register, key: Key, person: Person) -> None:
    """Everything about the row; the list it came from is one step back."""
    household = household_of(db, register, current(db, register, key) or {})
    what = Shown(register.name, key_text(key), whose_names(register), household_no=household)
    role = NAMES_SHOWN if what.fields and names_seen("registers", what, person) else person.role
    seen = look_at_row(db, register, key, role)
    st.button(
        _("返回列表"),
        key="registers_back",
        on_click=_back,
        args=(register,),
        type="tertiary",
        icon=":material/arrow_back:",
    )
    if seen is None:
        words = _("“{title}”中没有 {key}。").format(title=say(register.title), key=key_words(register, key))
        st.info(words, icon=":material/search_off:")
        return
    if told(base_of(register)):
        address.put(edit=None)
    heading = f"{say(register.title)}　{key_words(register, key)}　{seen.name}".rstrip("　")
    st.subheader(as_plain(heading), anchor=False)
    if what.fields:
        ask_for_names("registers", what, person)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.html(_values(seen))
    with right, st.container(gap=None):
        _links(seen)
    _versions(seen)
    if may(person.role, "correct") and sees_names(person.role):
        _correct(db, person, seen)


def _back(register: Register) -> None:
    forget(base_of(register))
    address.put(key=None, edit=None)


def _values(seen: RowSeen) -> str:
    """Title and value of every column; what is not filled in says so."""
    lines = [
        f'<tr title="{escape(say(column.description))}">'
        f'<th scope="row" style="text-align:left;font-weight:normal;color:{QUIET};padding:.3rem 1rem .3rem 0;'
        f'white-space:nowrap;vertical-align:top">{escape(say(column.title))}</th>'
        f'<td style="padding:.3rem 0;width:100%">{_value(seen, column)}</td></tr>'
        for column in seen.register.columns
    ]
    rule = f"border-top:1px solid {LINE};border-bottom:1px solid {LINE}"
    return f'<table style="border-collapse:collapse;width:100%;{rule}">{"".join(lines)}</table>'


def _value(seen: RowSeen, column: Column) -> str:
    words = in_words(column, seen.row[column.name], seen.called)
    return escape(words) if words else f'<span style="color:{QUIET}">{escape(_("（未填）"))}</span>'


def _links(seen: RowSeen) -> None:
    """The rows it names, the registers that name it, and the pages that are about it."""
    register = seen.register
    if seen.links:
        st.markdown(f"**{_('它引用的')}**")
    for link in seen.links:
        what = f"{key_words(link.register, link.key)}　{link.name}".rstrip("　")
        words = _("{title}：{what}").format(title=say(link.register.title), what=what)
        to = row_address(link.register.name, link.key)
        here(words, f"up_{link.register.name}", ":material/link:", to)
    if seen.referring:
        st.markdown(f"**{_('引用它的')}**")
    for name, count in seen.referring.items():
        words = _("{title}：{what}").format(title=say(REGISTERS[name].title), what=_n("{n} 行", count))
        here(words, f"down_{name}", ":material/list_alt:", rows_address(name, register.name, seen.key))
    _pages_about(seen)
    if not (seen.links or seen.referring):
        st.caption(_("没有别的台账与这一行相连。"))


def _pages_about(seen: RowSeen) -> None:
    """To the page of the good, and to the chain of the batch."""
    good = next((link.key for link in seen.links if link.register.name == "goods"), None)
    if seen.register.name == "goods":
        good = seen.key
    if good is not None:
        subject = "/".join(map(str, good))
        words = _("打开一户一品 {subject}").format(subject=subject)
        address.link("good", words, icon=":material/manage_search:", subject=subject)
    if (code := seen.row.get("trace_code")) is not None:
        address.link("trace", _("追溯这一批"), icon=":material/qr_code:", code=code)


def _versions(seen: RowSeen) -> None:
    """Every version with who, when and why; a correction with what it changed."""
    st.markdown(f"**{_('登记和更正记录')}**")
    st.dataframe(
        pd.DataFrame([line for version in seen.versions for line in _lines(seen, version)]),
        hide_index=True,
        key=f"registers_history_{key_text(seen.key)}",
    )


def _lines(seen: RowSeen, version: Version) -> list[dict[str, Any]]:
    def line(column: str, before: str, after: str) -> dict[str, Any]:
        return {
            _("版本"): str(version.number),
            _("时间"): time_words(version.at, lang()),
            _("由谁"): who_words(version.by),
            _("栏目"): column,
            _("原来"): before,
            _("更正为"): after,
            _("理由"): version.reason,
        }

    if version.number == 1:
        return [line(_("首次登记"), "", "")]
    return [line(say(column.title), say(before), say(after)) for column, before, after in version.changes]


def _correct(db: Database, person: Person, seen: RowSeen) -> None:
    """The form, once somebody asks for it: what its codes may be is looked up only then."""
    register = seen.register
    editable = [column.name for column in register.columns if column.name not in register.key]
    if not editable:
        return
    if address.one_of("edit", ("1",), "") != "1":
        st.button(
            _("更正这一行"), key="registers_edit", on_click=_edit, icon=":material/edit:", type="secondary"
        )
        return
    with st.container(border=True):
        st.markdown(f"**{_('更正')}**　{_('原来的内容会保留；编号不能改。')}")
        asked = Correction(
            register=register,
            base=base_of(register),
            rows=in_rows(editable),
            options=choices_of_codes(db, register),
            example=_("例如：录入错误，按纸质台账更正"),
            done=_("{key} 已更正，原来的内容仍保留，见“登记和更正记录”。").format(
                key=key_words(register, seen.key)
            ),
        )
        correction(db, person, asked, seen.row)
        st.button(
            _("不更正了"), key="registers_edit_no", on_click=_no_edit, args=(register,), type="tertiary"
        )


def _edit() -> None:
    address.put(edit=1)


def _no_edit(register: Register) -> None:
    forget(base_of(register))
    address.put(edit=None)
