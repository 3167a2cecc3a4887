"""Links inside a table of the plan: hundreds of them in one piece of HTML, each keeping day and language."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from pages.parts import address


def anchor(page: str, label: str, css: str = "", **params: str) -> str:
    """A link to another page of ours as HTML, in the same tab."""
    query = urlencode({**address.kept(), **params})
    path = f"/{'' if page == 'today' else page}{'?' if query else ''}{query}"
    return f'<a class="{css}" href="{escape(path)}" target="_self">{escape(label)}</a>'
