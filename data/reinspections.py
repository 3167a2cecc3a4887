"""The rules of a re-inspection (复检), checked on the register as an import would leave it.

It names an original that is none itself, of the same good; its result is not given before the original's; it
concludes pass or fail. A correction of an original must leave its re-inspections whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from data.comparing import Registered, Row, RowsOfFile, fault_at
from data.faults import Fault
from data.versions import END_OF_TIME, Key, current_rows, known
from data.words import Words


@dataclass(frozen=True)
class _Sample:
    """A row as it would stand after the import; `at` is its position in the file, None for a registered one."""

    values: Row
    at: int | None

    def says(self, rows: RowsOfFile, name: str) -> str | None:
        """The value of a column; None where it is blank or has a fault of its own."""
        value = None if self.at in rows.unusable.get(name, ()) else self.values[rows.at(name)]
        return None if value is None else str(value)


def reinspection_faults(
    db: Database, rows: RowsOfFile, first: Mapping[Key, int], registered: Registered, changed: set[int]
) -> list[Fault]:
    """Faults of the file's re-inspections, and of corrections that would break registered ones."""
    if rows.register.name != "inspections":
        return []
    names = rows.at("reinspection_of")
    usable = rows.usable(range(len(rows.values)), ("reinspection_of",))
    in_file: dict[int, Any] = {
        at: rows.values[at][names] for at in usable if rows.values[at][names] is not None
    }
    entities = [registered[rows.keys[at]][0] for at in changed]
    elsewhere: dict[Key, Any] = {
        key: row for key, row in _of_originals(db, rows, entities).items() if key not in first
    }
    asked = {original for original in in_file.values() if original not in first}
    before = {key: values for key, (_, _, values) in current_rows(db, rows.register, asked).items()}
    after = {**before, **elsewhere}

    def sample(key: Key) -> _Sample | None:
        at = first.get(key)
        values = after.get(key) if at is None else rows.values[at]
        return None if values is None else _Sample(values, at)

    pairs = [(at, _Sample(rows.values[at], at), sample(original)) for at, original in in_file.items()]
    # A registered re-inspection has no place in the file: its changed original has.
    pairs += [(first[row[names]], _Sample(row, None), sample(row[names])) for row in elsewhere.values()]
    return [
        fault_at(rows, at, column, message)
        for at, again, original in pairs
        if original  # that it does not exist has been said already
        for column, message in _broken(rows, again, original)
    ]


def _of_originals(db: Database, rows: RowsOfFile, entities: list[int]) -> dict[Key, Row]:
    """The registered re-inspections of these originals, by sample number."""
    own = ", ".join(f"{rows.register.name}.{column.name}" for column in rows.register.columns)
    table, key = rows.register.name, rows.at("sample_no")
    found = db.execute(
        f"SELECT {own} FROM json_each(:originals) AS j CROSS JOIN {table}"
        f" ON {table}.original_entity = j.value WHERE {known(table)}",
        {"originals": json.dumps(entities), "k": END_OF_TIME},
    )
    return {row[key]: row for row in found} if entities else {}


def _broken(rows: RowsOfFile, again: _Sample, original: _Sample) -> Iterator[tuple[str, Words]]:
    """What does not hold of the two, as far as their cells can be read."""
    here, there = again.says(rows, "sample_no") or "?", original.says(rows, "sample_no")
    checks = rows.register.row_checks
    pair = Words(f"{here} 是 {there} 的复检", f"{here} is the re-inspection of {there}")
    if here == there:
        yield "reinspection_of", checks["not_its_own_reinspection"].message
    elif original.says(rows, "reinspection_of"):
        yield (
            "reinspection_of",
            Words(
                f"{pair.zh}，而后者本身也是复检。请填最初的样品编号。",
                f"{pair.en}, which is one itself. Name the first sample.",
            ),
        )
    goods = [[one.says(rows, name) for name in ("household_no", "product_code")] for one in (again, original)]
    if any(mine and theirs and mine != theirs for mine, theirs in zip(*goods, strict=True)):
        yield (
            "product_code",
            _of_another_good(pair, *("/".join(part or "?" for part in good) for good in goods)),
        )
    mine, theirs = again.says(rows, "result_date"), original.says(rows, "result_date")
    if mine and theirs and mine < theirs:
        yield (
            "result_date",
            Words(
                f"{pair.zh}，复检结果日期 {mine} 早于原结果日期 {theirs}。",
                f"{pair.en}; its result of {mine} lies before the first one's of {theirs}.",
            ),
        )
    if again.says(rows, "conclusion") not in ("pass", "fail", None):
        yield "conclusion", checks["reinspection_concludes"].message


def _of_another_good(pair: Words, again: str, original: str) -> Words:
    return Words(
        f"{pair.zh}，但两者不是同一帮扶农产品（{again} 与 {original}）。",
        f"{pair.en}, but they are not of the same good ({again} and {original}).",
    )
