"""Reading, for workbooks: one cell's value as the text checking expects, whichever library it came from."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from data.csv_text import UNFIT
from data.raw import CONTROL, DAY, LONG_NUMBER, MOST_CHARACTERS, SERIAL_1904, TIME, TOO_LONG

FIFTEEN_DIGITS = 10**15  # Excel keeps no more: what is longer has lost its end


def text_cell(value: str) -> str:
    if UNFIT.search(value):
        return CONTROL + UNFIT.sub("?", value)[:MOST_CHARACTERS]
    return value if len(value) <= MOST_CHARACTERS else TOO_LONG + value[:40]


def number_cell(value: int | float, *, since_1904: bool = False) -> str:
    """Digits without `.0`, fifteen significant ones at most; longer numbers as Excel shows them (1.23E+17)."""
    if abs(value) >= FIFTEEN_DIGITS:
        return f"{LONG_NUMBER}{value:.2E}"
    if value == int(value):
        digits = str(int(value))
        return SERIAL_1904 + digits if since_1904 and len(digits) == 5 else digits
    return f"{value:.15g}"


def date_cell(value: date | datetime | time | timedelta) -> str:
    """A day as ISO text, marked; anything with a time of day is marked as such."""
    if isinstance(value, datetime) and value.time() == time():
        return DAY + value.date().isoformat()
    if isinstance(value, date) and not isinstance(value, datetime):
        return DAY + value.isoformat()
    return TIME + str(value)
