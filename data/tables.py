"""From a register's definition to its table: layout, indices and the triggers that keep it append-only."""

from __future__ import annotations

from data.as_numbers import day_number
from data.numbers import LARGEST
from data.register import Column, Reference, Register

VERSION_COLUMNS = ("id", "entity", "version")
RECORD_COLUMNS = ("recorded_seq", "recorded_at", "recorded_by", "reason")

# Whole days since 1970-01-01 beside the ISO text: arrays of numbers are read many times faster than texts.
DAYS = {
    "inspections": {"sampling_day": "sampling_date", "result_day": "result_date"},
    "shipments": {"shipped_day": "shipped_on", "claimed_day": "claimed_on"},
    "training_sessions": {"starts_day": "starts_on"},
    "payouts": {"paid_day": "paid_on"},
    "purchases": {"bought_day": "bought_on"},
}
# Every column `month` has a `month_number` beside it for the same reason: year × 12 + month − 1.


def reference_column(register: Register, reference: Reference) -> str:
    """`household_entity` for households …; a register that refers to itself has its `original_entity`."""
    if reference.register == register.name:
        return "original_entity"
    return entity_column(reference.register)


def entity_column(register: str) -> str:
    """What a reference to a register is called in the others' tables."""
    if register.endswith("ies"):
        return register.removesuffix("ies") + "y_entity"
    return register.removesuffix("es" if register.endswith("ches") else "s") + "_entity"


def reference_columns(register: Register) -> tuple[str, ...]:
    return tuple(reference_column(register, reference) for reference in register.references)


def digest_columns(register: Register) -> tuple[str, ...]:
    """The columns that an import's digest covers, in its order."""
    fields = tuple(column.name for column in register.columns)
    return VERSION_COLUMNS + fields + reference_columns(register)


def written_columns(register: Register) -> tuple[str, ...]:
    """Every column an INSERT fills, in the order of the table."""
    return digest_columns(register) + RECORD_COLUMNS


def derived_columns(register: Register) -> dict[str, dict[str, str]]:
    """The columns that SQLite computes from another one and keeps beside it: of which, and as what."""
    days = {name: {"of": of, "as": "day"} for name, of in DAYS.get(register.name, {}).items()}
    months = {
        f"{column.name}_number": {"of": column.name, "as": "month"}
        for column in register.columns
        if column.kind == "month"
    }
    return days | months


def register_table(register: Register) -> list[str]:
    """The statements that make a register's table, in order."""
    name = register.name
    lines = [
        "id INTEGER PRIMARY KEY",
        f"entity INTEGER NOT NULL REFERENCES {name}(id)",
        "version INTEGER NOT NULL CHECK ((version = 1) = (id = entity) AND version >= 1)",
        *(_field(register, column) for column in register.columns),
        *(_reference(register, reference) for reference in register.references),
        "recorded_seq INTEGER NOT NULL REFERENCES chain(seq)",
        "recorded_at TEXT NOT NULL",
        "recorded_by TEXT NOT NULL",
        "reason TEXT CHECK (version = 1 OR reason IS NOT NULL)",
        *(_day(day, of) for day, of in DAYS.get(name, {}).items()),
        *(_month_number(of) for of in register.columns if of.kind == "month"),
        f"UNIQUE ({', '.join(register.key)}, version)",
        "UNIQUE (entity, version)",
    ]
    table = f"CREATE TABLE {name} (\n  " + ",\n  ".join(lines) + "\n) STRICT"
    follows = continues(name, is_there(name, *register.key, "version"), _no_next_version(register))
    return [table, *_indices(register), *append_only(name), follows]


def append_only(table: str) -> list[str]:
    """Triggers that refuse every UPDATE and DELETE."""
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}\n"
        f"BEGIN SELECT RAISE(ABORT, '{table}: rows are only added, {verb} is refused'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def continues(table: str, *also_refused: str, numbered: bool = True) -> str:
    """A trigger that takes a row only with the newest chain entry and, where rows are numbered, the next number.

    `also_refused` are further SQL conditions: one trigger costs less than several.
    """
    refused = ["NEW.recorded_seq IS NOT (SELECT max(seq) FROM chain)"]
    if numbered:
        refused.append(f"NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM {table})")
    return (
        f"CREATE TRIGGER {table}_continues BEFORE INSERT ON {table}\n"
        "WHEN " + "\n  OR ".join([*refused, *also_refused]) + "\n"
        f"BEGIN SELECT RAISE(ABORT, '{table}: a row belongs to the newest chain entry and is the next one'); END"
    )


def is_there(table: str, *columns: str) -> str:
    """The condition that a row has these values already: INSERT OR REPLACE takes it away past every DELETE trigger."""
    same = " AND ".join(f"{column} = NEW.{column}" for column in columns)
    return f"EXISTS (SELECT 1 FROM {table} WHERE {same})"


def _no_next_version(register: Register) -> str:
    """The condition that a later version has no earlier one with the same key and entity before it."""
    same = " AND ".join(f"{column} = NEW.{column}" for column in (*register.key, "entity"))
    return (
        f"(NEW.version > 1 AND NOT EXISTS (SELECT 1 FROM {register.name}"
        f" WHERE {same} AND version = NEW.version - 1))"
    )


def _field(register: Register, column: Column) -> str:
    kind = "INTEGER" if column.kind in ("yes_no", "number") else "TEXT"
    needed = " NOT NULL" if column.required or column.name in register.blank_is else ""
    check = {
        "yes_no": f" CHECK ({column.name} IN (0, 1))",
        "number": f" CHECK ({_within(column)})",
        "month": f" CHECK ({column.name} || '-01' IS date({column.name} || '-01', '+0 days'))",
        "date": f" CHECK ({column.name} IS date({column.name}, '+0 days'))",
    }.get(column.kind, "")
    return f"{column.name} {kind}{needed}{check}"


def _within(column: Column) -> str:
    if column.high == LARGEST:
        return f"{column.name} >= {column.low}"
    return f"{column.name} BETWEEN {column.low} AND {column.high}"


def _reference(register: Register, reference: Reference) -> str:
    required = all(register.column(name).required for name in reference.columns)
    needed = " NOT NULL" if required else ""
    return f"{reference_column(register, reference)} INTEGER{needed} REFERENCES {reference.register}(id)"


def _day(day: str, of: str) -> str:
    return f"{day} INTEGER GENERATED ALWAYS AS ({day_number(of)}) STORED"


def month_number(column: str) -> str:
    """The SQL for the number of a month: year × 12 + month − 1."""
    year, month = f"substr({column}, 1, 4)", f"substr({column}, 6, 2)"
    return f"CAST({year} AS INTEGER) * 12 + CAST({month} AS INTEGER) - 1"


def _month_number(column: Column) -> str:
    return f"{column.name}_number INTEGER GENERATED ALWAYS AS ({month_number(column.name)}) STORED"


def _indices(register: Register) -> list[str]:
    """One index per reference, and the few rows that replace an earlier version."""
    name = register.name
    made = [f"CREATE INDEX {name}_replacing ON {name} (entity, version) WHERE version > 1"]
    for column in reference_columns(register):
        where = " WHERE original_entity IS NOT NULL" if column == "original_entity" else ""
        made.append(f"CREATE INDEX {name}_{column} ON {name} ({column}){where}")
    return made
