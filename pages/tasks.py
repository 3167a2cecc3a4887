"""待办 / To do: what waits, since when and whose turn it is; plain cases are confirmed together."""

from __future__ import annotations

import streamlit as st

from office import running
from office.casework.desk import desk
from office.casework.desk_list import chosen, places_of_goods, tasks_xlsx
from office.casework.desk_tasks import KINDS
from pages.parts import address, tasks_bulk, tasks_filters, today_lines
from pages.parts.day_answers import answers_or_stop
from pages.parts.door import need
from pages.parts.files import XLSX
from pages.parts.language import _, _n, say
from pages.parts.personal_wishes import wishes_waiting
from pages.parts.standing_place import standing_place
from pages.parts.tables import row_hint
from pages.parts.tasks_table import tasks_table

person = need("clerk", "reviewer", "auditor")


def nothing() -> None:
    """Nothing fits: either all is done, or the filters leave nothing."""
    if not lies.tasks:
        st.success(_("现行状态与规则的建议处处一致，没有要办的事。"), icon=":material/task_alt:")
        return
    st.info(_("没有符合这些筛选的事项。"), icon=":material/filter_alt_off:")
    st.button(_("看全部待办"), key="tasks_all", on_click=tasks_filters.show_all)


with running.reader() as db:
    answers = answers_or_stop(db, address.the_day(), person)
    tasks_bulk.told()
    with standing_place("tasks_wishes"):
        today_lines.show(wishes_waiting(db, person))
    program, places = answers.program, places_of_goods(db)
    lies = desk(db, answers)
    filters = tasks_filters.ask(lies, program, places, person)
    found = chosen(lies, filters, person, places)
    count, export = st.columns([5, 1.4], vertical_alignment="center")
    what = say(KINDS[filters.kind].what) if filters.kind else row_hint(_("去办理"))
    count.markdown(f"**{_n('共 {n} 项', len(found))}**　{what}")
    export.download_button(
        _("导出 Excel"),
        data=lambda: tasks_xlsx(found, program, places, lies, tasks_filters.in_words(filters, program)),
        file_name=_("待办_{day}.xlsx").format(day=lies.day.isoformat()),
        mime=XLSX,
        key="tasks_export",
        on_click="ignore",
        icon=":material/download:",
        disabled=not found,
        width="stretch",
    )
    tasks_bulk.bulk(db, person, filters, program, places, lies.day)
    if found:
        tasks_table(found, program, places, tasks_filters.in_address(), person)
    else:
        nothing()
