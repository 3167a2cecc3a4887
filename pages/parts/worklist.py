"""The lists of things to do in words, and each as a card: a number that opens its goods."""

from __future__ import annotations

import streamlit as st

from office.worklist import SOON, Worklists
from pages.parts.cards import Card, cards_html
from pages.parts.language import _


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
    found = [
        Card(name, lists.count(name), title_of(name), why(name), "goods" if links else "", {"list": name})
        for name in names
    ]
    st.html(cards_html(found, across=len(names)))
