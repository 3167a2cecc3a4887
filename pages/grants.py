"""奖补与贴息 / Rewards and interest: claims checked by the rules, each grant by itself; what is paid is for people to decide."""

from __future__ import annotations

import streamlit as st

from data.store import Database
from office import running
from office.grants.kinds import KINDS, Kind
from office.grants.listing import GrantList, grants_now
from office.grants.slips import slip_of
from office.permissions import may
from office.refusal import Refused
from pages.parts import address
from pages.parts.door import need
from pages.parts.grants_list import STYLE, show_reasons, show_sums, the_table, which_grant
from pages.parts.grants_slip import show_grant
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import day_words

person = need("clerk", "reviewer", "auditor")
day = address.the_day()


def entry(kind: Kind) -> None:
    """The ways to the registers that this grant's claims stand in."""
    with st.container(horizontal=True):
        if may(person.role, "enter"):
            address.link(
                "registers", _("录入申报"), icon=":material/add:", register=kind.register, view="add"
            )
        address.link("registers", _("申报台账"), icon=":material/table_rows:", register=kind.register)
        of = _("网点台账") if kind.of == "outlets" else _("贷款台账")
        address.link("registers", of, icon=":material/table_rows:", register=kind.of)
        address.link("rules", _("规则"), icon=":material/menu_book:", view="plan", program=kind.program)


def show(db: Database, found: GrantList) -> None:
    """What was claimed by the day, and the slip of the claim that is chosen."""
    number, early = len(found.rows), found.checked.too_early.entity.size
    told = _n(
        "到{{day}}共有 {n} 件申报，每件按期间末日的规则核对。这里只核对、不支付，是否支付由人决定。", number
    )
    st.caption(told.format(day=day_words(day, lang())))
    if early:
        st.caption(_n("另有 {n} 件申报的期间在规则施行以前，不作判定。", early))
    if not number:
        st.info(_("到这一天没有申报。先在台账里登记，再录入或导入申报。"), icon=":material/payments:")
        return
    show_sums(found)
    show_reasons(found)
    if (claim := the_table(found)) is not None:
        try:
            show_grant(slip_of(db, found.checked, claim), person)
        except Refused as refused:
            st.info(say(refused.words), icon=":material/info:")


titles = {name: say(kind.title) for name, kind in KINDS.items()}
chosen = KINDS[which_grant(titles)]
st.html(STYLE)
entry(chosen)
with running.reader() as database:
    try:
        show(database, grants_now(database, chosen, day))
    except Refused as refused:
        st.info(say(refused.words), icon=":material/info:")
