"""What is in force, in words with its sign; the mark of an act against the rules stands wherever the state does."""

from __future__ import annotations

from office.casework.acting import KIND_WORDS
from office.casework.in_force import STATE_WORDS
from pages.parts.language import _, say
from pages.parts.looks import QUIET, VERDICTS, Look

STATES = {
    "none": Look(QUIET, "○"),
    "granted": VERDICTS["eligible"],
    "withheld": VERDICTS["not_eligible"],
    "revoked": VERDICTS["revoked"],
}
OVERRIDE, UNDER_WAY = "※", "⇢"


def state_words(state: str) -> str:
    """A state as the office says it."""
    return say(STATE_WORDS[state])


def kind_words(kind: str) -> str:
    """A kind of act as a title."""
    words = say(KIND_WORDS[kind])
    return words[:1].upper() + words[1:]


def state_label(state: str, *, overrides: bool = False, under_way: bool = False) -> str:
    """Sign and word of a state for lists; ※ where it went against the rules, ⇢ where a case is open."""
    marks = (OVERRIDE if overrides else "") + (UNDER_WAY if under_way else "")
    return f"{STATES[state].sign} {state_words(state)}{' ' + marks if marks else ''}"


def override_words() -> str:
    """The mark of an act against the rules, in words."""
    return f"{OVERRIDE} {_('与规则的建议不同')}"


def under_way_words() -> str:
    """The mark of a good about which a case is open, in words."""
    return f"{UNDER_WAY} {_('在办')}"
