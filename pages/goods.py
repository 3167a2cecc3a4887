"""资格清单 / Goods: every decision of a day, to be chosen from, exported and recorded."""

from __future__ import annotations

import streamlit as st

from office import running
from office.casework.goods_in_force import goods_in_force
from office.choosing import chosen, nearest_first, verdict_counts
from office.listing import Listing, listing
from office.listing_export import goods_xlsx
from office.permissions import may
from office.personal.taking import taken_by
from office.worklist import worklists
from pages.parts import address, goods_filters
from pages.parts.day_answers import answers_or_stop
from pages.parts.door import need
from pages.parts.files import XLSX
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import day_words, show_chart
from pages.parts.personal_mark import file_marked
from pages.parts.record_day import confirmation, record_button, show_result
from pages.parts.tables import row_hint
from pages.parts.township_chart import township_chart
from pages.parts.verdict_overview import COUNTS_CSS, counts_table
from pages.parts.verdict_table import verdict_table
from rules.history import Ints

person = need("clerk", "reviewer", "auditor")
heads = may(person.role, "see_household_heads")


def order() -> bool:
    """Whether the nearest to revocation come first."""
    key = address.follow("goods_nearest", address.one_of("sort", ("nearest",), "") == "nearest")
    return st.toggle(_("离取消最近的在前"), key=key, on_change=_keep_order, args=(key,))


def _keep_order(key: str) -> None:
    address.put(sort="nearest" if st.session_state[key] else None)


def by_township(listed: Listing, places: Ints, benefit: str) -> None:
    """The chosen goods by township for the benefit chosen, else for the programme's first."""
    program = listed.answers.program
    shown = benefit or next(iter(program.benefits))
    title = say(program.benefits[shown].title)
    st.subheader(_("各乡镇的判定：{benefit}").format(benefit=title), anchor=False)
    show_chart(township_chart(listed, places, shown), key="goods_townships")


with running.reader() as db:
    answers = answers_or_stop(db, address.the_day(), person)
    show_result()
    listed = listing(db, answers)
    filters = goods_filters.ask(listed, heads=heads)
    lists = worklists(db, answers) if filters.worklist else None
    in_force = goods_in_force(db, answers)

places = chosen(listed, filters, lists, in_force)
asked = goods_filters.in_words(listed, filters)
left, middle, clear, export, record = st.columns([2.2, 2.2, 1.4, 1.4, 1.5], vertical_alignment="center")
with left:
    nearest = order()
if nearest:
    places = nearest_first(listed, places)
middle.caption(row_hint(_("打开它的“一户一品”")))
clear.button(
    _("清除筛选"), key="goods_clear", on_click=goods_filters.clear, disabled=not asked, width="stretch"
)
export.download_button(
    _("导出 Excel"),
    data=lambda: goods_xlsx(listed, in_force, places, asked, heads=heads, taken=taken_by(person, "goods")),
    file_name=file_marked(
        _("资格清单_{day}.xlsx").format(day=answers.gathered.as_of.isoformat()), personal=heads
    ),
    mime=XLSX,
    key="goods_export",
    on_click="ignore",
    icon=":material/download:",
    disabled=not places.size,
    width="stretch",
)
with record:
    record_button(person)
confirmation(answers, person)
shown, per_verdict = st.columns([1, 4.2], vertical_alignment="center")
shown.markdown(f"**{_n('共 {n} 个农产品', int(places.size))}**")
per_verdict.html(COUNTS_CSS + counts_table(listed.answers.program, verdict_counts(listed, places)))
if places.size:
    verdict_table(listed, in_force, places, goods_filters.in_address(), heads=heads)
    by_township(listed, places, filters.benefit)
else:
    st.info(
        _("{day}没有符合这些筛选的农产品。放宽或清除筛选再看。").format(
            day=day_words(answers.gathered.as_of, lang())
        ),
        icon=":material/filter_alt_off:",
    )
