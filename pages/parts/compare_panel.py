"""改规则 → 与现行规则对比: choose a draft and a day; what is in force then stands beside it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.decisions import program_text
from data.store import Database
from office import running
from office.permissions import may
from office.programs import program_in_force, program_titles
from office.refusal import Refused
from office.rulekeeping.checking_drafts import Checked, check_draft
from office.rulekeeping.differences import Difference, differences
from office.rulekeeping.draft_effects import first_day_it_differs
from office.rulekeeping.drafting import drafts
from office.rulekeeping.publishing import proposals
from pages.parts import address
from pages.parts.compare_claims import show_claims
from pages.parts.compare_goods import show_goods
from pages.parts.door import Person
from pages.parts.language import _, lang, say
from pages.parts.looks import day_words
from rules.program import Program
from rules.subjects import OTHERS

PROPOSAL, DRAFT = "proposal:", "draft:"
MOST_NAMED = 4  # differences that are named in the line above the figures


def panel(day: date, person: Person) -> None:
    """What a draft would change on a day. Nothing is kept."""
    with running.reader() as db:
        texts = _texts(db, day)
        if not texts:
            st.info(
                _("还没有草稿可以对比。先在“草稿”里从现行规则开始改，保存以后再来看谁受影响。"),
                icon=":material/edit_note:",
            )
            return
        left, right = st.columns([3, 1.2], vertical_alignment="bottom")
        with left:
            chosen = _choose(texts)
        checked = check_draft(_text_of(db, chosen))
        if not checked.sound or checked.program is None:
            _unsound(checked)
            return
        with right:
            on = _day_of(db, checked.program, day)
        _compare(db, checked.program, on, heads=may(person.role, "see_household_heads"))


def _texts(db: Database, day: date) -> dict[str, str]:
    """What may be compared, as the address names it, and in words: saved drafts and what waits to be published."""
    found = {
        f"{DRAFT}{one.name}": _("草稿“{name}”（第 {n} 版，{by}）").format(
            name=one.name, n=one.version, by=one.recorded_by
        )
        for one in drafts(db)
    }
    titles = program_titles(db, day)
    for one in proposals(db):
        effective = day_words(date.fromisoformat(one.effective_on or one.done_on), lang())
        found[f"{PROPOSAL}{one.id}"] = _("待公布的第 {n} 号修改（{program}，{day}起）").format(
            n=one.id, program=say(titles[one.program]), day=effective
        )
    return found


def _choose(texts: dict[str, str]) -> str:
    asked = address.text("draft")
    default = f"{DRAFT}{asked}" if f"{DRAFT}{asked}" in texts else next(iter(texts))
    chosen = address.one_of("compared", list(texts), default)
    key = address.follow("rule_changes_compared", chosen)
    st.selectbox(
        _("对比哪一份"),
        list(texts),
        key=key,
        format_func=lambda name: texts[name],
        on_change=_keep_text,
        args=(key, default),
    )
    return chosen


def _keep_text(key: str, default: str) -> None:
    address.keep("compared", key, default)
    address.put(on=None, benefit=None, pick=None)


def _text_of(db: Database, chosen: str) -> str:
    if chosen.startswith(DRAFT):
        return next(one.text for one in drafts(db) if f"{DRAFT}{one.name}" == chosen)
    digest = next(one.digest for one in proposals(db) if f"{PROPOSAL}{one.id}" == chosen)
    return program_text(db, digest) or ""


def _unsound(checked: Checked) -> None:
    """Why the draft cannot be compared yet: the first of its faults."""
    faults = [say(one.words) for one in checked.faults] + [say(one.words) for one in checked.found]
    unchecked = [say(checked.unchecked)] if checked.unchecked is not None else []
    st.warning(
        _("这份草稿还有问题，不能对比。先在“草稿”里改好：{fault}").format(fault=(faults + unchecked)[0]),
        icon=":material/rule:",
    )


def _day_of(db: Database, draft: Program, day: date) -> date:
    """The day to compare on; by itself the first on which the draft counts otherwise."""
    try:
        default = first_day_it_differs(program_in_force(db, day, draft.program), draft, day)
    except Refused:
        default = day
    on = address.day("on", default)
    key = address.follow("rule_changes_on", on)
    st.date_input(
        _("按哪一天"),
        key=key,
        format="YYYY-MM-DD",
        min_value=address.FIRST_DAY,
        max_value=address.LAST_DAY,
        help=_("登记的情况以现在所知为准；可以选以前、今天或以后的任何一天。"),
        on_change=address.keep,
        args=("on", key, default),
    )
    return on


def _compare(db: Database, draft: Program, on: date, *, heads: bool) -> None:
    try:
        rules = program_in_force(db, on, draft.program)
        _differences(rules, draft)
        if draft.subject in OTHERS:
            show_claims(db, on, draft)
        else:
            show_goods(db, on, draft, heads=heads)
    except Refused as refused:
        st.info(say(refused.words), icon=":material/info:")


def _differences(rules: Program, draft: Program) -> None:
    """What is another in the draft, in one line; the tab of drafts shows it in full."""
    found = differences(rules, draft)
    if not found:
        st.caption(_("这份文本与这一天的现行规则没有实质不同。"))
        return
    said = [_difference(one) for one in found[:MOST_NAMED]]
    more = _("等 {n} 处").format(n=len(found)) if len(found) > len(said) else ""
    st.caption(_("改动：{changes}").format(changes=_("；").join(said)) + more)


def _difference(one: Difference) -> str:
    title = say(one.title)
    if one.aspect is not None:
        title = _("{title}（{aspect}）").format(title=title, aspect=say(one.aspect))
    sides = [say(words) for words in (one.before, one.after) if words is not None]
    return _("{title}：{change}").format(title=title, change=" → ".join(sides)) if sides else title
