"""What a file says about its being taken along: by whom, at what time here, and how long such rows are kept."""

from __future__ import annotations

from data.people import Person
from data.personal_notice import Taken
from office.days import HERE, now
from office.registry.listing import sees_names
from rules.retention import retention


def taken_by(person: Person, table: str) -> Taken:
    """For a file made now of the rows of a register or table."""
    at = now().astimezone(HERE)
    group = next((group for group in retention().values() if table in group.covers), None)
    years = group.years_on(at.date()) if group is not None else None
    kept = f"{years} 年（{group.source.zh}）" if group is not None and years is not None else ""
    return Taken(person.name, at.strftime("%Y-%m-%d %H:%M"), kept, not sees_names(person.role))
