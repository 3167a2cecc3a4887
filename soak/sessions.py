"""Ten people at once: two in browsers here, eight whose browsers run on machines of their own.

What `browsers` cannot measure on the server's own two cores: how soon a page is there when ten people work.
"""

from __future__ import annotations

from collections.abc import Iterator

from soak.browsers import tried
from soak.trial import Line

IN_BROWSERS = ("demo-clerk", "demo-reviewer")
ELSEWHERE = (
    "demo-clerk",
    "demo-clerk",
    "demo-clerk",
    "demo-reviewer",
    "demo-reviewer",
    "demo-auditor",
    "demo-auditor",
    "demo-administrator",
)


def run(seconds: float | None = None) -> Iterator[Line]:
    """The lines of this trial; one that says so where there is no browser."""
    yield from tried(seconds, IN_BROWSERS, ELSEWHERE, quick=True)
