"""From claims for interest to the facts that a programme about them may ask (四(五)): households', and enterprises'.

Two subjects, two programmes, two pools of money: nothing here or elsewhere adds them up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np

from rules import interest, periods
from rules.grant_facts import CLAIM_FACTS, by_name, claim_columns
from rules.history import Bools, Ints
from rules.program import Fact, Words
from rules.table import FactTable

HOUSEHOLD, ENTERPRISE = "household_interest", "enterprise_interest"
PURPOSES = ("open_shop", "produce_goods", "other_purpose")
BORROWERS = ("enterprise", "shop", "household_shop", "other_supplier")
SHORT_TERM, SHORT, LONG, DAYS_OF_YEAR = (
    "short_term_months",
    "benchmark_short",
    "benchmark_long",
    "days_of_year",
)
AMOUNTS = (SHORT_TERM, SHORT, LONG, DAYS_OF_YEAR)  # the parameters that amounts are computed with

_OF_BOTH = (
    Fact("purpose", "choice", PURPOSES, title=Words("贷款用途", "Purpose of the loan")),
    Fact("secured", "yes_no", may_be_unknown=True, title=Words("有抵押或担保", "Secured")),
    Fact("principal_fen", "count", title=Words("本金（分）", "Principal in fen")),
    Fact("term_months", "count", title=Words("贷款期限（月）", "Term in months")),
    Fact("within_loan", "yes_no", title=Words("期间在放款日和还清日之间", "Period within the loan")),
    Fact("quarters", "count", title=Words("涉及的季度数", "Quarters touched")),
    Fact("overdue_days", "count", title=Words("逾期天数", "Days overdue")),
    Fact("subsidised_days", "count", title=Words("可贴息的天数", "Days that count")),
    Fact("interest_paid_fen", "count", title=Words("已付利息（分）", "Interest paid in fen")),
    *CLAIM_FACTS.values(),
    Fact(
        "other_subsidy",
        "yes_no",
        may_be_unknown=True,
        title=Words("已享受其他贴息", "Another subsidy was paid"),
    ),
)
HOUSEHOLD_FACTS: Mapping[str, Fact] = by_name(
    Fact(
        "registered_on_lending_day",
        "yes_no",
        title=Words("放款日是建档立卡贫困户", "Registered poor when lent"),
    ),
    *_OF_BOTH,
)
ENTERPRISE_FACTS: Mapping[str, Fact] = by_name(
    Fact("borrower", "choice", BORROWERS, title=Words("借款人", "Borrower")),
    Fact(
        "poor_share_percent",
        "count",
        may_be_unknown=True,
        title=Words("贫困户产品占销售比例（%）", "Share of poor households' products (%)"),
    ),
    *_OF_BOTH,
)


@dataclass(frozen=True)
class Interests:
    """What is known of claims for interest, one row each; yes/no as 1, 0, or -1 unknown; days as numbers, sums in 分.

    `repaid`: FAR where the loan still runs. `overdue`: days as the claim says. Of a household's loan `registered` says
    whether it was poor on the lending day, of another `borrower` and `poor_share` (percent) are given; else they are -1.
    """

    purpose: Ints
    secured: Ints
    principal: Ints
    lent: Ints
    due: Ints
    repaid: Ints
    first: Ints
    last: Ints
    claimed: Ints
    overdue: Ints
    paid: Ints
    other_subsidy: Ints
    registered: Ints
    borrower: Ints
    poor_share: Ints

    def at(self, places: Ints | Bools) -> Interests:
        """Some of the claims."""
        return replace(self, **{field.name: getattr(self, field.name)[places] for field in fields(self)})


def facts_of_households(claims: Interests, before: Bools) -> FactTable:
    """Every fact of households' claims, numbered as in HOUSEHOLD_FACTS; `before`: overlapping days claimed before."""
    return _table({"registered_on_lending_day": claims.registered}, claims, before)


def facts_of_enterprises(claims: Interests, before: Bools) -> FactTable:
    """Every fact of enterprises' and shops' claims, numbered as in ENTERPRISE_FACTS."""
    own = {"borrower": claims.borrower, "poor_share_percent": claims.poor_share}
    return _table(own, claims, before)


def _table(own: dict[str, Ints], claims: Interests, before: Bools) -> FactTable:
    days, overdue = _days(claims)
    # Repayment ends the loan: its day belongs to the last period, and bears no interest.
    within = periods.within(claims.first, claims.last, claims.lent, claims.repaid + 1)
    columns = own | {
        "purpose": claims.purpose,
        "secured": claims.secured,
        "principal_fen": claims.principal,
        "term_months": periods.term_months(claims.lent, claims.due),
        "within_loan": within.astype(np.int64),
        "quarters": periods.quarters_touched(claims.first, claims.last),
        "overdue_days": overdue,
        "subsidised_days": np.maximum(days - overdue, 0),
        "interest_paid_fen": claims.paid,
        **claim_columns(claims.last, claims.claimed, before),
        "other_subsidy": claims.other_subsidy,
    }
    return FactTable(columns, claims.first.size)


def _days(claims: Interests) -> tuple[Ints, Ints]:
    """The days of each period on which the loan ran, and how many of them were overdue.

    Overdue are as many as the claim says, and at least those from the due day on: their interest is a penalty.
    """
    begins = np.maximum(claims.first, claims.lent)
    ends = np.minimum(claims.last, claims.repaid - 1)
    after_due = periods.days_of(np.maximum(begins, claims.due), ends)
    return periods.days_of(begins, ends), np.maximum(claims.overdue, after_due)


def interest_due(facts: FactTable, values: Mapping[str, int]) -> Ints:
    """分 that each claim comes to, whatever its verdict."""
    return interest.subsidy(
        facts.columns["principal_fen"],
        benchmark_rates(facts, values),
        facts.columns["subsidised_days"],
        values[DAYS_OF_YEAR],
        facts.columns["interest_paid_fen"],
    )


def benchmark_rates(facts: FactTable, values: Mapping[str, int]) -> Ints:
    """The benchmark rate of each claim's loan by its term, in ten-thousandths."""
    return interest.benchmark(facts.columns["term_months"], values[SHORT_TERM], values[SHORT], values[LONG])
