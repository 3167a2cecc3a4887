"""The rules of a re-inspection (复检, DESIGN §4), checked on the register as an import would leave it.

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
class _After:
    """The register after the import, as far as it is asked: the file's rows before the registered ones."""

    rows: RowsOfFile
    first: Mapping[Key, int]
    registered: Mapping[Key, Row]

    def values(self, key: Key) -> Row | None:
        at = self.first.get(key)
        return self.registered.get(key) if at is None else self.rows.values[at]


def reinspection_faults(
    db: Database, rows: RowsOfFile, first: Mapping[Key, int], registered: Registered, changed: set[int]
) -> list[Fault]:
    """Faults of the file's re-inspections, and of corrections that would break registered ones."""
    if not any(reference.register == rows.register.name for reference in rows.register.references):
        return []
    names = rows.at("reinspection_of")
    in_file: dict[Key, Any] = {
        rows.keys[at]: row[names] for at, row in enumerate(rows.values) if row[names] is not None
    }
    entities = [registered[rows.keys[at]][0] for at in changed]
    elsewhere = {key: row for key, row in _of_originals(db, rows, entities).items() if key not in first}
    asked = {original for original in in_file.values() if original not in first}
    before = {key: values for key, (_, _, values) in current_rows(db, rows.register, asked).items()}
    after = _After(rows, first, {**before, **elsewhere})
    originals: dict[Key, Any] = {**in_file, **{key: row[names] for key, row in elsewhere.items()}}
    return [fault for key, original in originals.items() for fault in _faults(after, key, original)]


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


def _faults(after: _After, key: Key, original: Key) -> Iterator[Fault]:
    one, other = after.values(key), after.values(original)
    if one is None or other is None:
        return  # that the original does not exist has been said already
    rows = after.rows
    # A registered re-inspection has no place in the file: its changed original has.
    at = after.first.get(key, after.first.get(original))
    if at is None:
        return
    for column, message in _broken(rows, one, other):
        yield fault_at(rows, at, column, message)


def _broken(rows: RowsOfFile, one: Row, other: Row) -> Iterator[tuple[str, Words]]:
    def of(row: Row, name: str) -> str:
        return str(row[rows.at(name)])

    pair_zh = f"{of(one, 'sample_no')} 是 {of(other, 'sample_no')} 的复检"
    pair_en = f"{of(one, 'sample_no')} is the re-inspection of {of(other, 'sample_no')}"
    if other[rows.at("reinspection_of")] is not None:
        yield (
            "reinspection_of",
            Words(
                f"{pair_zh}，而后者本身也是复检。请填最初的样品编号。",
                f"{pair_en}, which is one itself. Name the first sample.",
            ),
        )
    goods = [f"{of(row, 'household_no')}/{of(row, 'product_code')}" for row in (one, other)]
    if goods[0] != goods[1]:
        yield (
            "product_code",
            Words(
                f"{pair_zh}，但两者不是同一帮扶农产品（{goods[0]} 与 {goods[1]}）。",
                f"{pair_en}, but they are not of the same good ({goods[0]} and {goods[1]}).",
            ),
        )
    if of(one, "result_date") < of(other, "result_date"):
        yield (
            "result_date",
            Words(
                f"{pair_zh}，复检结果日期 {of(one, 'result_date')} 早于原结果日期 {of(other, 'result_date')}。",
                f"{pair_en}; its result of {of(one, 'result_date')} lies before the first one's of {of(other, 'result_date')}.",
            ),
        )
    if of(one, "conclusion") not in ("pass", "fail"):
        yield (
            "conclusion",
            Words(
                f"{pair_zh}，复检的结论只能是合格或不合格。",
                f"{pair_en}; a re-inspection must conclude pass or fail (合格, 不合格).",
            ),
        )
