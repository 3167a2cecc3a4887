"""How the sum of a claim comes about, in words and in yuan."""

from __future__ import annotations

from data.numbers import number_text
from data.papers.filters import yuan
from office.grants.checking import Checked
from rules.interest_facts import DAYS_OF_YEAR, benchmark_rates
from rules.periods import year_of
from rules.program import Words
from rules.reward_facts import CLAIM_CAP, PER_MONTH, PER_PARCEL
from rules.rewards import per_month_of
from rules.table import FactTable


def amount_words(found: Checked, at: int) -> Words:
    """One claim's sum: `本金 50,000.00 元 × 基准利率 4.75% × 90 天 ÷ 360 = 593.75 元；已付利息 …，取较低的 593.75 元`."""
    return _reward(found, at) if found.kind.year_cap else _interest(found, at)


def outcome_words(found: Checked, at: int) -> Words:
    """What becomes of the sum by the verdict: paid, not paid, or open."""
    verdict, sum_ = found.verdicts[at], yuan(int(found.comes_to[at]))
    if verdict == found.program.better[-1]:
        granted = yuan(int(found.granted[at]))
        return Words(f"按规则可以支付 {granted} 元", f"payable by the rules: {granted} yuan")
    if verdict == found.program.better[0]:
        return Words(
            f"按规则不予支付（算出的 {sum_} 元不付）",
            f"not payable by the rules (the {sum_} yuan are not paid)",
        )
    return Words(
        f"还不能判定；查清以后最多 {sum_} 元", f"cannot be decided yet; at most {sum_} yuan once it is known"
    )


def _interest(found: Checked, at: int) -> Words:
    values, facts = found.values_at(at), _one(found.table, at)
    rate = f"{number_text(int(benchmark_rates(facts, values)[0]), 2)}%"
    principal, paid = (yuan(_fact(facts, name)) for name in ("principal_fen", "interest_paid_fen"))
    days, basis = _fact(facts, "subsidised_days"), values[DAYS_OF_YEAR]
    uncapped = int(found.kind.due(_with(facts, "interest_paid_fen", 2**40), values)[0])
    exact = _fact(facts, "principal_fen") * int(benchmark_rates(facts, values)[0]) * days
    rounded = Words("（不足 1 分舍去）", " (rounded down)") if exact % (10_000 * basis) else Words("", "")
    overdue = _overdue(facts)
    sum_ = yuan(uncapped)
    lesser = yuan(int(found.comes_to[at]))
    return Words(
        f"{overdue.zh}本金 {principal} 元 × 基准利率 {rate} × {days} 天 ÷ {basis} = {sum_} 元{rounded.zh}；"
        f"已付利息 {paid} 元；取较低的 {lesser} 元",
        f"{overdue.en}principal {principal} yuan × benchmark rate {rate} × {days} days ÷ {basis} = {sum_} yuan"
        f"{rounded.en}; interest paid {paid} yuan; the lesser of both, {lesser} yuan",
    )


def _overdue(facts: FactTable) -> Words:
    overdue, days = _fact(facts, "overdue_days"), _fact(facts, "subsidised_days")
    if not overdue:
        return Words("", "")
    return Words(
        f"逾期 {overdue} 天不贴，计 {days} 天。",
        f"{overdue} days were overdue and do not count, {days} days do. ",
    )


def _reward(found: Checked, at: int) -> Words:
    values, facts = found.values_at(at), _one(found.table, at)
    per_month = int(per_month_of(facts.columns["level"], PER_MONTH, values)[0])
    months, parcels = _fact(facts, "months_open"), _fact(facts, "parcels")
    cap, sum_ = values[CLAIM_CAP], months * per_month + parcels * values[PER_PARCEL]
    zh = f"{months} 个整月 × {yuan(per_month)} 元 + 收发 {parcels:,} 件 × {yuan(values[PER_PARCEL])} 元 = {yuan(sum_)} 元"
    en = (
        f"{months} whole months × {yuan(per_month)} yuan + {parcels:,} parcels × {yuan(values[PER_PARCEL])} yuan"
        f" = {yuan(sum_)} yuan"
    )
    if sum_ > cap:
        zh, en = f"{zh}；每次申报最多 {yuan(cap)} 元", f"{en}; at most {yuan(cap)} yuan per claim"
    year = _year_words(found, at)
    return Words(zh + year.zh, en + year.en)


def _year_words(found: Checked, at: int) -> Words:
    """What the cap of the outlet's calendar year took away, where it did."""
    comes_to, granted = int(found.comes_to[at]), int(found.granted[at])
    if found.kind.year_cap is None or found.verdicts[at] != found.program.better[-1] or granted == comes_to:
        return Words("", "")
    cap = yuan(found.values_at(at)[found.kind.year_cap])
    year = 1970 + int(year_of(found.claims.last[at : at + 1])[0])
    left = yuan(granted)
    return Words(
        f"；这个网点 {year} 年最多 {cap} 元，先申报的已用去一部分，还可得 {left} 元",
        f"; at most {cap} yuan for the outlet in {year}, of which earlier claims left {left} yuan",
    )


def _one(table: FactTable, at: int) -> FactTable:
    return FactTable({name: column[at : at + 1] for name, column in table.columns.items()}, 1)


def _with(facts: FactTable, name: str, value: int) -> FactTable:
    """The same facts with another value of one of them."""
    return FactTable({**facts.columns, name: facts.columns[name] * 0 + value}, facts.size)


def _fact(facts: FactTable, name: str) -> int:
    return int(facts.columns[name][0])
