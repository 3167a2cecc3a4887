"""The lists of things to do in words, and each as a card: a number that opens its goods."""

from __future__ import annotations

from html import escape

import streamlit as st

from office.worklist import SOON, Worklists
from pages.parts import address
from pages.parts.language import _

CSS = """
<style>
.stMain .stHeading h3 { padding: .5rem 0 .95rem; }
[class*="st-key-today_card_"] { padding: .45rem .8rem .5rem; gap: .1rem !important; height: 100%; }
[class*="st-key-today_card_"] :is(a, button) { padding: 0; min-height: 0; text-align: left; }
[class*="st-key-today_card_"] :is(a, button) p { font-size: .98rem; color: #1f2933; }
[class*="st-key-today_card_"] :is(a, button) strong, .today-none strong, .today-plain strong { display: inline-block;
  font-size: 1.55rem; font-weight: 700; color: #1f5fa8; line-height: 1.3; margin-right: .4rem;
  font-variant-numeric: tabular-nums; }
.today-none, .today-plain { font-size: .98rem; }
.today-none { color: #5b6672; }
.today-none strong { color: #5b6672; font-weight: 500; }
.today-plain strong { color: #1f2933; }
.today-why { color: #5b6672; font-size: .86rem; line-height: 1.4; }
</style>
"""


def title_of(name: str) -> str:
    """A list's short name."""
    return {
        "one_failure": _("再一次不合格就取消"),
        "lapsing": _("{n}天内到期").format(n=SOON),
        "lapsed": _("检验已过有效期"),
        "fitness_missing": _("是否符合网销未填"),
        "never_inspected": _("从未检验"),
        "result_missing": _("结果未出"),
        "failure_unanswered": _("不合格后未再检验"),
        "newly_eligible": _("新符合"),
        "newly_lost": _("新失去"),
    }[name]


def why(name: str) -> str:
    """One line: what stands on the list, and what to do about it."""
    return {
        "one_failure": _("下一次检验如果不合格，就达到“长期不合格”，应取消帮扶。"),
        "lapsing": _("现在符合；到期以前没有新的检验，就不再符合。请安排抽样。"),
        "lapsed": _("没有别的条件不满足，只差一次新的检验。"),
        "fitness_missing": _("因此不能判定。认定以后，在登记簿里补填“是否符合网销”。"),
        "never_inspected": _("因此不能判定。请安排第一次抽样。"),
        "result_missing": _("已经抽样，结论待确证或结果还没有出。"),
        "failure_unanswered": _("最近一次检验不合格，没有复检，之后也没有新的检验。"),
        "newly_eligible": _("上次存档时不符合或尚未登记，现在至少一项符合。"),
        "newly_lost": _("上次存档时符合，现在至少一项不再符合。"),
    }[name]


def cards(lists: Worklists, names: tuple[str, ...], *, links: bool) -> None:
    """The lists beside each other; without `links` the numbers alone."""
    for column, name in zip(st.columns(len(names)), names, strict=True):
        with column.container(border=True, key=f"today_card_{name}", height="stretch"):
            _card(name, lists.count(name), links=links)


def _card(name: str, count: int, *, links: bool) -> None:
    if count and links:
        address.link("goods", f"**{count:,}** {title_of(name)}", list=name)
    else:
        kind = "today-plain" if count else "today-none"
        st.html(f'<div class="{kind}"><strong>{count:,}</strong> {escape(title_of(name))}</div>')
    st.html(f'<div class="today-why">{escape(why(name))}</div>')
