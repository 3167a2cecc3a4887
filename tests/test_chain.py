"""What was recorded cannot be changed by the way, and whoever changes it behind the program's back is found out."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from data import canonical, chain, settings
from data.canonical import json_text, rows_digest, sha256_of
from data.chain import Difference, append, head
from data.decisions import (
    Decision,
    RunHeader,
    decisions_about,
    decisions_of,
    evidence_seq,
    find_run,
    latest_run,
    program_text,
    record_run,
)
from data.integrity import check
from data.store import Writer, reading
from tests.entering import enter, enter_county, new_writer, sample

PROGRAM = 'program = "produce-support"\n# 规则\n'
EXACT = st.integers(-(2**53) + 1, 2**53 - 1)
CELLS = st.one_of(st.none(), EXACT, st.text())
ASCII_NAMES = st.text(st.characters(min_codepoint=32, max_codepoint=126))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), EXACT, st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=20,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "office.db"


@pytest.fixture
def writer(file: Path) -> Iterator[Writer]:
    with new_writer(file) as writer:
        yield writer


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed database with every kind of row: all registers, a correction, two runs, settings."""
    file = tmp_path_factory.mktemp("chain") / "master.db"
    writer = new_writer(file)
    enter_county(writer)
    enter(writer, "inspections", [sample("S1"), sample("S2", "2020-04-01", "fail")])
    enter(writer, "inspections", [sample("S1", agency="示例站", item="农残")], reason="补填检测机构")
    with writer.transaction() as db:
        settings.make_demonstration(db, date(2021, 9, 30), at=writer.now(), by="init")
    record(writer, date(2021, 6, 30))
    record(writer, date(2021, 7, 31))
    writer.close()
    return file


@pytest.fixture
def recorded(master: Path, file: Path) -> Path:
    """A copy of that database for one test."""
    return Path(shutil.copy(master, file))


def header(as_of: date, **other: Any) -> RunHeader:
    values: dict[str, Any] = {
        "program": "produce-support",
        "digest": sha256_of(PROGRAM.encode()),
        "as_of": as_of,
        "known_at": "2021-12-31T00:00:00.000000Z",
        "parameters": {"validity_days": 180},
        "engines": {"durable_rules": "2.0.28"},
        **other,
    }
    return RunHeader(**values)


def decision(subject: str, benefit: str = "packaging", verdict: str = "eligible") -> Decision:
    return Decision(1, subject, benefit, verdict, 1, '{"a":"holds"}', '{"inspections":2}', "[1,2]")


def record(writer: Writer, as_of: date, **other: Any) -> int:
    rows = [decision("H1/P1"), decision("H1/P1", "logistics", "not_eligible"), decision("H2/P1")]
    with writer.transaction() as db:
        return record_run(db, header(as_of, **other), iter(rows), PROGRAM, at=writer.now(), by="周示例")


def raw(file: Path) -> sqlite3.Connection:
    """A connection as somebody else's tool opens one: no pragma of ours."""
    return sqlite3.connect(file, isolation_level=None)


def behind_the_back(file: Path, *statements: str) -> None:
    """Change protected rows the way somebody with the file and some patience would: triggers away and back."""
    conn = raw(file)
    triggers = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        conn.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        conn.execute(statement)
    for _, sql in triggers:
        conn.execute(sql)
    conn.close()


def differences(file: Path, anchor: tuple[int, str] | None = None) -> list[Difference]:
    with reading(file) as db:
        return check(db, anchor)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=6))
def test_a_row_digest_is_over_canonical_json_lines(rows: list[list[Any]]) -> None:
    lines = b"\n".join(map(rfc8785.dumps, rows))
    assert rows_digest(rows) == hashlib.sha256(lines).hexdigest()


def test_a_digest_taken_in_pieces_is_that_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(number, f"样品{number}", None) for number in range(10)]
    whole = hashlib.sha256(b"\n".join(map(rfc8785.dumps, rows))).hexdigest()
    for at_once in (1, 3, 5, 10, 11):
        monkeypatch.setattr(canonical, "_LINES_AT_ONCE", at_once)
        assert rows_digest(rows) == whole


def test_a_text_that_is_no_unicode_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        rows_digest([("\ud800",)])


@given(VALUES)
def test_quick_json_is_canonical(value: Any) -> None:
    assert json_text(value).encode() == rfc8785.dumps(value)


@given(ASCII_NAMES, st.text(), st.text(), st.dictionaries(st.text(), CELLS, max_size=4))
def test_an_entrys_hash_is_over_the_canonical_json_of_all_its_fields(
    action: str, actor: str, at: str, body: dict[str, Any]
) -> None:
    entry: dict[str, Any] = {"seq": 7, "at": at, "actor": actor, "action": action, "body": body, "prev": "ab"}
    expected = hashlib.sha256(b"office-chain-v1\0" + rfc8785.dumps(entry)).hexdigest()
    assert chain.entry_hash(7, at, actor, action, rfc8785.dumps(body).decode(), "ab") == expected


