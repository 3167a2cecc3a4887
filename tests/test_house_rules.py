"""The rules of the house that a machine can keep: who imports whom, sizes, the clock, no names of machines."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("app.py", "pages", "office", "rules", "data")
OURS = {"app", "pages", "office", "rules", "data"}
MAY_IMPORT = {
    "app": {"pages", "office", "data"},
    "pages": {"pages", "office", "rules", "data"},
    "office": {"office", "rules", "data"},
    "rules": {"rules"},
    "data": {"data"},
}
# A foreign thing has one door.
DOORS = {
    "streamlit": ("app.py", "pages/"),
    "starlette": ("app.py", "pages/signin/"),
    "durable": ("rules/engine.py",),
    "durable_rules_engine": ("rules/engine.py",),
    "sqlite_utils": ("data/",),
    "sqlite3": ("data/",),
    "openpyxl": ("data/",),
    "xlsxwriter": ("data/",),
    "xlrd": ("data/",),
    "pandera": ("data/",),
    "chinese_calendar": ("office/casework/working_days.py",),
    "docx": ("data/papers/",),
    "docxtpl": ("data/papers/",),
    "jinja2": ("data/papers/",),
    "cn2an": ("data/papers/",),
}
CLOCKS = {"now", "today", "utcnow"}
MAY_READ_CLOCK = {"data/store.py", "office/days.py"}
LONGEST_MODULE = 300
TEXT = {".py", ".toml", ".md", ".txt", ".cfg", ".po", ".pot", ".js", ".json", ".csv", ".yml", ""}
# Nobody's host: this machine, names and addresses kept for examples, private ones, single letters, an XML namespace.
NEUTRAL = re.compile(
    r"(?i)^(localhost|127\.0\.0\.1|::1|0\.0\.0\.0|.*\.example(\\r\\n)?|example\.(com|org)|\{.*|%s.*"
    r"|192\.(0\.2|168\.\d+)\.\d+|\[fd00|(u@)?[ax](\?y)?|schemas\.openxmlformats\.org)$"
)


def python_files() -> list[Path]:
    files = [ROOT / "app.py"]
    for folder in LAYERS[1:]:
        files += sorted((ROOT / folder).rglob("*.py"))
    return files


def all_python_files() -> list[Path]:
    more = [path for folder in ("tests", "bench") for path in sorted((ROOT / folder).rglob("*.py"))]
    return python_files() + more


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports_of(path: Path) -> set[str]:
    """The modules that a file imports anywhere in it, as dotted names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    return found


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    layer = path.relative_to(ROOT).parts[0].removesuffix(".py")
    ours = {name.split(".")[0] for name in imports_of(path)} & OURS
    assert ours <= MAY_IMPORT[layer]


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_a_foreign_library_is_imported_at_its_door_only(path: Path) -> None:
    place = name_of(path)
    asked = {name.split(".")[0] for name in imports_of(path)}
    through_walls = [name for name in asked & set(DOORS) if not place.startswith(DOORS[name])]
    assert through_walls == []


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_only_the_clocks_owners_read_the_clock(path: Path) -> None:
    if name_of(path) in MAY_READ_CLOCK:
        return
    calls = [
        f"line {node.lineno}: {ast.unparse(node.func)}()"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
        if ast.unparse(node.func.value).split(".")[-1] in ("date", "datetime", "Timestamp", "pd")
    ]
    assert calls == []


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_no_module_is_longer_than_a_reader_likes(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", all_python_files(), ids=name_of)
def test_a_module_says_its_place_in_the_first_line(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert said and said.splitlines()[0].strip()


def test_nothing_is_called_by_a_name_that_says_nothing() -> None:
    empty_names = {"utils.py", "helpers.py", "misc.py", "common.py"}
    assert [name_of(path) for path in all_python_files() if path.name in empty_names] == []


def test_no_folder_named_pages_lies_beside_an_entry_script() -> None:
    """Streamlit would open its files without the entry script (the door's tests try it on a fresh process)."""
    assert (ROOT / "pages" / "contents.py").is_file()
    assert not (ROOT / "pages" / "pages").exists()


def test_no_file_names_a_machine_or_a_place_on_one() -> None:
    places = re.compile(r"(?<![\w.])/(?:home|root|Users|work|tmp|opt|mnt)/[\w.-]+|[A-Z]:\\Users\\")
    found = [
        f"{name_of(path)}: {hit}" for path in text_files() for hit in places.findall(path.read_text("utf-8"))
    ]
    assert found == []


def test_no_file_names_a_host_outside() -> None:
    hosts = re.compile(r"\b(?:https?|wss?|ftp)://([^\s/:'\"<>)\]`]+)")
    found = [
        f"{name_of(path)}: {host}"
        for path in text_files()
        for host in hosts.findall(path.read_text("utf-8"))
        if not NEUTRAL.match(host)
    ]
    assert found == []


def test_direct_requirements_are_pinned_exactly_each_with_its_reason() -> None:
    for file in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / file).read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                assert re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][\w.]*\s+# .{10,}", line), line


def text_files() -> list[Path]:
    """What belongs to the project: tracked files, and new ones that are not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file() and path.suffix in TEXT and _is_text(path)]


def _is_text(path: Path) -> bool:
    try:
        path.read_text("utf-8")
    except UnicodeDecodeError:
        return False
    return True
