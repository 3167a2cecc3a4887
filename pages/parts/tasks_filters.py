"""What of the desk is shown: the controls, each kept in the address, and the same in words."""

from __future__ import annotations

import streamlit as st

from data.people import Person
from office.casework.desk import Desk
from office.casework.desk_list import TURNS, Filters, Places
from office.casework.desk_tasks import KINDS
from pages.parts import address
from pages.parts.choices import one_of_few, one_or_all
from pages.parts.language import _, say
from rules.program import Program

NAMED = ("turn", "kind", "benefit", "township", "search")
ALL = "all"


def ask(desk: Desk, program: Program, places: Places, person: Person) -> Filters:
    """Show the controls and give what they ask for."""
    own = ALL if not any(task.roles & {person.role} for task in desk.tasks) else "mine"
    words = {"mine": _("轮到我"), "others": _("轮到别人"), "nobody": _("期限内和备查"), ALL: _("全部")}
    turn = one_of_few("turn", "tasks_turn", _("轮到谁"), words, own)
    first, second, third, fourth = st.columns([3, 2.2, 2, 2])
    with first:
        kind = one_or_all(
            "tasks",
            "kind",
            _("待办事项"),
            _kinds(desk, person),
            known={kind: say(about.title) for kind, about in KINDS.items()},
        )
    with second:
        benefit = one_or_all("tasks", "benefit", _("帮扶"), benefits_of(program))
    with third:
        township = one_or_all("tasks", "township", _("乡镇"), townships(desk, places))
    with fourth:
        key = address.follow("tasks_search", address.text("search"))
        st.text_input(
            _("查找"), key=key, placeholder=_("编号或产品"), on_change=address.keep, args=("search", key, "")
        )
    return Filters(kind, benefit, township, turn if turn in TURNS else "", address.text("search"))


def in_words(filters: Filters, program: Program) -> str:
    """What is asked for, in the language of the run; empty where everything is shown."""
    turns = {"mine": _("轮到我"), "others": _("轮到别人"), "nobody": _("期限内和备查")}
    found = {
        _("轮到谁"): turns.get(filters.turn, ""),
        _("待办事项"): say(KINDS[filters.kind].title) if filters.kind else "",
        _("帮扶"): benefits_of(program).get(filters.benefit, ""),
        _("乡镇"): filters.township,
        _("查找"): filters.about,
    }
    return _("；").join(f"{name} {value}" for name, value in found.items() if value)


def in_address() -> dict[str, str]:
    """The filters as they stand in the address."""
    return {name: st.query_params[name] for name in NAMED if name in st.query_params}


def show_all() -> None:
    """For a button: every filter out of the address, and everybody's tasks."""
    address.put(**{**dict.fromkeys(NAMED), "turn": ALL})


def benefits_of(program: Program) -> dict[str, str]:
    """The benefits by their titles."""
    return {name: say(benefit.title) for name, benefit in program.benefits.items()}


def townships(desk: Desk, places: Places) -> dict[str, str]:
    """The townships of the goods on the desk."""
    return {name: name for name in sorted({places[t.about][1] for t in desk.tasks if t.about in places})}


def _kinds(desk: Desk, person: Person) -> dict[str, str]:
    """Every kind that lies on the desk, with how many."""
    return {w.kind: f"{say(KINDS[w.kind].title)}（{w.count:,}）" for w in desk.waiting(person)}
