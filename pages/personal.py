"""个人信息 / What is personal: a household's own data and wishes, who was shown what, how long it is kept, which fields."""

from __future__ import annotations

from office import running
from office.permissions import may
from pages.parts import address
from pages.parts.choices import one_of_few
from pages.parts.door import need
from pages.parts.language import _
from pages.parts.personal_fields import show_fields
from pages.parts.personal_household import show_household
from pages.parts.personal_kept import show_kept
from pages.parts.personal_log import show_log
from pages.parts.personal_wishes import show_wishes

person = need("clerk", "reviewer", "auditor", "administrator")
VIEWS = {
    "household": show_household,
    "wishes": show_wishes,
    "log": show_log,
    "kept": show_kept,
    "fields": show_fields,
}
NEEDED = {
    "household": "household_extract",
    "wishes": "answer_correction",
    "log": "see_personal_log",
}  # what a role must be allowed to be offered a view; the others are for everybody


def views() -> dict[str, str]:
    """What this person may look at here, with its words."""
    words = {
        "household": _("本户信息"),
        "wishes": _("更正要求"),
        "log": _("查看记录"),
        "kept": _("保存期限"),
        "fields": _("哪些是个人信息"),
    }
    return {
        name: title for name, title in words.items() if name not in NEEDED or may(person.role, NEEDED[name])
    }


offered = views()
chosen = one_of_few("view", "personal_view", _("看什么"), offered, next(iter(offered)))
with running.reader() as database:
    VIEWS[chosen](database, person, address.the_day())
