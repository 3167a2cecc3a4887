"""Measuring on the demonstration: parts and rows behind every figure, reports that are frozen, the command."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.integrity import check
from data.register import REGISTERS
from data.reporting.figures import reported_figures
from data.store import Database, Writer, open_writer, reading
from data.versions import current_rows
from office.__main__ import main
from office.casework.asked import Doer
from office.refusal import Refused
from office.targets import reporting
from office.targets.gathering import target_named, the_targets
from office.targets.measuring import measure, measured_anew, months_by
from office.targets.reporting import Wish, changes, report_in, reported_and_now
from office.targets.rows_behind import rows_behind
from office.targets.scenarios import Wish as ScenarioWish
from office.targets.scenarios import save_in
from rules.load_targets import targets
from rules.target import OTHER
from tests.casework import Office

DAY = date(2021, 9, 30)
REVIEWER = Doer("示例审核员")
AT = datetime(2021, 9, 30, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def db(demo_master: Path) -> Iterator[Database]:
    with pytest.MonkeyPatch.context() as patch, reading(demo_master) as db:
        patch.setenv("OFFICE_DB", str(demo_master))
        yield db


def test_every_target_has_a_standing_in_the_files_order(db: Database) -> None:
    standings = measure(db, DAY)
    assert [standing.target.name for standing in standings] == list(targets())
    assert all(standing.status != "no_data" for standing in standings)


def test_what_is_kept_is_what_is_measured_anew(db: Database) -> None:
    kept, anew = measure(db, DAY), measured_anew(db, DAY)
    for one, other in zip(kept, anew, strict=True):
        assert reporting.figures_of(one) == reporting.figures_of(other)


@pytest.mark.parametrize("name", targets())
def test_the_rows_behind_a_figure_are_in_the_register_and_add_up_by_township(db: Database, name: str) -> None:
    (standing,) = [one for one in measure(db, DAY) if one.target.name == name]
    behind = rows_behind(db, name, DAY, side="counted")
    assert {register: len(keys) for register, keys in behind.items()} == {
        register: rows.size for register, rows in standing.counted.counted.items()
    }
    for register, keys in behind.items():
        assert len(current_rows(db, REGISTERS[register], keys)) == len(keys)
    townships = [code for code in standing.counted.by_township if code]
    for register in behind:
        parts = [rows_behind(db, name, DAY, side="counted", township=code)[register] for code in townships]
        together = {key for part in parts for key in part}
        assert together <= set(behind[register])
        if register == next(iter(behind)) and "" not in standing.counted.by_township:
            assert together == set(behind[register])


def test_what_is_missing_of_a_share_makes_it_whole(db: Database) -> None:
    for standing in measure(db, DAY):
        if standing.target.is_share and standing.counted.missing:
            (register,) = standing.counted.missing
            lacking = rows_behind(db, standing.target.name, DAY, side="missing")[register]
            assert len(lacking) == (standing.counted.of or 0) - (standing.counted.value or 0)


def test_months_by_township_add_up(db: Database) -> None:
    for standing in measure(db, DAY):
        parts = months_by(db, standing.target.name, DAY, level="township").values()
        for at, value in enumerate(standing.months.values):
            month = standing.months.first + at
            assert sum(part.of(month) or 0 for part in parts) == (value or 0)


def test_nothing_is_known_before_the_first_entry(db: Database) -> None:
    standings = measured_anew(db, DAY, "2000-01-01T00:00:00.000000Z")
    assert {standing.status for standing in standings} == {"no_data"}
    assert all(standing.actual is None for standing in standings)


def test_a_file_of_targets_with_faults_is_refused_with_every_one_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "targets.toml"
    broken.write_text('[targets.training]\nindicator = "x"\n', "utf-8")
    monkeypatch.setattr("rules.load_targets.TARGETS.file", broken)
    with pytest.raises(Refused) as refused:
        the_targets()
    assert len(refused.value.faults) > 3 and "targets.training.indicator" in refused.value.words.zh + str(
        [words.zh for words in refused.value.faults]
    )


def test_a_target_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(Refused) as refused:
        target_named("no_such")
    assert "training" in refused.value.words.zh


# ---- reported figures ----


@pytest.fixture
def own(demo_db: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Writer]:
    monkeypatch.setenv("OFFICE_DB", str(demo_db))
    with open_writer(demo_db, clock=lambda: AT) as writer:
        yield writer


def test_a_reported_figure_is_frozen_and_says_what_changed_since(own: Writer) -> None:
    with own.transaction() as db:
        (made,) = report_in(db, Wish(("training",), None, "三季度"), doer=REVIEWER, at=_later(db), day=DAY)
        assert made.figures["value"] == _value(db, "training") and made.remark == "三季度"
        same = reported_and_now(db, "training")[0]
        assert same.changes == () and not same.definition_changed
    with reading(own.path) as db:
        assert check(db) == []
    with own.transaction() as db:
        _one_more_attendance(db)
        other = reported_and_now(db, "training")[0]
        places = {change.place: (change.was, change.now) for change in other.changes}
        assert places["value"] == (made.figures["value"], made.figures["value"] + 1)
        assert other.reported.figures == made.figures


def test_only_who_may_reports_and_only_of_a_day_that_has_come(own: Writer) -> None:
    with own.transaction() as db:
        before = reported_figures(db)
        with pytest.raises(Refused):
            report_in(db, Wish(), doer=Doer("示例录入员"), at=_later(db), day=DAY)
        with pytest.raises(Refused) as refused:
            wish = Wish((), DAY + timedelta(days=1))
            report_in(db, wish, doer=REVIEWER, at=_later(db), day=DAY)
        assert "还没有到" in refused.value.words.zh
        with pytest.raises(Refused) as refused:
            report_in(db, Wish(("no_such",)), doer=REVIEWER, at=_later(db), day=DAY)
        assert "training" in refused.value.words.zh
        assert reported_figures(db) == before


def test_every_target_is_reported_at_once_as_one_entry(own: Writer) -> None:
    with own.transaction() as db:
        made = report_in(db, Wish(), doer=REVIEWER, at=_later(db), day=DAY)
        assert [one.target for one in made] == list(targets())
        asked = "SELECT count(DISTINCT recorded_seq) FROM reported_figures WHERE id >= ?"
        assert db.execute(asked, [made[0].id]).fetchone()[0] == 1


def test_a_change_names_its_place_then_and_now() -> None:
    was: dict[str, Any] = {"value": 3, "by_township": {"a": {"value": 1}}, "months": {"values": [1, None]}}
    now: dict[str, Any] = {"value": 4, "by_township": {"b": {"value": 2}}, "months": {"values": [1, 2]}}
    found = {change.place: (change.was, change.now) for change in changes(was, now)}
    assert found == {
        "value": (3, 4),
        "by_township.a.value": (1, None),
        "months.values": ("[1,null]", "[1,2]"),
        "by_township.b.value": (None, 2),
    }


def test_what_changed_of_no_township_keeps_its_own_place() -> None:
    was, now = ({"by_township": {OTHER: {"value": value}}} for value in (1, 2))
    assert [change.place for change in changes(was, now)] == ["by_township..value"]


def _later(db: Database) -> datetime:
    """After everything that is recorded, on the demonstration's day or later."""
    last = db.execute("SELECT max(at) FROM chain").fetchone()[0]
    return max(AT, datetime.fromisoformat(last)) + timedelta(seconds=1)


