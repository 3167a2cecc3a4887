"""Whoever changes the database behind the program's back is found out, and where is said."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import chain
from data.chain import head
from data.store import empty_copy, reading
from tests.recorded import behind_the_back, differences, make_recorded, raw


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "office.db"


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One database with every kind of row, made once for this file's tests."""
    file = tmp_path_factory.mktemp("recorded") / "master.db"
    make_recorded(file)
    return file


@pytest.fixture
def recorded(master: Path, file: Path) -> Path:
    """A copy of that database for one test."""
    return Path(shutil.copy(master, file))


def test_what_was_recorded_by_the_program_holds(recorded: Path) -> None:
    assert differences(recorded) == []


@pytest.mark.parametrize("column", ["seq", "at", "actor", "action", "body", "prev", "hash"])
def test_every_cell_of_the_chain_is_protected(recorded: Path, column: str) -> None:
    value = "99" if column == "seq" else f"'{{}}' || {column}"
    behind_the_back(recorded, f"UPDATE chain SET {column} = {value} WHERE seq = 6")
    places = [difference.place for difference in differences(recorded)]
    # Another number leaves the row's own referring rows without an entry, which comes before the chain.
    assert places and (places[0] in ("chain 6", "chain 7") or column == "seq")
    assert column == "seq" or places[0] == "chain 6"


CHANGES = {
    "TEXT": "coalesce({0}, '') || 'x'",
    "INTEGER": "1 - coalesce({0}, 0)",
}
# Where a value must fit another column or a form, a plausible other one.
PLAUSIBLE = {
    "entity": None,
    "id": None,
    "version": None,
    "registered_on": "'2018-02-03'",
    "left_on": "'2022-02-03'",
    "sampling_date": "'2018-02-03'",
    "result_date": "'2020-03-17'",
    "conclusion": "'fail'",
    "good_entity": "2",
    "household_entity": "2",
    "product_entity": "2",
    "original_entity": "2",
    "township_entity": None,
    "village_entity": None,
    "recorded_seq": "recorded_seq % 3 + 1",
    "recorded_at": "'2020-01-01T00:00:00.000000Z'",
    "as_of": "'2021-05-05'",
    "run_id": None,
    "digest": None,
}


def _cells() -> Iterator[tuple[str, str]]:
    tables = ("townships", "villages", "households", "products", "goods", "inspections")
    with empty_copy() as db:
        for table in (*tables, "runs", "decisions", "programs", "settings"):
            for column in db.table(table).columns:
                if PLAUSIBLE.get(column.name, "") is not None and (table, column.name) != ("settings", "key"):
                    yield table, column.name


@pytest.mark.parametrize(("table", "column"), list(_cells()))
def test_one_changed_cell_is_found_and_its_table_named(recorded: Path, table: str, column: str) -> None:
    conn = raw(recorded)
    kind = next(row[2] for row in conn.execute(f"PRAGMA table_info({table})") if row[1] == column)
    where = "WHERE key = 'working_day'" if table == "settings" else "WHERE rowid = 1"
    before = conn.execute(f"SELECT {column} FROM {table} {where}").fetchone()
    conn.close()
    value = PLAUSIBLE.get(column) or CHANGES[kind].format(column)
    behind_the_back(recorded, f"UPDATE {table} SET {column} = {value} {where}")
    conn = raw(recorded)
    assert conn.execute(f"SELECT {column} FROM {table} {where}").fetchone() != before
    conn.close()
    found = differences(recorded)
    assert found and found[0].place.startswith(table), found
    assert found[0].message.zh and found[0].message.en


