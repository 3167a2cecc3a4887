"""导出 DMN/JDM: a programme's decision tables for other rule software, two files to download."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.people import Person
from office import running
from office.exchange import Form, exported, extent, file_name
from office.programs import DEFAULT, program_in_force, program_titles
from office.refusal import Refused
from pages.parts import looks, rule_views
from pages.parts.choices import one_of_few
from pages.parts.language import _, lang, say
from rules.program import Program

MIME: dict[Form, str] = {"dmn": "application/xml", "jdm": "application/json"}


def panel(day: date, person: Person) -> None:
    """The whole view; every role that reads the rules may take them along: they name nobody."""
    with running.reader() as db:
        titles = {name: say(title) for name, title in program_titles(db, day).items()}
        name = one_of_few("program", "rules_exchange_program", _("哪一套规则"), titles, DEFAULT)
        program = program_in_force(db, day, name)
    rule_views.titled(program)
    st.write(
        _(
            "把这套规则的条件、状态和判定行写成通用的判定表，供上级部门或别的软件核对、试算；导出的文件只是副本，办理仍以本系统公布的规则为准。"
        )
    )
    try:
        held = extent(program, day)
    except Refused as refused:
        st.info(say(refused.words), icon=":material/event_busy:")
        return
    st.caption(
        _("取值按 {day}：{inputs} 项输入，{tables} 张判定表，共 {rows} 行。").format(
            day=looks.day_words(day, lang()), inputs=held.inputs, tables=held.tables, rows=held.rows
        )
    )
    left, right = st.columns(2, gap="large")
    with left:
        _offered(program, day, "dmn", _("DMN 1.3（XML）"))
        st.caption(_("国际通用的判定表格式，可用 DMN 软件打开查看、打印。条款、原文和取值写在各表的说明里。"))
    with right:
        _offered(program, day, "jdm", _("GoRules JDM（JSON）"))
        st.caption(_("可在 GoRules 编辑器里打开，或交给 zen 引擎逐例试算，与本系统的结果相互印证。"))


def _offered(program: Program, day: date, form: Form, format_name: str) -> None:
    st.download_button(
        _("下载 {format}").format(format=format_name),
        data=lambda: exported(program, day, form),
        file_name=file_name(program, day, form),
        mime=MIME[form],
        on_click="ignore",
        key=f"rules_exchange_{form}",
        icon=":material/schema:",
    )