def _value(db: Database, name: str) -> int | None:
    (found,) = [one.counted.value for one in measured_anew(db, DAY) if one.target.name == name]
    return found


def _one_more_attendance(db: Database) -> None:
    from tests.county_by_chance import enter

    sessions = [row[0] for row in db.execute("SELECT session_no FROM training_sessions WHERE ends_on <= ?", [DAY.isoformat()])]  # fmt: skip
    people = [row[0] for row in db.execute("SELECT participant_no FROM participants")]
    there = set(db.execute("SELECT session_no, participant_no FROM attendances").fetchall())
    free = next((s, p) for s in reversed(sessions) for p in people if (s, p) not in there)
    row = {"session_no": free[0], "participant_no": free[1], "hours": 80, "completed": 1}
    enter(db, {"attendances": [row]}, _later(db))


# ---- the command ----


@pytest.fixture
def run(demo_db: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def command(*arguments: str) -> tuple[int, str]:
        code = main(["--db", str(demo_db), *arguments])
        return code, capsys.readouterr().out

    return command


KEYS = {
    "id",
    "clause",
    "unit",
    "baseline",
    "goal",
    "deadline",
    "actual",
    "needed_per_month",
    "projected",
    "status",
}


def test_the_command_gives_one_document_with_every_target(run: Callable[..., tuple[int, str]]) -> None:
    code, out = run("targets", "--as-of", "2021-09-30", "--json")
    document = json.loads(out)
    assert code == 0 and [one["id"] for one in document["targets"]] == list(targets())
    assert all(one.keys() >= KEYS for one in document["targets"])
    training = next(one for one in document["targets"] if one["id"] == "training")
    assert (training["goal"], training["deadline"], training["unit"]) == (3000, "2022-12-31", "人次")


def test_the_command_says_it_in_words_for_the_working_day(run: Callable[..., tuple[int, str]]) -> None:
    code, out = run("targets")
    assert code == 0 and "电商培训人次" in out and len(out.splitlines()) == len(targets())


def test_a_scenario_that_is_not_saved_is_refused_in_words(run: Callable[..., tuple[int, str]]) -> None:
    code, out = run("targets", "--scenario", "没有", "--json")
    assert code == 1 and "没有" in json.loads(out)["error"]


def test_a_saved_scenario_changes_what_is_projected_and_nothing_else(
    own: Writer, capsys: pytest.CaptureFixture[str]
) -> None:
    with own.transaction() as db:
        wish = ScenarioWish("停办培训", {"training_places": 0})
        save_in(db, wish, doer=REVIEWER, at=_later(db))
    asked = ["--db", str(own.path), "targets", "--json"]
    own.close()
    assert main(asked) == 0
    without = json.loads(capsys.readouterr().out)["targets"]
    assert main([*asked, "--scenario", "停办培训"]) == 0
    under = json.loads(capsys.readouterr().out)["targets"]
    changed = {
        (one["id"], key)
        for one, other in zip(without, under, strict=True)
        for key in one
        if one[key] != other[key]
    }
    assert ("training", "projected") in changed and {key for _, key in changed} <= {"projected", "status"}
    training = next(one for one in under if one["id"] == "training")
    assert training["projected"] == training["actual"]


def test_figures_are_reported_and_read_back_on_the_command_line(run: Callable[..., tuple[int, str]]) -> None:
    code, _ = run("targets", "report", "--target", "training", "--remark", "季报", "--by", "示例审核员")
    assert code == 0
    code, out = run("targets", "reported", "--json")
    one = json.loads(out)["reported"][0]  # the newest first
    assert (one["target"], one["remark"], one["changes"]) == ("training", "季报", [])
    assert isinstance(one["actual"], int) and one["now"] == one["actual"]  # numbers, as `targets` has them


def test_an_office_without_rows_has_no_data_anywhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(tmp_path / "empty.db")
    office.writer.close()
    assert main(["--db", str(tmp_path / "empty.db"), "targets", "--as-of", "2021-09-30", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["targets"]
    assert {(one["status"], one["actual"], one["projected"]) for one in found} == {("no_data", None, None)}
