"""The size of tables on the page."""

from __future__ import annotations

HEADER, ROW = 34, 31  # pixels, as drawn at the theme's font size


def table_height(rows: int, most: int) -> int:
    """Pixels of a table that shows all its rows, or `most` of them and scrolls."""
    return HEADER + ROW * max(1, min(rows, most))
