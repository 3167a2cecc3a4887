"""审计 → 全部复核: everything recorded decided again beside the page, how far it is, what differs, and earlier re-checks."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.chain import head
from data.rulekeeping.rechecks import rechecks
from data.store import Database
from office import running
from office.permissions import may
from office.rechecking import job
from pages.parts.audit_recheck_earlier import show_earlier
from pages.parts.audit_recheck_mark import show_mark
from pages.parts.audit_recheck_result import show_result
from pages.parts.door import Person
from pages.parts.language import _, say
from pages.parts.looks import number_words

EVERY = 1.0  # seconds between two looks at how far it is


def panel(day: date, person: Person) -> None:
    """Begin, watch, read and record a re-check."""
    st.caption(
        _(
            "先核对记录链和全部摘要，再把存档的每一条判定按当时的事实、当时的规则和当时已知的台账重新判定一遍，"
            "结算、上报、通报、考核也重新计算。只读取，不改动任何记录。"
        )
    )
    with running.reader() as db:
        _job(db, person)
        st.divider()
        show_mark(db)
        st.divider()
        show_earlier(rechecks(db))


def _job(db: Database, person: Person) -> None:
    latest = job.latest(running.database_path())
    if latest is not None and latest.running:
        _progress()
        return
    if may(person.role, "recheck"):
        label = _("开始复核") if latest is None else _("再复核一次")
        st.button(
            label,
            key="audit_recheck_begin",
            type="primary" if latest is None else "secondary",
            icon=":material/fact_check:",
            on_click=_begin,
            args=(person.name,),
        )
    if latest is None:
        st.info(
            _("程序启动以来还没有复核过。数据量大时要一分钟左右，期间可以照常办事。"), icon=":material/info:"
        )
    elif latest.refused is not None:
        st.warning(say(latest.refused), icon=":material/sync_problem:")
    elif latest.result is not None:
        show_result(latest, person, head(db).seq - latest.result.entries)


def _begin(by: str) -> None:
    job.begin(running.database_path(), by)


@st.fragment(run_every=EVERY)
def _progress() -> None:
    """Looks again every second; once it is done the whole page is drawn anew."""
    latest = job.latest(running.database_path())
    if latest is None or not latest.running:
        st.rerun()
    share = latest.done / latest.total if latest.total else 0.0
    told = say(latest.what)
    if latest.total:
        told = _("{what}：{done} / {total}").format(
            what=told, done=number_words(latest.done), total=number_words(latest.total)
        )
    st.progress(min(share, 1.0), text=told)
    st.caption(_("由{by}开始。可以离开这一页，结果会留在这里。").format(by=latest.by))
