"""After an entry or an import: how many recorded decisions would now be otherwise, with the way to them. The same on Today."""

from __future__ import annotations

import streamlit as st

from data.store import Database
from office import running
from office.then_and_now.past import made_otherwise, past_decisions
from pages.parts import address
from pages.parts.language import _, _n, say
from pages.parts.today_lines import line

NOTED = "past_note"


def note_otherwise(register: str) -> None:
    """Right after something was written into a register: keep the number for the next run of the page."""
    with running.reader() as db:
        st.session_state[NOTED] = made_otherwise(db, register)


def say_otherwise() -> None:
    """Once, where the last entry made any decision otherwise."""
    if number := st.session_state.pop(NOTED, 0):
        st.warning(
            _n("以前存档的判定中，有 {n} 条按现在所知会不同。存档的不会改动，请去看一看。", number),
            icon=":material/history:",
        )
        address.link("audit", _("看这些判定"), icon=":material/arrow_forward:", view="past")


def waiting(db: Database, *, links: bool) -> list[str]:
    """On Today: one line, only where there is something; `links`: the audit page may be opened."""
    past = past_decisions(db)
    if past.refused is not None:
        return [line(say(past.refused), "", "", {})]
    if not past.open:
        return []
    words = _n("{n} 条以前存档的判定按现在所知会不同，还没有人看过", len(past.open))
    return [line(words, ":material/history:", "audit" if links else "", {"view": "past"})]
