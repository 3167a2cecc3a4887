"""Choosing a good by its number, product, village or township: type a part, pick from what fits."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.store import Database
from office.answering import names_of_goods
from pages.parts.language import _

MOST = 200
SEARCHED = ("subject", "product_name", "village_name", "township_name", "head_name")


def matching(names: pd.DataFrame, words: str, *, heads: bool) -> pd.DataFrame:
    """The goods in which every word occurs somewhere; `heads`: in the name of the household's head too."""
    columns = [name for name in SEARCHED if heads or name != "head_name"]
    kept = pd.Series(True, index=names.index)
    for word in words.split():
        hit = pd.Series(False, index=names.index)
        for column in columns:
            hit |= names[column].str.contains(word, case=False, regex=False)
        kept &= hit
    return names[kept]


def pick_good(db: Database, key: str, *, heads: bool) -> str | None:
    """A search field and, beside it, what fits; the subject chosen, None as long as there is none."""
    names = names_of_goods(db)
    left, right = st.columns([2, 3])
    words = left.text_input(
        _("查找农产品"), key=f"{key}_words", placeholder=_("户编号、产品、村或乡镇，可写几个词")
    ).strip()
    if not words:
        return None
    found = matching(names, words, heads=heads)
    if found.empty:
        st.info(_("没有找到“{words}”。请换一个词，或到“检验 → 导入”先登记户和农产品。").format(words=words))
        return None
    labels = {str(row.subject): label(row) for row in found.head(MOST).itertuples()}
    chosen: str | None = right.selectbox(
        _("户和产品"),
        list(labels),
        index=0 if len(labels) == 1 else None,
        format_func=lambda subject: labels.get(subject, subject),
        key=f"{key}_subject_{words}",
        placeholder=_("从 {n} 个里选").format(n=len(labels)),
    )
    if len(found) > MOST:
        st.caption(
            _("符合的有 {n} 个，只列出前 {most} 个；多写一个词可缩小范围。").format(n=len(found), most=MOST)
        )
    return chosen


def label(row: object) -> str:
    """A good in one line."""
    return f"{row.subject}　{row.product_name} · {row.village_name} · {row.township_name}"  # type: ignore[attr-defined]
