"""审计 → 以前的判定现在看: recorded decisions that would be otherwise with what is known now, and who looked at them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from data.rulekeeping.populations import townships_named
from data.store import Database
from office import running
from office.permissions import may
from office.programs import program_in_force
from office.then_and_now.past import Past, PastDecisions, past_decisions
from office.then_and_now.past_words import NOT_THERE, Told, told
from pages.parts.audit_past_one import look_form, said, show_one
from pages.parts.choices import one_of_few, one_or_all
from pages.parts.door import Person
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import verdict_label
from pages.parts.standing_place import standing_place
from pages.parts.states import kind_words
from pages.parts.tables import row_hint, table_height

MOST_ROWS = 12
OPEN, LOOKED, FACTS = "open", "looked", "facts"


def panel(day: date, person: Person) -> None:
    """What is meant, which are to be looked at, the table, and what is to be said of those chosen."""
    with standing_place("audit_past_said"):
        said()
    with running.reader() as db:
        st.caption(
            _(
                "存档以后才录入或更正的检验、户、产品，可能使当时的判定现在看有所不同。这里按当时的规则、现在所知的全部内容重新判定。存档的判定不会改动；要变更现行状态的，到“一户一品”办理。"
            )
        )
        past = past_decisions(db)
        if past.refused is not None:
            st.error(say(past.refused), icon=":material/error:")
            return
        titles = {name: say(b.title) for name, b in program_in_force(db, day).benefits.items()}
        shown = _shown(db, past, titles)
        if not shown:
            _nothing(past)
            return
        chosen = _table(told(db, shown), past, titles)
        if len(chosen) == 1:
            show_one(db, chosen[0], past.look_at(chosen[0].past), titles)
        still_open = [one.past.decision for one in chosen if past.look_at(one.past) is None]
        if still_open and may(person.role, "look_into"):
            look_form(still_open, person)


def _shown(db: Database, past: PastDecisions, titles: Mapping[str, str]) -> list[Past]:
    """The list that is asked for, filtered by benefit and township."""
    still_open = {one.decision for one in past.open}
    lists = {
        OPEN: list(past.open),
        LOOKED: [one for one in past.found if one.differs and one.decision not in still_open],
        FACTS: [one for one in past.found if not one.differs],
    }
    words = {
        OPEN: _("结果不同，要看的 {n} 条").format(n=f"{len(lists[OPEN]):,}"),
        LOOKED: _("结果不同，已看过 {n} 条").format(n=f"{len(lists[LOOKED]):,}"),
        FACTS: _("结果相同，依据变了 {n} 条").format(n=f"{len(lists[FACTS]):,}"),
    }
    which, benefit, township = st.columns([3, 1.4, 1], vertical_alignment="bottom")
    with which:
        asked = lists[one_of_few("show", "audit_past_show", _("看哪些"), words, OPEN)]
    with benefit:
        of = one_or_all("audit_past", "benefit", _("帮扶"), titles)
    with township:
        place = one_or_all("audit_past", "township", _("乡镇"), townships_named(db))
    kept = [one for one in asked if of in ("", one.benefit)]
    return [one.past for one in told(db, kept) if place == one.township_code] if place else kept


def _nothing(past: PastDecisions) -> None:
    if past.found:
        st.info(_("这里没有符合筛选的判定。"), icon=":material/filter_alt_off:")
    else:
        st.success(_("按现在所知的全部内容，以前存档的判定没有一条会不同。"), icon=":material/check_circle:")


def _table(rows: Sequence[Told], past: PastDecisions, titles: Mapping[str, str]) -> list[Told]:
    """The decisions, the latest day first; gives those that are chosen."""
    st.markdown(f"**{_n('{n} 条判定', len(rows))}**　" + row_hint(_("看详情；可选几行，一起记“看过”")))
    frame = pd.DataFrame([_row(one, past, titles) for one in rows])
    event = st.dataframe(
        frame if frame["look"].any() else frame.drop(columns="look"),
        hide_index=True,
        height=table_height(len(rows), MOST_ROWS),
        placeholder="",
        key="audit_past_table",
        on_select="rerun",
        selection_mode="multi-row",
        column_config=_config(),
    )
    return [rows[at] for at in event["selection"]["rows"] if at < len(rows)]


def _row(one: Told, past: PastDecisions, titles: Mapping[str, str]) -> dict[str, Any]:
    decision, look = one.past, past.look_at(one.past)
    return {
        "day": decision.as_of,
        "subject": decision.subject,
        "product": one.product,
        "township": one.township,
        "benefit": titles.get(decision.benefit, decision.benefit),
        "then": verdict_label(decision.then),
        "now": verdict_label(decision.now) if decision.now else say(NOT_THERE),
        "acts": _("、").join(kind_words(kind) for kind in one.acts),
        "why": say(one.why),
        "look": f"{look.by}：{look.text}" if look else "",
    }


def _config() -> dict[str, Any]:
    config, wide = st.column_config, lang() == "en"
    return {
        "day": config.DateColumn(_("判定日"), width=88, format="YYYY-MM-DD"),
        "subject": config.TextColumn(_("户/产品"), width=82),
        "product": config.TextColumn(_("产品"), width=64),
        "township": config.TextColumn(_("乡镇"), width=102),
        "benefit": config.TextColumn(_("帮扶"), width=138 if wide else 114),
        "then": config.TextColumn(_("存档时"), width=106 if wide else 86),
        "now": config.TextColumn(_("现在看"), width=106 if wide else 86),
        "acts": config.TextColumn(_("依据它的处理"), width=110 if wide else 100),
        "why": config.TextColumn(_("变了的事实"), width=230 if wide else 304),
        "look": config.TextColumn(_("看过"), width=160),
    }
