"""An office at work, day by day: enters inspections and acts on them as its people would, with the clock it is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from data.store import Writer, open_writer
from office.casework.acting import Asked, Doer, Done, Standing, act_in
from office.casework.acting import bulk_grant_in as bulk
from office.casework.standing import standing_of
from office.recording import decided_at
from tests.entering import enter, enter_county, sample

CLERK, REVIEWER, OTHER = Doer("李录入", "clerk"), Doer("周审核", "reviewer"), Doer("吴审核", "reviewer")
BEGIN = date(2021, 1, 4)
H1P1 = "H1/P1"


class Clock:
    """Ten in the morning of the office's day, a second later each time."""

    def __init__(self, day: date) -> None:
        self.instant = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.instant += timedelta(seconds=1)
        return self.instant


class Office:
    """A county of three goods, fit for online sale, and the office that acts on them."""

    def __init__(self, file: Path) -> None:
        self.file, self.day, self.clock = file, BEGIN, Clock(BEGIN)
        self.writer: Writer = open_writer(file, clock=lambda: self.clock(), migrate=True)
        enter_county(self.writer)
        goods = [
            {
                "household_no": h,
                "product_code": p,
                "source": "grown",
                "fit_for_online_sale": 1,
                "registered_on": "2019-01-02",
            }
            for h, p in (("H1", "P1"), ("H1", "P2"), ("H2", "P1"))
        ]
        enter(self.writer, "goods", goods, reason="核实适合网销")
        products = [
            {"product_code": p, "product_name": "示例产品", "category": "fruit", "standardised": 0}
            for p in ("P1", "P2")
        ]
        enter(self.writer, "products", products, reason="核实为非标准化")
        self.samples = 0

    def on(self, day: date) -> Self:
        """Go on to a later day."""
        if day > self.day:
            self.day, self.clock = day, Clock(day)
        return self

    def inspect(self, conclusion: str, day: date | None = None, subject: str = H1P1, **other: Any) -> str:
        """Enter one inspection, sampled on the day (default: today); gives its number."""
        self.samples += 1
        household, product = subject.split("/")
        number = f"S{self.samples:03}"
        row = sample(
            number, (day or self.day).isoformat(), conclusion, household_no=household, product_code=product
        )
        enter(self.writer, "inspections", [row | other])
        return number

    def correct(self, number: str, conclusion: str, day: date) -> None:
        """Correct the conclusion of an inspection of H1/P1."""
        enter(self.writer, "inspections", [sample(number, day.isoformat(), conclusion)], reason="更正结论")

    def act(
        self,
        kind: str,
        doer: Doer = REVIEWER,
        *,
        subject: str = H1P1,
        benefit: str = "packaging",
        seen: int | None = None,
        **more: Any,
    ) -> Done:
        """Do something today."""
        asked = Asked(kind, subject, benefit, **more)
        with self.writer.transaction() as db:
            return act_in(db, asked, doer=doer, at=self.clock(), day=self.day, seen=seen)

    def bulk(self, benefit: str = "packaging", doer: Doer = REVIEWER, **more: Any) -> Any:
        """Grant all plain cases today."""
        with self.writer.transaction() as db:
            return bulk(db, benefit, None, doer=doer, at=self.clock(), day=self.day, **more)

    def standing(self, benefit: str = "packaging", doer: Doer = REVIEWER, subject: str = H1P1) -> Standing:
        """How it stands today."""
        with self.writer.transaction() as db:
            return standing_of(db, decided_at(db, self.day, self.clock(), subject), benefit, doer)

    def passed(self, on: date = date(2021, 3, 1)) -> Office:
        """H1/P1 passes an inspection."""
        self.on(on).inspect("pass")
        return self

    def granted(self) -> Office:
        """H1/P1 passed and both benefits are granted, since 2021-03-01."""
        self.passed()
        for benefit in ("packaging", "logistics"):
            self.act("grant", benefit=benefit)
        return self

    def failed(self) -> Office:
        """Granted, and failed for a long time by 2021-09-13: the rules say revoked."""
        self.granted()
        for day in (date(2021, 5, 6), date(2021, 7, 6), date(2021, 9, 13)):
            self.on(day).inspect("fail")
        return self

    def notified(self) -> Office:
        """The clerk proposed it on 2021-09-14, delivered the same day: the defence period ends on 09-22."""
        self.failed().on(date(2021, 9, 14)).act("notify", CLERK)
        return self

    def delivered(self) -> Office:
        self.notified().act("deliver", CLERK, how="in_person", to="示例户主")
        return self

    def heard(self) -> Office:
        """Nothing was said; recorded on 2021-09-23, when the period is over."""
        self.delivered().on(date(2021, 9, 23)).act("hear", CLERK)
        return self

    def revoked(self) -> Office:
        self.heard().act("revoke", REVIEWER, reason="连续三次不合格")
        return self
