"""What of the installation waits on Today for an administrator: backups, the clock, the last verifying."""

from __future__ import annotations

from data.store import Database
from office import running
from office.doctor.brief import brief
from office.doctor.whole import surroundings
from pages.parts.language import say
from pages.parts.today_lines import line

ICONS = {"copies": ":material/save:", "condition": ":material/health_and_safety:"}


def waiting(db: Database) -> list[str]:
    """One line each, only where there is something; each leads to where it is mended."""
    found = brief(db, surroundings(running.database_path()))
    return [line(say(words), ICONS[view], "system", {"view": view}) for view, words in found]
