"""公示 / Public notices: what hangs on the wall and for how long, a new one, objections and their answers."""

from __future__ import annotations

from office import running
from office.permissions import may
from pages.parts import address
from pages.parts.choices import one_of_few
from pages.parts.door import need
from pages.parts.language import _
from pages.parts.notices_earlier import show_earlier
from pages.parts.notices_posting import posting
from pages.parts.notices_wall import show_wall

person = need("clerk", "reviewer", "auditor")


def views() -> dict[str, str]:
    """What this person may do here, with its words."""
    found = {"wall": _("公示中"), "earlier": _("全部公示")}
    if may(person.role, "publish"):
        found["post"] = _("发布公示")
    return found


chosen = one_of_few("view", "notices_view", _("要做什么"), views(), "wall")
day = address.the_day()
with running.reader() as database:
    if chosen == "post":
        posting(database, person)
    elif chosen == "earlier":
        show_earlier(database, person, day)
    else:
        show_wall(database, person, day)
