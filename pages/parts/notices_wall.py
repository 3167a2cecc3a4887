"""The notices that hang on the wall, or whose days are over and that nobody has closed yet."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.casework.public_notices import Posted
from data.people import Person
from data.store import Database
from office.notices.notice_steps import days_left, ended, running
from office.permissions import may
from pages.parts import address
from pages.parts.language import _, _n, lang
from pages.parts.looks import day_words
from pages.parts.notices_lines import about, print_buttons, wall_table
from pages.parts.notices_steps import closing, objections, say_done, withdrawing


def show_wall(db: Database, person: Person, day: date) -> None:
    """Those that are over first (somebody has to close them), then the running ones, the first to end in front."""
    say_done()
    over, hanging = ended(db, day), running(db, day)
    if not over and not hanging:
        st.info(_("这一天没有公示中的内容。"), icon=":material/campaign:")
        if may(person.role, "publish"):
            address.link("notices", _("去发布公示"), icon=":material/add:", view="post")
    for posted in (*over, *hanging):
        with st.container(border=True, key=f"notices_one_{posted.id}"):
            st.subheader(about(posted), anchor=False)
            st.markdown(_period(posted, day))
            st.caption(_where(posted))
            _content(posted)
            objections(posted, person, day)
            if may(person.role, "publish"):
                closing(posted, person, day)
                withdrawing(posted, person)


def _content(posted: Posted) -> None:
    with st.expander(_n("公示内容（{n} 户）", len(posted.entries)), icon=":material/list:"):
        wall_table(posted.kind, posted.entries, f"notices_lines_{posted.id}")
    print_buttons(posted)


def _period(posted: Posted, day: date) -> str:
    """One calm line: until when, and how many days are left."""
    until = day_words(posted.ends_on, lang())
    left = days_left(posted, day)
    if left:
        return _n("公示到 **{{until}}**，还剩 **{n}** 天（含当天）。", left).format(until=until)
    return _("公示已于 **{until}** 期满，请结束公示。").format(until=until)


def _where(posted: Posted) -> str:
    return _("{since} 起公示 {days} 天 · 张贴在 {place} · 电话 {phone} · 由{who}发布").format(
        since=day_words(posted.posted_on, lang()),
        days=posted.days,
        place=posted.place,
        phone=posted.phone,
        who=posted.recorded_by,
    )
