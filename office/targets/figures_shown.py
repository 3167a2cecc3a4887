"""Figures as they are shown, never compared: percent with one decimal, 元 of 分, months in words."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from office import months
from office.months import month_text
from rules.program import Words
from rules.showing import actual_of, compound_percent
from rules.target import Part, Target

TENTH = Decimal("0.1")


def decimal_of(value: Fraction, exponent: Decimal = TENTH) -> Decimal:
    """A fraction with that many digits, halves up."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(exponent, ROUND_HALF_UP)


def shown_figure(target: Target, figure: Part | None, years: int = 1) -> Decimal | None:
    """A figure in its target's unit (rules/showing.py); None: no data or no base."""
    if figure is None:
        return None
    if target.progress == "compound":
        return compound_percent(figure.value, figure.of or 0, years)
    return actual_of(target, figure.value, figure.of)


def month_words(month: int) -> Words:
    """2022年5月, 2022-05."""
    text = month_text(month)
    return Words(months.month_words(text).zh, text)


def first_day(month: int) -> date:
    """The first day of a month."""
    return months.first_day(month_text(month))
