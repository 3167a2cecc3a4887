"""The audit pack: everything recorded in one zip that checks itself, says what it is, and never fails silently."""

from __future__ import annotations

import ast
import json
import shutil
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from data.auditing.protected import protected_tables
from data.store import reading
from office.audit_pack.building import HERE, held
from office.audit_pack.checking.main import check
from office.rechecking.people import check as check_database
from tests.audit_packs import packed, told, unpacked, verify
from tests.recorded import behind_the_back, raw


@pytest.fixture(scope="module")
def demo_pack(demo_master: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack of the demonstration; only read."""
    return packed(demo_master, tmp_path_factory.mktemp("packs") / "pack.zip", level=1)


@pytest.fixture(scope="module")
def folder(demo_pack: Path) -> Path:
    """The same, unpacked; only read."""
    return unpacked(demo_pack)


@pytest.fixture
def own_pack(demo_pack: Path, tmp_path: Path) -> Path:
    """A copy to be damaged."""
    return Path(shutil.copy(demo_pack, tmp_path / "own.zip"))


def test_the_demonstration_checks_itself_with_nothing_but_python(folder: Path, demo_master: Path) -> None:
    answer = verify(folder)
    assert (answer.returncode, answer.stderr) == (0, "")
    with reading(demo_master) as db:
        holds = held(db)
    assert f"{holds.seq} {holds.head}" in answer.stdout
    assert f"{holds.counts['decisions']} decisions" in answer.stdout
    assert "全部相符" in answer.stdout


def test_it_is_checked_without_being_unpacked_too(folder: Path, demo_pack: Path) -> None:
    answer = verify(folder, str(demo_pack))
    assert answer.returncode == 0 and "Everything holds" in answer.stdout


def test_checking_leaves_the_folder_as_it_was(folder: Path) -> None:
    before = sorted(path.name for path in folder.rglob("*"))
    verify(folder)
    assert sorted(path.name for path in folder.rglob("*")) == before


def test_the_same_database_gives_the_same_bytes(demo_master: Path, demo_pack: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(demo_master, tmp_path / "other name.db"))
    assert packed(copy, tmp_path / "again.zip", level=1).read_bytes() == demo_pack.read_bytes()


def test_every_protected_row_is_in_it_with_its_exact_values(folder: Path, demo_master: Path) -> None:
    conn = raw(demo_master)
    for table in protected_tables():
        place = "chain.jsonl" if table.kind == "chain" else f"tables/{table.name}.jsonl"
        lines = (folder / place).read_text("utf-8").split("\n")
        columns = ", ".join(f'"{name}"' for name in table.columns)
        rows = conn.execute(f"SELECT {columns} FROM {table.name} ORDER BY {table.order}").fetchall()
        assert lines.pop() == ""
        assert [json.loads(line) for line in lines] == [list(row) for row in rows]
    conn.close()


def test_every_table_of_the_database_is_in_it_but_for_sign_ins(demo_master: Path) -> None:
    conn = raw(demo_master)
    names = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    conn.close()
    left_out = names - {table.name for table in protected_tables()}
    assert {name for name in left_out if not name.startswith(("sqlite_", "_sqlite"))} == {
        *("credentials", "web_sessions", "sign_in_failures")
    }


def test_every_column_of_a_protected_table_is_covered_recorded_or_computed(demo_master: Path) -> None:
    conn = raw(demo_master)
    for table in protected_tables():
        names = [row[1] for row in conn.execute(f"PRAGMA table_xinfo({table.name})")]
        assert sorted(table.columns) == sorted(names), table.name
    conn.close()


def test_programmes_lie_in_it_as_files_named_by_their_digest(folder: Path) -> None:
    names = {path.stem for path in (folder / "programs").glob("*.toml")}
    kept = [json.loads(line) for line in (folder / "tables/programs.jsonl").read_text("utf-8").splitlines()]
    assert names == {row[0] for row in kept}


def test_the_words_beside_it_say_what_it_is_how_to_check_and_that_it_holds_names(folder: Path) -> None:
    text = (folder / "说明.txt").read_text("utf-8-sig")
    for said in ("户主姓名", "python verify.py", "--anchor", "不能说明什么", "acts"):
        assert said in text
    assert text.isprintable() or {c for c in text if not c.isprintable()} <= {"\n", "\r"}


def test_the_checker_imports_the_standard_library_and_itself_only() -> None:
    for path in [HERE / "verify.py", *(HERE / "checking").glob("*.py")]:
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                assert {alias.name.split(".")[0] for alias in node.names} <= sys.stdlib_module_names
            if isinstance(node, ast.ImportFrom):
                assert node.level == 1 or (node.module or "").split(".")[0] in sys.stdlib_module_names


def test_an_older_python_can_read_as_far_as_the_words_that_refuse_it() -> None:
    ast.parse((HERE / "verify.py").read_text("utf-8"), feature_version=(3, 5))


# ---- the number on a paper ----


def entry(folder: Path, seq: int) -> str:
    line = (folder / "chain.jsonl").read_text("utf-8").splitlines()[seq - 1]
    return str(json.loads(line)[6])


def test_the_number_and_hash_at_a_papers_foot_are_found(folder: Path) -> None:
    answer = verify(folder, "--anchor", "20", entry(folder, 20)[:16])
    assert answer.returncode == 0 and "与纸面上第 20 条相符" in answer.stdout


def test_blanks_and_capitals_of_a_typed_hash_do_not_matter(folder: Path) -> None:
    typed = entry(folder, 20)
    assert verify(folder, "--anchor", " 20 ", f"{typed[:8]} {typed[8:20].upper()}").returncode == 0


def test_another_hash_than_the_papers_is_said_with_its_entry(folder: Path) -> None:
    answer = verify(folder, "--anchor", "20", entry(folder, 21))
    assert answer.returncode == 1 and "chain 20" in answer.stdout and "printed" in answer.stdout


def test_an_entry_that_the_chain_does_not_have_is_said(folder: Path) -> None:
    answer = verify(folder, "--anchor", "999999", "0" * 16)
    assert answer.returncode == 1 and "The chain ends here" in answer.stdout


@pytest.mark.parametrize(
    ("number", "mark"), [("20", "0" * 15), ("zwanzig", "0" * 16), ("20", "g" * 16), ("-1", "0" * 16)]
)
def test_what_can_be_no_hash_of_a_paper_is_wrong_usage_in_words(folder: Path, number: str, mark: str) -> None:
    answer = verify(folder, f"--anchor={number}", mark) if number == "-1" else None
    answer = answer or verify(folder, "--anchor", number, mark)
    assert answer.returncode == 2 and "Traceback" not in answer.stderr and answer.stderr


# ---- damage ----


def rewritten(pack: Path, name: str, data: bytes | None) -> Path:
    """The pack with one member changed, or left out."""
    with zipfile.ZipFile(pack) as zipped:
        held_now = {member: zipped.read(member) for member in zipped.namelist()}
    held_now[name] = data if data is not None else b""
    with zipfile.ZipFile(pack, "w") as zipped:
        for member, content in held_now.items():
            if not (member == name and data is None):
                zipped.writestr(member, content)
    return pack


MEMBERS = (
    "manifest.json",
    "chain.jsonl",
    "tables/settings.jsonl",
    "tables/decisions.jsonl",
    "tables/acts.jsonl",
)


@pytest.mark.parametrize("name", MEMBERS)
def test_a_missing_member_is_named(own_pack: Path, name: str) -> None:
    found = told(check(rewritten(own_pack, name, None)))
    assert found == [f"{name} | The pack does not have this file."]


@pytest.mark.parametrize("name", MEMBERS)
@pytest.mark.parametrize(
    "data", [b"", b"{", b"[1, 2]\n", b"\xff\xfe\n", b"[" * 100_000, b"null\n", b'["a", 1.5]\n', b"[true]\n"]
)
def test_a_member_that_is_not_what_it_should_be_is_named(own_pack: Path, name: str, data: bytes) -> None:
    found = told(check(rewritten(own_pack, name, data)))
    assert len(found) == 1 and found[0].startswith(name.removesuffix(".jsonl").split("/")[0])


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9, 0.999])
def test_a_pack_cut_short_is_said_to_be_damaged(own_pack: Path, share: float) -> None:
    data = own_pack.read_bytes()
    own_pack.write_bytes(data[: int(len(data) * share)])
    assert [place.split(" | ")[0] for place in told(check(own_pack))] == ["own.zip"]


def test_bytes_that_were_changed_within_the_zip_are_found(own_pack: Path) -> None:
    data = bytearray(own_pack.read_bytes())
    with zipfile.ZipFile(own_pack) as zipped:
        offset = zipped.getinfo("tables/decisions.jsonl").header_offset
    data[offset + 500] ^= 1
    own_pack.write_bytes(bytes(data))
    assert len(told(check(own_pack))) == 1


def test_a_row_taken_out_together_with_its_line_in_the_list_is_found_by_the_chain(own_pack: Path) -> None:
    with zipfile.ZipFile(own_pack) as zipped:
        lines = zipped.read("tables/villages.jsonl").splitlines(keepends=True)
        about = json.loads(zipped.read("manifest.json"))
    data = b"".join(lines[:-1])
    for table in about["tables"]:
        if table["name"] == "villages":
            table["count"], table["sha256"] = len(lines) - 1, sha256(data).hexdigest()
    rewritten(own_pack, "tables/villages.jsonl", data)
    rewritten(own_pack, "manifest.json", json.dumps(about).encode())
    (found,) = told(check(own_pack))
    assert found.startswith("villages, chain ")


def test_a_path_that_is_not_there_or_is_no_pack_is_said_in_words(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other.zip").write_bytes(b"no zip at all")
    for path in (tmp_path / "none.zip", tmp_path / "other.zip", tmp_path):
        answer = verify(folder, str(path))
        assert answer.returncode == 1
        assert "Traceback" not in answer.stdout + answer.stderr and "不相符" in answer.stdout


# ---- odd databases ----


@pytest.fixture
def odd(demo_db: Path) -> Path:
    """A copy of the demonstration to be altered behind the back."""
    return demo_db


def test_a_byte_that_is_no_utf_8_goes_into_the_pack_and_is_found(odd: Path, tmp_path: Path) -> None:
    behind_the_back(odd, "UPDATE villages SET village_name = CAST(x'E7A4' AS TEXT) WHERE id = 5")
    (found,) = told(check(packed(odd, tmp_path / "pack.zip")))
    assert found.startswith("villages, chain ")


def test_a_digest_that_is_a_path_makes_no_path_in_the_zip(odd: Path, tmp_path: Path) -> None:
    conn = raw(odd)
    conn.execute("PRAGMA foreign_keys = 0")
    conn.close()
    behind_the_back(odd, "UPDATE programs SET digest = '../../../outside' WHERE rowid = 1")
    pack = packed(odd, tmp_path / "pack.zip")
    with zipfile.ZipFile(pack) as zipped:
        assert [name for name in zipped.namelist() if ".." in name or name.startswith("/")] == []
    (found,) = told(check(pack))
    assert found.startswith("programs ../../../outside")


@pytest.mark.parametrize(("table", "column"), [("inspections", "result_day"), ("shop_sales", "month_number")])
def test_a_computed_column_that_was_altered_is_found(
    odd: Path, tmp_path: Path, table: str, column: str
) -> None:
    """SQLite computes it; whoever edits the file itself can still change it, and decisions read it."""
    conn = raw(odd)
    (sql,) = conn.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table]).fetchone()
    start = sql.index(f"{column} INTEGER GENERATED")
    plain = sql[:start] + f"{column} INTEGER" + sql[sql.index("STORED", start) + len("STORED") :]
    swap = "UPDATE sqlite_master SET sql = ? WHERE name = ?"
    conn.execute("PRAGMA writable_schema = 1")
    conn.execute(swap, [plain, table])
    conn.execute("PRAGMA writable_schema = RESET")
    conn.close()
    behind_the_back(odd, f"UPDATE {table} SET {column} = {column} + 1 WHERE id = 7")
    conn = raw(odd)
    conn.execute("PRAGMA writable_schema = 1")
    conn.execute(swap, [sql, table])
    conn.execute("PRAGMA writable_schema = RESET")
    conn.close()
    with reading(odd) as db:
        assert [one.place for one in check_database(db)] == [f"{table} 7"]
    (found,) = told(check(packed(odd, tmp_path / "pack.zip")))
    assert found.startswith(f"{table} 7 | {column}")
