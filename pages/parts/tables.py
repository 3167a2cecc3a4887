"""Tables on the page: their size, and how a row is chosen."""

from __future__ import annotations

from pages.parts.language import _

HEADER, ROW = 34, 31  # pixels, as drawn at the theme's font size


def table_height(rows: int, most: int) -> int:
    """Pixels of a table that shows all its rows, or `most` of them and scrolls."""
    return HEADER + ROW * max(1, min(rows, most))


def row_hint(what: str) -> str:
    """How a row is chosen, by mouse or keyboard, and what comes of it."""
    return _("点行首的方框（键盘：Shift+空格），{what}。").format(what=what)
