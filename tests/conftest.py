"""What several tests share: databases, pages run without a browser, the served application."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock
from streamlit.testing.v1 import AppTest

from data import settings
from data.people import add_demonstration_people
from data.store import open_writer, utc_now
from office import running, sessions
from tests.serving import ROOT, Visitor, serving

WORKING_DAY = date(2021, 9, 30)
HOUSEHOLDS = 60

OpenPage = Callable[..., AppTest]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything that serves the application runs in one process: there are two cores."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "as_person" in fixtures:
            item.add_marker(pytest.mark.browser)
        if fixtures & {"server", "own_server", "as_person"}:
            item.add_marker(pytest.mark.xdist_group("served"))


def _made_once(factory: pytest.TempPathFactory, name: str, *command: str) -> Path:
    """A database that `python -m office` makes, once for all test processes of this run."""
    folder = factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    path = folder / f"{name}.db"
    with FileLock(f"{path}.making"):
        if not path.exists():
            fresh = path.with_suffix(".new")
            made = subprocess.run(
                [sys.executable, "-m", "office", "--db", str(fresh), "init", *command],
                cwd=ROOT,
                capture_output=True,
                text=True,
                timeout=300,
            )
            assert made.returncode == 0, made.stdout + made.stderr
            fresh.rename(path)
    return path


@pytest.fixture(scope="session")
def demo_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small demonstration database; never opened for writing, only copied."""
    return _made_once(tmp_path_factory, "demo", "--demo", "--households", str(HOUSEHOLDS), "--seed", "1")


@pytest.fixture(scope="session")
def office_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office's database as `init` leaves it; only copied."""
    return _made_once(tmp_path_factory, "office")


@pytest.fixture
def demo_db(demo_master: Path, tmp_path: Path) -> Path:
    """A demonstration database of this test's own."""
    return Path(shutil.copy(demo_master, tmp_path / "demo.db"))


@pytest.fixture
def office_db(office_master: Path, tmp_path: Path) -> Path:
    """A database of this test's own, initialised and empty."""
    return Path(shutil.copy(office_master, tmp_path / "office.db"))


@pytest.fixture
def people_db(tmp_path: Path) -> Path:
    """A demonstration database with its people and nothing else: no goods, no inspections."""
    path = tmp_path / "people.db"
    with open_writer(path, migrate=True) as writer, writer.transaction() as db:
        settings.make_demonstration(db, WORKING_DAY, at=utc_now(), by="init")
        add_demonstration_people(db)
    return path


@pytest.fixture
def run_on() -> Iterator[Callable[[Path], None]]:
    """Starts the application's inside (the one writer) on a database, for this test."""
    yield running.start
    running.stop()


@pytest.fixture
def inside(people_db: Path, run_on: Callable[[Path], None]) -> Iterator[Path]:
    """The application's inside on a database with people only."""
    run_on(people_db)
    yield people_db


@pytest.fixture
def app_test(demo_db: Path, run_on: Callable[[Path], None]) -> OpenPage:
    """`app_test("goods", "clerk", day="2021-09-30")`: that page, run once, on demonstration data."""
    run_on(demo_db)
    return open_page


@pytest.fixture
def empty_app_test(people_db: Path, run_on: Callable[[Path], None]) -> OpenPage:
    """The same on a database in which nothing is registered yet."""
    run_on(people_db)
    return open_page


def open_page(page: str = "today", role: str = "clerk", **params: str) -> AppTest:
    """The page as the invented person of that role sees it; ValueError if it is not in their contents."""
    app = AppTest.from_file(str(ROOT / "pages" / "contents.py"), default_timeout=30)
    app.user = {"sid": sessions.begin(f"demo-{role}").sid}
    if page != "today":
        app.run().switch_page(f"{page}.py")  # a page is known only once the contents have run
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


@pytest.fixture(scope="session")
def server(demo_master: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """The served application on demonstration data, shared: for tests that write nothing there."""
    path = Path(shutil.copy(demo_master, tmp_path_factory.mktemp("served") / "demo.db"))
    with serving(path) as visitor:
        yield visitor


@pytest.fixture
def own_server(demo_db: Path) -> Iterator[Visitor]:
    """The served application on a database of this test's own."""
    with serving(demo_db) as visitor:
        yield visitor
