"""The empty page that every address begins as: told where its server is, in the person's language, for nobody else."""

from __future__ import annotations

import pytest

from bench.visitor import Visitor


@pytest.fixture
def visitor(server: Visitor) -> Visitor:
    """Somebody signed in at the shared server."""
    visitor = Visitor(server.host, server.port)
    visitor.sign_in("clerk")
    return visitor


@pytest.mark.parametrize("path", ["/", "/goods", "/good?subject=H1%2FP1", "/nowhere"])
def test_every_page_is_told_where_its_server_is_before_its_first_script(visitor: Visitor, path: str) -> None:
    told = visitor.ask("GET", path)
    assert told.status == 200 and "no-store" in told.headers["cache-control"]
    assert told.text.index("window.__streamlit") < told.text.index('<script type="module"')
    assert "<title>县电商办公室</title>" in told.text and '<html lang="zh-CN">' in told.text


def test_the_empty_page_is_in_the_language_asked_for(visitor: Visitor) -> None:
    text = visitor.ask("GET", "/goods?lang=en").text
    assert "<title>County e-commerce office</title>" in text and '<html lang="en">' in text
