"""The path of taking something away, as far as it has come: notice, delivery, defence, decision, and what stops it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.casework.acts import Act
from data.store import Database
from office.casework.halting import halted
from office.casework.recovering import handed_back
from office.casework.working_days import Counted, nth_working_day_after
from rules.program import Words

HANDED_BACK = "packaging"  # the benefit of which something is handed back


@dataclass(frozen=True)
class Case:
    """A case with its steps. `defence` is the end of the defence period, counted with what is known now.

    `halted` says what changed the recommendation since the notice; the case is then only to be closed.
    `next_step` is the kind of act that comes next ("stop" where halted; None where nothing is left to do),
    `wait_until` the last day on which it must still wait ("hear": until then only a statement can be recorded;
    "recover": until the decision takes effect).
    """

    notice: Act
    steps: tuple[Act, ...]  # the notice first
    delivered_on: date | None
    defence: Counted | None
    heard: tuple[Act, ...]
    decided: Act | None
    stopped: Act | None
    halted: Words | None
    next_step: str | None
    wait_until: date | None

    @property
    def is_open(self) -> bool:
        """Whether it is neither decided nor closed."""
        return self.decided is None and self.stopped is None

    def step(self, kind: str) -> Act | None:
        """The first step of that kind, if it was taken."""
        return next((act for act in self.steps if act.kind == kind), None)


def last_case(db: Database, acts: Sequence[Act], day: date) -> Case | None:
    """The newest case among the acts about one good and benefit, as it stands on a day; None: there never was one."""
    notices = [act for act in acts if act.kind == "notify"]
    return _case(db, [act for act in acts if act.case == notices[-1].id], day) if notices else None


def _case(db: Database, steps: Sequence[Act], day: date) -> Case:
    by_kind = {act.kind: act for act in reversed(steps)}
    delivered, decided, stopped = by_kind.get("deliver"), by_kind.get("revoke"), by_kind.get("stop")
    changed = halted(db, steps[0], day) if decided is None and stopped is None else None
    defence = defence_of(delivered) if delivered else None
    kind = None if stopped else "stop" if changed else _next_step(steps[0].benefit, by_kind)
    if kind == "recover" and not handed_back(db, steps[0].subject):
        kind = None
    return Case(
        notice=steps[0],
        steps=tuple(steps),
        delivered_on=date.fromisoformat(delivered.delivered_on or "") if delivered else None,
        defence=defence,
        heard=tuple(act for act in steps if act.kind == "hear"),
        decided=decided,
        stopped=stopped,
        halted=changed,
        next_step=kind,
        wait_until=_wait_until(kind, defence, decided, day),
    )


def _wait_until(kind: str | None, defence: Counted | None, decided: Act | None, day: date) -> date | None:
    until = None
    if kind in ("hear", "revoke") and defence is not None:
        until = defence.until
    elif kind == "recover" and decided is not None and decided.takes_effect:
        until = decided.takes_effect - timedelta(days=1)
    return until if until is not None and day <= until else None


def defence_of(delivered: Act) -> Counted:
    """The last day of the defence period, counted again with the holidays known now; never earlier than was said."""
    said = date.fromisoformat(delivered.defence_until or "")
    counted = nth_working_day_after(
        date.fromisoformat(delivered.delivered_on or ""), delivered.details["defence_working_days"]
    )
    return Counted(max(said, counted.until), counted.certain)


def _next_step(benefit: str, by_kind: dict[str, Act]) -> str | None:
    path = ["deliver", "hear", "revoke", "deliver_decision"]
    if benefit == HANDED_BACK:
        path.append("recover")
    return next((kind for kind in path if kind not in by_kind), None)
