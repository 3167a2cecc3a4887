"""What the desk asks of casework beyond the acts in force: how far each case has come, what begins later."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from sqlite_utils import Database

from data.casework.ledger import ACTIONS


@dataclass(frozen=True)
class CaseSteps:
    """One case of taking something away as far as it had come by a day; a step not taken is None. ISO days.

    `id` is the notice's, `verdict` what the rules recommended then.
    """

    id: int
    good_entity: int
    subject: str
    benefit: str
    notified_on: str
    notified_by: str
    verdict: str
    delivered_on: str | None
    defence_until: str | None
    heard_on: str | None
    revoked_on: str | None
    effective_on: str | None
    stopped_on: str | None
    decision_delivered_on: str | None
    recovered_on: str | None

    @property
    def is_open(self) -> bool:
        """Neither decided nor closed by the day."""
        return self.revoked_on is None and self.stopped_on is None


def casework_seq(db: Database) -> int:
    """Number of the last chain entry of casework; 0: none. It changes whenever somebody does anything."""
    marks = ", ".join("?" * len(ACTIONS))
    sql = f"SELECT seq FROM chain WHERE action IN ({marks}) ORDER BY seq DESC LIMIT 1"
    row = db.execute(sql, list(ACTIONS)).fetchone()
    return int(row[0]) if row else 0


def case_steps(db: Database, day: date) -> list[CaseSteps]:
    """Every case opened by a day with the steps taken by then, the oldest first."""

    def done(kind: str) -> str:
        return f"max(CASE step.kind WHEN '{kind}' THEN step.done_on END)"

    rows = db.execute(
        "SELECT notice.id, notice.good_entity, notice.subject, notice.benefit, notice.done_on,"
        f" notice.recorded_by, decisions.verdict, {done('deliver')}, max(step.defence_until), {done('hear')},"
        f" {done('revoke')}, max(step.effective_on), {done('stop')}, {done('deliver_decision')}, {done('recover')}"
        " FROM acts AS notice JOIN decisions ON decisions.id = notice.decision_id"
        " LEFT JOIN acts AS step ON step.case_id = notice.id AND step.done_on <= :day"
        " WHERE notice.kind = 'notify' AND notice.done_on <= :day GROUP BY notice.id ORDER BY notice.id",
        {"day": day.isoformat()},
    )
    return [CaseSteps(**dict(zip(_NAMES, row, strict=True))) for row in rows.fetchall()]


_NAMES = tuple(field.name for field in fields(CaseSteps))


def overridden_verdicts(db: Database, benefit: str) -> dict[int, str]:
    """What the rules recommended where an act went against them, by the act's id."""
    rows = db.execute(
        "SELECT acts.id, decisions.verdict FROM acts JOIN decisions ON decisions.id = acts.decision_id"
        " WHERE acts.benefit = ? AND acts.overrides = 1 AND acts.state IS NOT NULL",
        [benefit],
    )
    return dict(rows.fetchall())


def goods_with_an_act_ahead(db: Database, benefit: str, day: date) -> list[int]:
    """Goods (entities) for which an act done by a day takes effect only after it."""
    rows = db.execute(
        "SELECT DISTINCT good_entity FROM acts WHERE benefit = ? AND effective_on > ? AND done_on <= ?",
        [benefit, day.isoformat(), day.isoformat()],
    )
    return [entity for (entity,) in rows.fetchall()]
