"""At what hour of the office's day the daily backup is made: the administrator's setting."""

from __future__ import annotations

from data import settings
from data.store import Database, Writer
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import now
from office.refusal import refuse

KEY, DEFAULT, LAST = "backup_hour", 19, 23


def backup_hour(db: Database) -> int:
    """The hour as it was set; 19 where it was not, or holds something else."""
    stored = settings.get(db, KEY) or ""
    hour = int(stored) if stored.isascii() and stored.isdecimal() and len(stored) <= 2 else DEFAULT
    return hour if hour <= LAST else DEFAULT


def change_backup_hour(writer: Writer, hour: int, *, doer: Doer) -> None:
    """Set it, from the next backup on. Raises Refused."""
    if not 0 <= hour <= LAST:
        raise refuse(f"备份的钟点是 0 到 {LAST}，没有改动", f"an hour is 0 to {LAST}; nothing was changed")
    with writer.transaction() as db:
        by = allowed(db, doer, "settings")
        settings.put(db, KEY, str(hour), at=now(), by=by)
