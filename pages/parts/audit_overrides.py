"""审计 → 与规则不同的处理: who, how often of all acts, against which condition, and what came afterwards."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from data.rulekeeping.populations import townships_named
from data.store import Database
from office import running
from office.audit.override_words import CANNOT_SHOW, about_sheet, asked_words, overrides_xlsx, percent_words
from office.audit.overrides import ALWAYS, Asked, Overview, overview
from office.audit.sampling_words import benefit_titles
from office.refusal import Refused
from pages.parts.audit_overrides_table import overrides_chart, overrides_table, show_override
from pages.parts.choices import day_or_none, one_or_all
from pages.parts.door import Person
from pages.parts.files import XLSX
from pages.parts.language import _, _n, say
from pages.parts.tables import table_height

PAGE = "audit_overrides"


def panel(day: date, person: Person) -> None:
    """Filters, figures, who and how often, the acts themselves, and the one that is chosen."""
    with running.reader() as db:
        asked = _period(db, day)
        try:
            everything = overview(db, asked, day)
        except Refused as refused:
            st.info(say(refused.words), icon=":material/info:")
            return
        asked, found = _asked(db, asked, everything, day)
        st.caption(say(CANNOT_SHOW))
        if not found.whole.acts:
            st.info(
                _("这段时间没有依据判定的处理。处理在“一户一品”和“待办”里办理。"), icon=":material/gavel:"
            )
            return
        _figures(found, say_titles(db))
        if not found.found:
            st.info(_("没有与规则不同的处理。"), icon=":material/check_circle:")
            return
        _export(db, found, asked, day)
        chosen = overrides_table(found, say_titles(db))
        if chosen is not None:
            show_override(chosen, day)


def say_titles(db: Database) -> dict[str, str]:
    """What the benefits are called, in the language of the run."""
    return {name: say(title) for name, title in benefit_titles(db).items()}


def _period(db: Database, day: date) -> Asked:
    """The days first: what else may be asked depends on them."""
    first = st.columns(4)
    with first[0]:
        since = day_or_none(PAGE, "since", _("办理日自"))
    with first[1]:
        until = day_or_none(PAGE, "until", _("办理日至"))
    with first[2]:
        township = one_or_all(PAGE, "township", _("乡镇"), townships_named(db))
    with first[3]:
        benefit = one_or_all(PAGE, "benefit", _("帮扶"), say_titles(db))
    return Asked(
        since.isoformat() if since else ALWAYS[0],
        until.isoformat() if until else ALWAYS[1],
        benefit,
        township,
    )


def _asked(db: Database, asked: Asked, everything: Overview, day: date) -> tuple[Asked, Overview]:
    """The person and the condition, out of those that there are."""
    names = {share.name: share.name for share in everything.shares}
    left, right, _rest = st.columns([1, 2, 1])
    with left:
        who = one_or_all(PAGE, "person", _("办理人"), names)
    with right:
        condition = one_or_all(
            PAGE,
            "condition",
            _("不同于哪个条件"),
            {name: say(words) for name, words in everything.conditions.items()},
        )
    whole = Asked(asked.since, asked.until, asked.benefit, asked.township, who, condition)
    return whole, overview(db, whole, day)


def _figures(found: Overview, titles: dict[str, str]) -> None:
    """How many there are, everybody who acted in the order of their names, and the months."""
    left, middle, right = st.columns([1, 1.9, 1.7], gap="medium")
    with left:
        st.metric(_("与规则不同的处理"), _n("{n} 次处理", len(found.found)))
        st.caption(
            _("依据判定的处理共 {acts} 次，其中与规则不同 {n} 次，占{percent}。").format(
                acts=f"{found.whole.acts:,}",
                n=f"{found.whole.overrides:,}",
                percent=say(percent_words(found.whole)),
            )
        )
    with right:
        if found.found:
            overrides_chart(found, titles)
    with middle:
        st.dataframe(
            pd.DataFrame(
                [
                    {
                        "name": one.name,
                        "acts": one.acts,
                        "overrides": one.overrides,
                        "share": say(percent_words(one)),
                    }
                    for one in found.shares
                ]
            ),
            hide_index=True,
            height=table_height(len(found.shares), 5),
            key="audit_overrides_people",
            column_config={
                "name": st.column_config.TextColumn(_("办理人"), help=_("按姓名排列，不排名次。")),
                "acts": st.column_config.NumberColumn(
                    _("依据判定（次）"),
                    help=_("依据存档判定的处理，给予、不给予、恢复、告知、决定都在内。"),
                    format="localized",
                ),
                "overrides": st.column_config.NumberColumn(_("与规则不同（次）"), format="localized"),
                "share": st.column_config.TextColumn(_("占比"), alignment="right"),
            },
        )


def _export(db: Database, found: Overview, asked: Asked, day: date) -> None:
    titles = benefit_titles(db)
    said = asked_words(asked, townships_named(db), titles, found)
    st.download_button(
        _("导出 Excel"),
        data=lambda: overrides_xlsx(found, titles, about_sheet(found, day.isoformat(), said)),
        file_name=_("与规则不同的处理_{day}.xlsx").format(day=day.isoformat()),
        mime=XLSX,
        key="audit_overrides_export",
        on_click="ignore",
        icon=":material/download:",
    )
