"""Links of ours inside HTML: many of them are one element, where Streamlit's own link is an element each.

A page of thirty links is drawn in one piece and sent anew in one piece. `links.js` follows them as Back and
Forward are followed, without loading anything; without it, or with the connection lost, they are plain links.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from pages.parts import address
from pages.parts.address import Value

CSS = """
<style>
.stHtml a[data-in-app] { color: inherit; text-decoration: none; border-radius: .4rem; }
.stHtml a[data-in-app]:hover { background: rgba(31, 95, 168, .1); }
.stHtml a[data-in-app]:focus-visible { outline: 2px solid #1f5fa8; outline-offset: 1px; }
.office-links { display: flex; flex-wrap: wrap; gap: .1rem 1.4rem; font-size: .93rem; line-height: 1.6; }
.office-icon { font-family: "Material Symbols Rounded"; font-weight: 400; font-size: 1.1rem; line-height: 1;
  width: 1.1rem; height: 1.1rem; display: inline-block; overflow: hidden; vertical-align: -.2rem; flex: none;
  text-transform: none; letter-spacing: normal; white-space: nowrap; font-feature-settings: "liga"; }
</style>
"""


def anchor(
    page: str,
    label: str,
    to: Mapping[str, Value] | None = None,
    *,
    icon: str | None = None,
    current: bool = False,
) -> str:
    """A link to a page of ours for `st.html`; `label` is HTML, `icon` as `:material/…:`.

    `to` stands in its address besides day and language, which every link keeps.
    """
    here = ' aria-current="page"' if current else ""
    sign = icon_html(icon) if icon else ""
    return f'<a data-in-app href="{escape(href(page, to or {}))}" target="_self"{here}>{sign}{label}</a>'


def href(page: str, to: Mapping[str, Value]) -> str:
    """The address of a page of ours, from its beginning."""
    asked = urlencode(address.query(to))
    return f"/{'' if page == address.FIRST else page}{'?' if asked else ''}{asked}"


def icon_html(icon: str) -> str:
    """`:material/today:` as Streamlit draws it, out of its own font."""
    return (
        f'<span class="office-icon" aria-hidden="true" translate="no">{icon[len(":material/") : -1]}</span>'
    )
