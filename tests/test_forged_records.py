"""Rows rewritten with every digest and hash made to fit again: what the tables would refuse, what the texts and samples say."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from data.auditing.replaying import refused_now
from data.store import reading
from office.audit_pack.checking.main import check
from office.rechecking.whole import recheck
from tests.audit_packs import checked, packed, told, unpacked
from tests.everything_recorded import everything_recorded
from tests.rechained import altered_json, rechained
from tests.recorded import raw

REVOKED = "(SELECT max(id) FROM acts WHERE kind = 'revoke')"
FIRST_GRANT = "(SELECT min(id) FROM acts WHERE kind = 'grant')"
# One statement each, the place that both name first. In a real file earlier re-checks' heads give it away too.
FORGED = {
    "an act of another day than its decision": (
        f"UPDATE acts SET done_on = date(done_on, '+1 day') WHERE id = {FIRST_GRANT}",
        "acts 1",
    ),
    "a grant that counts from before it was made": (
        f"UPDATE acts SET effective_on = date(effective_on, '-9 days') WHERE id = {FIRST_GRANT}",
        "acts 1",
    ),
    "a revocation that counts from its own day": (
        f"UPDATE acts SET effective_on = done_on WHERE id = {REVOKED}",
        "acts 10",
    ),
    "a revocation that the rules did not say": (
        f"UPDATE acts SET state = 'withheld' WHERE id = {REVOKED}",
        "acts 10",
    ),
    "a proposal on another text": (
        f"UPDATE publications SET based_on = '{'0' * 64}' WHERE kind = 'proposal'",
        "publications 2",
    ),
    "a text of another programme": (
        "UPDATE publications SET digest = (SELECT digest FROM programs WHERE program <> 'produce-support')"
        " WHERE kind = 'proposal'",
        "publications 2",
    ),
    "another seed of a sample of all": ("UPDATE audit_samples SET size = size + 1", "audit_samples 1"),
    "a finding about what was not drawn": (
        "UPDATE audit_findings SET decision_id = decision_id % 16 + 1 WHERE sample_id IS NOT NULL",
        "audit_findings 1",
    ),
    "the head that an earlier re-check saw": (
        f"UPDATE rechecks SET head_hash = '{'1' * 64}'",
        "rechecks 1",
    ),
}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("forged") / "office.db"
    everything_recorded(made)
    return made


@pytest.fixture
def file(everything: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(everything, tmp_path / "office.db"))


def places(file: Path) -> list[str]:
    """Where a re-check finds something, but for what a test's invented figures and reports give."""
    return [one.place for one in recheck(file, children=0).differences]


def test_written_again_in_its_order_everything_is_taken(everything: Path) -> None:
    with reading(everything) as db:
        assert [*refused_now(db)] == []


@pytest.mark.parametrize(("statement", "place"), FORGED.values(), ids=FORGED.keys())
def test_what_could_never_have_been_recorded_is_found_by_both(
    file: Path, tmp_path: Path, statement: str, place: str
) -> None:
    before = places(file)
    rechained(file, statement)
    assert place in set(places(file)) - set(before)
    assert [line for line in told(checked(file, tmp_path)) if line.startswith(f"{place} ")]


@pytest.mark.parametrize("name", ["household_year_cap_fen", "claim_period_days", "fen_per_shipment"])
def test_values_that_a_settlement_never_had_are_found_by_both(file: Path, tmp_path: Path, name: str) -> None:
    rechained(file, altered_json(file, "settlements", 1, "parameters", **{name: 999}))
    assert "settlements 1" in places(file)
    assert [line for line in told(checked(file, tmp_path)) if line.startswith("settlements 1 ")]


def test_an_amount_that_its_own_facts_do_not_give_is_found_by_the_pack(file: Path, tmp_path: Path) -> None:
    rechained(
        file,
        "UPDATE settlement_lines SET due = due + 9, capped = capped + 9, paid = paid + 9 WHERE id = 1",
        "UPDATE settlements SET due = due + 9, paid = paid + 9 WHERE id = 1",
    )
    assert [line for line in told(checked(file, tmp_path)) if "due: kept as" in line]


def test_a_run_that_says_it_knew_what_came_later_is_found_by_the_pack(file: Path, tmp_path: Path) -> None:
    rechained(
        file, "UPDATE runs SET known_at = substr(recorded_at, 1, 10) || 'T23:59:59.999999Z' WHERE id = 1"
    )
    assert any("known_at" in line for line in told(checked(file, tmp_path)))


def test_a_run_whose_decisions_were_all_taken_away_is_missed_by_the_pack(file: Path, tmp_path: Path) -> None:
    free = _runs_without_acts(file)
    rechained(file, ("DELETE FROM decisions WHERE run_id = ?", free[:1]))
    assert [line for line in told(checked(file, tmp_path)) if line.startswith(f"runs {free[0]} ")]


def _runs_without_acts(file: Path) -> Sequence[int]:
    conn = raw(file)
    asked = (
        "SELECT id FROM runs WHERE id NOT IN (SELECT run_id FROM decisions WHERE id IN (SELECT decision_id FROM acts"
        " UNION SELECT decision_id FROM audit_findings)) ORDER BY id DESC"
    )
    found = [number for (number,) in conn.execute(asked).fetchall()]
    conn.close()
    return found or [1]


def test_a_programme_file_that_is_missing_or_was_put_there_is_named(file: Path, tmp_path: Path) -> None:
    folder = unpacked(packed(file, tmp_path / "pack.zip"))
    (folder / "programs" / "other.toml").write_text("x = 1", encoding="utf-8")
    assert [line.split(" | ")[0] for line in told(check(folder, most=9))] == ["programs/other.toml"]
    (folder / "programs" / "other.toml").unlink()
    first = min((folder / "programs").glob("*.toml"))
    first.unlink()
    assert [line.split(" | ")[0] for line in told(check(folder, most=9))] == [f"programs/{first.name}"]
