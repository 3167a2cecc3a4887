"""Out and in: the leading `'` that keeps a spreadsheet from calculating a text, and what needs one.

`unshielded(shielded(text))` is the text again, in a text file as in a workbook.
"""

from __future__ import annotations

import re

ERROR_WORDS = ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!")
_ERROR = "|".join(map(re.escape, ERROR_WORDS))
PLAIN_NUMBER = re.compile(r"[+-]\d+(?:\.\d+)?%?", re.ASCII)
# A program may drop what does not show before it looks for a sign: blanks, quotes, marks without width, a NUL.
_MARKS = "\"'\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_DROPPED = rf"[\s\0{_MARKS}]*+"
_BLANKS = rf"(?:[^\S\t\r\n]|[{_MARKS}])*+"
# = + - @ in every width that import folds into them.
_SIGN = "[=+\\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u207a\u207b\u207c\u208a\u208b\u208c\u2212]"
# What a spreadsheet would calculate or run, or take for an error …
LIVE = re.compile(rf"{_BLANKS}[\t\r\n\0]|{_DROPPED}{_SIGN}|(?:{_ERROR})\Z", re.IGNORECASE)
# … and what begins as a shielded text does.
SHIELDED = re.compile(rf"'(?:{_BLANKS}[\t\r\n\0]|{_DROPPED}{_SIGN}|'*+(?:{_ERROR})\Z)", re.IGNORECASE)


def shielded(text: str, *, is_text_cell: bool) -> str:
    """The text as it is written out; a cell that is marked as text is never calculated."""
    is_live = not is_text_cell and LIVE.match(text) and not PLAIN_NUMBER.fullmatch(text)
    return "'" + text if is_live or SHIELDED.match(text) else text


def unshielded(text: str) -> str:
    """The text as it was before `shielded`."""
    return text[1:] if SHIELDED.match(text) else text