@pytest.mark.parametrize(
    ("statements", "place"),
    [
        (["DELETE FROM inspections WHERE id = 3"], "inspections, chain 7"),
        (["DELETE FROM inspections WHERE sample_no = 'S2'"], "inspections, chain 6"),
        (["DELETE FROM decisions WHERE run_id = 2"], "decisions, chain 11"),
        (["UPDATE decisions SET run_id = 2, subject = 'H9/P9' WHERE id = 1"], "decisions, chain 11"),
        (["DELETE FROM decisions WHERE run_id = 2", "DELETE FROM runs WHERE id = 2"], "runs, chain 11"),
        (
            [
                "INSERT INTO townships (id, entity, version, township_code, township_name, recorded_seq,"
                " recorded_at, recorded_by) VALUES (2, 2, 1, 'T9', '示例', 2, 'x', 'x')"
            ],
            "townships, chain 2",
        ),
        (["INSERT INTO settings VALUES ('more', '1')"], "settings more"),
        (["UPDATE settings SET value = 'x' WHERE key = 'install_id'"], "chain 0"),
        (["DELETE FROM chain WHERE seq = 9"], "chain 9"),
        (["UPDATE inspections SET good_entity = 77 WHERE id = 1"], "inspections 1"),
    ],
)
def test_rows_gone_or_added_are_found_and_named(recorded: Path, statements: list[str], place: str) -> None:
    behind_the_back(recorded, *statements)
    assert differences(recorded)[0].place == place


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("DROP TRIGGER inspections_no_update", "trigger inspections_no_update"),
        ("DROP INDEX inspections_good_entity", "index inspections_good_entity"),
        ("CREATE TRIGGER more AFTER INSERT ON credentials BEGIN SELECT 1; END", "trigger more"),
        ("CREATE VIEW goods_2 AS SELECT * FROM goods", "view goods_2"),
        ("ALTER TABLE credentials ADD COLUMN more TEXT", "table credentials"),
    ],
)
def test_another_structure_is_found_and_named(recorded: Path, statement: str, place: str) -> None:
    conn = raw(recorded)
    conn.execute(statement)
    conn.close()
    assert [difference.place for difference in differences(recorded)] == [place]


def test_a_trigger_of_other_words_is_found(recorded: Path) -> None:
    conn = raw(recorded)
    sql = conn.execute("SELECT sql FROM sqlite_master WHERE name = 'chain_no_delete'").fetchone()[0]
    conn.execute("DROP TRIGGER chain_no_delete")
    conn.execute(sql[: sql.index("BEGIN")] + "BEGIN SELECT 1; END")
    conn.close()
    assert [difference.place for difference in differences(recorded)] == ["trigger chain_no_delete"]


@pytest.mark.parametrize("table", ["inspections", "chain", "settings", "runs"])
def test_a_damaged_page_is_a_difference(recorded: Path, table: str) -> None:
    conn = raw(recorded)
    (page,) = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()
    conn.close()
    content = bytearray(recorded.read_bytes())
    content[(page - 1) * 4096 : (page - 1) * 4096 + 100] = b"U" * 100
    recorded.write_bytes(content)
    found = differences(recorded)
    assert {difference.place for difference in found} == {"file"}
    assert "损坏" in found[0].message.zh


def test_a_cut_off_end_is_found_only_with_an_anchor(recorded: Path) -> None:
    with reading(recorded) as db:
        anchor = (head(db).seq, head(db).hash)
    assert differences(recorded, anchor) == []
    behind_the_back(
        recorded,
        "DELETE FROM decisions WHERE run_id = 2",
        "DELETE FROM runs WHERE id = 2",
        f"DELETE FROM chain WHERE seq = {anchor[0]}",
    )
    assert differences(recorded) == []
    assert [difference.place for difference in differences(recorded, anchor)] == [f"chain {anchor[0] - 1}"]


def test_a_chain_rewritten_from_the_first_change_on_is_found_with_an_anchor(recorded: Path) -> None:
    with reading(recorded) as db:
        anchor = (head(db).seq, head(db).hash)
        entries = db.execute("SELECT seq, at, actor, action, body, prev FROM chain ORDER BY seq").fetchall()
    prev, statements = entries[0][5], []
    for seq, at, actor, action, body, _ in entries:
        actor = "别人" if seq == 1 else actor
        mine = chain.entry_hash(seq, at, actor, action, body, prev)
        statements.append(
            f"UPDATE chain SET actor = '{actor}', prev = '{prev}', hash = '{mine}' WHERE seq = {seq}"
        )
        prev = mine
    statements.append("UPDATE townships SET recorded_by = '别人'")
    behind_the_back(recorded, *statements)
    assert differences(recorded) == []
    assert [difference.place for difference in differences(recorded, anchor)] == [f"chain {anchor[0]}"]


@pytest.mark.parametrize("seq", [0, -1])
def test_an_anchor_that_names_no_entry_does_not_hold(recorded: Path, seq: int) -> None:
    assert differences(recorded, (seq, ""))[0].place == "chain 11"


def test_flipped_bits_in_the_file_are_found(recorded: Path) -> None:
    data = bytearray(recorded.read_bytes())
    at = data.index("补填检测机构".encode())
    data[at] ^= 1
    recorded.write_bytes(bytes(data))
    assert differences(recorded)
