"""What the list of things to do asks the database beyond the decisions: recorded verdicts, results not there."""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database

from data.versions import END_OF_TIME, known


def recorded_verdicts(db: Database, run_id: int) -> list[tuple[str, str, str]]:
    """(subject, benefit, verdict) of every decision of a run, without its reasons: quick to read."""
    rows = db.execute(
        "SELECT subject, benefit, verdict FROM decisions WHERE run_id = ? ORDER BY id", [run_id]
    )
    return [(subject, benefit, verdict) for subject, benefit, verdict in rows]


def without_result(db: Database, day: date, known_at: str | None = None) -> dict[str, str]:
    """Goods with a sample that has no conclusion on a day, each with its oldest such sampling date.

    That is one taken by then whose conclusion is 待确证 or whose result came later, and for which no
    re-inspection had spoken by then.
    """
    rows = db.execute(
        "SELECT household_no || '/' || product_code, min(sampling_date) FROM inspections"
        " WHERE sampling_date <= :day AND (conclusion = 'pending' OR result_date > :day)"
        f" AND original_entity IS NULL AND {known('inspections')}"
        " AND entity NOT IN (SELECT original_entity FROM inspections"
        f" WHERE original_entity IS NOT NULL AND result_date <= :day AND {known('inspections')})"
        " GROUP BY household_no, product_code",
        {"day": day.isoformat(), "k": known_at or END_OF_TIME},
    )
    return dict(rows.fetchall())
