"""An office's own database with people who have passwords, for tests of the pages about accounts."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from office import running, sessions
from office.accounts.entering import enter_with_code
from office.accounts.first import make_first, setup_code
from office.accounts.managing import Code, add
from office.casework.asked import Doer
from tests.serving import ROOT

PASSWORD = "seven quiet herons at dusk"
ADMINISTRATOR = Doer("示例主管", "administrator")


def first_administrator() -> str:
    """Make the first administrator of the running database; gives the id of their sign-in."""
    return make_first("admin.shili", ADMINISTRATOR.name, PASSWORD, setup_code()).sid


def added(login: str, name: str, role: str) -> Code:
    """Somebody added by the administrator."""
    return add(running.writer(), ADMINISTRATOR, login, name, role)


def came_in(login: str, code: Code) -> str:
    """Somebody who has set their password by their code; gives the id of their sign-in."""
    return enter_with_code(login, code.text, PASSWORD, "127.0.0.1").sid


def signed_in(login: str) -> str:
    """Another sign-in of somebody with a password."""
    return sessions.begin(login, "password").sid


def opened(page: str, sid: str, **params: str) -> AppTest:
    """A page as that sign-in sees it."""
    app = AppTest.from_file(str(ROOT / "pages" / "contents.py"), default_timeout=30)
    app.user = {"sid": sid}
    app.run().switch_page(f"{page}.py")
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def said(app: AppTest) -> str:
    """Every sentence on the page, as one text."""
    shown = [*app.main.markdown, *app.main.caption, *app.main.success, *app.main.warning, *app.main.info]
    return "\n".join(str(one.value) for one in [*shown, *app.main.text, *app.main.subheader])
