"""检验 / Inspections: the list with its filters, files brought in, and single results entered by hand."""

from __future__ import annotations

from office import running
from office.permissions import may
from pages.parts import address
from pages.parts.choices import one_of_few
from pages.parts.door import need
from pages.parts.entry import entry_form
from pages.parts.inspection_list import show_list
from pages.parts.language import _
from pages.parts.upload import upload_panel

person = need("clerk", "reviewer", "auditor")


def views() -> dict[str, str]:
    """What this person may do here, with its words."""
    found = {"list": _("列表")}
    if may(person.role, "import"):
        found["upload"] = _("导入")
    if may(person.role, "enter"):
        found["entry"] = _("登记一条")
    return found


def choose_view() -> str:
    """The part of the page that the address asks for."""
    words = views()
    if len(words) == 1:
        return address.one_of("view", tuple(words), "list")
    return one_of_few("view", "inspections_view", _("要做什么"), words, "list")


chosen = choose_view()
with running.reader() as database:
    if chosen == "upload":
        upload_panel(database, person)
    elif chosen == "entry":
        entry_form(database, person)
    else:
        show_list(database, address.the_day())
