"""What of the installation waits on Today for an administrator: backups, the clock, the last verifying."""

from __future__ import annotations

from data.store import Database
from office import running
from office.doctor.brief import brief
from office.doctor.whole import surroundings
from pages.parts import address
from pages.parts.language import say


def waiting(db: Database) -> None:
    """One line each, only where there is something; each leads to where it is mended."""
    for view, words in brief(db, surroundings(running.database_path())):
        address.link(
            "system",
            say(words),
            icon=":material/save:" if view == "copies" else ":material/health_and_safety:",
            view=view,
        )
