"""The list of a register: filters, how many rows they leave, a page of them, files to take along."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from data.people import Person
from data.protection.personal_fields import personal_columns
from data.register import REGISTERS, Register
from data.register_lists import RowsAsked
from data.store import Database
from data.templates import template
from office import running
from office.permissions import may
from office.personal.taking import taken_by
from office.registry.linking import key_text
from office.registry.listing import PAGE, Listed, list_file, listed, sees_names
from pages.parts import address
from pages.parts.files import CSV, XLSX
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import day_words
from pages.parts.personal_mark import file_marked
from pages.parts.registers_choose import here
from pages.parts.registers_filters import clear, filters, is_filtered
from pages.parts.registers_table import table_of
from pages.parts.tables import row_hint, table_height

ON_SCREEN = 16  # rows before the table scrolls


def show_list(db: Database, register: Register, person: Person, size: int) -> None:
    """The whole list; where nothing is registered, what to do next."""
    if not size:
        _empty(register, person)
        return
    asked = filters(db, register)
    _related(asked)
    page = address.number("page", 1, 1, 1_000_000)
    found = listed(db, asked, person.role, page)
    pages = max(1, -(-found.total // PAGE))
    if page > pages:
        found = listed(db, asked, person.role, page := pages)
    _above(asked, found, person)
    if not found.total:
        st.info(_("没有符合这些条件的行。"), icon=":material/filter_alt_off:")
        return
    frame, drawn = table_of(found)
    key = f"registers_rows_{register.name}_{page}"
    st.dataframe(
        frame,
        hide_index=True,
        height=table_height(len(frame), ON_SCREEN),
        key=key,
        on_select=lambda: _open(found, key),
        selection_mode="single-row",
        column_config=drawn,
        placeholder="",
    )
    if pages > 1:
        turn = f"registers_page_{page}"
        st.pagination(
            pages, default=page, key=turn, on_change=address.keep, args=("page", turn, 1), width="stretch"
        )


def template_button(register: Register) -> None:
    """The empty form of a register."""
    st.download_button(
        _("下载空表"),
        data=lambda: template(register),
        file_name=_("{title}-空表.xlsx").format(title=say(register.title)),
        mime=XLSX,
        on_click="ignore",
        key="registers_template",
        icon=":material/description:",
    )


def _open(found: Listed, key: str) -> None:
    if chosen := st.session_state[key]["selection"]["rows"]:
        row = found.rows[chosen[0]]
        address.put(key=key_text([row[name] for name in found.register.key]))


def _above(asked: RowsAsked, found: Listed, person: Person) -> None:
    """How many, and the files to take along."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_counted(asked, found), width="content")
        if found.total:
            _download(asked, person, "xlsx", _("导出 Excel"), XLSX)
            _download(asked, person, "csv", _("导出 CSV"), CSV)
        template_button(found.register)
        if is_filtered():
            st.button(_("清除筛选"), key="registers_clear", on_click=clear, type="tertiary")
    if found.total:
        hint = row_hint(_("看这一行的全部内容、相关的台账和更正记录"))
        if not sees_names(person.role) and any(column.personal for column in found.register.columns):
            hint += _("姓名只显示姓氏，导出的文件也是如此。")
        st.caption(hint)


def _counted(asked: RowsAsked, found: Listed) -> str:
    told = _n("共 {n} 行", found.total)
    if asked.holds_on:
        told += _("（{day} 有效的）").format(day=day_words(address.the_day(), lang()))
    if found.register.day:
        told += _("，{title}最近的在前").format(title=say(found.register.column(found.register.day).title))
    return told


def _download(asked: RowsAsked, person: Person, kind: Literal["xlsx", "csv"], label: str, mime: str) -> None:
    def made() -> bytes:
        with running.reader() as db:
            return list_file(db, asked, person.role, kind, taken_by(person, asked.register))

    st.download_button(
        label,
        data=made,
        file_name=file_marked(
            f"{say(REGISTERS[asked.register].title)}.{kind}",
            personal=bool(personal_columns(REGISTERS[asked.register])),
        ),
        mime=mime,
        on_click="ignore",
        key=f"registers_{kind}",
        icon=":material/download:",
    )


def _related(asked: RowsAsked) -> None:
    """That the list is narrowed to what refers to one row, with the way back to it."""
    if asked.of is None:
        return
    other, key = REGISTERS[asked.of[0]], address.text("of_key", longest=300)
    with st.container(horizontal=True, vertical_alignment="center"):
        told = _("只列与“{title}”中 {key} 有关的行").format(title=say(other.title), key=key.replace("~", "/"))
        here(told, "of", ":material/link:", {"register": other.name, "key": key})
        st.button(_("看全部"), key="registers_unrelated", on_click=_unrelated, type="tertiary")


def _unrelated() -> None:
    address.put(of=None, of_key=None, page=None)


def _empty(register: Register, person: Person) -> None:
    """Nothing is registered: how to begin, with the form."""
    title = say(register.title)
    if may(person.role, "import"):
        told = _("“{title}”还没有登记。下载空表，填好后用上面的“导入”带进来；或用“新增”一条一条登记。")
        st.info(told.format(title=title), icon=":material/table_rows:")
    else:
        told = _("“{title}”还没有登记。由录入员填好空表后导入，或逐条登记。")
        st.info(told.format(title=title), icon=":material/table_rows:")
    named = [REGISTERS[ref.register] for ref in register.references if ref.register != register.name]
    if named:
        needed = _("、").join(dict.fromkeys(f"“{say(other.title)}”" for other in named))
        st.caption(_("它引用{names}，所引用的要先登记。").format(names=needed))
    template_button(register)
