"""备份与体检 / Backup and condition: copies of the database, what is wrong with this installation, its settings."""

from __future__ import annotations

from pages.parts import system_condition, system_copies, system_settings
from pages.parts.choices import one_of_few
from pages.parts.door import need
from pages.parts.language import _

person = need("administrator")
VIEWS = {
    "copies": system_copies.panel,
    "condition": system_condition.panel,
    "settings": system_settings.panel,
}


def views() -> dict[str, str]:
    """What may be looked at here, with its words."""
    return {"copies": _("备份"), "condition": _("体检"), "settings": _("设置")}


VIEWS[one_of_few("view", "system_view", _("看什么"), views(), "copies")](person)
