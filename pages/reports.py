"""通报与考核 / Bulletin and assessment: a month in figures, the townships' points, what was issued, and vetoes."""

from __future__ import annotations

from office import running
from pages.parts import address
from pages.parts.choices import one_of_few
from pages.parts.door import need
from pages.parts.language import _
from pages.parts.reports_assessment import show_assessment
from pages.parts.reports_bulletin import show_bulletin
from pages.parts.reports_issued import show_assessed, show_issued
from pages.parts.reports_vetoes import show_vetoes

person = need("clerk", "reviewer", "auditor")
VIEWS = {
    "bulletin": show_bulletin,
    "issued": show_issued,
    "assessment": show_assessment,
    "assessed": show_assessed,
    "vetoes": show_vetoes,
}


def views() -> dict[str, str]:
    """What may be looked at here, with its words."""
    return {
        "bulletin": _("通报"),
        "issued": _("已发通报"),
        "assessment": _("考核"),
        "assessed": _("已发考核"),
        "vetoes": _("一票否决"),
    }


chosen = one_of_few("view", "reports_view", _("要做什么"), views(), "bulletin")
with running.reader() as database:
    VIEWS[chosen](database, person, address.the_day())
