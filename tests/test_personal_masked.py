"""Who need not know people by name is sent no name: every page and view as auditor and administrator, and every file there."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from office import running, sessions
from tests.conftest import open_page
from tests.serving import ROOT
from tests.walking import as_sent, offered_files, sent, text_inside

Address = Mapping[str, str]
LONGEST = 120  # seconds of a page: every file of it is made while it runs
EVERYBODY: tuple[tuple[str, Address], ...] = (
    ("today", {}),
    ("targets", {}),
    ("targets", {"view": "what-if"}),
    ("clauses", {}),
    ("rules", {"view": "plan"}),
    ("account", {}),
    ("about", {}),
    ("personal", {}),
    ("personal", {"view": "fields"}),
    ("personal", {"view": "kept"}),
)


@pytest.fixture(scope="module")
def walked(demo_master: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(demo_master, tmp_path_factory.mktemp("walked") / "demo.db"))


def asked(path: Path, sql: str) -> list[str]:
    """The first column of a question to the database."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        return [str(row[0]) for row in db.execute(sql)]


def people(path: Path) -> list[str]:
    """Every name that the registers hold, in any version, and what was noted about somebody."""
    named = [
        asked(path, f"SELECT DISTINCT {column} FROM {register} WHERE {column} IS NOT NULL")
        for register, column in (
            ("households", "head_name"),
            ("officers", "officer_name"),
            ("participants", "participant_name"),
            ("followups", "note"),
        )
    ]
    return [name for names in named for name in names]


def one(path: Path, sql: str) -> str:
    found = asked(path, sql + " LIMIT 1")
    assert found, sql
    return found[0]


def views_of_the_auditor(path: Path) -> list[tuple[str, Address]]:
    """The main views of the pages of casework, with a row, a slip or a paper opened where there is one."""
    subject = one(path, "SELECT subject FROM acts WHERE kind = 'revoke'")
    of_a_household = one(path, "SELECT subject FROM acts WHERE kind = 'grant'")
    registers = ("households", "goods", "inspections", "officers", "participants", "followups", "shops")
    rows = {
        "households": one(path, "SELECT household_no FROM households"),
        "officers": one(path, "SELECT officer_no FROM officers"),
        "participants": one(path, "SELECT participant_no FROM participants"),
        "followups": one(path, "SELECT followup_no FROM followups"),
        "inspections": one(path, "SELECT sample_no FROM inspections"),
        "payouts": one(path, "SELECT payout_no FROM payouts"),
        "jobs": one(path, "SELECT job_no FROM jobs"),
    }
    return [
        ("personal", {"view": "log"}),
        *(("tasks", address) for address in ({}, {"kind": "decide"})),
        ("goods", {}),
        ("good", {"q": "户"}),
        ("good", {"subject": subject, "benefit": "logistics"}),
        ("good", {"subject": of_a_household, "benefit": "packaging"}),
        *(("inspections", {"view": view}) for view in ("list",)),
        *(("packaging", {"view": view}) for view in ("stock", "held", "recover", "moves")),
        *(("logistics", {"view": view}) for view in ("claims", "draft", "settled")),
        ("logistics", {"view": "claims", "claim": one(path, "SELECT claim_no FROM shipments")}),
        ("grants", {}),
        *(
            ("grants", {"view": view, "claim": one(path, f"SELECT {column} FROM {table}")})
            for view, table, column in (
                ("rewards", "outlet_rewards", "reward_no"),
                ("households", "household_interest", "claim_no"),
                ("enterprises", "enterprise_interest", "claim_no"),
            )
        ),
        *(("notices", {"view": view}) for view in ("wall", "earlier")),
        *(("registers", {"register": name}) for name in registers),
        *(("registers", {"register": name, "key": key}) for name, key in rows.items()),
        ("registers", {"register": "households", "search": "示例户"}),
        ("trace", {"code": one(path, "SELECT trace_code FROM trace_batches")}),
        *(("reports", {"view": view}) for view in ("bulletin", "issued", "assessment", "assessed", "vetoes")),
        ("rules", {"view": "what-if"}),
        *(("rule_changes", {"view": view}) for view in ("draft", "compare", "publish")),
        *(
            ("audit", {"view": view})
            for view in ("past", "overrides", "sample", "changes", "recheck", "pack")
        ),
    ]


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_no_page_and_no_file_tells_a_name_to_who_needs_none(
    walked: Path, run_on: object, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    names = people(walked)
    assert len(names) > 100
    assert callable(run_on)
    run_on(walked)
    files = offered_files(monkeypatch)
    app = AppTest.from_file(str(ROOT / "pages" / "contents.py"), default_timeout=LONGEST)
    app.user = {"sid": sessions.begin(f"demo-{role}", "demonstration").sid}
    app.run()
    told: dict[str, list[str]] = {}
    own = views_of_the_auditor(walked) if role == "auditor" else [("people", {}), ("system", {})]
    views = [*EVERYBODY, *own]
    for page, address in views:
        files.clear()
        app.query_params.clear()
        app.switch_page(f"{page}.py")
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        where = f"{page} {dict(address)}"
        assert not app.exception, (where, app.exception)
        assert not any("不能用" in one.value for one in app.info), where  # the view that was meant was shown
        came = sent(app)
        told[where] = [name for name in names if any(form in came for form in as_sent(name))]
        for file, content in list(files):
            inside = text_inside(content) + file
            told[f"{where} → {file}"] = [name for name in names if name in inside]
    running.stop()
    found = {where: leaked[:3] for where, leaked in told.items() if leaked}
    assert found == {}


def test_the_walk_would_find_a_name_where_names_are_shown(
    walked: Path, run_on: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(run_on)
    run_on(walked)
    files = offered_files(monkeypatch)
    app = open_page("registers", "clerk", register="households")
    name = people(walked)[0]
    came = sent(app)
    assert any(form in came for form in as_sent(name))
    assert any(name in text_inside(content) for file, content in files if file.endswith(".xlsx"))
