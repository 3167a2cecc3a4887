"""Checking, for days and months: every way offices write one, and a refusal for what could mean two."""

from __future__ import annotations

import re
from datetime import date, timedelta

from data.words import Words

FORMS = (
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]"),
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"),
    re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})"),
    re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})"),
    re.compile(r"(\d{4})(\d\d)(\d\d)"),
)
MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00(\.0+)?)?$")
SERIAL = re.compile(r"[2-6]\d{4}")
SERIAL_ZERO, FIRST_SERIAL, LAST_SERIAL = date(1899, 12, 30), 20000, 60000
MONTH_FORMS = (
    re.compile(r"(\d{4})年(\d{1,2})月(?:份)?"),
    re.compile(r"(\d{4})[-/.](\d{1,2})"),
    re.compile(r"(\d{4})(\d\d)"),
)
MAY_HAVE_LOST_A_ZERO = re.compile(r"\d{4}\.1")  # Excel shows the number 2021.10 as 2021.1
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)

ACCEPTED = Words(
    "不是可以识别的日期。可写作 2020年3月16日、2020.3.16、2020-03-16、2020/3/16 或 20200316。",
    "Not a date that can be read. Write 2020-03-16, 2020/3/16, 2020.3.16, 20200316 or 2020年3月16日.",
)
NO_SUCH_DAY = Words("没有这一天，请核对日期。", "There is no such day; check the date.")
TOO_EARLY = Words("日期早于 1990 年 1 月 1 日，请核对。", "The date is before 1990-01-01; check it.")
TOO_LATE = Words("日期晚于 2100 年，请核对。", "The date is after 2100; check it.")
ACCEPTED_MONTH = Words(
    "不是可以识别的月份。可写作 2021年9月、2021.9、2021-09、2021/9 或 202109。",
    "Not a month that can be read. Write 2021-09, 2021/9, 2021.9, 202109 or 2021年9月.",
)
NO_SUCH_MONTH = Words("没有这个月份，请核对。", "There is no such month; check it.")
A_DAY = Words("这里要填月份，不是某一天。请写作 2021-09。", "This takes a month, not a day. Write 2021-09.")
WITH_TIME = Words("日期里带有时刻，请只填日期。", "The date carries a time of day; enter the date alone.")
SINCE_1904 = Words(
    "这个工作簿按 1904 年起算日期，此处只是一个数字，无法确定是哪一天。请把单元格设为日期格式。",
    "This workbook counts days from 1904 and this is a bare number. Format the cell as a date.",
)


def read_day(text: str, *, today: date, may_be_future: bool) -> str | Words:
    """The day as `YYYY-MM-DD`, or why it is refused. `text` is half-width and stripped."""
    text = MIDNIGHT.sub("", text)
    day = _day("".join(text.split()) if "年" in text else text)
    if isinstance(day, Words):
        return day
    if day < EARLIEST:
        return TOO_EARLY
    if day > LATEST:
        return TOO_LATE
    if day > today and not may_be_future:
        return Words(
            f"日期晚于今天（{today.isoformat()}），请核对。",
            f"The date lies after today ({today.isoformat()}).",
        )
    return day.isoformat()


def read_month(text: str, *, today: date) -> str | Words:
    """The month as `YYYY-MM`, or why it is refused; of a day, as Excel makes one of a month, only the first."""
    bare = "".join(MIDNIGHT.sub("", text).split()) if "年" in text else MIDNIGHT.sub("", text)
    if MAY_HAVE_LOST_A_ZERO.fullmatch(bare):
        year = bare[:4]
        return Words(
            f"{bare} 可能是 1 月，也可能是 10 月（Excel 会去掉末尾的 0）。请写作 {year}-01 或 {year}-10。",
            f"{bare} may be January or October (Excel drops a last 0). Write {year}-01 or {year}-10.",
        )
    first = _first_of_month(bare)
    if isinstance(first, Words):
        return first
    if first < EARLIEST:
        return TOO_EARLY
    if first > LATEST:
        return TOO_LATE
    if first > today:
        this = today.isoformat()[:7]
        return Words(f"月份晚于本月（{this}），请核对。", f"The month lies after this one ({this}).")
    return first.isoformat()[:7]


def _first_of_month(text: str) -> date | Words:
    for form in MONTH_FORMS:
        if match := form.fullmatch(text):
            year, month = map(int, match.groups())
            return date(year, month, 1) if year and 1 <= month <= 12 else NO_SUCH_MONTH
    day = _day(text)
    if isinstance(day, Words):
        return ACCEPTED_MONTH if day == ACCEPTED else day
    return day if day.day == 1 else A_DAY


def _day(text: str) -> date | Words:
    for form in FORMS:
        match = form.fullmatch(text)
        if match:
            return _calendar(*map(int, match.groups()))
    if SERIAL.fullmatch(text) and FIRST_SERIAL <= int(text) <= LAST_SERIAL:
        return SERIAL_ZERO + timedelta(days=int(text))
    return ACCEPTED


def _calendar(year: int, month: int, day: int) -> date | Words:
    try:
        return date(year, month, day)
    except ValueError:
        return NO_SUCH_DAY
