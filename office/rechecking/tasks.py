"""What there is to decide again in a database, cut into tasks that can be done one by one, by anybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from data.casework.settlements import settlements
from data.reporting.assessments import assessments
from data.reporting.bulletins import bulletins
from data.reporting.figures import reported_figures
from data.rulekeeping.rechecks import runs_until
from data.store import Database
from data.words import Words
from office.rechecking.differing import Found
from office.rechecking.reports import Reports
from office.rechecking.runs import Runs
from office.rechecking.settled import recheck_settlement

RUN, SETTLEMENT, FIGURES, BULLETIN, ASSESSMENT = "run", "settlement", "figures", "bulletin", "assessment"
KINDS = {
    RUN: Words("重新判定存档的判定", "deciding recorded decisions again"),
    SETTLEMENT: Words("重新核对结算", "working out settlements again"),
    FIGURES: Words("重新计算上报的数据", "counting reported figures again"),
    BULLETIN: Words("重新计算通报", "counting bulletins again"),
    ASSESSMENT: Words("重新计算考核", "working out assessments again"),
}


class Task(NamedTuple):
    """One thing to do again; `weight` is how many answers it is about."""

    kind: str
    id: int
    weight: int


@dataclass
class Work:
    """Does tasks on one database; what was learnt with one serves the next."""

    db: Database
    told: Callable[[int], None]
    runs: Runs = field(init=False)
    reports: Reports = field(init=False)

    def __post_init__(self) -> None:
        self.runs, self.reports = Runs(self.db, self.told), Reports(self.db)

    def do(self, task: Task) -> Found:
        """What differs."""
        if task.kind == RUN:
            return self.runs.recheck(task.id)
        if task.kind == SETTLEMENT:
            found = recheck_settlement(self.db, self.runs.programs, task.id)
        else:
            of_reports = {
                FIGURES: self.reports.figures,
                BULLETIN: self.reports.bulletin,
                ASSESSMENT: self.reports.assessment,
            }
            found = of_reports[task.kind](task.id)
        self.told(task.weight)
        return found


def tasks_of(db: Database, seq: int) -> list[Task]:
    """Everything recorded up to a chain entry that can be worked out again."""
    return [
        *(Task(RUN, one.id, one.decisions) for one in runs_until(db, seq)),
        *(Task(SETTLEMENT, one.id, one.lines) for one in reversed(settlements(db))),
        *(Task(FIGURES, one.id, 1) for one in reversed(reported_figures(db))),
        *(Task(BULLETIN, one.id, 1) for one in reversed(bulletins(db))),
        *(Task(ASSESSMENT, one.id, 1) for one in reversed(assessments(db))),
    ]