def test_the_chain_begins_with_its_own_installation(writer: Writer, tmp_path: Path) -> None:
    with new_writer(tmp_path / "other.db") as other, writer.transaction() as db, other.transaction() as db_2:
        assert head(db).seq == head(db_2).seq == 0
        assert head(db).hash != head(db_2).hash
        first = {"format": "office-chain-v1", "install_id": settings.install_id(db)}
        expected = hashlib.sha256(b"office-chain-v1\0" + rfc8785.dumps(first)).hexdigest()
        assert head(db).hash == expected


def test_entries_follow_each_other(writer: Writer) -> None:
    with writer.transaction() as db:
        before = head(db)
        for number in (1, 2, 3):
            assert append(db, at=writer.now(), actor="周示例", action="note", body={"n": number}) == number
            row = db.execute("SELECT prev, hash FROM chain WHERE seq = ?", [number]).fetchone()
            assert row == (before.hash, head(db).hash)
            before = head(db)
        assert chain.check_chain(db) is None


def test_time_never_goes_back(writer: Writer) -> None:
    with writer.transaction() as db:
        for year in (2021, 2020, 2022):
            append(db, at=datetime(year, 1, 1, tzinfo=UTC), actor="a", action="note", body={})
        years = [at[:4] for (at,) in db.execute("SELECT at FROM chain ORDER BY seq")]
    assert years == ["2021", "2021", "2022"]


def test_an_instant_without_a_zone_is_refused(writer: Writer) -> None:
    with pytest.raises(ValueError, match="time zone"), writer.transaction() as db:
        append(db, at=datetime(2021, 1, 1), actor="a", action="note", body={})  # noqa: DTZ001


@pytest.mark.parametrize(
    "table",
    ["townships", "villages", "households", "products", "goods", "inspections"]
    + ["chain", "runs", "decisions", "programs"],
)
def test_no_evidence_can_be_changed_removed_or_slipped_in(recorded: Path, table: str) -> None:
    conn = raw(recorded)
    columns = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
    first, names = columns[0], ", ".join(columns)
    statements = [
        f"UPDATE {table} SET {first} = {first}",
        f"UPDATE OR REPLACE {table} SET {first} = 2",
        f"DELETE FROM {table}",
        f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM {table} LIMIT 1",
        f"INSERT INTO {table} ({names}) SELECT {names} FROM {table} LIMIT 1",
    ]
    for statement in statements:
        with pytest.raises(sqlite3.IntegrityError, match=f"{table}: "):
            conn.execute(statement)
    conn.close()


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ({"seq": 99}, "number left out"),
        ({"seq": None}, "no number"),
        ({"prev": "0" * 64}, "other predecessor"),
        ({"at": "1999-01-01T00:00:00.000000Z"}, "earlier"),
        ({"hash": "SELECT"}, "a hash that is there"),
    ],
)
@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE"])
def test_an_entry_that_does_not_continue_is_refused(
    recorded: Path, verb: str, entry: dict[str, Any], wrong: str
) -> None:
    conn = raw(recorded)
    seq, prev, at = conn.execute("SELECT seq, hash, at FROM chain ORDER BY seq DESC LIMIT 1").fetchone()
    good = {
        "seq": seq + 1,
        "at": at,
        "actor": "a",
        "action": "note",
        "body": "{}",
        "prev": prev,
        "hash": "new",
    }
    if entry.get("hash"):
        entry = {"hash": conn.execute("SELECT hash FROM chain WHERE seq = 3").fetchone()[0]}
    insert = f"{verb} INTO chain VALUES (:seq, :at, :actor, :action, :body, :prev, :hash)"
    with pytest.raises(sqlite3.IntegrityError, match="chain: "):
        conn.execute(insert, {**good, **entry})
    conn.execute(insert, good)
    assert conn.execute("SELECT count(*) FROM chain").fetchone()[0] == seq + 1
    conn.close()


def test_a_row_of_an_older_entry_or_out_of_number_is_refused(writer: Writer) -> None:
    enter_county(writer)
    insert = (
        "INSERT INTO townships (id, entity, version, township_code, township_name, recorded_seq, recorded_at,"
        " recorded_by) VALUES (:id, :id, 1, 'T9', '示例', :seq, 'x', 'x')"
    )
    with writer.transaction() as db:
        last = head(db).seq
        for bind in ({"id": 2, "seq": last - 1}, {"id": 3, "seq": last}, {"id": 1, "seq": last}):
            with pytest.raises(sqlite3.IntegrityError, match="townships: "):
                db.execute(insert, bind)
        db.execute(insert, {"id": 2, "seq": last})


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
    from data.store import empty_copy

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
        ("CREATE TRIGGER more AFTER INSERT ON people BEGIN SELECT 1; END", "trigger more"),
        ("CREATE VIEW goods_2 AS SELECT * FROM goods", "view goods_2"),
        ("ALTER TABLE people ADD COLUMN more TEXT", "table people"),
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


