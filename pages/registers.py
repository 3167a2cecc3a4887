"""台账 / Registers: every register of the plan as a list, one row with all that is linked to it, and how rows come in."""

from __future__ import annotations

import streamlit as st

from data.inspection_lists import register_size
from data.register import Register
from data.store import Database
from office import running
from office.permissions import may
from office.registry.linking import key_from
from pages.parts import address
from pages.parts.choices import one_of_few
from pages.parts.door import need
from pages.parts.language import _, say
from pages.parts.registers_add import add_form
from pages.parts.registers_choose import choose_register
from pages.parts.registers_list import show_list
from pages.parts.registers_row import show_row
from pages.parts.upload import upload_panel

person = need("clerk", "reviewer", "auditor")


def views() -> dict[str, str]:
    """What this person may do with a register, with its words."""
    found = {"list": _("列表")}
    if may(person.role, "enter"):
        found["add"] = _("新增")
    if may(person.role, "import"):
        found["import"] = _("导入")
    return found


def show(db: Database, register: Register) -> None:
    """A row if the address names one, else the part of the page that it asks for."""
    if wanted := address.text("key", longest=300):
        if (key := key_from(register, wanted)) is not None:
            show_row(db, register, key, person)
            return
        address.put(key=None)
        told = _("“{title}”的编号不是这样写的，已不予理会。").format(title=say(register.title))
        st.info(told, icon=":material/info:")
    words = views()
    view = address.one_of("view", tuple(words), "list")
    if len(words) > 1:
        one_of_few("view", "registers_view", _("要做什么"), words, "list")
    if view == "import":
        upload_panel(db, person, (register.name,))
    elif view == "add":
        add_form(db, person, register)
    else:
        show_list(db, register, person, register_size(db, register.name))


with running.reader() as database:
    if (chosen := choose_register(database)) is not None:
        show(database, chosen)
