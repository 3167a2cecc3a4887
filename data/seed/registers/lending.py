"""Loans to households, and on their own those to enterprises and shops; the interest claimed for each; agents in villages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data.seed.calendar import WORKING_DAY, office_day
from data.seed.registers.scene import Change, Entry, Scene, between, ended, iso, quarter_ends, told
from data.seed.registers.shops import Shop
from data.seed.registers.supply import Supplier
from data.seed.sample import Row

_HOUSEHOLD_LOANS = 110  # among 2,000 households
_ENTERPRISE_LOANS = 22
_BANKS = ("示例银行甲", "示例银行乙", "示例信用社")
_FIRST, _LAST = date(2019, 1, 14), date(2021, 6, 25)
_QUARTERS = tuple(date(year, month, 1) for year in (2019, 2020, 2021) for month in (1, 4, 7, 10))
_SHORT, _LONG = 435, 475  # the rate in hundredths of a percent, up to a year and beyond
# What is wrong with some loans: by their number.
_WRONG_LOANS: dict[int, Row] = {
    2: {"purpose": "other"},
    4: {"secured": 1},
    6: {"principal": 8_000_000},
    8: {"secured": None},
    17: {"purpose": "other"},
    31: {"secured": 1},
}
_TO_ONE_THAT_LEFT = 10  # a household that was no longer registered
# And with some claims, by their number in the order of claiming.
_WRONG_CLAIMS: dict[int, Row] = {
    5: {"other_subsidy": 1},
    9: {"other_subsidy": None},
    14: {"overdue_days": 21},
    23: {"overdue_days": 60},
    40: {"other_subsidy": 1},
}
_TWICE, _OVERLAPPING, _LATE = (7, 33), (11, 52), (16, 61)


@dataclass(frozen=True)
class Loan:
    """One loan as its claims need it."""

    number: str
    lent: date
    due: date
    until: date
    principal: int
    rate: int


def lending(scene: Scene, suppliers: Sequence[Supplier], shops: Sequence[Shop]) -> Iterator[Entry]:
    """Everything about loans and the villages' agents."""
    loans: list[Loan] = []
    yield from _household_loans(scene, loans)
    yield from _claims("household_interest", "TX", loans, scene.rng("household interest"))
    others: list[Loan] = []
    yield from _enterprise_loans(scene, suppliers, shops, others)
    yield from _claims("enterprise_interest", "QX", others, scene.rng("enterprise interest"))
    yield from _agents(scene)


def _loan(number: str, principal: int, rng: Random, since: date) -> tuple[Loan, date | None]:
    """A loan of one to three years, mostly repaid a little before it is due."""
    lent = between(max(since, _FIRST), _LAST, rng)
    years = rng.choice((1, 1, 2, 3))
    due = office_day(date(lent.year + years, lent.month, min(lent.day, 28)))
    repaid = office_day(due - timedelta(days=rng.randrange(1, 40))) if rng.random() < 0.9 else None
    until = min(repaid or WORKING_DAY, WORKING_DAY)
    rate = _SHORT if years == 1 else _LONG
    return Loan(number, lent, due, until, principal, rate), repaid


def _terms(loan: Loan) -> Row:
    return {
        "lent_on": iso(loan.lent),
        "due_on": iso(loan.due),
        "repaid_on": None,
        "principal": loan.principal,
        "rate": loan.rate,
    }


def _household_loans(scene: Scene, loans: list[Loan]) -> Iterator[Entry]:
    rng = scene.rng("household loans")
    likely = [one for one in scene.households if one.left is None and one.entered <= _LAST]
    likely = likely or list(scene.households)
    gone = [one for one in scene.households if one.left and one.left <= date(2020, 12, 31)]
    many = scene.some(_HOUSEHOLD_LOANS, min(16, len(likely)))
    for nth, household in enumerate(rng.sample(likely, min(many, len(likely))), start=1):
        wrong = _WRONG_LOANS.get(nth, {})
        principal = int(wrong.get("principal") or 1_000_000 * rng.randrange(1, 6))
        since = household.entered
        if nth == _TO_ONE_THAT_LEFT and gone:
            household, since = gone[0], date(2021, 2, 1)
        loan, repaid = _loan(f"XD{nth:03d}", principal, rng, since)
        row: Row = {
            "loan_no": loan.number,
            "household_no": household.number,
            "bank": rng.choice(_BANKS),
            "purpose": "shop" if nth % 3 == 0 else "produce",
            **_terms(loan),
            "secured": 0,
            **wrong,
        }
        loans.append(loan)
        yield from told("household_loans", row, loan.lent, *ended("repaid_on", repaid, "登记还清日期"))


