"""个人信息 → 哪些是个人信息: field by field what names people, what tells of a household, and what was looked at."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from data.people import Person
from data.protection.personal_fields import personal_columns, tells_of_one
from data.protection.personal_tables import KINDS, TABLES
from data.register import REGISTERS
from data.store import Database
from pages.parts.language import _, say
from pages.parts.tables import table_height


def show_fields(db: Database, person: Person, day: date) -> None:
    """Three tables: columns that name people, registers whose rows tell of one, and the other tables."""
    st.caption(
        _(
            "本系统不保存身份证号、电话、银行账号、健康和民族。直接写明姓名的栏，不需要的岗位（审计员、管理员）只见姓氏；审计员写明理由可以查看一行，每次都有记录。"
        )
    )
    st.subheader(_("直接写明姓名或者写到人的栏"), anchor=False)
    _table("named", [_named(name) for name in REGISTERS if personal_columns(REGISTERS[name])])
    st.subheader(_("经编号可以联系到一户或一人的台账"), anchor=False)
    st.caption(_("这些台账的行经户编号或人员编号属于一户或一人；交给本户以外的人时，按个人信息对待。"))
    linked = [say(REGISTERS[name].title) for name in REGISTERS if tells_of_one(name)]
    st.markdown(_("、").join(linked))
    st.subheader(_("台账以外的记录"), anchor=False)
    _table("tables", [line for name in TABLES for line in _of_table(name)])


def _named(name: str) -> dict[str, str]:
    columns = personal_columns(REGISTERS[name])
    return {
        _("台账"): say(REGISTERS[name].title),
        _("栏"): _("、").join(say(column.title) for column in columns),
        _("说明"): _("；").join(say(column.description) for column in columns),
    }


def _of_table(name: str) -> list[dict[str, str]]:
    table = TABLES[name]
    return [
        {
            _("记录"): say(table.title),
            _("是什么"): say(words),
            _("栏"): ", ".join(table.columns(kind)),
        }
        for kind, words in KINDS.items()
        if table.columns(kind)
    ]


def _table(key: str, lines: list[dict[str, str]]) -> None:
    st.dataframe(
        pd.DataFrame(lines), hide_index=True, height=table_height(len(lines), 12), key=f"personal_{key}"
    )
