"""办理: one slip – its kind, from where to whom, the items with their quantities – and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from data.casework.packaging import last_move
from data.people import Person
from data.problems import StoreProblem
from data.store import Database
from office import running
from office.casework.asked import Doer
from office.permissions import may
from office.refusal import Refused
from office.stores.packaging import ACTION_OF, KIND_WORDS, Moved, Slip, move
from office.stores.packaging_slips import WITH_REASON
from pages.parts import address
from pages.parts.acts_history import print_button
from pages.parts.choices import one_of_few
from pages.parts.door import who
from pages.parts.language import _, lang, say
from pages.parts.looks import day_words
from pages.parts.packaging_lines import draw_lines, lines_of
from pages.parts.packaging_moves import kind_title
from pages.parts.packaging_where import Where, ask_where
from pages.parts.standing_place import standing_place
from rules.program import Words

TOLD, ROUND = "packaging_told", "packaging_round"
SIGNED = ("issue", "return")


@dataclass(frozen=True)
class Told:
    """What came of the last slip: recorded, or refused in words."""

    kind: str
    subject: str | None
    moved: Moved | None
    refused: Words | None


def kinds_for(person: Person) -> dict[str, str]:
    """The kinds of slips that this person may record, by their titles."""
    return {kind: kind_title(kind) for kind in KIND_WORDS if may(person.role, ACTION_OF[kind])}


def slip_form(db: Database, person: Person) -> None:
    """The whole form. A slip is of the office's own day, whatever day the page is seen on."""
    day = running.working_day()
    if address.the_day() != day:
        st.caption(_("单据总是登记在办公室的工作日 {day}。").format(day=day_words(day, lang())))
    kinds = kinds_for(person)
    kind = one_of_few("do", "packaging_do", _("办理什么"), kinds, next(iter(kinds)))
    st.caption(_meaning(kind))
    with standing_place("packaging_told_place"):
        _told(kind, heads=may(person.role, "see_household_heads"))
    where = ask_where(db, person, kind, day)
    if where is None:
        return
    prefix = f"packaging_{kind}_{where.place}_{where.subject}_{st.session_state.get(ROUND, 0)}"
    codes = draw_lines(where, kind, prefix)
    _words(kind, prefix)
    st.button(
        _("登记{kind}").format(kind=kinds[kind]),
        key="packaging_record",
        type="primary",
        icon=":material/save:",
        disabled=not codes,
        on_click=_do,
        args=(kind, where, codes, prefix, last_move(db, subject=where.subject, place=where.place)),
    )


def _words(kind: str, prefix: str) -> None:
    """Why, and who signs. Typing does not run the page again; what was typed stays until it is recorded."""
    needed = kind in WITH_REASON
    columns = st.columns([3, 2] if kind in SIGNED else [1])
    columns[0].text_input(
        _("原因 *") if needed else _("说明（可不填）"),
        key=f"{prefix}_reason",
        on_change="ignore",
        persist_state="session",
    )
    if kind in SIGNED:
        columns[1].text_input(
            _("领用人（可不填，由本人在单上签字）")
            if kind == "issue"
            else _("退回人（可不填，由本人在单上签字）"),
            key=f"{prefix}_person",
            on_change="ignore",
            persist_state="session",
        )


def _do(kind: str, where: Where, codes: list[str], prefix: str, seen: int) -> None:
    """For `on_click`: record the slip on what the person saw; what came of it is told by the page."""
    person = who()
    if person is None:
        return  # the page says that the sign-in has ended; what was typed stays
    slip = Slip(
        kind,
        lines_of(codes, prefix),
        place=where.place,
        to_place=where.to_place,
        subject=where.subject,
        reason=st.session_state.get(f"{prefix}_reason"),
        person=st.session_state.get(f"{prefix}_person") or "",
    )
    moved, refused = None, None
    try:
        moved = move(running.writer(), slip, doer=Doer(person.name, person.role), seen=seen)
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    except (Refused, StoreProblem) as problem:
        refused = Words(problem.words.zh, problem.words.en)
    st.session_state[TOLD] = Told(kind, where.subject, moved, refused)


def _told(kind: str, *, heads: bool) -> None:
    """What came of the last slip, as long as the same kind and good are looked at."""
    told: Told | None = st.session_state.get(TOLD)
    if told is None or told.kind != kind or told.subject not in (None, address.text("subject", longest=140)):
        return
    if told.refused is not None:
        st.session_state.pop(TOLD)
        st.error(say(told.refused), icon=":material/error:")
    elif told.moved is not None:
        st.success(say(told.moved.words), icon=":material/check:")
        with st.container(horizontal=True, vertical_alignment="center"):
            if told.moved.document:
                print_button(told.moved.document, "packaging_print_now", heads=heads)
            address.link(
                "packaging",
                _("看这张单据"),
                icon=":material/receipt_long:",
                view="moves",
                slip=told.moved.slip_no,
            )


def _meaning(kind: str) -> str:
    """One line: what the slip brings about."""
    return {
        "receive": _("新到的设备、包材记入一个存放点。"),
        "transfer": _("从一个存放点移到另一个。"),
        "issue": _("发给包装设备和包材“已给予”的农产品；登记后打印领用单签字。"),
        "return": _("收回设备和没有用过的包材，放进一个存放点；登记后打印退回单签字。"),
        "use_up": _("农户已经用掉的包材；设备不会用完。"),
        "lost": _("遗失的不再计入，须写明原因。"),
        "write_off": _("损坏、过期的不再计入，须写明原因。"),
    }[kind]
