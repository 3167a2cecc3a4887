"""What an administrator hears every day without asking: backups, the clock, verifying; quick enough for a page."""

from __future__ import annotations

from data import settings
from data.store import Database
from data.words import Words
from office.backup.standing import warnings
from office.doctor.care import verified_finding
from office.doctor.clock import clock_finding
from office.doctor.findings import Surroundings


def brief(db: Database, around: Surroundings) -> list[tuple[str, Words]]:
    """What to look at, each with the view of the page 备份与体检 that shows it: `copies` or `condition`."""
    found = [("copies", words) for words in warnings(db, around.path, around.at)]
    invented = settings.is_demonstration(db)
    for one in (clock_finding(around, db), verified_finding(around, db, invented)):
        if one.state != "fine":
            zh, en = f"{one.title.zh}：{one.found.zh}", f"{one.title.en}: {one.found.en}"
            found.append(("condition", Words(zh, en[:1].upper() + en[1:])))
    return found
