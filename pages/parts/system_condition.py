"""备份与体检 → 体检: everything looked over, what is wrong first, each with what it means and what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

import streamlit as st

from data.people import Person
from data.words import Words
from office import running
from office.doctor.findings import STATE_WORDS, Finding
from office.doctor.whole import look_over, surroundings
from pages.parts.language import _, _n, say
from pages.parts.looks import FINDINGS, STATUSES, Look

LOOKS: dict[str, Look] = {
    "wrong": FINDINGS["fails"],
    "look": STATUSES["at_risk"],
    "fine": FINDINGS["holds"],
}
CSS = """
<style>
.system-list { display: grid; gap: .25rem; }
.system-one { display: grid; grid-template-columns: 7.5rem 12rem 1fr; gap: .25rem 1rem; padding: .5rem .75rem;
  border: 1px solid #d5dce5; border-radius: 4px; }
.system-one b { font-weight: 600; }
.system-more { grid-column: 3; color: #46525f; }
.system-found { overflow-wrap: anywhere; }
.system-fine { padding: .15rem .75rem; border-color: transparent transparent #e8edf3; border-radius: 0; }
.system-fine .system-found { color: #46525f; }
</style>
"""


def panel(person: Person) -> None:
    """How many of each, then one after the other; nothing is changed by looking."""
    found = look_over(surroundings(running.database_path()))
    st.caption(_("只查看，不改动。命令行是 python -m office doctor，有问题时退出码为 1。"))
    number = {state: sum(one.state == state for one in found) for state in LOOKS}
    if number["wrong"]:
        st.error(_n("有 {n} 项有问题，请照下面写的办。", number["wrong"]), icon=":material/error:")
    elif number["look"]:
        st.warning(_n("没有大问题；有 {n} 项要看一下。", number["look"]), icon=":material/visibility:")
    else:
        st.success(_n("{n} 项全部正常。", len(found)), icon=":material/check_circle:")
    ordered = [one for state in LOOKS for one in found if one.state == state]
    st.html(CSS + f'<div class="system-list">{_lines(ordered)}</div>')
    st.button(_("再查一次"), key="system_again", icon=":material/refresh:")


def _lines(found: Sequence[Finding]) -> str:
    return "".join(map(_line, found))


def _line(one: Finding) -> str:
    look = LOOKS[one.state]
    if one.state == "fine":
        return _short(one, look)
    todo = "" if one.todo is None else f"<br><b>{escape(_('怎么办'))}</b> {_marked(one.todo)}"
    return (
        '<div class="system-one">'
        f'<span style="color:{look.colour}">{look.sign} {escape(_title(say(STATE_WORDS[one.state])))}</span>'
        f"<b>{escape(_title(say(one.title)))}</b>"
        f'<span class="system-found">{_marked(one.found)}</span>'
        f'<span class="system-more">{_marked(one.means)}{todo}</span>'
        "</div>"
    )


def _short(one: Finding, look: Look) -> str:
    """What is fine takes one line."""
    return (
        '<div class="system-one system-fine">'
        f'<span style="color:{look.colour}">{look.sign} {escape(_title(say(STATE_WORDS[one.state])))}</span>'
        f"<span>{escape(_title(say(one.title)))}</span>"
        f'<span class="system-found">{_marked(one.found)} · {_marked(one.means)}</span>'
        "</div>"
    )


def _marked(words: Words) -> str:
    """Names of commands as such, not between backquotes."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(say(words)))


def _title(words: str) -> str:
    return words[:1].upper() + words[1:]
