"""Targets in words: figures with their unit, status with its sign, deadlines, and how the months ahead were made."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from office.targets.figures_shown import decimal_of, month_words, shown_figure
from office.targets.measuring import Standing
from office.targets.status_words import STATUS_WORDS
from pages.parts.language import _, lang, say
from pages.parts.looks import STATUSES, day_words
from rules.projecting import Method
from rules.target import Part, Status, Target
from rules.trajectory import Course, Start

FEN_OF_WAN = 1_000_000  # 分 in 万元


def status_label(status: Status) -> str:
    """Sign and word: colour is never alone."""
    return f"{STATUSES[status].sign} {say(STATUS_WORDS[status])}"


def unit_words(target: Target) -> str:
    """The unit as it stands behind a figure: % without a blank, a word with one in English."""
    return "%" if target.is_share or target.is_growth else say(target.unit)


def number(value: Decimal | int) -> str:
    """1234.5 as 1,234.5."""
    return f"{value:,}"


def with_unit(target: Target, value: Decimal | int | None) -> str:
    """A figure in the target's unit; what is missing says so and is never nothing."""
    if value is None:
        return _("没有数据")
    sign = "+" if target.is_growth and value > 0 else ""
    unit = unit_words(target)
    between = "" if unit == "%" else " "
    return f"{sign}{number(value)}{between}{unit}"


def actual_words(standing: Standing) -> str:
    """Where it stands: a figure, 无基期, or 没有数据."""
    return _("无基期") if standing.no_base else with_unit(standing.target, standing.actual)


def goal_words(standing: Standing) -> str:
    """What is to be reached."""
    goal = standing.goal
    return _("还没有目标值") if goal is None else "≥ " + with_unit(standing.target, goal)


def part_words(standing: Standing) -> str:
    """What stands behind a share or a growth: 41 of 45; this year's money and last year's."""
    counted = standing.counted
    if counted.value is None or counted.of is None:
        return ""
    if standing.target.is_growth:
        return _("今年 {now}，同期 {before}").format(now=money(counted.value), before=money(counted.of))
    return _("{value} / {of}").format(value=number(counted.value), of=number(counted.of))


def money(fen: int | Fraction) -> str:
    """分 as 万元 with two decimals; in English, which has no 万, as whole yuan."""
    if lang() == "en":
        return f"{decimal_of(Fraction(fen) / 100, Decimal(1)):,} yuan"
    return _("{amount} 万元").format(amount=number(wan(fen)))


def wan(fen: int | Fraction) -> Decimal:
    """分 as a number of 万元."""
    return decimal_of(Fraction(fen) / FEN_OF_WAN, Decimal("0.01"))


def deadline_words(standing: Standing) -> str:
    """By when."""
    deadline = standing.target.deadline
    if deadline is not None:
        return day_words(deadline.day, lang())
    return _("每年") if standing.target.is_growth else _("没有写期限")


def needed_words(standing: Standing) -> str:
    """The pace that is still needed, per month."""
    needed = standing.needed_per_month
    return "—" if needed is None else pace_words(standing.target, needed)


def pace_words(target: Target, needed: Decimal) -> str:
    """So much a month: of a growth money, of a share what is counted (villages, stations), else the target's unit."""
    if target.is_growth:
        return money(Fraction(needed) * 100)
    return number(needed) if target.is_share else with_unit(target, needed)


def month_label(month: int) -> str:
    """2022年5月."""
    return say(month_words(month))


def projected_words(course: Course) -> str:
    """What there is expected to be at the deadline."""
    return figure_words(course, course.start.deadline)


def figure_words(course: Course, month: int) -> str:
    """What there is expected to be at the end of a month, with its unit."""
    start = course.start
    return with_unit(start.target, shown(start, course.figure(month), month))


def shown(start: Start, figure: Part | None, month: int) -> Decimal | None:
    """A figure of a month in its target's unit."""
    return shown_figure(start.target, figure, start.years(month))


def reached_words(course: Course) -> str:
    """When the goal is reached on this way."""
    on, start = course.reached_on, course.start
    if course.figure(start.deadline) is None:
        return ""  # nothing is known, so nothing is said to fail
    if on is None:
        last = start.deadline if start.target.is_growth else start.until
        return _("到{month}还达不到").format(month=month_label(last))
    if on == start.today and course.reached_already:
        return _("现在已达到")
    return _("{month}达到").format(month=month_label(on))


def method_words(course: Course) -> str:
    """How the months ahead were made, in one sentence with its numbers."""
    method, growth = course.method, course.start.target.is_growth
    sentence = _sentence(method, growth)
    if method.kind == "pace" and course.start.ceiling is not None:
        sentence += _("最多到分母 {of}。").format(of=number(course.start.ceiling))
    if method.missing and not method.given:
        sentence += _("其中 {n} 个月没有数据，已跳过，不当作零。").format(n=method.missing)
    return sentence


def _sentence(method: Method, growth: bool) -> str:
    if method.kind == "seasonal":
        percent = with_sign(decimal_of((method.rate - 1) * 100))
        if method.given:
            return _("推算：每个月 = 上年同月 × (1 {percent}%)，增长率为所设的值。").format(percent=percent)
        return _("推算：每个月 = 上年同月 × (1 {percent}%)，增长率取最近 {n} 个月与上年同月之比。").format(
            percent=percent, n=method.rests_on
        )
    if method.kind == "average":
        return _("推算：不足一年可比，每个月按最近 {n} 个月的平均 {amount} 计。").format(
            n=method.rests_on, amount=money(method.rate) if growth else number(decimal_of(method.rate))
        )
    if method.kind == "pace":
        pace = number(decimal_of(method.rate))
        if method.given:
            return _("推算：从现在的数起每月增加 {pace}，为所设的值。").format(pace=pace)
        return _("推算：从现在的数起每月增加 {pace}，取最近 {n} 个月的平均速度。").format(
            pace=pace, n=method.rests_on
        )
    if method.kind == "expected":
        return _("推算：在办申请 × 通过率 = 预计 {n} 件，按通常所需的月数发证；此后新的申请不计。").format(
            n=number(decimal_of(method.rate))
        )
    return _("月份太少，还不能推算。")


def with_sign(value: Decimal) -> str:
    """+ 4.0, − 2.5: for a sum."""
    return f"{'+' if value >= 0 else '−'} {number(abs(value))}"
