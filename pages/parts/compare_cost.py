"""What a draft about goods touches besides the list: packaging that is held or needed, and a year's subsidy."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from data.papers.filters import yuan
from data.store import Database
from office.rulekeeping.draft_effects import Effects
from office.rulekeeping.draft_money import money_effect
from office.rulekeeping.draft_packaging import PackagingEffect, packaging_effect
from office.rulekeeping.draft_words import money_words, packaging_words
from office.stores.packaging_views import item_kind_words
from pages.parts.language import _, say
from pages.parts.tables import table_height


def show_cost(db: Database, on: date, found: Effects) -> None:
    """Both estimates, each with its method in a sentence. Raises Refused."""
    st.subheader(_("包装物资"), anchor=False)
    packaging = packaging_effect(db, on, found)
    if packaging is None:
        st.caption(_("两边不都判定包装设备和包材，没有可比的。"))
    else:
        st.caption(say(packaging_words(packaging)))
        _items(packaging)
    st.subheader(_("物流补贴资金"), anchor=False)
    money = money_effect(db, on, found)
    if money is None:
        st.caption(_("两边不都判定物流补贴的资格，没有可比的。"))
        return
    cards = st.columns(4)
    cards[0].metric(_("一年约多付（元）"), yuan(money.more))
    cards[1].metric(_("一年约少付（元）"), yuan(money.less))
    cards[2].metric(_("变好的产品的申报（件）"), f"{money.given.claims:,}")
    cards[3].metric(_("变差的产品的申报（件）"), f"{money.taken.claims:,}")
    st.caption(say(money_words(money)))


def _items(found: PackagingEffect) -> None:
    if not found.items:
        st.info(
            _("变差的产品没有持有包装物资，变好的产品没有可以估算的需要。"), icon=":material/inventory_2:"
        )
        return
    frame = pd.DataFrame(
        [
            {
                "item": f"{one.item.code} {one.item.name}",
                "kind": say(item_kind_words(one.item.kind)),
                "unit": one.item.unit,
                "held_by": one.held_by,
                "held": one.held,
                "needed_by": one.needed_by,
                "needed": one.needed,
            }
            for one in found.items
        ]
    )
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    st.dataframe(
        frame,
        hide_index=True,
        height=table_height(len(frame), 10),
        key="rule_changes_items",
        column_config={
            "item": text(_("物资"), width="medium"),
            "kind": text(_("类别")),
            "unit": text(_("单位"), width="small"),
            "held_by": number(_("变差、持有的产品（个）"), format="localized"),
            "held": number(_("现持有（按单位）"), format="localized"),
            "needed_by": number(_("变好、需要的产品（个）"), format="localized"),
            "needed": number(_("约需（按单位）"), format="localized"),
        },
    )
