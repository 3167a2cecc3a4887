"""Everything recorded is decided again: what only re-deciding can find is found, and what was learnt later is no difference."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.canonical import instant_text, json_text
from data.chain import Difference
from data.store import reading
from office.deciding import decide_all
from office.gathering import gather
from office.programs import program_named, values_in_force
from office.rechecking import whole as whole_module
from office.rechecking.differing import Differing
from office.rechecking.whole import Rechecked, recheck
from office.recording import record_in
from rules import plain
from rules.facts import Standing
from tests.casework import Office
from tests.rechained import altered_json, rechained
from tests.recorded import behind_the_back, raw

FIRST, SECOND = date(2021, 3, 15), date(2021, 9, 20)


def decide(office: Office, day: date) -> int:
    """Record a day's decisions about all goods, at the office's own instant."""
    program = program_named()
    office.on(day)
    at = office.clock()
    with office.writer.transaction() as db:
        answers = decide_all(gather(db, day, instant_text(at)), program, values_in_force(program, day))
        return record_in(db, answers, by="周审核", at=at)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two recorded days with a correction, acts and failures between and after them."""
    office = Office(tmp_path_factory.mktemp("again") / "office.db")
    with office.writer:
        office.granted()
        decide(office, FIRST)
        for day in (date(2021, 5, 6), date(2021, 7, 6), date(2021, 9, 13)):
            office.on(day).inspect("fail")
        decide(office, SECOND)
        office.on(date(2021, 9, 25)).correct("S001", "fail", date(2021, 3, 1))
    return office.file


@pytest.fixture
def file(county: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(county, tmp_path / "office.db"))


def again(file: Path, **how: Any) -> Rechecked:
    return recheck(file, children=0, **how)


def told(found: Rechecked) -> list[tuple[str, str]]:
    return [(one.place, one.message.zh) for one in found.differences]


def sides(found: Rechecked) -> set[str]:
    return {one.side for one in found.differences if isinstance(one, Differing)}


def number(file: Path, subject: str, benefit: str, run: int = 1) -> int:
    conn = raw(file)
    asked = [subject, benefit, run]
    run_id = conn.execute(
        "SELECT id FROM runs WHERE scope = '' ORDER BY id LIMIT 1 OFFSET ?", [run - 1]
    ).fetchone()[0]
    sql = "SELECT id FROM decisions WHERE subject = ? AND benefit = ? AND run_id = ?"
    found = conn.execute(sql, [*asked[:2], run_id]).fetchone()[0]
    conn.close()
    return int(found)


def test_what_was_recorded_is_decided_the_same_again_whatever_was_learnt_since(file: Path) -> None:
    found = again(file)
    assert told(found) == []
    conn = raw(file)
    recorded = conn.execute("SELECT count(*) FROM decisions").fetchone()[0]
    conn.close()
    assert found.decisions == found.rechecked == recorded >= 12
    assert found.notes == ()


def test_children_beside_this_process_find_the_same(file: Path) -> None:
    decision = number(file, "H1/P1", "packaging")
    rechained(file, f"UPDATE decisions SET verdict = 'not_eligible' WHERE id = {decision}")
    here, beside = again(file), recheck(file, children=2)
    assert here.differences == beside.differences
    assert (here.total, here.rechecked) == (beside.total, beside.rechecked)


def test_a_verdict_rewritten_with_all_digests_is_found_from_both_sides(file: Path) -> None:
    decision = number(file, "H1/P1", "packaging")
    rechained(file, f"UPDATE decisions SET verdict = 'not_eligible' WHERE id = {decision}")
    found = again(file)
    assert {place for place, _ in told(found)} == {f"decisions {decision}"}
    assert sides(found) == {"frozen", "registers"}
    assert "结论存档为“不符合”，按存档的事实重新判定为“符合”" in told(found)[0][1]