def test_a_run_is_kept_with_its_inputs_and_its_programme(writer: Writer, file: Path) -> None:
    enter_county(writer)
    run_id = record(writer, date(2021, 6, 30))
    with reading(file) as db:
        run = latest_run(db)
        assert run and run.id == run_id and run.as_of == date(2021, 6, 30)
        assert run.parameters == {"validity_days": 180} and run.engines == {"durable_rules": "2.0.28"}
        assert (run.goods, run.decisions, run.recorded_by) == (1, 3, "周示例")
        assert run.known_seq == evidence_seq(db) == 5
        assert program_text(db, run.digest) == PROGRAM
        kept = decisions_of(db, run_id)
        assert [(one.subject, one.benefit) for one in kept] == [
            ("H1/P1", "packaging"), ("H1/P1", "logistics"), ("H2/P1", "packaging"),
        ]  # fmt: skip
        assert kept[0].findings == {"a": "holds"} and kept[0].evidence == [1, 2]
        body = json.loads(
            db.execute("SELECT body FROM chain WHERE seq = ?", [run.recorded_seq]).fetchone()[0]
        )
        rows = db.execute("SELECT * FROM decisions ORDER BY id").fetchall()
        assert body["rows_digest"] == hashlib.sha256(b"\n".join(map(rfc8785.dumps, rows))).hexdigest()


def test_the_same_inputs_again_add_nothing(writer: Writer, file: Path) -> None:
    enter_county(writer)
    first = record(writer, date(2021, 6, 30))
    assert record(writer, date(2021, 6, 30), known_at="2022-12-31T00:00:00.000000Z") == first
    with reading(file) as db:
        assert find_run(db, header(date(2021, 6, 30))) == first
        assert (db.table("runs").count, db.table("decisions").count, head(db).seq) == (1, 3, 6)


def test_other_inputs_make_another_run(writer: Writer, file: Path) -> None:
    enter_county(writer)
    ids = [record(writer, date(2021, 6, 30)), record(writer, date(2021, 7, 1))]
    ids.append(record(writer, date(2021, 6, 30), parameters={"validity_days": 181}))
    enter(writer, "inspections", [sample("S1")])
    ids.append(record(writer, date(2021, 6, 30)))
    ids.append(record(writer, date(2021, 6, 30), known_at="2021-01-04T09:00:00.000000Z"))
    assert ids == [1, 2, 3, 4, 5]
    with reading(file) as db:
        assert [row["known_seq"] for row in db.table("runs").rows] == [5, 5, 5, 9, 1]
        assert db.table("programs").count == 1
        assert [one.run_id for one in decisions_about(db, "H2/P1")] == [5, 4, 3, 2, 1]
        assert decisions_about(db, "H2") == []


def test_the_latest_run_is_that_of_the_latest_day(writer: Writer, file: Path) -> None:
    enter_county(writer)
    for day in (date(2021, 7, 31), date(2021, 6, 30)):
        record(writer, day)
    with reading(file) as db:
        days = {before: latest_run(db, before) for before in (None, date(2021, 7, 31), date(2021, 6, 30))}
        assert [run.as_of if run else None for run in days.values()] == [
            date(2021, 7, 31), date(2021, 6, 30), None,
        ]  # fmt: skip
        assert latest_run(db, program="another") is None


def test_a_run_whose_programme_text_is_another_is_refused(writer: Writer) -> None:
    enter_county(writer)
    with pytest.raises(ValueError, match="digest"), writer.transaction() as db:
        record_run(db, header(date(2021, 6, 30)), [], PROGRAM + " ", at=writer.now(), by="a")


def test_a_decision_twice_in_a_run_keeps_nothing_of_it(writer: Writer, file: Path) -> None:
    enter_county(writer)
    with pytest.raises(sqlite3.IntegrityError), writer.transaction() as db:
        rows = [decision("H1/P1"), decision("H1/P1")]
        record_run(db, header(date(2021, 6, 30)), rows, PROGRAM, at=writer.now(), by="a")
    with reading(file) as db:
        assert (db.table("runs").count, db.table("decisions").count, head(db).seq) == (0, 0, 5)


def test_the_working_day_is_stored_in_a_demonstration_and_the_clocks_elsewhere(writer: Writer) -> None:
    late = datetime(2021, 3, 15, 16, 30, tzinfo=UTC)  # half past midnight in Shanghai
    with writer.transaction() as db:
        assert not settings.is_demonstration(db)
        assert settings.working_day(db, late) == date(2021, 3, 16)
        settings.make_demonstration(db, date(2021, 9, 30), at=late, by="init")
        settings.make_demonstration(db, date(2021, 9, 30), at=late, by="init")
        assert settings.is_demonstration(db) and head(db).seq == 2
        assert settings.working_day(db, late) == date(2021, 9, 30)
        with pytest.raises(ValueError, match="never"):
            settings.put(db, "install_id", "x", at=late, by="a")
