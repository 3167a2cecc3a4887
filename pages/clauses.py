"""方案对照 / The plan clause by clause: every part of it beside the registers, rules, targets and pages that carry it out."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from office import running
from office.plan_coverage import Carried, Coverage, coverage, coverage_xlsx
from office.refusal import Refused
from pages.parts import address, clauses_notes, clauses_table
from pages.parts.choices import one_of_few
from pages.parts.door import need
from pages.parts.frame import page_titles
from pages.parts.language import _, _n, lang, say

person = need("clerk", "reviewer", "auditor", "administrator")
day = address.the_day()


def beside_the_plan(found: Coverage) -> None:
    """Filters, a line that says what is shown, and the parts."""
    names = {"": _("全文"), **clauses_table.section_words()}
    section = one_of_few("section", "clauses_section", _("哪一部分"), names, "")
    left, middle, right = st.columns([5, 3, 2], vertical_alignment="bottom")
    words, only_empty = _search(left), _only_empty(middle)
    shown = found.asked(section, words, only_empty=only_empty)
    if not shown:
        st.info(_("没有这样的条款。可以换一个词，或看全文。"), icon=":material/search_off:")
        return
    language, titles = lang(), page_titles()  # the file is made apart from this run, which alone knows them
    right.download_button(
        _("导出 Excel"),
        data=lambda: coverage_xlsx(shown, language, day, titles),
        file_name=_("方案对照.xlsx"),
        key="clauses_export",
        on_click="ignore",
    )
    st.write(_summary(shown))
    clauses_table.table(found, shown, titles)


def _summary(shown: Sequence[Carried]) -> str:
    """How many parts there are, how many are carried out, how many wait for rows."""
    carried = sum(one.part.kind == "carried_out" for one in shown)
    waiting = sum(bool(one.empty) for one in shown)
    return _(
        "{all}：{carried}由台账、规则、目标或页面落实，其余是标题、原则和说明；{waiting}还有空的台账。"
    ).format(all=_n("共 {n} 句", len(shown)), carried=_n("{n} 句", carried), waiting=_n("{n} 句", waiting))


def _search(place: st.delta_generator.DeltaGenerator) -> str:
    key = address.follow("clauses_search", address.text("search"))
    what = _("方案的词、台账、规则或目标")
    place.text_input(_("查找"), key=key, placeholder=what, on_change=address.keep, args=("search", key, ""))
    return address.text("search")


def _only_empty(place: st.delta_generator.DeltaGenerator) -> bool:
    key = address.follow("clauses_empty", address.one_of("empty", ("1",), "") == "1")
    place.toggle(_("只看有空台账的"), key=key, on_change=_keep_empty, args=(key,))
    return bool(st.session_state[key])


def _keep_empty(key: str) -> None:
    address.put(empty="1" if st.session_state[key] else None)


st.html(clauses_table.CSS)
views = {"plan": _("逐句对照"), "open": _("方案没有说清的")}
view = one_of_few("view", "clauses_view", _("看什么"), views, "plan")
try:
    with running.reader() as db:
        found = coverage(db, day)
except Refused as refused:
    st.error(say(refused.words), icon=":material/error:")
    st.stop()
if found.no_targets is not None:
    st.warning(say(found.no_targets), icon=":material/flag:")
if view == "plan":
    beside_the_plan(found)
else:
    clauses_notes.left_open(found)
