"""What several tests share: databases, pages run without a browser, the served application."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from streamlit.testing.v1 import AppTest
from xdist.scheduler import LoadScopeScheduling

from bench.visitor import Visitor
from data import settings
from data.people import add_demonstration_people
from data.store import open_writer, utc_now
from office import running, sessions
from tests.serving import ROOT, serving

WORKING_DAY = date(2021, 9, 30)
HOUSEHOLDS = 60

OpenPage = Callable[..., AppTest]


class OneServes(LoadScopeScheduling):
    """Everything that serves the application runs in one process: there are two cores.

    pytest-xdist's own groups are marks on the items' ids, which pytest 9.2 no longer reads.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "served" if file in _files_that_serve() else nodeid


@cache
def _files_that_serve() -> frozenset[str]:
    asking = re.compile(r"\b(own_server|server|as_person): ")
    files = (path for path in (ROOT / "tests").rglob("test_*.py") if asking.search(path.read_text("utf-8")))
    return frozenset(path.relative_to(ROOT).as_posix() for path in files)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneServes:
    """For pytest-xdist: which tests go together."""
    return OneServes(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs a browser says so."""
    for item in items:
        if "as_person" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


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
        add_demonstration_people(db, at=utc_now())
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
    app.user = {"sid": sessions.begin(f"demo-{role}", "demonstration").sid}
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