def test_a_verdict_rewritten_without_its_digest_is_told_by_the_digest_alone(file: Path) -> None:
    behind_the_back(file, "UPDATE decisions SET verdict = 'not_eligible' WHERE id = 1")
    found = again(file)
    assert [place.split(",")[0] for place, _ in told(found)] == ["decisions"]
    assert found.rechecked == 0


def test_facts_rewritten_to_fit_the_same_verdict_are_found_by_the_registers(file: Path) -> None:
    decision = number(file, "H1/P1", "packaging")
    rechained(file, altered_json(file, "decisions", decision, "facts", consecutive_passes=7))
    found = again(file)
    assert told(found) == [
        (
            f"decisions {decision}",
            "H1/P1 包装设备和包材：事实“连续合格次数”存档为“7”，按当时已知的台账重新判定为“1”。",
        )
    ]
    assert sides(found) == {"registers"}


def test_facts_that_no_programme_can_ask_are_named(file: Path) -> None:
    decision = number(file, "H1/P1", "packaging")
    rechained(file, altered_json(file, "decisions", decision, "facts", consecutive_passes="many"))
    found = again(file)
    assert told(found)[0][0] == f"decisions {decision}"
    assert "不能重新判定" in told(found)[0][1]


def slipped_in(file: Path) -> None:
    """A failed sample of H1/P1 as if it had been entered before the first run: every later entry moves on by one."""
    conn = raw(file)
    (n,) = conn.execute("SELECT min(recorded_seq) FROM runs WHERE scope = ''").fetchone()
    names = [row[1] for row in conn.execute("PRAGMA table_info(inspections)")]
    tables = conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%recorded_seq%'")
    moved = [
        f"UPDATE {name} SET recorded_seq = recorded_seq + 1 WHERE recorded_seq >= {n}" for (name,) in tables
    ]
    (before,) = conn.execute(f"SELECT at FROM chain WHERE seq = {n - 1}").fetchone()
    (newest,) = conn.execute("SELECT max(id) + 1 FROM inspections").fetchone()
    conn.close()
    body = json_text(
        {"register": "inspections", "rows": 1, "new": 1, "changed": 0, "reason": None, "source": ""}
    )
    new = {"id": newest, "entity": newest, "sample_no": "'S999'", "conclusion": "'fail'", "recorded_seq": n}
    new |= {"recorded_at": f"'{before}'", "recorded_by": "'李录入'", "reason": "NULL"}
    values = ", ".join(str(new.get(name, name)) for name in names)
    rechained(
        file,
        f"UPDATE chain SET seq = -seq - 1 WHERE seq >= {n}",
        "UPDATE chain SET seq = -seq WHERE seq < 0",
        *moved,
        f"UPDATE runs SET known_seq = {n} WHERE recorded_seq > {n} AND known_seq < {n}",
        ("INSERT INTO chain VALUES (?, ?, '李录入', 'import', ?, '', '')", [n, before, body]),
        f"INSERT INTO inspections ({', '.join(names)}) SELECT {values} FROM inspections WHERE id = 1",
    )


def test_an_inspection_slipped_in_with_an_earlier_entry_is_found_by_the_registers(file: Path) -> None:
    slipped_in(file)
    found = again(file)
    assert sides(found) == {"registers"}
    subjects = {one.subject for one in found.differences if isinstance(one, Differing)}
    assert subjects == {"H1/P1"}


def test_an_evaluator_that_was_altered_is_found(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "verdict_row", lambda program, benefit, findings: 0)
    found = again(file)
    assert found.total > 0
    assert any("两种算法" in message for _, message in told(found))


