"""A file of a page is made apart from the run that offers it: what only the run knows is asked before."""

from __future__ import annotations

import ast
from io import BytesIO
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from openpyxl import load_workbook

from bench.visitor import Visitor
from tests.test_attack_files import Desk

PAGES = Path(__file__).resolve().parents[1] / "pages"
# They ask Streamlit whose visit it is; on the thread that makes the file there is none.
OF_THE_RUN = {"_", "_n", "lang", "say", "page_titles", "st", "address"}


def made_later() -> list[tuple[str, ast.Lambda, ast.Module]]:
    """Every function that a button holds until its file is asked for, with the module it stands in."""
    found = []
    for file in sorted(PAGES.rglob("*.py")):
        module = ast.parse(file.read_text("utf-8"))
        for call in ast.walk(module):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "download_button":
                found += [
                    (f"{file.name}:{given.value.lineno}", given.value, module)
                    for given in call.keywords
                    if given.arg == "data" and isinstance(given.value, ast.Lambda)
                ]
    return found


def names_in(part: ast.AST) -> set[str]:
    """The names that a part reads and does not set itself."""
    names = [node for node in ast.walk(part) if isinstance(node, ast.Name)]
    own = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    return {node.id for node in names} - own


def test_no_file_asks_the_run_that_has_ended_for_its_language_or_its_pages() -> None:
    wrong = {}
    for place, later, module in made_later():
        own = {part.name: part for part in module.body if isinstance(part, ast.FunctionDef)}
        called = names_in(later)
        used = called.union(*(names_in(own[name]) for name in called & set(own)))
        if used & OF_THE_RUN:
            wrong[place] = sorted(used & OF_THE_RUN)
    assert len(made_later()) > 15
    assert wrong == {}


@pytest.mark.parametrize(("lang", "heading"), [("zh", "方案原文"), ("en", "The plan's words")])
def test_the_plan_clause_by_clause_is_taken_along_in_the_language_of_the_page(
    server: Visitor, lang: str, heading: str
) -> None:
    desk = Desk(server, "administrator")
    try:
        desk.shown = desk.page.run("clauses", f"lang={lang}")
        address = desk.file()
        sent = {"cookie": "; ".join(f"{name}={value}" for name, value in desk.visitor.cookies.items())}
        with urlopen(Request(desk.visitor.origin + address, headers=sent)) as came:
            book = load_workbook(BytesIO(came.read()))
    finally:
        desk.page.close()
    assert heading in [cell.value for cell in next(book.worksheets[0].iter_rows())]
