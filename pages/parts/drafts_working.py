"""What is being worked on: a draft's text as it stands in this session, until it is saved or given up."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from data.rulekeeping.drafts import SavedDraft

_ALL = "drafts_working"
_REVISION = "drafts_revision"


@dataclass
class Working:
    """A draft in work. `seen` is the version it goes on from; `revision` counts changes that the page made itself.

    `theirs`: what somebody else saved meanwhile, after a refused save.
    """

    name: str
    program: str
    based_on: str
    seen: int
    saved: str
    text: str
    note: str = ""
    revision: int = 0
    theirs: SavedDraft | None = None

    @property
    def changed(self) -> bool:
        """Whether there is something that is not saved."""
        return self.text != self.saved

    def put(self, text: str) -> None:
        """Another text, from the page itself: a value, a version, a file."""
        self.text = text
        self.revision = _next_revision()

    def go_on_from(self, saved: SavedDraft) -> None:
        """After it was saved: this version is what is seen."""
        self.name, self.seen, self.saved, self.note = saved.name, saved.version, saved.text, saved.note or ""
        self.theirs = None


def working_on(saved: SavedDraft) -> Working:
    """The work on a draft in this session; unsaved changes are still there, otherwise the newest version."""
    every: dict[str, Working] = st.session_state.setdefault(_ALL, {})
    found = every.get(saved.name)
    if found is None or (not found.changed and found.seen != saved.version):
        found = Working(
            *(saved.name, saved.program, saved.based_on, saved.version),
            saved=saved.text,
            text=saved.text,
            note=saved.note or "",
            revision=_next_revision(),
        )
        every[saved.name] = found
    return found


def unsaved(name: str) -> Working | None:
    """Work on a draft of this name that is not saved yet; it outlives the draft's removal by somebody else."""
    found: Working | None = st.session_state.get(_ALL, {}).get(name)
    return found if found is not None and found.changed else None


def renamed(old: str, working: Working) -> None:
    """The work goes on under another name."""
    every: dict[str, Working] = st.session_state.setdefault(_ALL, {})
    every.pop(old, None)
    every[working.name] = working


def _next_revision() -> int:
    """A number that no text of this session had: an editor of that number begins with its text anew."""
    st.session_state[_REVISION] = st.session_state.get(_REVISION, 0) + 1
    return int(st.session_state[_REVISION])


def give_up(name: str) -> None:
    """Forget the unsaved work on a draft."""
    st.session_state.get(_ALL, {}).pop(name, None)
