"""关于 and `version`: the same facts on the page and on the command line, and a digest that notices every change."""

from __future__ import annotations

import json
import shutil
import subprocess
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

import pytest

from data import chain
from office import running
from office.about import installation
from office.commands import about
from office.commands.parsing import Commands
from office.installed import Part, parts
from office.version import FOLDERS, ROOT, SINGLE, VERSION, digest, files
from tests.conftest import OpenPage

Run = Callable[..., int]


def run(db: Path, *words: str, lang: str = "zh") -> int:
    parser = ArgumentParser()
    parser.set_defaults(lang=lang, db=db)
    about.add(Commands(parser.add_subparsers()))
    args = parser.parse_args(["version", *words])
    return int(args.run(args))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small installed copy: a file of each kind."""
    root = tmp_path_factory.mktemp("installed")
    for name in ("app.py", "data/chain.py", "rules/targets.toml", "data/papers/templates/claim.docx"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"one\ntwo\n")
    return root


def test_the_digest_covers_every_tracked_source_file_and_nothing_made_while_running() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *FOLDERS, *SINGLE],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    tracked = {name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()}
    assert set(files()) == tracked


@pytest.mark.parametrize("change", ["content", "name", "gone", "more"])
def test_every_change_of_a_file_is_another_digest(copy: Path, tmp_path: Path, change: str) -> None:
    other = Path(shutil.copytree(copy, tmp_path / "other"))
    assert digest(other) == digest(copy)
    file = other / "rules" / "targets.toml"
    if change == "content":
        file.write_bytes(b"one\ntwO\n")
    elif change == "name":
        file.rename(file.with_name("target.toml"))
    elif change == "gone":
        file.unlink()
    else:
        file.with_name("more.toml").write_bytes(b"")
    digest.cache_clear()
    assert digest(other) != digest(copy)


def test_line_ends_of_texts_do_not_count_but_those_of_other_files_do(copy: Path, tmp_path: Path) -> None:
    def with_windows_ends(name: str) -> Path:
        other = Path(shutil.copytree(copy, tmp_path / name.replace("/", "_")))
        (other / name).write_bytes(b"one\r\ntwo\r\n")
        return other

    assert digest(with_windows_ends("data/chain.py")) == digest(copy)
    assert digest(with_windows_ends("data/papers/templates/claim.docx")) != digest(copy)


def test_what_python_makes_beside_the_source_does_not_count(copy: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(copy, tmp_path / "other"))
    (other / "data" / "__pycache__").mkdir()
    (other / "data" / "__pycache__" / "chain.pyc").write_bytes(b"x")
    assert digest(other) == digest(copy)


def test_every_part_is_as_pinned_and_says_its_licence() -> None:
    assert [part for part in parts() if not part.as_pinned and part.name != "pip"] == []
    assert [part.name for part in parts() if not part.licence] == []
    assert {"Python", "SQLite", "streamlit", "durable-rules"} <= {
        part.name for part in parts() if part.direct
    }


@pytest.mark.parametrize(
    ("installed", "pinned", "fits"),
    [("1.2", "1.2", True), ("1.3", "1.2", False), ("", "1.2", False), ("3.11", "", True)],
)
def test_a_part_is_compared_with_its_pin(installed: str, pinned: str, fits: bool) -> None:
    assert Part("示例", installed, pinned, "MIT", True).as_pinned is fits


def test_the_command_says_what_the_page_shows(
    app_test: OpenPage, demo_db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = app_test("about", "auditor")
    shown = "".join(str(one.proto) for one in app.main if one.type == "html") or str(app.main)
    with running.reader() as db:
        head = chain.head(db)
        there = installation(db)
    assert run(demo_db) == 0
    told = capsys.readouterr().out
    for word in (VERSION, digest(), there.number, head.hash):
        assert word in told and word in shown


def test_one_json_document_with_the_same(office_db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(office_db, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["version"], told["digest"]) == (VERSION, digest())
    assert told["database"]["demonstration"] is False and len(told["database"]["head_hash"]) == 64
    assert {"name", "installed", "pinned", "licence"} <= set(told["parts"][0])


def test_without_a_database_the_software_still_says_what_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "nowhere.db", lang="en") == 0
    told = capsys.readouterr().out
    assert VERSION in told and told.isascii() and "installation" not in told


def test_a_file_that_is_no_database_is_told_after_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    strange = tmp_path / "strange.db"
    strange.write_bytes(b"not a database, and long enough to be looked at" * 100)
    assert run(strange) == 1
    told = capsys.readouterr()
    assert VERSION in told.out and told.err
