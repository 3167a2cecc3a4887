"""一户一品 / One good: its inspections over time, the decision slip of any day, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from data.canonical import instant_text
from data.store import Database
from office import running
from office.casework.in_force import in_force
from office.days import known_at_from, now
from office.one_good import (
    Seen,
    earlier_decisions,
    first_day,
    look_at,
    obstacle,
    standing_since,
    verdict_bands,
)
from office.paperwork.printing import print_slip
from office.permissions import may
from office.personal.showing import Shown
from office.programs import counts_from, in_force_since, program_in_force
from office.refusal import Refused
from office.then_and_now.stretches import then_and_now
from pages.parts import address
from pages.parts.acts import show_acts, standings, with_open_case
from pages.parts.acts_head import in_force_cards
from pages.parts.choices import one_of_few
from pages.parts.correct import correction_form
from pages.parts.door import need
from pages.parts.evidence import show_corrections, show_earlier, show_evidence
from pages.parts.good_head import choose, controls, heading, on_paper, panel
from pages.parts.language import _, say
from pages.parts.personal_show import ask_for_names, names_seen
from pages.parts.slip import show_slip
from pages.parts.time_machine import not_yet_known, show_time_machine
from rules.program import Program

person = need("clerk", "reviewer", "auditor")


def known() -> str | None:
    """K from the address as canonical UTC text; None is now."""
    asked = address.text("known")
    try:
        return known_at_from(asked) if asked else None
    except Refused as refused:
        address.put(known=None)
        st.info(say(refused.words), icon=":material/info:")
        return None


def whose(subject: str) -> Shown:
    """What an auditor may ask to see here: the head of the good's household, also on its papers."""
    return Shown("goods", subject, ("head_name",), household_no=subject.partition("/")[0])


def show(db: Database, subject: str) -> None:
    """Heading, the day, the slips, the timeline, and everything they rest on."""
    day, asked_known = address.the_day(), known()
    program, known_at = program_in_force(db, day, known_at=asked_known), asked_known or instant_text(now())
    if (hindrance := obstacle(db, subject, program, day, known_at)) is not None:
        panel(db, subject, hindrance, heads=names_seen("good", whose(subject), person))
        return
    seen = look_at(db, subject, program, day, known_at)
    until = max(day, st.session_state["working_day"])
    found = standings(db, subject, program, day, person) if asked_known is None else {}
    first_shown = with_open_case(found) or next(iter(program.benefits))
    benefit = address.one_of("benefit", tuple(program.benefits), first_shown)
    bands = {b: verdict_bands(db, subject, b, until, known_at) for b in program.benefits}
    heading(subject, seen.about, heads=names_seen("good", whose(subject), person))
    ask_for_names("good", whose(subject), person)
    on_paper(program, day, known_at, counts_from(db, program))
    controls(day, asked_known, bands[benefit], _slip_file(subject, day, known_at, benefit))
    _benefit_choice(program, first_shown)
    verdicts = {slip.decision.benefit: slip.decision.verdict for slip in seen.explained.slips}
    held = {b: in_force(db, subject, b, day, known_at) for b in verdicts}
    if found:
        show_acts(found, benefit, program, heads=names_seen("good", whose(subject), person))
    else:
        in_force_cards(program, {b: (held[b], verdict) for b, verdict in verdicts.items()})
    story = then_and_now(db, subject, benefit, first_day(seen.samples, seen.about), until, known_at)
    show_time_machine(seen.samples, story, day, in_force_since(program), asked_known)
    not_yet_known(db, subject, story, day, asked_known)
    for column, slip in zip(st.columns(len(seen.explained.slips)), seen.explained.slips, strict=True):
        with column:
            since = standing_since(bands[slip.decision.benefit], day)
            show_slip(program, slip, seen.explained.answers.values, since, held[slip.decision.benefit])
    _grounds(db, subject, program, seen, verdicts)
    if asked_known is None and may(person.role, "correct"):
        correction_form(db, person, subject, seen.samples)


def _slip_file(subject: str, day: date, known_at: str, benefit: str) -> Callable[[], bytes]:
    """The decision slip as a Word file, made when it is asked for."""
    heads = names_seen("good", whose(subject), person)

    def made() -> bytes:
        with running.reader() as reader:
            return print_slip(reader, subject, day, known_at, benefit, heads=heads)[1]

    return made


def _grounds(db: Database, subject: str, program: Program, seen: Seen, verdicts: dict[str, str]) -> None:
    st.subheader(_("判定依据的检验"), anchor=False)
    show_evidence(seen.samples)
    if seen.corrections:
        st.subheader(_("更正记录"), anchor=False)
        show_corrections(seen.corrections)
    st.subheader(_("以前存档的判定"), anchor=False)
    show_earlier(earlier_decisions(db, subject, verdicts), program)


def _benefit_choice(program: Program, first_shown: str) -> None:
    """Which benefit is acted on; its verdict is also the band behind the timeline."""
    titles = {name: say(benefit.title) for name, benefit in program.benefits.items()}
    label = _("办理哪一项（时间轴的底色也是它的判定）")
    one_of_few("benefit", "good_benefit", label, titles, first_shown)


with running.reader() as database:
    if wanted := address.text("subject", longest=140):
        show(database, wanted)
    else:
        choose(database, address.the_day(), heads=may(person.role, "see_household_heads"))
