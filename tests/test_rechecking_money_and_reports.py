"""Settlements and reports are worked out again: from their frozen facts, and with what was known and settled then."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from data.rulekeeping.rechecks import confirmed_before
from data.store import reading
from office.rechecking.differing import Differing
from office.rechecking.whole import Rechecked, recheck
from office.reports.texts_kept import STANDING
from rules.load_targets import TARGETS
from tests.rechained import altered_json, rechained
from tests.settling import SettlingOffice, shipment


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two confirmed settlements, the second with an adjustment and a pool that is too small, and a later correction."""
    office = SettlingOffice(tmp_path_factory.mktemp("settled") / "office.db")
    with office.writer:
        office.ship(shipment("C1"), shipment("C2", "H2/P1"), shipment("C3", fee=900)).settled()
        office.on(date(2021, 5, 31)).correct_shipment(shipment("C3", fee=1900))
        office.ship(shipment("C4", "H1/P2"), shipment("C5", "H2/P1", fee=5000)).settled(pool=2000)
        office.on(date(2021, 6, 30)).correct_shipment(shipment("C1", refunded=1))
    return office.file


@pytest.fixture
def file(settled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(settled, tmp_path / "office.db"))


def told(found: Rechecked) -> list[tuple[str, str]]:
    return [(one.place, one.message.zh) for one in found.differences]


def test_settlements_come_out_as_they_were_whatever_was_corrected_since(file: Path) -> None:
    found = recheck(file, children=0)
    assert told(found) == []
    assert found.settlements == 2


@pytest.mark.parametrize(
    "changed", ["due = due + 1", "capped = capped - 1, paid = paid - 1", "paid = paid - 1"]
)
def test_an_amount_rewritten_with_all_digests_is_found(file: Path, changed: str) -> None:
    rechained(file, f"UPDATE settlement_lines SET {changed} WHERE id = 1")
    found = recheck(file, children=0)
    places = {place for place, _ in told(found)}
    assert "settlement_lines 1" in places
    assert any(str(getattr(one, "side", "")) == "registers" for one in found.differences)


def test_a_claim_paid_on_other_facts_is_found_from_both_sides(file: Path) -> None:
    rechained(file, altered_json(file, "settlement_lines", 2, "facts", refunded=True))
    found = recheck(file, children=0)
    sides = {one.side for one in found.differences if isinstance(one, Differing)}
    assert sides == {"frozen", "registers"}


def test_a_line_taken_away_is_missed(file: Path) -> None:
    rechained(
        file,
        "DELETE FROM settlement_lines WHERE id = (SELECT max(id) FROM settlement_lines)",
    )
    found = recheck(file, children=0)
    assert any("这一行结算存档为“（没有）”" in message for _, message in told(found))
    assert any(place == "settlements 2" for place, _ in told(found))


def test_what_is_hidden_for_looking_back_is_there_again_afterwards(file: Path) -> None:
    with reading(file) as db:
        count = "SELECT count(*) FROM settlement_steps"
        assert db.execute(count).fetchone()[0] == 4
        with confirmed_before(db, 1):
            assert db.execute(count).fetchone()[0] == 0
        assert db.execute(count).fetchone()[0] == 4
        assert db.execute("PRAGMA query_only").fetchone()[0] == 1


def test_a_reported_figure_rewritten_with_all_digests_is_found(demo_db: Path) -> None:
    rechained(demo_db, altered_json(demo_db, "reported_figures", 1, "figures", actual="99.9"))
    assert [place for place, _ in told(recheck(demo_db, children=0))] == ["reported_figures 1"]


def test_a_figure_counted_by_another_file_of_targets_is_a_note_and_no_difference(demo_db: Path) -> None:
    rechained(demo_db, f"UPDATE reported_figures SET digest = '{'0' * 64}' WHERE id = 1")
    found = recheck(demo_db, children=0)
    assert found.ok
    assert any("没有留存文本" in note.zh for note in found.notes)


def test_a_bulletin_and_an_assessment_rewritten_with_all_digests_are_found(demo_db: Path) -> None:
    rechained(
        demo_db,
        "UPDATE bulletins SET context = json_set(context, '$.figures.whole.orders', 1) WHERE id = 1",
        "UPDATE assessments SET scores = json_set(scores, '$.flat.653128100.total', 1) WHERE id = 1",
    )
    assert {place for place, _ in told(recheck(demo_db, children=0))} == {"bulletins 1", "assessments 1"}


def test_reports_are_counted_again_by_the_texts_they_name_whatever_the_files_say_now(
    demo_db: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Both files have other values now; only a report that names another text comes out otherwise."""
    for text in STANDING.values():
        other = tmp_path / text.file.name
        changed = re.sub(r"value = (\d+)", r"value = 1\1", text.file.read_text("utf-8"))
        kept = text.file.read_text("utf-8")  # weights add up to 100: of the assessment only the bytes change
        other.write_text(f"# another text\n{changed if text is TARGETS else kept}", "utf-8")
        monkeypatch.setattr(text, "file", other)
    found = recheck(demo_db, children=0)
    assert found.ok and not found.notes and found.reports


def test_a_text_that_a_report_was_counted_by_does_not_change_unseen(demo_db: Path) -> None:
    rechained(demo_db, "UPDATE programs SET text = text || '#' WHERE program = 'targets'")
    assert [place.split()[0] for place, _ in told(recheck(demo_db, children=0))][:1] == ["programs"]
