"""改规则 / Change a rule: draft, compare with what is in force, and have another person publish it."""

from __future__ import annotations

from pages.parts import address, compare_panel, drafts_panel, publish_panel
from pages.parts.choices import one_of_few
from pages.parts.door import need
from pages.parts.language import _

person = need("clerk", "reviewer", "auditor")
VIEWS = {
    "draft": drafts_panel.panel,
    "compare": compare_panel.panel,
    "publish": publish_panel.panel,
}


def views() -> dict[str, str]:
    """What may be done here, with its words."""
    return {"draft": _("草稿"), "compare": _("与现行规则对比"), "publish": _("公布")}


VIEWS[one_of_few("view", "rule_changes_view", _("要做什么"), views(), "draft")](address.the_day(), person)
