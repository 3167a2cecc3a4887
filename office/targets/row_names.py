"""What the rows behind a figure are called: the names of what their keys point to, masked where a role may not see people."""

from __future__ import annotations

from collections.abc import Sequence

from data.papers.filters import masked
from data.register import REGISTERS, Register
from data.register_lists import name_column, named_by, names_of
from data.store import Database
from data.versions import Key
from office.registry.listing import sees_names


def rows_called(db: Database, register_name: str, keys: Sequence[Key], role: str) -> list[str]:
    """One line of names for each key, in their order; blank where nothing has a name."""
    register = REGISTERS[register_name]
    parts = [(key,) if isinstance(key, str) else key for key in keys]
    columns = [
        _names(db, named_by(register, name) or register, [str(part[at]) for part in parts], role)
        for at, name in enumerate(register.key)
    ]
    return [" · ".join(dict.fromkeys(name for name in row if name)) for row in zip(*columns, strict=True)]


def _names(db: Database, register: Register, codes: list[str], role: str) -> list[str]:
    found = names_of(db, register, set(codes))
    column = name_column(register)
    personal = column is not None and column.personal and not sees_names(role)
    return [masked(found[code]) if personal and code in found else found.get(code, "") for code in codes]
