"""个人信息 → 保存期限: how long each register and table is needed, how old its rows are, and that nothing is deleted here."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from data.people import Person
from data.protection.personal_age import has_ends
from data.store import Database
from office.personal.keeping import KeptFor, kept_for
from pages.parts.language import _, lang, say
from pages.parts.looks import day_words
from pages.parts.tables import table_height
from rules.faults import ProgramFaults


def show_kept(db: Database, person: Person, day: date) -> None:
    """What the page does not do, then a table per group with its period and its source."""
    st.info(
        _(
            "这一页只列出超过期限的行，不删除任何内容。记录链把每一行连着前一行：删掉一行，以后的判定、处理和结算就不能核对了。超过期限的，可以做的是：不需要的岗位看不到姓名（已经如此）；整库存档，另行封存，只供审计和复核。"
        ),
        icon=":material/info:",
    )
    try:
        found = kept_for(db, day)
    except ProgramFaults as faults:
        st.error(
            _("保存期限的文件 rules/retention.toml 有误：{fault}").format(fault=say(faults.faults[0].message))
        )
        return
    for name in dict.fromkeys(one.group.name for one in found):
        _group([one for one in found if one.group.name == name])


def _group(rows: list[KeptFor]) -> None:
    group, years, before = rows[0].group, rows[0].years, rows[0].before
    st.subheader(say(group.title), anchor=False)
    if years is None or before is None:
        st.caption(_("这一天还没有定保存多久。"))
    else:
        st.caption(
            _("保存 {years} 年（办公室口径，待确认）：{day}以前结束的，超过期限。").format(
                years=years, day=day_words(before, lang())
            )
            + _("　依据：{source}。为什么要更久：{longer}。").format(
                source=say(group.source), longer=say(group.longer)
            )
        )
    st.dataframe(
        pd.DataFrame([_line(one) for one in rows]),
        hide_index=True,
        height=table_height(len(rows), 12),
        placeholder="",
        key=f"personal_kept_{group.name}",
        column_config={
            _("行数"): st.column_config.NumberColumn(format="localized"),
            _("仍在继续（行）"): st.column_config.NumberColumn(
                format="localized", help=_("还没有结束的：未退出、未离岗、未还清。从结束那天起算。")
            ),
            _("超过期限（行）"): st.column_config.NumberColumn(format="localized"),
        },
    )


def _line(one: KeptFor) -> dict[str, object]:
    ages = one.ages
    return {
        _("台账或记录"): say(one.title),
        _("行数"): ages.rows,
        _("最早"): ages.oldest or "",
        _("仍在继续（行）"): ages.running if has_ends(ages.table) else None,
        _("超过期限（行）"): ages.beyond if one.before else None,
    }
