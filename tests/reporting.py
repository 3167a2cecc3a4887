"""A small county that reports: two of the nine townships and 其他单位, stations, shops, sales of households."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from data.reporting.assessments import Assessed, Veto
from data.reporting.bulletins import Issued
from data.seed.townships import OTHER_UNITS, townships
from data.store import Writer, open_writer
from office import answering
from office.casework.asked import Doer
from office.reports import assessment, bulletin, vetoes
from tests.entering import enter, good, household, product, sample

T1, T2 = "653128100", "653128101"
REVIEWER = Doer("周审核", "reviewer")
AUGUST, JULY, LAST_AUGUST = "2021-08", "2021-07", "2020-08"
DAY = date(2021, 9, 10)


class Clock:
    """Ten in the morning of the county's day, a second later each time."""

    def __init__(self, day: date) -> None:
        self.instant = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.instant += timedelta(seconds=1)
        return self.instant


@cache
def _made() -> bytes:
    """The county before anybody reports, made once."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "county.db"
        writer = open_writer(file, clock=Clock(date(2021, 1, 4)), migrate=True)
        enter(writer, "townships", townships())
        places = {"V1": (T1, 1), "V2": (T2, 1), "V3": (T1, 0), "V9": (OTHER_UNITS, 0)}
        villages = [
            {"village_code": v, "township_code": t, "village_name": f"示例村{v}", "poor_village": p}
            for v, (t, p) in places.items()
        ]
        enter(writer, "villages", villages)
        homes = {"H1": "V1", "H2": "V1", "H3": "V2", "H4": "V3"}
        enter(writer, "households", [household(h, village_code=v) for h, v in homes.items()])
        enter(writer, "products", [product("P1")])
        enter(writer, "goods", [good(h, "P1") for h in homes])
        channel = {
            "channel_code": "C1",
            "channel_name": "示例平台",
            "kind": "platform",
            "since": "2019-01-01",
        }
        enter(writer, "channels", [channel])
        writer.close()
        with sqlite3.connect(file) as db:  # whatever still stands beside the file goes into it
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        return file.read_bytes()


class County:
    """A county on 2021-09-10. V1 and V2 are poor villages of T1 and T2, V3 is not, V9 belongs to 其他单位."""

    def __init__(self, file: Path, day: date = DAY) -> None:
        self.file, self.day, self.clock, self.numbers = file, day, Clock(day), 0
        answering._kept.clear()  # it tells databases apart by the running application's, of which there is one
        file.write_bytes(_made())
        self.writer: Writer = open_writer(file, clock=lambda: self.clock())

    def on(self, day: date) -> None:
        """Go on to a later day."""
        self.day, self.clock = day, Clock(day)

    def number(self) -> str:
        self.numbers += 1
        return f"N{self.numbers:04}"

    def station(self, code: str, village: str = "V1", **other: Any) -> None:
        row = {
            "station_code": code,
            "station_name": f"示例站{code}",
            "level": "village",
            "township_code": {"V1": T1, "V2": T2, "V3": T1, "V9": OTHER_UNITS}[village],
            "village_code": village,
            "opened_on": "2019-01-01",
            **dict.fromkeys(("sells", "buys", "parcels", "pays"), 1),
        }
        enter(self.writer, "stations", [row | other])

    def returned(
        self,
        station: str,
        month: str,
        sold: int,
        *,
        on: str | None = None,
        reason: str | None = None,
        **other: Any,
    ) -> None:
        """A station's return; its other amounts are a half and a tenth of what was sold."""
        row = {
            "station_code": station,
            "month": month,
            "sold": sold,
            "bought": sold // 2,
            "services": sold // 10,
            "orders": 1 if sold else 0,
            "reported_on": on or self.fifth_after(month),
        }
        enter(self.writer, "station_returns", [row | other], reason=reason)

    @staticmethod
    def fifth_after(month: str) -> str:
        year, of_year = divmod(int(month[:4]) * 12 + int(month[5:]), 12)
        return f"{year}-{of_year + 1:02}-05"

    def shop(self, code: str, **other: Any) -> None:
        row = {
            "shop_code": code,
            "shop_name": f"示例网店{code}",
            "channel_code": "C1",
            "owner": "enterprise",
            "opened_on": "2019-01-01",
        }
        enter(self.writer, "shops", [row | other])

    def sold_in_shop(self, shop: str, month: str, paid: int, refunded: int = 0) -> None:
        row = {
            "shop_code": shop,
            "month": month,
            "paid": paid,
            "refunded": refunded,
            "orders": 1,
            "reported_on": self.fifth_after(month),
        }
        enter(self.writer, "shop_sales", [row])

    def payout(
        self, household_no: str, day: str, amount: int, source: str = "sale", reason: str | None = None
    ) -> str:
        number = self.number()
        row = {
            "payout_no": number,
            "household_no": household_no,
            "paid_on": day,
            "source": source,
            "amount": amount,
        }
        enter(self.writer, "payouts", [row], reason=reason)
        return number

    def purchase(self, household_no: str, day: str, amount: int) -> None:
        row = {
            "purchase_no": self.number(),
            "station_code": "S1",
            "household_no": household_no,
            "product_code": "P1",
            "bought_on": day,
            "quantity": 10,
            "amount": amount,
        }
        enter(self.writer, "purchases", [row])

    def inspect(self, household_no: str, day: str, conclusion: str = "pass") -> None:
        enter(
            self.writer,
            "inspections",
            [sample(self.number(), day, conclusion, household_no=household_no)],
        )

    def trained(self, kind: str, village_code: str = "V1") -> None:
        """Somebody of a kind since 2020 who came to a session of their own in 2021."""
        number = self.number()
        person = {
            "participant_no": number,
            "participant_name": "示例人员",
            "kind": kind,
            "village_code": village_code,
            "since": "2020-01-01",
        }
        session = {
            "session_no": number,
            "session_name": "示例班",
            "topic": "basics",
            "starts_on": "2021-05-10",
            "ends_on": "2021-05-11",
            "places": 30,
            "organiser": "示例单位",
        }
        came = {"session_no": number, "participant_no": number, "hours": 80, "completed": 1}
        for name, row in (("participants", person), ("training_sessions", session), ("attendances", came)):
            enter(self.writer, name, [row])

    def issue(self, month: str = AUGUST, doer: Doer = REVIEWER, **more: Any) -> Issued:
        """Issue the month's bulletin today."""
        with self.writer.transaction() as db:
            return bulletin.issue_in(db, month, doer=doer, at=self.clock(), day=self.day, **more)

    def assess(self, month: str = AUGUST, doer: Doer = REVIEWER, **more: Any) -> Assessed:
        """Issue the assessment of the year up to a month today."""
        with self.writer.transaction() as db:
            return assessment.issue_in(db, month, doer=doer, at=self.clock(), day=self.day, **more)

    def veto(self, kind: str, doer: Doer = REVIEWER, **more: Any) -> Veto:
        """Impose or lift a veto on T1's score of 2021 today."""
        asked = {"township": T1, "year": 2021, "reason": "示例：月报数经核实不实", "kind": kind, **more}
        with self.writer.transaction() as db:
            return vetoes.act_in(db, vetoes.Wish(**asked), doer=doer, at=self.clock(), day=self.day)
