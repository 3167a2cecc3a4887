"""Each role on each page that is not theirs: the page itself refuses, whoever leads there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.people import ROLES
from office import sessions
from pages.parts.address import PAGE_FILES
from tests.serving import ROOT


def asked(page: str) -> set[str]:
    """The roles that a page names in `need(…)`."""
    for node in ast.walk(ast.parse((ROOT / "pages" / PAGE_FILES[page]).read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "need":
            return {str(one.value) for one in ast.walk(node) if isinstance(one, ast.Constant)} & set(ROLES)
    return set()


def forbidden() -> Iterator[tuple[str, str]]:
    for page in PAGE_FILES:
        for role in ROLES:
            if role not in asked(page):
                yield page, role


def test_every_page_names_the_roles_that_may_open_it() -> None:
    assert all(asked(page) for page in PAGE_FILES)


@pytest.mark.parametrize(("page", "role"), forbidden())
def test_a_page_refuses_a_role_that_is_not_its_own(
    page: str, role: str, inside: Path, tmp_path: Path
) -> None:
    script = tmp_path / "past_the_contents.py"
    file = str(ROOT / "pages" / PAGE_FILES[page])
    script.write_text(f"import runpy\nrunpy.run_path({file!r})\n", encoding="utf-8")
    app = AppTest.from_file(str(script), default_timeout=120)
    app.user = {"sid": sessions.begin(f"demo-{role}", "demonstration").sid}
    app.run()
    assert ["这一页不归您的岗位" in shown.value for shown in app.info] == [True]
    assert not app.title and not app.dataframe and not app.button and not app.exception
