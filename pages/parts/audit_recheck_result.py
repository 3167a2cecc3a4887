"""What a re-check came to: figures, the first differences in a table, to take along, and the button that records it."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from data.people import Person
from data.problems import StoreProblem
from office import running
from office.casework.asked import Doer
from office.permissions import may
from office.rechecking.job import Job
from office.rechecking.keeping import keep
from office.rechecking.sheet import TITLES, cells, differences_xlsx
from office.rechecking.whole import Rechecked
from office.refusal import Refused
from pages.parts.files import XLSX
from pages.parts.language import _, _n, in_language, lang, say
from pages.parts.looks import number_words
from pages.parts.tables import table_height

SHOWN_HASH = 16


def show_result(job: Job, person: Person, since: int) -> None:
    """The result of the job, which is done; `since` it began, so many entries came into the chain."""
    found = job.result
    assert found is not None
    if found.ok:
        st.success(_("全部相符。"), icon=":material/check_circle:")
    else:
        st.error(
            _n("有 {n} 处不符。", found.total).format(n=number_words(found.total)), icon=":material/error:"
        )
    _figures(found)
    if found.entries and since > 0:
        st.caption(_n("此后又登记了 {n} 条，不在这次复核之内。", since).format(n=number_words(since)))
    for note in found.notes:
        st.info(say(note), icon=":material/info:")
    if found.differences:
        _table(found)
    if found.entries and may(person.role, "recheck"):
        _record(job, person)


def _figures(found: Rechecked) -> None:
    columns = st.columns(5)
    figures = (
        (_("重新判定（条）"), found.rechecked),
        (_("存档（次）"), found.runs),
        (_("结算（次）"), found.settlements),
        (_("上报、通报、考核（份）"), found.reports),
        (_("用时（秒）"), round(found.seconds)),
    )
    for column, (label, value) in zip(columns, figures, strict=True):
        column.metric(label, number_words(value))
    if found.head:
        st.caption(
            _("链首：第 {seq} 条 · {hash}").format(seq=found.entries, hash=found.head)
            + " "
            + _("（文书页脚印的是编号和前 {n} 位）").format(n=SHOWN_HASH)
        )


def _table(found: Rechecked) -> None:
    names = [say(title) for title, _width in TITLES]
    rows = pd.DataFrame([cells(one, say) for one in found.differences], columns=names)
    left, right = st.columns([3, 1], vertical_alignment="center")
    if found.total > len(rows):
        left.caption(_("只列出前 {n} 处，最基本的在前。").format(n=number_words(len(rows))))
    said = partial(in_language, lang())  # the file is made apart from this run
    right.download_button(
        _("下载 Excel"),
        data=lambda: differences_xlsx(found, said),
        file_name=_("复核不符之处") + ".xlsx",
        mime=XLSX,
        on_click="ignore",
        key="audit_recheck_xlsx",
        icon=":material/download:",
    )
    shown = _shown(rows)
    st.dataframe(
        shown,
        hide_index=True,
        height=table_height(len(rows), 12),
        key="audit_recheck_table",
        column_config={names[3]: st.column_config.TextColumn(names[3], width="large")},
    )


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    """Without what is blank throughout; the sentence only where the other columns do not say it all."""
    names = [name for name in rows.columns if (rows[name] != "").any()]
    if (rows.iloc[:, 3] != "").all():
        names.remove(rows.columns[-1])
    return rows[names]


def _record(job: Job, person: Person) -> None:
    if job.recorded:
        st.caption(_("这次复核已经登记。"))
        return
    st.button(
        _("登记这次复核"),
        key="audit_recheck_keep",
        icon=":material/edit_note:",
        help=_("在记录链上记下：谁在哪一天复核到第几条、有没有不符。"),
        on_click=_keep,
        args=(job, person.name, person.role),
    )
    if (said := st.session_state.pop("audit_recheck_said", None)) is not None:
        st.warning(said, icon=":material/sync_problem:")


def _keep(job: Job, name: str, role: str) -> None:
    assert job.result is not None
    try:
        keep(running.writer(), job.result, doer=Doer(name, role))
    except (Refused, StoreProblem) as problem:
        st.session_state["audit_recheck_said"] = say(problem.words)
    else:
        job.recorded = True
