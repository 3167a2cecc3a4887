"""The table of contents: which pages there are, for whom, and the frame around each of them.

The entry script of the application. It stands inside the folder of the pages, never beside a folder
named `pages`: there Streamlit would open any page without running this script first.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
# Streamlit puts the script's own folder first, where rules.py would hide the package `rules`.
sys.path[:] = [str(HERE.parent), *(p for p in sys.path if p not in (str(HERE), str(HERE.parent)))]

import streamlit as st  # noqa: E402

from office import running  # noqa: E402
from pages.parts import address, door, frame  # noqa: E402
from pages.parts.frame import PageLine, Section  # noqa: E402
from pages.parts.language import _, lang  # noqa: E402

EVERYBODY = ("clerk", "reviewer", "auditor", "administrator")
CASE_WORK = ("clerk", "reviewer", "auditor")
HOUSE = ("administrator",)


def contents() -> list[Section]:
    """The pages in their order, under their headings; each asks for the same roles again itself."""
    return [
        Section(
            _("帮扶办理"),
            [
                PageLine("today", _("今日"), ":material/today:", EVERYBODY),
                PageLine("tasks", _("待办"), ":material/checklist:", CASE_WORK),
                PageLine("goods", _("资格清单"), ":material/list_alt:", CASE_WORK),
                PageLine("good", _("一户一品"), ":material/manage_search:", CASE_WORK),
                PageLine("inspections", _("检验"), ":material/science:", CASE_WORK),
                PageLine("packaging", _("包装物资"), ":material/inventory_2:", CASE_WORK),
                PageLine("logistics", _("物流补贴"), ":material/local_shipping:", CASE_WORK),
                PageLine("grants", _("奖补与贴息"), ":material/payments:", CASE_WORK),
                PageLine("notices", _("公示"), ":material/campaign:", CASE_WORK),
            ],
        ),
        Section(
            _("统计"),
            [
                PageLine("targets", _("目标"), ":material/flag:", EVERYBODY),
                PageLine("registers", _("台账"), ":material/table_rows:", CASE_WORK),
                PageLine("trace", _("追溯"), ":material/qr_code:", CASE_WORK),
                PageLine("reports", _("通报与考核"), ":material/summarize:", CASE_WORK),
            ],
        ),
        Section(
            _("依据"),
            [
                PageLine("clauses", _("方案对照"), ":material/rule:", EVERYBODY),
                PageLine("rules", _("规则"), ":material/menu_book:", EVERYBODY),
                PageLine("rule_changes", _("改规则"), ":material/edit_note:", CASE_WORK),
                PageLine("audit", _("审计"), ":material/fact_check:", CASE_WORK),
            ],
        ),
        Section(
            _("保护"),
            [
                PageLine("personal", _("个人信息"), ":material/shield_person:", EVERYBODY),
                PageLine("people", _("人员与账号"), ":material/group:", HOUSE),
                PageLine("system", _("备份与体检"), ":material/health_and_safety:", HOUSE),
            ],
        ),
    ]


def apart() -> list[PageLine]:
    """Pages that the foot of the sidebar leads to."""
    return [
        PageLine("account", _("我的账号"), "", EVERYBODY),
        PageLine("about", _("关于"), "", EVERYBODY),
    ]


def main() -> None:
    """Who is it, what may they see, the frame, the page."""
    st.set_page_config(layout="wide", initial_sidebar_state="expanded", page_icon="🌾")
    st.session_state["lang"] = lang()
    frame.dress()
    person = door.need(*EVERYBODY)
    st.session_state["working_day"] = running.working_day()
    demonstration = running.is_demonstration()
    every = contents()
    lines = [line for section in every for line in section.for_role(person.role)]
    lines += apart()
    pages = [_page(line) for line in lines]
    chosen = st.navigation(pages, position="hidden")
    line = lines[pages.index(chosen)]
    st.session_state[address.PAGE] = line.name
    frame.sidebar(every, person)
    frame.head(line, demonstration)
    chosen.run()


def _page(line: PageLine) -> Any:
    """No icon here: a page's icon becomes the browser's, and a `:material/` one is fetched from outside."""
    first = line.name == address.FIRST
    return st.Page(
        HERE / f"{line.name}.py", title=line.title, url_path="" if first else line.name, default=first
    )


main()
