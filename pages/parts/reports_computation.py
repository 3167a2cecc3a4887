"""How one township came to its points of one item: figure, rule, clause, and the rows behind it, each with its link."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from data.register import REGISTERS
from data.versions import Key
from office import running
from office.registry.linking import key_text, row_address
from office.reports.assessment import Scored
from office.reports.assessment_words import figure_words, full_words, of_words, points_words
from office.reports.proportions import points
from office.rulekeeping.said_of_readings import said_in_file
from pages.parts import address
from pages.parts.anchors import anchor
from pages.parts.language import _, _n, say
from rules.assessing import Item, Score

MOST_LINKS = 30


def show_computation(scored: Scored, code: str, name: str) -> None:
    """The computation, then the rows."""
    item = scored.rules.items[name]
    found = next(one for one in scored.scores[code].scores if one.item == name)
    with st.container(border=True):
        st.markdown(f"**{scored.names[code]}　{say(item.title)}　{say(points_words(found))}**")
        st.markdown(say(item.text))
        st.markdown(_sentence(item, found))
        note = f"（{item.citation.note}）" if item.citation.note else ""
        st.caption(_cited(scored, item, note))
        for register, keys in scored.behind[name][code].rows.items():
            if keys:
                _rows(register, keys)


def _cited(scored: Scored, item: Item, note: str) -> str:
    """Clause and quote, and what the leading group said of the office's reading."""
    with running.reader() as db:
        said = said_in_file(db, "assessment", scored.period.last).get(f"item:{item.name}")
    told = _("条款 {clause}：“{quote}”").format(clause=item.citation.clause, quote=item.citation.quote)
    standing = _("办公室口径，待确认") if said is None else _("办公室口径") + _("，") + say(said.words)
    return f"{told}{_('。')}{standing}{note}"


def _sentence(item: Item, found: Score) -> str:
    """Figure and full mark, or why there is nothing to compute."""
    if found.state == "not_applicable":
        return _("没有可算的对象或无基期，不适用；分值已按比例分到其余项目。")
    said = _("数值 **{figure}**，对比数 **{of}**；{full} 得满分 {weight} 分。").format(
        figure=say(figure_words(item, found.figure)),
        of=say(of_words(item, found.figure)),
        full=say(full_words(item, found.full)),
        weight=points(found.weight),
    )
    return said + (_("没有上报数据，得 0 分。") if found.state == "no_data" else "")


def _rows(register: str, keys: Sequence[Key]) -> None:
    title = say(REGISTERS[register].title)
    with st.expander(f"{title}　" + _n("{n} 行", len(keys))):
        links = (
            anchor("registers", escape(key_text(key)), row_address(register, key))
            for key in keys[:MOST_LINKS]
        )
        st.html(f'<div class="office-links">{"".join(links)}</div>')
        if len(keys) > MOST_LINKS:
            st.caption(_("只列前 {n} 行；全部见台账。").format(n=MOST_LINKS))
            address.link("registers", title, icon=":material/table_rows:", register=register)
