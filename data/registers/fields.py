"""The kinds of column a register is written with: each is a pandera field that carries our words.

Values are checked as they are stored: dates ISO, choices their English code, yes/no 1/0, numbers whole, the rest text.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera import extensions

from data.numbers import LARGEST
from data.words import Words

LONGEST_CODE = 64
EARLIEST, LATEST = "1990-01-01", "2100-12-31"
YesNo = pd.Int64Dtype
Number = pd.Int64Dtype


@extensions.register_check_method(supported_types=pd.Series)
def is_code(series: pd.Series[Any], *, longest: int) -> pd.Series[Any]:
    """Letters of any script, digits and `-`; at least one letter or digit."""
    return (series.str.len() <= longest) & series.str.replace("-", "", regex=False).str.isalnum()


class RegisterModel(pa.DataFrameModel):
    """What all registers share: exactly the declared columns, nothing coerced."""

    class Config:
        strict = True
        coerce = False


def code(
    zh: str,
    en: str,
    about: tuple[str, str],
    example: str,
    *,
    required: bool = True,
    given_elsewhere: bool = False,
) -> Any:
    """A code: letters, digits and `-`, at most 64 characters; `given_elsewhere`: by a carrier or a platform."""
    more = {"given_elsewhere": given_elsewhere}
    return _field("code", zh, en, about, example, required, more, is_code={"longest": LONGEST_CODE})


def name(zh: str, en: str, about: tuple[str, str], example: str, *, personal: bool = False) -> Any:
    """A name of a place, thing or person; always required."""
    return _field("name", zh, en, about, example, True, {"personal": personal}, str_length={"min_value": 1})


def text(
    zh: str,
    en: str,
    about: tuple[str, str],
    example: str,
    *,
    unit: Words | None = None,
    personal: bool = False,
) -> Any:
    """Free words, may be blank; `personal` where they are about one person."""
    more = {"unit": unit, "personal": personal}
    return _field("text", zh, en, about, example, False, more, str_length={"min_value": 1})


def day(
    zh: str,
    en: str,
    about: tuple[str, str],
    example: str,
    *,
    required: bool = True,
    may_be_future: bool = False,
) -> Any:
    """A day, stored as `YYYY-MM-DD`; whether it may lie ahead is asked on the day of import."""
    within = {"ge": EARLIEST, "le": LATEST, "str_matches": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    return _field("date", zh, en, about, example, required, {"may_be_future": may_be_future}, **within)


def calendar_month(zh: str, en: str, about: tuple[str, str], example: str) -> Any:
    """A month, stored as `YYYY-MM`; always required, and never a month that has not begun."""
    within = {"ge": EARLIEST[:7], "le": LATEST[:7], "str_matches": r"^[0-9]{4}-(0[1-9]|1[0-2])$"}
    return _field("month", zh, en, about, example, True, {}, **within)


def choice(
    zh: str,
    en: str,
    about: tuple[str, str],
    choices: dict[str, tuple[str, str]],
    *,
    also_read: dict[str, str] | None = None,
    example: str = "",
) -> Any:
    """One of several; `choices` gives (Chinese, English) words per stored code, the first is the example if none is given."""
    more = {"choices": {key: Words(*words) for key, words in choices.items()}, "also_read": also_read or {}}
    example = example or next(iter(choices.values()))[0]
    return _field("choice", zh, en, about, example, True, more, isin=list(choices))


def yes_no(zh: str, en: str, about: tuple[str, str], example: str = "是", *, required: bool = True) -> Any:
    """Yes or no, stored as 1 or 0; blank means unknown where it is allowed."""
    return _field("yes_no", zh, en, about, example, required, {}, isin=[0, 1])


def number(
    zh: str,
    en: str,
    about: tuple[str, str],
    example: str,
    *,
    scale: int,
    unit: Words | None = None,
    low: int = 0,
    high: int = LARGEST,
    required: bool = True,
) -> Any:
    """A number of `unit`, stored whole as value × 10^scale (元 with scale 2: 分); `low` and `high` as stored, never below 0."""
    if low < 0:
        raise ValueError("numbers of registers are never negative")
    more = {"scale": scale, "unit": unit, "low": low, "high": high}
    return _field("number", zh, en, about, example, required, more, ge=low, le=high)


def not_before(frame: pd.DataFrame, later: str, earlier: str) -> pd.Series[bool]:
    """Holds where either is missing or `later` is not before `earlier`: days or months."""
    return frame[later].isna() | frame[earlier].isna() | (frame[later] >= frame[earlier])


def _field(
    kind: str,
    zh: str,
    en: str,
    about: tuple[str, str],
    example: str,
    required: bool,
    more: dict[str, Any],
    **checks: Any,
) -> Any:
    metadata = {"kind": kind, "title_en": en, "description_en": about[1], "example": example, **more}
    return pa.Field(nullable=not required, title=zh, description=about[0], metadata=metadata, **checks)