def test_facts_that_are_gathered_otherwise_now_are_found(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = Standing.plain_facts.func  # type: ignore[attr-defined]
    altered = property(lambda self: original(self) | {"consecutive_failures": original(self)["inspections"]})
    monkeypatch.setattr(Standing, "plain_facts", altered)
    found = again(file)
    assert sides(found) == {"registers"}


def test_a_programme_text_rewritten_everywhere_is_found(file: Path) -> None:
    conn = raw(file)
    text = conn.execute(
        "SELECT text FROM programs WHERE program = 'produce-support' ORDER BY recorded_seq DESC"
    ).fetchone()[0]
    conn.close()
    assert "value = 180" in text
    rechained(
        file,
        ("UPDATE programs SET text = ? WHERE text = ?", [text.replace("value = 180", "value = 90"), text]),
    )
    found = again(file)
    assert any(place.startswith("runs ") and "取值存档为" in message for place, message in told(found))


def test_a_programme_text_that_cannot_be_read_any_more_is_a_difference_with_its_place(file: Path) -> None:
    rechained(file, "UPDATE programs SET text = 'program = ' WHERE program = 'produce-support'")
    found = again(file)
    assert found.total > 0
    assert all(place.startswith("programs ") for place, _ in told(found))


def test_a_decision_taken_away_is_missed(file: Path) -> None:
    last = number(file, "H2/P1", "logistics", run=2)
    conn = raw(file)
    assert conn.execute("SELECT max(id) FROM decisions").fetchone()[0] >= last
    conn.close()
    rechained(file, f"DELETE FROM decisions WHERE id = {last}")
    found = again(file)
    assert ("H2/P1", "registers") in {
        (one.subject, one.side) for one in found.differences if isinstance(one, Differing)
    }
    assert any("存档为“（没有）”" in message for _, message in told(found))


def test_a_run_that_claims_to_have_known_what_came_later_is_found(file: Path) -> None:
    rechained(file, "UPDATE runs SET known_at = '2021-12-01T00:00:00.000000Z' WHERE scope = ''")
    places = {place for place, _ in told(again(file))}
    assert any(place.startswith("runs ") for place in places)


def test_more_differences_than_are_shown_are_counted(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("office.rechecking.differing.MOST", 2)
    rechained(file, "UPDATE decisions SET verdict = 'cannot_decide'")
    found = again(file)
    assert len(found.differences) == 2 < found.total


@pytest.mark.parametrize(("length", "holds"), [(64, True), (16, True), (15, False)])
def test_a_note_outside_the_database_is_compared_as_far_as_it_was_noted(
    file: Path, length: int, holds: bool
) -> None:
    with reading(file) as db:
        seq, digest = db.execute("SELECT seq, hash FROM chain WHERE seq = 5").fetchone()
    assert again(file, anchor=(seq, digest[:length])).ok is holds
    wrong = ("0" if digest[0] != "0" else "1") + digest[1:length]
    assert again(file, anchor=(seq, wrong)).differences[0].place == "chain 5"


def test_how_far_it_is_goes_from_nothing_to_all(file: Path) -> None:
    seen: list[tuple[int, int]] = []
    again(file, progress=lambda done, total, what: seen.append((done, total)))
    assert seen[0][0] == 0
    assert seen[-1][0] == seen[-1][1] > 0
    assert seen == sorted(seen)


def test_a_file_that_is_damaged_is_said_to_be_so(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[8192:12288] = bytes(4096)
    file.write_bytes(content)
    found = again(file)
    assert isinstance(found.differences[0], Difference)
    assert found.rechecked == 0
    assert whole_module.RECORDS.zh


def test_other_engine_versions_than_today_are_a_note_and_no_difference(file: Path) -> None:
    rechained(file, "UPDATE runs SET engines = json_set(engines, '$.numpy', '0.1') WHERE id = 1")
    found = again(file)
    assert found.ok
    assert ['"numpy":"0.1"' in note.zh for note in found.notes] == [True]


def test_a_run_that_tells_another_number_of_goods_is_found(file: Path) -> None:
    rechained(file)  # nothing changed: every digest comes out as it was
    assert again(file).ok
    behind_the_back(file, "UPDATE decisions SET good_entity = 2 WHERE subject = 'H1/P1' AND run_id > 1")
    rechained(file)
    assert again(file).total > 0
