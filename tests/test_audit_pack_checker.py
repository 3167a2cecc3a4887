"""The pack's checker decides anew by its own means: as the plain evaluator does, and whatever was rewritten shows."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.plain import DEFAULTS, Good
from data.canonical import json_text, rows_digest
from data.store import open_writer
from office.audit_pack.checking.canonical import json_text as checkers_text
from office.audit_pack.checking.canonical import rows_digest as checkers_digest
from office.audit_pack.checking.facts import facts_of
from office.audit_pack.checking.programme import NotReadable, Programme
from office.audit_pack.checking.published import Published
from office.audit_pack.checking.registers import READ, Registers
from office.deciding import decide_all
from office.gathering import gather
from office.programs import program_named, values_in_force
from office.recording import record
from rules import plain
from rules.program import Program
from rules.tasks import random_table
from tests.audit_packs import checked, told
from tests.casework import CLERK
from tests.everything_recorded import everything_recorded
from tests.generated_programs import loaded, toml_of, valid
from tests.random_goods import days, goods, judged
from tests.rechained import altered_json, rechained
from tests.recorded import raw

PROGRAM = program_named()
CHECKED = Programme(PROGRAM.text)

# ---- any programme ----


@settings(max_examples=100, deadline=None)
@given(number=st.integers(0, 10**9), seed=st.integers(0, 10**9))
def test_any_programme_is_answered_as_the_plain_evaluator_answers_it(number: int, seed: int) -> None:
    text = toml_of(valid(number))
    program, again = loaded(valid(number)), Programme(text)
    values = {name: p.values[-1].value for name, p in program.parameters.items()}
    rng = random.Random(seed)
    facts = random_table(program, program.facts, values, rng, 10)
    events = random_table(program, program.events, values, rng, 10)
    for at in range(10):
        row = facts.row(at, program.facts) | {name: rng.random() < 0.5 for name in program.latches}
        found = plain.findings(program, row, values)
        assert again.findings(row, values) == found
        for benefit in program.benefits:
            assert answer_of(again, benefit, found) == plain_answer(program, benefit, found)
        event = events.row(at, program.events)
        assert again.moves(event, values) == plain.latch_moves(program, event, values)


def answer_of(again: Programme, benefit: str, found: dict[str, Any]) -> tuple[str, int] | None:
    try:
        return again.answer(benefit, found)
    except NotReadable:
        return None


def plain_answer(program: Program, benefit: str, found: dict[str, Any]) -> tuple[str, int] | None:
    row = plain.verdict_row(program, benefit, found)
    return None if row is None else (program.benefits[benefit].rows[row].verdict, row + 1)


@given(st.dates(date(2019, 1, 1), date(2030, 1, 1)))
def test_values_in_force_are_those_of_the_loader(day: date) -> None:
    ours = {name: p.value_on(day) for name, p in PROGRAM.parameters.items() if p.value_on(day) is not None}
    assert CHECKED.values_on(day.isoformat()) == ours


# ---- any history ----


@settings(max_examples=150, deadline=None)
@given(goods(), days, st.sampled_from([30, 120, 365]))
def test_facts_from_the_registers_are_those_of_the_core(good: Good, day: date, window: int) -> None:
    values = {**DEFAULTS, "failure_window_days": window}
    registers = Registers(as_pack(good))  # type: ignore[arg-type]
    ((entity, version),) = registers.goods_on(day.isoformat(), "9")
    facts = facts_of(registers, CHECKED, values, entity, version, day.isoformat(), "9").facts
    table, _ = judged(PROGRAM, [good], day, values)
    for name, value in facts.items():
        number = int(table.columns[name][0])
        words = {"last_conclusion": ("pass", "fail"), "source": ("grown", "produced", "acquired")}.get(name)
        expected: object = words[number] if words and number >= 0 else number
        if isinstance(value, bool):
            expected = number == 1
        assert value == (None if number < 0 else expected), name


def as_pack(good: Good) -> SimpleNamespace:
    """One good as the tables of a pack, everything recorded at once."""
    text = {day: day.isoformat() for day in (good.poor_from, good.poor_until) if day is not None}
    ids = {i.sample_no: number for number, i in enumerate(good.inspections, start=1)}
    fit = None if good.fit is None else int(good.fit)
    rows: dict[str, list[tuple[Any, ...]]] = {
        "goods": [("H", "P", "grown", fit, "2000-01-01", 1, 1)],
        "households": [(text[good.poor_from], text.get(good.poor_until) if good.poor_until else None)],
        "products": [(int(good.standardised),)],
        "inspections": [
            (
                *(ids[i.sample_no], i.sample_no, 1, i.sampled.isoformat(), i.result.isoformat()),
                *(i.conclusion, ids[i.original] if i.original else None),
            )
            for i in good.inspections
        ],
    }
    columns = {name: ("entity", "recorded_at", "version", *own) for name, (_, own) in READ.items()}

    def table(name: str) -> SimpleNamespace:
        places = columns[name]
        return SimpleNamespace(columns=places, at=lambda *asked: tuple(map(places.index, asked)))

    def rows_of(name: str) -> Iterator[list[Any]]:
        return iter([[number, "1", 1, *row] for number, row in enumerate(rows[name], start=1)])

    return SimpleNamespace(table=table, rows=rows_of)


def test_texts_and_digests_are_written_as_ours() -> None:
    value = {"b": [1, None, True], "a": '引号"\\\n\u2028', "😀": -5, "\ufb33": ""}
    assert checkers_text(value) == json_text(value)
    rows: list[list[str | int | None]] = [["],[", 1, None], ["", -(2**62), "\x00é😀"]]
    assert checkers_digest(rows) == rows_digest(rows)
    assert checkers_digest([]) == rows_digest([])


# ---- what was recorded at any day and instant ----


def test_decisions_recorded_on_any_day_with_what_was_known_at_any_instant_hold(
    demo_db: Path, tmp_path: Path
) -> None:
    conn = raw(demo_db)
    instants = [
        at for (at,) in conn.execute("SELECT DISTINCT at FROM chain WHERE action = 'import' ORDER BY at")
    ]
    conn.close()
    chance = random.Random(5)
    with open_writer(demo_db) as writer:
        for _ in range(6):
            day, known_at = date(2020, 4, 1) + timedelta(days=chance.randrange(540)), chance.choice(instants)
            with writer.transaction() as db:
                answers = decide_all(gather(db, day, known_at), PROGRAM, values_in_force(PROGRAM, day))
            record(writer, answers, by="示例审核员")
    result = checked(demo_db, tmp_path)
    assert told(result) == []
    assert result.counts["decisions"] > 800


# ---- rewritten with all digests and hashes made to fit: only deciding again can tell ----


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("everything") / "office.db"
    everything_recorded(file)
    return file


@pytest.fixture
def file(everything: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(everything, tmp_path / "office.db"))


def one(file: Path, sql: str) -> Any:
    conn = raw(file)
    row = conn.execute(sql).fetchone()
    conn.close()
    return row[0]


PASSED = (
    "SELECT min(id) FROM decisions WHERE subject = 'H1/P1' AND benefit = 'packaging' AND verdict = 'eligible'"
)


def test_making_every_digest_fit_without_a_change_leaves_it_as_it_is(file: Path, tmp_path: Path) -> None:
    rechained(file)
    assert told(checked(file, tmp_path)) == []


def test_a_verdict_rewritten_is_found_from_its_frozen_facts(file: Path, tmp_path: Path) -> None:
    number = one(file, PASSED)
    rechained(file, f"UPDATE decisions SET verdict = 'not_eligible' WHERE id = {number}")
    found = told(checked(file, tmp_path))[0]
    assert found.startswith(f"decisions {number} (H1/P1, packaging) | verdict")
    assert "kept as not_eligible" in found and "eligible" in found


@pytest.mark.parametrize(("column", "value"), [("row", "4"), ("findings", "'{}'")])
def test_another_row_or_finding_is_found(file: Path, tmp_path: Path, column: str, value: str) -> None:
    number = one(file, PASSED)
    rechained(file, f"UPDATE decisions SET {column} = {value} WHERE id = {number}")
    assert told(checked(file, tmp_path))[0].startswith(f"decisions {number} (H1/P1, packaging) | {column}")


def test_facts_that_bring_the_same_verdict_are_found_from_the_registers(file: Path, tmp_path: Path) -> None:
    number = one(file, PASSED)
    rechained(file, altered_json(file, "decisions", number, "facts", consecutive_passes=7))
    (found,) = told(checked(file, tmp_path))
    assert found.startswith(f"decisions {number} (H1/P1, packaging) | facts.consecutive_passes")
    assert "from the registers" in found


def test_other_evidence_is_found(file: Path, tmp_path: Path) -> None:
    number = one(file, PASSED)
    rechained(file, f"UPDATE decisions SET evidence = '[2]' WHERE id = {number}")
    assert "| evidence" in told(checked(file, tmp_path))[0]


def test_a_decision_taken_away_is_missed(file: Path, tmp_path: Path) -> None:
    acted_on = "SELECT decision_id FROM acts WHERE decision_id IS NOT NULL UNION SELECT 1"
    last = one(file, f"SELECT max(id) FROM decisions WHERE id NOT IN ({acted_on})")
    rechained(file, f"DELETE FROM decisions WHERE id = {last}")
    (found,) = told(checked(file, tmp_path))
    assert "There is no decision about" in found


def test_an_inspection_rewritten_is_found_by_the_decisions_that_rest_on_it(
    file: Path, tmp_path: Path
) -> None:
    rechained(file, "UPDATE inspections SET conclusion = 'fail' WHERE id = 1")
    found = told(checked(file, tmp_path))[0]
    assert found.startswith("decisions ") and "| facts." in found


def test_a_programme_rewritten_everywhere_is_found(file: Path, tmp_path: Path) -> None:
    text = one(file, "SELECT text FROM programs WHERE program = 'produce-support'")
    other = text.replace("value = 180", "value = 90")
    assert other != text
    rechained(file, ("UPDATE programs SET text = ? WHERE text = ?", [other, text]))
    found = told(checked(file, tmp_path))[0]
    assert found.startswith("runs 1 | parameters")


def test_a_text_that_was_not_the_published_one_is_found(file: Path, tmp_path: Path) -> None:
    rechained(file, "UPDATE publications SET digest = (SELECT digest FROM settlements LIMIT 1) WHERE id = 1")
    assert told(checked(file, tmp_path))[0].startswith("runs 1 | digest: the text published for 2021-03-01")


# (published at, counts from), which of two texts decides: the later one from its day on, once it was published
@pytest.mark.parametrize(
    ("day", "known_at", "which"),
    [
        ("2021-06-30", "2021-06-01", "old"),
        ("2021-07-01", "2021-06-01", "new"),
        ("2021-07-01", "2021-05-31", "old"),
        ("1999-01-01", "1999-01-01", "old"),
    ],
)
def test_a_published_text_decides_from_its_day_on_once_it_was_published(
    day: str, known_at: str, which: str
) -> None:
    tables = {
        "publications": (
            ("id", "program", "digest", "kind", "effective_on"),
            [[1, "p", "old", "baseline", None], [2, "p", "new", "proposal", "2021-07-01"]],
        ),
        "publication_steps": (
            ("id", "publication_id", "kind", "recorded_at"),
            [[1, 2, "publish", "2021-06-01"]],
        ),
    }
    pack = SimpleNamespace(
        table=lambda name: SimpleNamespace(
            name=name, at=lambda *asked: tuple(tables[name][0].index(one) for one in asked)
        ),
        rows=lambda name: iter(tables[name][1]),
    )
    assert Published(pack).in_force("p", day, known_at) == which  # type: ignore[arg-type]
    assert Published(pack).in_force("other", day, known_at) is None  # type: ignore[arg-type]


def test_a_programme_that_cannot_be_read_is_said_with_its_run(file: Path, tmp_path: Path) -> None:
    rechained(file, "UPDATE programs SET text = 'program = ' WHERE program = 'produce-support'")
    assert told(checked(file, tmp_path))[0].startswith(
        "runs 1 | The text of its programme cannot be followed"
    )


def test_a_settlement_line_rewritten_is_found(file: Path, tmp_path: Path) -> None:
    rechained(file, altered_json(file, "settlement_lines", 1, "facts", sold_online=False))
    assert told(checked(file, tmp_path))[0].startswith("settlement_lines 1 (L1) | findings.")


def test_a_sum_that_is_not_that_of_its_lines_is_found(file: Path, tmp_path: Path) -> None:
    rechained(file, "UPDATE settlements SET paid = paid + 1 WHERE id = 1")
    assert told(checked(file, tmp_path))[0].startswith("settlements 1 | lines, due, paid")


def test_one_person_who_proposed_and_decided_is_found_in_any_spelling(file: Path, tmp_path: Path) -> None:
    (seq,) = [one(file, "SELECT recorded_seq FROM acts WHERE kind = 'revoke'")]
    who = f" {CLERK.name[0]} {CLERK.name[1:]}"
    rechained(
        file,
        (f"UPDATE chain SET actor = ? WHERE seq = {seq}", [who]),
        (f"UPDATE acts SET recorded_by = ? WHERE recorded_seq = {seq}", [who]),
        *both_tables(seq, who),
    )
    assert any("Who proposed also decided" in line for line in told(checked(file, tmp_path)))


def both_tables(seq: int, who: str) -> Iterator[tuple[str, list[str]]]:
    yield f"UPDATE documents SET recorded_by = ? WHERE recorded_seq = {seq}", [who]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE acts SET decision_id = 9999 WHERE id = 1", "There is no such decision"),
        ("UPDATE acts SET overrides = 0, decision_id = {failed} WHERE id = 1", "decision_id"),
        ("UPDATE acts SET done_on = '2020-01-01' WHERE kind = 'hear'", "before the act before it"),
        ("UPDATE acts SET case_id = 1 WHERE kind = 'deliver'", "There is no notice"),
        ("UPDATE audit_findings SET decision_id = 9999", "There is no such decision"),
    ],
)
def test_acts_that_do_not_fit_are_found(file: Path, tmp_path: Path, change: str, said: str) -> None:
    failed = one(file, "SELECT max(id) FROM decisions WHERE verdict = 'revoked'")
    conn = raw(file)
    conn.execute("PRAGMA foreign_keys = 0")
    conn.close()
    rechained(file, change.format(failed=failed))
    assert any(said in line for line in told(checked(file, tmp_path))), told(checked(file, tmp_path))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE runs SET as_of = 'never' WHERE id = 1", "Its values cannot be read"),
        ("UPDATE goods SET household_entity = 99", "It cannot be decided again"),
        ("UPDATE inspections SET sampling_date = '' WHERE id = 1", "It cannot be decided again"),
        ("UPDATE acts SET decision_id = NULL WHERE id = 1", "It rests on no decision"),
    ],
)
def test_what_no_database_could_hold_is_said_in_words(
    file: Path, tmp_path: Path, change: str, said: str
) -> None:
    rechained(file, "PRAGMA ignore_check_constraints = 1", change)
    found = told(checked(file, tmp_path))
    assert found and any(said in line for line in found), found
