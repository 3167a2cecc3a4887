"""人员与账号 / People and their accounts: who may come in, as what, and everything done to an account."""

from __future__ import annotations

from office import running
from office.accounts.managing import history, overview
from pages.parts.choices import one_of_few
from pages.parts.door import need
from pages.parts.language import _
from pages.parts.people_add import show_add
from pages.parts.people_code import show_code
from pages.parts.people_doing import not_here, said
from pages.parts.people_limits import show_limits
from pages.parts.people_list import show_list
from pages.parts.people_one import show_one
from pages.parts.people_roles import show_roles
from pages.parts.standing_place import standing_place

person = need("administrator")
demonstration = running.is_demonstration()
VIEWS = {"list": _("名单"), "add": _("新增人员"), "roles": _("岗位和权限"), "limits": _("登录时限")}

view = one_of_few("view", "people_view", _("看什么"), VIEWS, "list")
with standing_place("people_above"):
    said()
    show_code()
    if view != "roles":
        not_here(demonstration)
with running.reader() as db:
    accounts = overview(db)
    if view == "roles":
        show_roles()
    elif view == "limits":
        show_limits(db, person, demonstration)
    elif view == "add":
        show_add(person, demonstration, len(accounts))
    else:
        chosen = show_list(accounts, demonstration)
        if chosen is not None:
            show_one(chosen, history(db, chosen.login), person, demonstration)
