"""Project: the months ahead out of the months known, by a method that can be said in one sentence with its numbers.

Values in, values out, whole numbers and fractions only. A flow (sales) follows the same month of the year before times
a growth; a stock or a running total (villages, person-times so far) goes on at its pace. A month without data is no zero:
it is skipped, counted and said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from rules.target import Months

Kind = Literal["seasonal", "average", "pace", "expected", "none"]
YEAR = 12
NOTHING = Fraction(0)


@dataclass(frozen=True)
class Method:
    """How months ahead are made, with its number.

    `rate`: seasonal – the month over the same month of the year before (5/4 is +25 %); average – the figure of every
    month; pace – what each month adds; expected – what things under way bring together. `rests_on`: the known months behind the number; of the months
    looked at, `missing` had no data. `given`: the rate was set (a lever), not observed.
    """

    kind: Kind
    rate: Fraction = NOTHING
    rests_on: int = 0
    missing: int = 0
    given: bool = False


@dataclass(frozen=True)
class BackTest:
    """What the method would have said `horizon` months ago about the months since, beside what they became.

    `error`: |projected − actual| over actual, on the sums of a flow and on the last figure of a stock; None where nothing
    can be compared (too few months, or actually 0).
    """

    horizon: int
    projected: int | None
    actual: int | None
    error: Fraction | None


def known(months: Months) -> Months:
    """The months up to the last that has data: what comes after is not reported yet, and projected."""
    values = list(months.values)
    while values and values[-1] is None:
        values.pop()
    return Months(months.first, tuple(values))


def last_month(months: Months) -> int:
    """The last month that `months` has; one before its first where it has none."""
    return months.first + len(months.values) - 1


def until_month(months: Months, month: int) -> Months:
    """What was known at the end of a month."""
    return Months(months.first, months.values[: max(0, month - months.first + 1)])


def running_total(flow: Months, total: int, month: int) -> Months:
    """What had come together by the end of each month, where `total` had by the end of `month`.

    A month without data adds nothing that we know of; the total before it is carried on.
    """
    after, values = total, []
    for at in range(month, flow.first - 1, -1):
        values.append(after)
        after -= flow.of(at) or 0
    return Months(flow.first, tuple(reversed(values)))


def observed_growth(flow: Months) -> Method:
    """The last 12 known months over the same months of the year before; the average month where there is no such pair."""
    flow = known(flow)
    last = last_month(flow)
    looked = [(flow.of(at), flow.of(at - YEAR)) for at in range(last - YEAR + 1, last + 1)]
    pairs = [(now, before) for now, before in looked if now is not None and before is not None]
    base = sum(before for _, before in pairs)
    if base:
        return Method("seasonal", Fraction(sum(now for now, _ in pairs), base), len(pairs), YEAR - len(pairs))
    return average(flow)


def average(flow: Months) -> Method:
    """The plain fallback of a flow with less than 13 months: every month as the known ones are on average."""
    recent = [flow.of(at) for at in range(last_month(flow) - YEAR + 1, last_month(flow) + 1)]
    there = [value for value in recent if value is not None]
    if not there:
        return Method("none")
    looked = min(YEAR, len(flow.values))
    return Method("average", Fraction(sum(there), len(there)), len(there), looked - len(there))


def observed_pace(stock: Months) -> Method:
    """What the last 12 months added per month; fewer where less is known."""
    stock = known(stock)
    last = last_month(stock)
    recent = [(at, stock.of(at)) for at in range(max(stock.first, last - YEAR), last + 1)]
    there = [(at, value) for at, value in recent if value is not None]
    if len(there) < 2:
        return Method("none", missing=len(recent) - len(there))
    (start, before), (end, now) = there[0], there[-1]
    return Method("pace", Fraction(now - before, end - start), end - start, len(recent) - len(there))


def with_growth(flow: Months, percent: int) -> Method:
    """Every month ahead so many percent above (below) the same month of the year before.

    With less than a year of months: so many percent above their average.
    """
    growth = Fraction(100 + percent, 100)
    if len(known(flow).values) >= YEAR:
        return Method("seasonal", growth, given=True)
    plain = average(flow)
    return Method(plain.kind, plain.rate * growth, plain.rests_on, plain.missing, given=True)


def with_pace(pace: Fraction) -> Method:
    """So much more every month."""
    return Method("pace", pace, given=True)


def project(months: Months, until: int, method: Method, ceiling: int | None = None) -> Months:
    """The months after the last one known, up to `until`, each capped at `ceiling` (the denominator).

    Empty where nothing is known or the last known month is `until` or later. A seasonal month whose month of the year
    before has no data has none either.
    """
    months = known(months)
    first = last_month(months) + 1
    make = _MAKE.get(method.kind)
    if not months.values or make is None:
        return Months(first, ())
    ahead: list[int | None] = []
    for at in range(first, until + 1):
        value = make(months, ahead, at, method.rate)
        ahead.append(value if value is None or ceiling is None else min(value, max(ceiling, _start(months))))
    return Months(first, tuple(ahead))


def joined(months: Months, ahead: Months) -> Months:
    """What is known and what is projected, in one row."""
    past = known(months)
    return Months(past.first, (*past.values, *ahead.values)) if past.values else ahead


def back_test(
    months: Months,
    observed: Callable[[Months], Method],
    *,
    flow: bool,
    ceiling: int | None = None,
    horizons: tuple[int, ...] = (6, 12),
) -> tuple[BackTest, ...]:
    """The method tried on months that are known by now, from what was known so many months before the last of them."""
    months = known(months)
    return tuple(_tested(months, observed, flow, ceiling, horizon) for horizon in horizons)


def _tested(
    months: Months, observed: Callable[[Months], Method], flow: bool, ceiling: int | None, horizon: int
) -> BackTest:
    last = last_month(months)
    past = until_month(months, last - horizon)
    ahead = project(past, last, observed(past), ceiling)
    both = [
        (guess, actual)
        for at in range(last - horizon + 1, last + 1)
        if (guess := ahead.of(at)) is not None and (actual := months.of(at)) is not None
    ]
    if not both:
        return BackTest(horizon, None, None, None)
    compared = both if flow else both[-1:]
    projected, actual = (sum(pair[side] for pair in compared) for side in (0, 1))
    return BackTest(horizon, projected, actual, Fraction(abs(projected - actual), actual) if actual else None)


def rounded(value: Fraction) -> int:
    """To the nearest whole number, halves up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _seasonal(months: Months, ahead: list[int | None], at: int, rate: Fraction) -> int | None:
    back = at - YEAR - (last_month(months) + 1)
    before = ahead[back] if back >= 0 else months.of(at - YEAR)
    return None if before is None else rounded(before * rate)


def _average(months: Months, ahead: list[int | None], at: int, rate: Fraction) -> int:
    return rounded(rate)


def _paced(months: Months, ahead: list[int | None], at: int, rate: Fraction) -> int:
    added = rate * (at - last_month(months))
    return max(0, _start(months) + added.numerator // added.denominator)


def _start(months: Months) -> int:
    return months.values[-1] or 0 if months.values else 0


_MAKE: dict[Kind, Callable[[Months, list[int | None], int, Fraction], int | None]] = {
    "seasonal": _seasonal,
    "average": _average,
    "pace": _paced,
}
