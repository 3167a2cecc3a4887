"""审计 / Audit: every recorded decision re-checked, compared, sampled, and handed over to be checked elsewhere."""

from __future__ import annotations

from pages.parts import (
    address,
    audit_changes,
    audit_overrides,
    audit_pack,
    audit_past,
    audit_recheck,
    audit_sample,
)
from pages.parts.choices import one_of_few
from pages.parts.door import need
from pages.parts.language import _

person = need("clerk", "reviewer", "auditor")
VIEWS = {
    "past": audit_past.panel,
    "changes": audit_changes.panel,
    "sample": audit_sample.panel,
    "overrides": audit_overrides.panel,
    "recheck": audit_recheck.panel,
    "pack": audit_pack.panel,
}


def views() -> dict[str, str]:
    """What may be looked at here, with its words."""
    return {
        "past": _("以前的判定现在看"),
        "changes": _("名单为何变化"),
        "sample": _("抽样检查"),
        "overrides": _("与规则不同的处理"),
        "recheck": _("全部复核"),
        "pack": _("审计包"),
    }


VIEWS[one_of_few("view", "audit_view", _("看什么"), views(), "past")](address.the_day(), person)
