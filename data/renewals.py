"""The rules of a renewal (续展) of a certification, checked on the register as an import would leave it.

A renewal is of the kind of what it renews, is not issued before it, and no certificate renews itself by way of
others. A correction of a renewed certificate must leave its renewals whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from data.comparing import Row, RowsOfFile, fault_at
from data.faults import Fault
from data.versions import Key, known_rows
from data.words import Words


@dataclass(frozen=True)
class _Certificate:
    """A row as it would stand after the import; `at` is its position in the file, None for a registered one."""

    values: Row
    at: int | None

    def says(self, rows: RowsOfFile, name: str) -> str | None:
        """The value of a column; None where it is blank or has a fault of its own."""
        value = None if self.at in rows.unusable.get(name, ()) else self.values[rows.at(name)]
        return None if value is None else str(value)


Certificates = Mapping[Key | None, _Certificate]


def renewal_faults(db: Database, rows: RowsOfFile, first: Mapping[Key, int]) -> list[Fault]:
    """Faults of the file's renewals, and of corrections that would break registered ones."""
    if rows.register.name != "certifications":
        return []
    columns = [column.name for column in rows.register.columns]
    stands = known_rows(db, rows.register, columns)
    after: dict[Key | None, _Certificate] = {row[0]: _Certificate(row, None) for row in stands}
    after |= {key: _Certificate(rows.values[at], at) for key, at in first.items()}
    return [fault for renewal in after.values() for fault in _faults(rows, after, renewal)]


def _faults(rows: RowsOfFile, after: Certificates, renewal: _Certificate) -> Iterator[Fault]:
    """What is wrong with one renewal, at its own row, or at that of the corrected one that it renews."""
    original = after.get(renewal.says(rows, "renewal_of"))
    if original is None or original is renewal:  # both have been said already
        return
    if renewal.at is not None:
        yield from (
            fault_at(rows, renewal.at, column, message)
            for column, message in _broken(rows, renewal, original)
        )
        if _in_a_circle(rows, after, renewal):
            yield fault_at(rows, renewal.at, "renewal_of", _circle(rows, renewal))
    elif original.at is not None:
        yield from (
            fault_at(rows, original.at, column, message)
            for column, message in _broken(rows, renewal, original)
        )


def _broken(rows: RowsOfFile, renewal: _Certificate, original: _Certificate) -> Iterator[tuple[str, Words]]:
    here, there = (one.says(rows, "certificate_no") or "?" for one in (renewal, original))
    pair = Words(f"{here} 是 {there} 的续展", f"{here} renews {there}")
    mine, theirs = (one.says(rows, "kind") for one in (renewal, original))
    choices = rows.register.column("kind").choices
    if mine in choices and theirs in choices and mine != theirs:
        a, b = choices[mine], choices[theirs]
        yield (
            "kind",
            Words(
                f"{pair.zh}，但两者的认证类别不同（{a.zh} 与 {b.zh}）。",
                f"{pair.en}, but they are not of one kind ({a.en} and {b.en}).",
            ),
        )
    issued, before = (one.says(rows, "issued_on") for one in (renewal, original))
    if issued and before and issued < before:
        yield (
            "issued_on",
            Words(
                f"{pair.zh}，发证日期 {issued} 早于原证书的 {before}。",
                f"{pair.en}; it was issued on {issued}, before that one's {before}.",
            ),
        )


def _in_a_circle(rows: RowsOfFile, after: Certificates, renewal: _Certificate) -> bool:
    """Whether following what it renews leads back to it."""
    seen: set[str] = set()
    named = renewal.says(rows, "renewal_of")
    while named is not None and named not in seen:
        seen.add(named)
        before = after.get(named)
        if before is renewal:
            return True
        named = before.says(rows, "renewal_of") if before else None
    return False


def _circle(rows: RowsOfFile, renewal: _Certificate) -> Words:
    number = renewal.says(rows, "certificate_no") or "?"
    return Words(
        f"{number} 通过续展又指回了自己，请核对各证书的原证书编号。",
        f"What {number} renews leads back to itself; check the numbers of the certificates.",
    )
