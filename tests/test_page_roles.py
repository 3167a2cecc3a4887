"""Each page asks who is looking, itself; the table of contents only hides what is refused anyway."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from bench.visitor import OpenPage, texts
from office import sessions
from pages.parts.frame import PageLine
from tests.conftest import OpenPage as Opener
from tests.serving import ROOT, serving


def test_a_page_run_without_the_door_shows_nothing(inside: Path) -> None:
    for user in (None, {}, {"sid": "0" * 64}, {"sid": "x"}):
        app = AppTest.from_file(str(ROOT / "pages" / "contents.py"))
        if user is not None:
            app.user = user
        app.run()
        assert "登录已经结束" in app.info[0].value
        assert not app.title and not app.sidebar.date_input and not app.exception


def test_each_page_asks_for_the_roles_that_the_contents_show_it_to() -> None:
    shown = {line.name: set(line.roles) for line in _contents()}
    assert {name: _roles_asked(ROOT / "pages" / f"{name}.py") for name in shown} == shown


@pytest.mark.parametrize("line", [("goods", "administrator"), ("inspections", "administrator")])
def test_a_page_is_not_in_the_contents_of_other_roles(empty_app_test: Opener, line: tuple[str, str]) -> None:
    page, role = line
    with pytest.raises(ValueError, match=page):
        empty_app_test(page, role)


def test_a_page_refuses_another_role_itself(
    inside: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "past_the_contents.py"
    script.write_text(
        f"import runpy\nrunpy.run_path({str(ROOT / 'pages' / 'goods.py')!r})\n", encoding="utf-8"
    )
    app = AppTest.from_file(str(script))
    app.user = {"sid": sessions.begin("demo-administrator", "demonstration").sid}
    app.run()
    assert ["这一页不归您的岗位" in shown.value for shown in app.info] == [True]


@pytest.mark.parametrize("page", ["goods", "rules"])
def test_the_first_request_of_a_fresh_process_never_runs_a_page_past_the_entry_script(
    people_db: Path, page: str
) -> None:
    """Beside a folder named `pages`, Streamlit would run the page alone until somebody ran the entry script."""
    with serving(people_db) as visitor:
        visitor.sign_in("administrator")
        path = str(ROOT / "pages" / f"{page}.py")
        opened = OpenPage(visitor)
        came = opened.run(page, page_hash=calc_hash(path))
        opened.close()
    kinds = [message.WhichOneof("type") for message in came]
    assert "navigation" in kinds
    shown = texts(came)
    assert "示例管理员" in shown and "这一页不归您的岗位" not in shown


def test_no_folder_named_pages_lies_beside_the_entry_script() -> None:
    from app import app

    assert app.script_path == ROOT / "pages" / "contents.py"
    assert not (app.script_path.parent / "pages").exists()


def _contents() -> list[PageLine]:
    """The lines of pages/contents.py, without running the pages: its names and roles only."""
    tree = ast.parse((ROOT / "pages" / "contents.py").read_text("utf-8"))
    groups = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id.isupper()
        if isinstance(node.value, ast.Tuple)
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    lines = [call.args for call in calls if isinstance(call.func, ast.Name) and call.func.id == "PageLine"]
    return [PageLine(ast.literal_eval(args[0]), "", "", groups[ast.unparse(args[3])]) for args in lines]


def _roles_asked(path: Path) -> set[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "need":
            return {ast.literal_eval(argument) for argument in node.args}
    return set()
