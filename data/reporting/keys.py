"""From entities to the keys of their rows, for what a figure rests on."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlite_utils import Database

from data.register import register
from data.versions import Key


def keys_of(db: Database, name: str, entities: Iterable[int]) -> list[Key]:
    """The keys of a register's rows, in order of entry; a key never changes, so its first version tells it."""
    about = register(name)
    wanted = json.dumps(sorted(int(entity) for entity in entities))
    sql = (
        f"SELECT {', '.join(f'r.{column}' for column in about.key)} FROM json_each(?) AS j"
        f" CROSS JOIN {about.name} AS r WHERE r.id = j.value"
    )
    return [tuple(row) if len(row) > 1 else row[0] for row in db.execute(sql, [wanted])]