def _enterprise_loans(
    scene: Scene, suppliers: Sequence[Supplier], shops: Sequence[Shop], loans: list[Loan]
) -> Iterator[Entry]:
    rng = scene.rng("enterprise loans")
    shares = (70, 55, 62, 85, 64, 90, 58, 75, None, 66, 20)
    owners = [
        one for one in shops if one.owner in ("enterprise", "returned_student", "other") and not one.closed
    ]
    for nth in range(1, _ENTERPRISE_LOANS + 1):
        supplier = rng.choice([one for one in suppliers if one.still]) if nth % 3 or not owners else None
        shop = None if supplier else rng.choice(owners)
        since = supplier.registered if supplier else shop.opened if shop else _FIRST
        principal = 80_000_000 if nth == 11 else 5_000_000 * rng.randrange(2, 10)
        loan, repaid = _loan(f"QD{nth:03d}", principal, rng, since)
        row: Row = {
            "loan_no": loan.number,
            "supplier_code": supplier.code if supplier else None,
            "shop_code": shop.code if shop else None,
            "bank": rng.choice(_BANKS),
            "purpose": "other" if nth == 9 else "produce" if supplier else "shop",
            **_terms(loan),
            "secured": {5: 1, 12: None}.get(nth, 0),
            "poor_share": shares[nth % len(shares)],
        }
        loans.append(loan)
        yield from told("enterprise_loans", row, loan.lent, *ended("repaid_on", repaid, "登记还清日期"))


def _claims(register: str, prefix: str, loans: Sequence[Loan], rng: Random) -> Iterator[Entry]:
    """A claim for every full or partial quarter of a loan since 2020, entered in the order of claiming."""
    quarters = [
        (start, quarter_ends(start)) for start in _QUARTERS if quarter_ends(start) <= date(2021, 6, 30)
    ]
    lines = [
        (loan, max(start, loan.lent), min(end, loan.until))
        for start, end in quarters
        for loan in loans
        if max(start, loan.lent) + timedelta(days=14) < min(end, loan.until) and end.year >= 2020
    ]
    number = 0
    for nth, (loan, first, last) in enumerate(lines, start=1):
        claimed = office_day(last + timedelta(days=rng.randrange(5, 25)))
        told_again = [(claimed, first)]
        if nth in _TWICE:
            told_again.append((office_day(claimed + timedelta(days=40)), first))
        if nth in _OVERLAPPING:
            told_again.append((office_day(claimed + timedelta(days=30)), first + timedelta(days=10)))
        if nth in _LATE:
            told_again = [(office_day(claimed + timedelta(days=230)), first)]
        for day, begins in told_again:
            number += 1
            wrong = _WRONG_CLAIMS.get(number, {})
            if max(day, claimed) <= WORKING_DAY:
                yield from _claim(register, f"{prefix}{number:04d}", loan, (begins, last, day), wrong)


def _claim(
    register: str, number: str, loan: Loan, days: tuple[date, date, date], wrong: Row
) -> Iterator[Entry]:
    first, last, claimed = days
    paid = loan.principal * loan.rate * ((last - first).days + 1) // 3_600_000
    row: Row = {
        "claim_no": number,
        "loan_no": loan.number,
        "period_from": iso(first),
        "period_to": iso(last),
        "overdue_days": max(0, (last - max(first, loan.due)).days),
        "interest": paid,
        "claimed_on": iso(claimed),
        "other_subsidy": 0,
        **wrong,
    }
    yield from told(register, row, claimed)


def _agents(scene: Scene) -> Iterator[Entry]:
    """In about half the poor villages, and a few others; one closed."""
    rng = scene.rng("agents")
    villages = [one for one in scene.villages if rng.random() < (0.5 if one.listed else 0.12)]
    for nth, village in enumerate(villages, start=1):
        opened = between(date(2016, 5, 9), date(2021, 6, 18), rng)
        row: Row = {
            "agent_code": f"JR{nth:03d}",
            "village_code": village.code,
            "bank": _BANKS[nth % 3],
            "opened_on": iso(opened),
            "closed_on": None,
        }
        closed = [Change(date(2021, 7, 30), "登记停用日期", {"closed_on": "2021-07-30"})] if nth == 4 else []
        yield from told("finance_agents", row, opened, *closed)
