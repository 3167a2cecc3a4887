"""Kinds of files that are offered to take along, as a browser calls them."""

from __future__ import annotations

import re
import unicodedata

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV = "text/csv"
ZIP = "application/zip"

LONGEST_NAME = 60
# What Streamlit's Markdown would make a link, a picture, a colour, a formula or emphasis of.
MARKDOWN = re.compile(r"[\\`*\[\]<>$:!~|@]|(?<=www)\.")


def plain_name(name: str) -> str:
    """The name of somebody's file as it may be shown and given to another file: no folder, nothing unseen, not endless."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(
        letter for letter in last if unicodedata.category(letter)[0] != "C" and letter not in '"%?*<>|:'
    )
    stem, dot, ending = seen.rpartition(".")
    stem = (stem if dot else ending).strip(" .") or "file"
    return stem[:LONGEST_NAME] + (f".{ending[:8]}" if dot else "")


def as_typed(text: str) -> str:
    """A text from outside for a place that reads Markdown: it is shown letter by letter, and leads nowhere."""
    return MARKDOWN.sub(lambda found: "\\" + found[0], text)
