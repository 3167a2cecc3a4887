"""What of the registers is due on a day, as known now: certificates running out, tasks and findings past their limit."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlite_utils import Database

from data.versions import END_OF_TIME, known


class Expiring(NamedTuple):
    """A certificate that runs out, and whose it is."""

    certificate_no: str
    kind: str
    supplier: str
    expires_on: str


class PastLimit(NamedTuple):
    """A task or a finding whose limit has passed: its number, what it is, which body answers for it."""

    number: str
    what: str
    body: str
    limit: str


def certificates_expiring(db: Database, day: date, until: date) -> list[Expiring]:
    """The certificates in force on a day that run out from then to `until` (both included), the first to do so first.

    One whose renewal was applied for or issued by the day is left out: what had to be done was done.
    """
    sql = (
        "SELECT certifications.certificate_no, certifications.kind, suppliers.supplier_name, certifications.expires_on"
        " FROM certifications JOIN suppliers ON suppliers.entity = certifications.supplier_entity"
        f" AND {known('suppliers')} WHERE {known('certifications')}"
        " AND certifications.issued_on <= :day AND coalesce(certifications.withdrawn_on > :day, 1)"
        " AND certifications.expires_on BETWEEN :day AND :until"
        " AND certifications.certificate_no NOT IN (SELECT certifications.renewal_of FROM certifications"
        f"  WHERE certifications.renewal_of IS NOT NULL AND {known('certifications')}"
        "  AND coalesce(certifications.applied_on, certifications.issued_on) <= :day)"
        " ORDER BY certifications.expires_on, certifications.certificate_no"
    )
    bind = {"day": day.isoformat(), "until": until.isoformat(), "k": END_OF_TIME}
    return [Expiring(*row) for row in db.execute(sql, bind).fetchall()]


def tasks_overdue(db: Database, day: date) -> list[PastLimit]:
    """The tasks given by a day whose limit lies before it and which were not finished by it, the oldest limit first."""
    return _past_limit(
        db, day, ("assignments", "assignment_no", "assignment_name", "given_on", "due_on", "finished_on")
    )


def findings_overdue(db: Database, day: date) -> list[PastLimit]:
    """The findings of a supervision whose limit lies before a day and which were not put right by it."""
    return _past_limit(
        db, day, ("supervisions", "finding_no", "finding", "found_on", "rectify_by", "rectified_on")
    )


def _past_limit(db: Database, day: date, columns: tuple[str, str, str, str, str, str]) -> list[PastLimit]:
    table, number, what, since, limit, done = columns
    sql = (
        f"SELECT {table}.{number}, {table}.{what}, bodies.body_name, {table}.{limit} FROM {table}"
        f" JOIN bodies ON bodies.entity = {table}.body_entity AND {known('bodies')}"
        f" WHERE {known(table)} AND {table}.{since} <= :day AND {table}.{limit} < :day"
        f" AND coalesce({table}.{done} > :day, 1) ORDER BY {table}.{limit}, {table}.{number}"
    )
    rows = db.execute(sql, {"day": day.isoformat(), "k": END_OF_TIME}).fetchall()
    return [PastLimit(*row) for row in rows]
