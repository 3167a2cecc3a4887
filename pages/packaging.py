"""包装物资 / Packaging: what lies where, slips, what households hold, what is to come back, and every line of it."""

from __future__ import annotations

from data.casework.packaging import items, places
from office import running
from office.permissions import may
from pages.parts import address
from pages.parts.choices import one_of_few
from pages.parts.door import need
from pages.parts.language import _
from pages.parts.packaging_goods import show_held, show_recovery
from pages.parts.packaging_moves import show_moves
from pages.parts.packaging_slip import kinds_for, slip_form
from pages.parts.packaging_stock import first_steps, show_stock
from pages.parts.upload import upload_panel

person = need("clerk", "reviewer", "auditor")
REGISTERS = ("storage_places", "packaging_items")


def views() -> dict[str, str]:
    """What this person may do here, with its words."""
    found = {"stock": _("库存")}
    if kinds_for(person):
        found["slip"] = _("办理")
    found |= {"held": _("农户持有"), "recover": _("待收回"), "moves": _("流水")}
    if may(person.role, "import"):
        found["upload"] = _("登记物资和存放点")
    return found


chosen = one_of_few("view", "packaging_view", _("要做什么"), views(), "stock")
day = address.the_day()
with running.reader() as database:
    if chosen == "upload":
        upload_panel(database, person, REGISTERS)
    elif not (items(database) and places(database)):
        first_steps(database, person)
    elif chosen == "slip":
        slip_form(database, person)
    elif chosen == "held":
        show_held(database, person, day)
    elif chosen == "recover":
        show_recovery(database, person, day)
    elif chosen == "moves":
        show_moves(database, person, day)
    else:
        show_stock(database, day)
