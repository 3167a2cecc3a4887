"""What of the rules waits on Today: changes for a second person, and files that differ from what is published."""

from __future__ import annotations

import streamlit as st

from data.store import Database
from office.rulekeeping.publishing import differing_on_disk, proposals
from pages.parts import address
from pages.parts.language import _n


def waiting(db: Database, *, links: bool) -> None:
    """One line each, only where there is something; `links`: the page of rule changes may be opened."""
    if open_ones := proposals(db):
        _line(_n("{n} 项规则修改等待另一位审核员公布", len(open_ones)), ":material/edit_note:", links)
    if differing := differing_on_disk(db):
        _line(
            _n("{n} 套规则的文件与已公布的不同，判定仍按已公布的", len(differing)),
            ":material/difference:",
            links,
        )


def _line(words: str, icon: str, links: bool) -> None:
    if links:
        address.link("rule_changes", words, icon=icon, view="publish")
    else:
        st.caption(words)
