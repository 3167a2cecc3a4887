"""What the leading group said of the readings, as it was entered: confirmations, looks, withdrawals."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

_COLUMNS = (
    "id, file, part, kind, stated, confirmed_by, confirmed_on, document_no, remark, done_on,"
    " recorded_at, recorded_by"
)


@dataclass(frozen=True)
class Confirmation:
    """One entry about one part of one file: `kind` confirm, look or withdraw, `stated` the digest of what the part said.

    Of a `confirm`: who of the leading group, when (ISO day), and the document's number.
    """

    id: int
    file: str
    part: str
    kind: str
    stated: str
    confirmed_by: str | None
    confirmed_on: str | None
    document_no: str | None
    remark: str | None
    done_on: str
    recorded_at: str
    recorded_by: str


def confirmations(db: Database, known_at: str | None = None) -> list[Confirmation]:
    """Every entry recorded by an instant (canonical UTC text; None: all), the oldest first."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM confirmations WHERE ? IS NULL OR recorded_at <= ? ORDER BY id",
        [known_at, known_at],
    )
    return [Confirmation(*row) for row in rows]
