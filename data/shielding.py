"""Out and in: the leading `'` that keeps a spreadsheet from calculating a text, and what needs one.

`unshielded(shielded(text))` is the text again, in a text file as in a workbook.
"""

from __future__ import annotations

import re

ERROR_WORDS = ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!")
_ERROR = "|".join(map(re.escape, ERROR_WORDS))
PLAIN_NUMBER = re.compile(r"[+-]\d+(?:\.\d+)?%?")
# What a spreadsheet would calculate or run, or take for an error …
LIVE = re.compile(rf"[=+\-@\t\r]|(?:{_ERROR})$", re.IGNORECASE)
# … and what begins as a shielded text does.
SHIELDED = re.compile(rf"'+(?:[=+\-@]|(?:{_ERROR})$)", re.IGNORECASE)


def shielded(text: str, *, is_text_cell: bool) -> str:
    """The text as it is written out; a cell that is marked as text is never calculated."""
    is_live = not is_text_cell and LIVE.match(text) and not PLAIN_NUMBER.fullmatch(text)
    return "'" + text if is_live or SHIELDED.match(text) else text


def unshielded(text: str) -> str:
    """The text as it was before `shielded`."""
    return text[1:] if SHIELDED.match(text) else text
