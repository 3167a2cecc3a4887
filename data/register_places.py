"""Where the rows of a register lie: from the definitions, the way to their village and township, and how long rows hold."""

from __future__ import annotations

from functools import cache

from data.register import REGISTERS, Reference, Register
from data.tables import reference_column

PLACES = ("townships", "villages")

# Pairs that say from when to when a row holds, whatever the register calls them. It holds from the first day on,
# and on the last day no longer (as 退出日期 in the rules); what expires is still valid on that day.
STARTS = (
    "since",
    "opened_on",
    "set_up_on",
    "listed_on",
    "named_on",
    "registered_on",
    "issued_on",
    "plaque_on",
)
ENDS = ("until", "closed_on", "dissolved_on", "left_on", "withdrawn_on", "plaque_until", "delisted_on")
LAST_DAYS = ("expires_on",)


def speaking(table: str) -> str:
    """The SQL condition that a row of `table` is the version that speaks now."""
    return (
        f"{table}.id NOT IN (SELECT old.id FROM {table} AS new JOIN {table} AS old"
        " ON old.entity = new.entity AND old.version < new.version WHERE new.version > 1)"
    )


@cache
def has_place(name: str, place: str) -> bool:
    """Whether a row of this register can be in a township or village, by itself or through what it refers to."""
    return name == place or any(has_place(ref.register, place) for ref in _others(REGISTERS[name]))


def lies_in(name: str, place: str, bind: str) -> str:
    """The SQL condition that a row lies in the place whose code is bound as `bind`.

    Its own village or township decides, then what it refers to, in the order of the definition; a reference
    that is filled in leaves none to those after it.
    """
    register = REGISTERS[name]
    if name == place:
        return f"{name}.{register.key[0]} = :{bind}"
    ways: list[str] = []
    blank: list[str] = []
    for reference in _ordered(register, place):
        entity, parent = f"{name}.{reference_column(register, reference)}", reference.register
        there = (
            f"{entity} IN (SELECT {parent}.entity FROM {parent}"
            f" WHERE {lies_in(parent, place, bind)} AND {speaking(parent)})"
        )
        ways.append(" AND ".join([*blank, there]))
        if all(register.column(column).required for column in reference.columns):
            break
        blank.append(f"{entity} IS NULL")
    return "(" + " OR ".join(f"({way})" for way in ways) + ")"


def holds_on(register: Register, bind: str) -> str:
    """The SQL condition that a row holds on the day bound as `bind`; "" where the register does not say how long."""
    starts, ends = _of(register, STARTS), _of(register, ENDS)
    last_days = _of(register, LAST_DAYS)
    if not starts or not (ends or last_days):
        return ""
    name = register.name
    parts = [f"{name}.{starts[0]} <= :{bind}"]
    parts += [f"({name}.{end} IS NULL OR {name}.{end} > :{bind})" for end in ends]
    parts += [f"({name}.{end} IS NULL OR {name}.{end} >= :{bind})" for end in last_days]
    return " AND ".join(parts)


def _of(register: Register, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if name in register.by_name]


def _others(register: Register) -> list[Reference]:
    return [reference for reference in register.references if reference.register != register.name]


def _ordered(register: Register, place: str) -> list[Reference]:
    """The references that lead to the place: required ones first, and among them places themselves."""

    def rank(reference: Reference) -> tuple[bool, int]:
        required = all(register.column(column).required for column in reference.columns)
        far = len(PLACES) if reference.register not in PLACES else PLACES.index(reference.register)
        return (not required, far)

    return sorted((r for r in _others(register) if has_place(r.register, place)), key=rank)
