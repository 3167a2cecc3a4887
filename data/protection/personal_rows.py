"""Everything that is kept of one household: every version of every row that tells of it, and what was done about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from data.protection.personal_fields import tells_of_one
from data.register import REGISTERS, Register
from data.tables import reference_column, written_columns
from data.versions import current

Row = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """All rows by register, and by table of casework. Names of registers stand in dependency order."""

    household_no: str
    registers: dict[str, list[Row]]
    casework: dict[str, list[Row]]

    @property
    def rows(self) -> int:
        """How many rows there are in all, each version counted."""
        return sum(len(rows) for part in (self.registers, self.casework) for rows in part.values())


def kept_of(db: Database, household_no: str) -> Kept | None:
    """What is kept of the household with this number, once it is or was registered; else None."""
    registers = _register_rows(db, household_no)
    if "households" not in registers:
        return None
    return Kept(household_no, registers, _casework_rows(db, household_no))


def household_of(db: Database, register: Register, row: Mapping[str, Any]) -> str | None:
    """The household that a row belongs to: by its own number, or by that of a row that it refers to; {}: of no row."""
    if own := row.get("household_no"):
        return str(own)
    for reference in register.references:
        key = tuple(row[column] for column in reference.columns if row.get(column) is not None)
        if (
            len(key) < len(reference.columns)
            or reference.register == register.name
            or not tells_of_one(reference.register)
        ):
            continue
        parent = current(db, REGISTERS[reference.register], key)
        if parent and (found := household_of(db, REGISTERS[reference.register], parent)):
            return found
    return None


def _register_rows(db: Database, household_no: str) -> dict[str, list[Row]]:
    """Registers are gone through in dependency order: a row tells of the household where a row before it did that it names."""
    found: dict[str, list[Row]] = {}
    entities: dict[str, set[int]] = defaultdict(set)
    for name, register in REGISTERS.items():
        if not tells_of_one(name):
            continue
        if name == "households":
            rows = _where(db, register, "household_no = ?", [household_no])
        else:
            rows = _naming(db, register, entities)
        if rows:
            found[name] = rows
            entities[name] = {row["entity"] for row in rows}
    return found


def _naming(db: Database, register: Register, entities: dict[str, set[int]]) -> list[Row]:
    """The versions of a register's rows that name one of the rows found so far."""
    parts, bound = [], []
    for reference in register.references:
        if reference.register != register.name and (known := entities.get(reference.register)):
            parts.append(f"{reference_column(register, reference)} IN ({', '.join('?' * len(known))})")
            bound += sorted(known)
    return _where(db, register, f"({' OR '.join(parts)})", bound) if parts else []


def _where(db: Database, register: Register, condition: str, bound: list[Any]) -> list[Row]:
    columns = written_columns(register)
    sql = f"SELECT {', '.join(columns)} FROM {register.name} WHERE {condition} ORDER BY entity, version"
    return [dict(zip(columns, row, strict=True)) for row in db.execute(sql, bound)]


def _casework_rows(db: Database, household_no: str) -> dict[str, list[Row]]:
    goods = "substr({0}.subject, 1, length(:no) + 1) = :no || '/'"
    asked = {
        "decisions": "SELECT decisions.*, runs.program, runs.digest, runs.as_of, runs.recorded_at, runs.recorded_by"
        f" FROM decisions JOIN runs ON runs.id = decisions.run_id WHERE {goods.format('decisions')}",
        "acts": f"SELECT * FROM acts WHERE {goods.format('acts')}",
        "packaging_moves": "SELECT packaging_moves.*, packaging_items.item_name, packaging_items.item_unit"
        " FROM packaging_moves JOIN packaging_items ON packaging_items.id = packaging_moves.item_entity"
        f" WHERE {goods.format('packaging_moves')}",
        "settlement_lines": "SELECT settlement_lines.*, settlements.number, settlements.done_on FROM settlement_lines"
        " JOIN settlements ON settlements.id = settlement_lines.settlement_id WHERE household_no = :no",
        "documents": "SELECT id, number, kind, about, subject, done_on, recorded_at, recorded_by FROM documents"
        f" WHERE {goods.format('documents')} OR number IN (SELECT settlements.number FROM settlement_lines"
        " JOIN settlements ON settlements.id = settlement_id WHERE household_no = :no)",
        "audit_findings": "SELECT audit_findings.*, decisions.subject FROM audit_findings"
        f" JOIN decisions ON decisions.id = decision_id WHERE {goods.format('decisions')}",
        "public_notices": "SELECT DISTINCT public_notices.id, public_notices.number, public_notices.kind, posted_on, ends_on,"
        " public_notices.recorded_at, public_notices.recorded_by FROM public_notices, json_each(entries) AS line,"
        " json_each(line.value, '$.rests_on') AS behind WHERE CASE public_notices.kind WHEN 'packaging'"
        f" THEN EXISTS (SELECT 1 FROM acts WHERE id = behind.value AND {goods.format('acts')})"
        " ELSE EXISTS (SELECT 1 FROM settlement_lines WHERE id = behind.value AND household_no = :no) END",
        "personal_steps": "SELECT * FROM personal_steps WHERE household_no = :no OR kind = 'show' AND (register = 'all'"
        " OR register = 'settlements' AND EXISTS (SELECT 1 FROM settlement_lines JOIN settlements"
        " ON settlements.id = settlement_id WHERE household_no = :no AND fields LIKE '% @ ' || settlements.number))",
    }
    found = {table: _dicts(db, f"{sql} ORDER BY 1", household_no) for table, sql in asked.items()}
    return {table: rows for table, rows in found.items() if rows}


def _dicts(db: Database, sql: str, household_no: str) -> list[Row]:
    cursor = db.execute(sql, {"no": household_no})
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
