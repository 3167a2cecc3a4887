"""What the invented office of the demonstration reported: signed figures, bulletins with a later edition, an assessment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from data.seed.case_stories import HEAD, REVIEWER
from data.store import Database
from office.casework.asked import Doer
from office.reports import assessment, bulletin
from office.targets.reporting import Wish, report_in

Do = Callable[[Database, datetime, date], None]

PROBLEMS = "示例：个别站点月报迟报，少数站点没有上行额。"
REQUIREMENTS = "示例：各站点每月5日前上报；乡镇8日前核对。"
REPORTED = (
    (date(2021, 1, 29), date(2020, 12, 31), "示例：年度上报"),
    (date(2021, 7, 30), date(2021, 6, 30), "示例：半年上报"),
)
BULLETINS = ((date(2021, 7, 30), "2021-06"), (date(2021, 8, 31), "2021-07"))
AGAIN = (date(2021, 9, 29), "2021-06", "示例：更正后重新印发")
ASSESSED = (date(2021, 1, 29), "2020-12")


def told_reports() -> Iterator[tuple[date, Do]]:
    """Each with the office's day on which it was done."""
    for day, of, remark in REPORTED:
        yield day, _report(of, remark)
    for day, month in BULLETINS:
        yield day, _bulletin(month, REVIEWER)
    day, month, remark = AGAIN
    yield day, _bulletin(month, HEAD, remark)
    day, month = ASSESSED
    yield day, _assess(month)


def _report(of: date, remark: str) -> Do:
    def report(db: Database, at: datetime, day: date) -> None:
        report_in(db, Wish(as_of=of, remark=remark), doer=Doer(REVIEWER), at=at, day=day)

    return report


def _bulletin(month: str, by: str, remark: str = "") -> Do:
    def issue(db: Database, at: datetime, day: date) -> None:
        texts = {"problems": PROBLEMS, "requirements": REQUIREMENTS, "remark": remark}
        bulletin.issue_in(db, month, doer=Doer(by), at=at, day=day, **texts)

    return issue


def _assess(month: str) -> Do:
    def issue(db: Database, at: datetime, day: date) -> None:
        assessment.issue_in(db, month, doer=Doer(REVIEWER), at=at, day=day)

    return issue
