"""What every page of ours begins as: Streamlit's own index, told where its server is.

Untold, the browser looks for the server below the page's own address first (/goods/_stcore/health), is refused, waits
a tenth of a second and looks again, and asks twice before it connects: two tenths of a second of every page that is
opened by its address. `window.__streamlit` is how a host of Streamlit tells it; the same values are what the server
would answer. Another version's index goes out as it is, and its pages only come later: tests/test_shell.py tells.
"""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from streamlit import file_util

from pages.parts.language import Lang
from pages.signin.answers import speaker
from pages.signin.checks import language_of

_TOLD: Final = """<script>
      window.__streamlit = {
        BACKEND_BASE_URL: location.origin + "/",
        MAIN_PAGE_BASE_URL: location.origin + "/",
        HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
      };
    </script>
    """
_TITLE: Final = "<title>Streamlit</title>"
_FIRST_SCRIPT: Final = '<script type="module"'


def show_shell(request: Request) -> Response:
    """GET: the empty page; what is on it comes over its connection."""
    return HTMLResponse(_shell(language_of(request)))


@cache
def _shell(language: Lang) -> str:
    _ = speaker(language)
    index = (Path(file_util.get_static_dir()) / "index.html").read_text("utf-8")
    index = index.replace(_TITLE, f"<title>{escape(_('县电商办公室'))}</title>")
    index = index.replace('<html lang="en">', f'<html lang="{"zh-CN" if language == "zh" else "en"}">')
    return index.replace(_FIRST_SCRIPT, _TOLD + _FIRST_SCRIPT, 1)
