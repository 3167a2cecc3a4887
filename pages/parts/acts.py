"""办理: how one benefit of a good stands, what was just done, what may be done next and by whom, what was done before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from data.people import Person
from data.store import Database
from office.casework.acting import Standing, standing
from pages.parts import address
from pages.parts.acts_forms import TOLD, Told, forms
from pages.parts.acts_head import has_path, in_force_cards, path_of
from pages.parts.acts_history import history, print_button
from pages.parts.language import _, lang, say
from pages.parts.letterhead import say_missing
from pages.parts.looks import day_words
from pages.parts.standing_place import standing_place
from pages.parts.states import kind_words
from rules.program import Program


def standings(db: Database, subject: str, program: Program, day: date, person: Person) -> dict[str, Standing]:
    """How every benefit of the good stands on the day, for this person."""
    return {
        benefit: standing(db, subject, benefit, day, role=person.role, name=person.name)
        for benefit in program.benefits
    }


def show_acts(found: dict[str, Standing], benefit: str, program: Program, *, heads: bool) -> None:
    """The states of all benefits, then the chosen one's path, forms and history; `heads`: papers name the head."""
    in_force_cards(
        program,
        {name: (one.in_force, one.verdict) for name, one in found.items()},
        {name: one.case for name, one in found.items()},
    )
    chosen = found[benefit]
    with st.container(key="good_acts"):
        with standing_place("acts_told"):
            refused = _told(chosen, heads=heads)
        with standing_place("acts_path"):
            _later(chosen)
            _path(chosen, benefit)
            today = chosen.day == st.session_state["working_day"]
            if today and any(one.now for one in map(chosen.may.get, ("notify", "revoke")) if one):
                say_missing()
        with standing_place("acts_forms"):
            if today:
                forms(chosen, refused)
                _why_not(chosen)
            else:
                _another_day()
        history(chosen.acts, heads=heads)


def _path(chosen: Standing, benefit: str) -> None:
    """The steps of the case, and that it was halted."""
    if has_path(chosen) and chosen.case:
        path_of(chosen.case, benefit)
        if chosen.case.halted and chosen.case.is_open:
            st.warning(say(chosen.case.halted), icon=":material/front_hand:")


def with_open_case(found: Mapping[str, Standing]) -> str | None:
    """The first benefit of which a case is open."""
    return next((name for name, one in found.items() if one.case and one.case.is_open), None)


def _told(found: Standing, *, heads: bool) -> str | None:
    """What came of the last form: what happened with its paper to print, or why nothing was done.

    Gives the kind of act that has just been refused: its form stays open.
    """
    told: Told | None = st.session_state.get(TOLD)
    if told is None or (told.subject, told.benefit) != (found.subject, found.benefit):
        return None
    if told.refused is not None:
        st.session_state.pop(TOLD)
        st.error(f"**{kind_words(told.kind)}**　{say(told.refused)}", icon=":material/error:")
        return told.kind
    if told.done is not None:
        if told.done.act.id != found.seen:
            st.session_state.pop(TOLD)
            return None
        st.success(say(told.done.words), icon=":material/check:")
        for number in told.done.documents:
            print_button(number, "acts_print_now", heads=heads)
    return None


def _later(found: Standing) -> None:
    """A state that has been decided and begins later."""
    last = found.last
    if last and last.state and last.effective_on and last.effective_on > found.day.isoformat():
        day = day_words(date.fromisoformat(last.effective_on), lang())
        st.info(
            _("已办理“{kind}”，自{day}起生效。").format(kind=kind_words(last.kind), day=day),
            icon=":material/schedule:",
        )


def _why_not(found: Standing) -> None:
    """Why the next step is not this person's to do now: it waits, or somebody else does it."""
    open_to_others = [
        one.kind for one in found.may.values() if one.in_turn and not one.now and not one.only_as_override
    ]
    following = found.case.next_step if found.case and has_path(found) else None
    kinds = dict.fromkeys([*([following] if following else []), *open_to_others])
    for kind in kinds:
        why = found.may[kind].why_not
        if why is not None and (found.case is None or found.case.halted is None):
            st.caption(f"**{kind_words(kind)}**　{say(why)}")


def _another_day() -> None:
    own = st.session_state["working_day"]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_("办理只在当天进行；这里看的是另一天。"), width="content")
        st.button(
            _("回到 {day}").format(day=day_words(own, lang())),
            key="acts_own_day",
            type="tertiary",
            on_click=lambda: address.put(day=None),
        )
