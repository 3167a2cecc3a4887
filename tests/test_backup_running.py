"""The running application's backups: every day by itself, by button, told where they fail; killed, nothing half is left."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data.chain import head
from data.integrity import check
from data.protection.backups import backup_steps, last_step
from data.protection.copying import faults_of_copy
from data.store import reading
from office import running
from office.backup import daily, job
from office.backup.daily import Daily, look
from office.backup.folders import folders_of
from office.backup.hour import backup_hour, change_backup_hour
from office.backup.making import make
from office.backup.standing import file_of, lying, warnings
from office.casework.asked import Doer
from office.refusal import Refused
from tests.backing_up import NOON, folders_beside_the_database, made_at, office, rows

__all__ = ["folders_beside_the_database", "office"]

RunOn = Callable[[Path], None]
ADMINISTRATOR = Doer("demo-administrator", "administrator")


class Clock:
    """Stands until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The office's clock as far as backups ask it."""
    stopped = Clock(NOON + timedelta(days=1))
    for module in ("daily", "making"):
        monkeypatch.setattr(f"office.backup.{module}.now", stopped)
    return stopped


def made(path: Path) -> int:
    return len(list(folders_of(path).first.glob("office-*.db")))


def kinds(path: Path) -> list[str]:
    with reading(path) as db:
        return [one.kind for one in reversed(backup_steps(db))]


def test_the_thread_makes_one_soon_after_the_start_and_no_second(
    office_db: Path, run_on: RunOn, clock: Clock
) -> None:
    run_on(office_db)
    thread = Daily(soon=0.01, every=0.01)
    thread.start()
    until = time.monotonic() + 30
    while not made(office_db) and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.3)
    thread.stop()
    assert made(office_db) == 1 and kinds(office_db) == ["make"]
    assert rows(office_db, "SELECT recorded_by, cause FROM backups") == [("system", "daily")]


def test_the_next_day_at_its_hour_there_is_another(office_db: Path, run_on: RunOn, clock: Clock) -> None:
    run_on(office_db)
    look()
    clock.at += timedelta(hours=6, minutes=59)  # 18:59 the same day
    look()
    assert made(office_db) == 1
    clock.at += timedelta(minutes=1)
    look()
    assert kinds(office_db) == ["make", "make", "forget"]  # the day's newest stays


def test_a_demonstration_has_none_by_itself(people_db: Path, run_on: RunOn, clock: Clock) -> None:
    run_on(people_db)
    look()
    assert made(people_db) == 0


def test_what_failed_is_recorded_told_and_tried_again_after_an_hour(
    office_db: Path, run_on: RunOn, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = office_db.parent / "blocked"
    blocked.write_text("no folder")
    monkeypatch.setenv("OFFICE_BACKUP", str(blocked / "backups"))
    run_on(office_db)
    look()
    hour = time.monotonic() + daily.AGAIN
    monkeypatch.setattr(daily, "monotonic", lambda: hour - 60)
    look()
    assert kinds(office_db) == ["fail"]
    with running.reader() as db:
        told = [words.zh for words in warnings(db, office_db, clock.at)]
    assert told[0] == "还没有任何备份" and "没有做成" in told[1] and "OFFICE_BACKUP" in told[1]
    monkeypatch.setattr(daily, "monotonic", lambda: hour + 60)
    monkeypatch.delenv("OFFICE_BACKUP")
    look()
    assert kinds(office_db) == ["fail", "make"]
    with running.reader() as db:
        assert warnings(db, office_db, clock.at) == []


def test_a_clock_put_back_neither_stops_backups_nor_breaks_the_chain(
    office_db: Path, run_on: RunOn, clock: Clock
) -> None:
    run_on(office_db)
    look()
    clock.at -= timedelta(days=40)  # the copy that lies there is dated in the future now
    look()
    assert made(office_db) == 2
    with running.reader() as db:
        assert check(db) == []


def test_an_error_nobody_foresaw_does_not_end_the_thread(
    office_db: Path, run_on: RunOn, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_on(office_db)

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as while_broken:
        while_broken.setattr(daily, "make", broken)
        look()
    daily._NOT_BEFORE.clear()
    look()
    assert made(office_db) == 1


@pytest.mark.parametrize(
    ("age", "late"), [(timedelta(hours=26), False), (timedelta(hours=26, seconds=1), True)]
)
def test_a_backup_is_late_after_twenty_six_hours(office_db: Path, age: timedelta, late: bool) -> None:
    made_at(office_db, NOON)
    with reading(office_db) as db:
        assert bool(warnings(db, office_db, NOON + age)) == late


def test_a_second_folder_that_is_gone_is_told(
    office_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "drive").mkdir()
    monkeypatch.setenv("OFFICE_BACKUP_SECOND", str(tmp_path / "drive"))
    made_at(office_db, NOON)
    with reading(office_db) as db:
        assert warnings(db, office_db, NOON) == []
        (one,) = lying(db, office_db)
        assert one.first and one.second
        monkeypatch.setenv("OFFICE_BACKUP_SECOND", str(tmp_path / "elsewhere"))
        assert "is not there" in warnings(db, office_db, NOON)[0].en


def test_by_button_a_copy_is_made_and_tried_and_both_are_recorded(people_db: Path, run_on: RunOn) -> None:
    run_on(people_db)
    making = job.begin_making(ADMINISTRATOR)
    making.wait(60)
    assert making.made is not None and making.made.cause == "asked"
    trying = job.begin_trying(ADMINISTRATOR, making.made.file.name)
    trying.wait(120)
    assert trying.tried is not None and trying.tried.ok, trying.refused
    with running.reader() as db:
        step = last_step(db, "try")
        assert step is not None and step.note is None and step.recorded_by == "示例管理员"
        assert lying(db, people_db)[0].tried == step
        assert check(db) == []


def test_a_spoiled_copy_is_found_by_trying_and_that_is_recorded(people_db: Path, run_on: RunOn) -> None:
    (one,) = made_at(people_db, NOON)
    content = bytearray(one.file.read_bytes())
    content[len(content) // 2] ^= 255
    one.file.write_bytes(content)
    run_on(people_db)
    trying = job.begin_trying(ADMINISTRATOR, one.file.name)
    trying.wait(120)
    assert trying.tried is not None and not trying.tried.ok
    with running.reader() as db:
        step = last_step(db, "try")
    assert step is not None and step.note is not None and "digest" in step.note.en


@pytest.mark.parametrize("role", ["clerk", "reviewer", "auditor"])
def test_only_an_administrator_makes_or_tries_copies(people_db: Path, run_on: RunOn, role: str) -> None:
    (one,) = made_at(people_db, NOON)
    run_on(people_db)
    for doer in (Doer(f"demo-{role}", role), Doer(f"demo-{role}", "administrator")):
        with pytest.raises(Refused):
            job.begin_making(doer)
        with pytest.raises(Refused):
            job.begin_trying(doer, one.file.name)
        with pytest.raises(Refused):
            change_backup_hour(running.writer(), 5, doer=doer)
    assert made(people_db) == 1


@pytest.mark.parametrize(
    "name", ["../people.db", "people.db", "/etc/passwd", "", "anchors.txt", "office-x.db"]
)
def test_only_a_copy_of_this_office_can_be_named(people_db: Path, run_on: RunOn, name: str) -> None:
    made_at(people_db, NOON)
    run_on(people_db)
    with running.reader() as db:
        assert file_of(people_db, name, db) is None
    with pytest.raises(Refused, match="no such copy"):
        job.begin_trying(ADMINISTRATOR, name)


@pytest.mark.parametrize(("hour", "good"), [(0, True), (23, True), (24, False), (-1, False)])
def test_the_hour_lies_within_a_day(people_db: Path, run_on: RunOn, hour: int, good: bool) -> None:
    run_on(people_db)
    if good:
        change_backup_hour(running.writer(), hour, doer=ADMINISTRATOR)
    else:
        with pytest.raises(Refused):
            change_backup_hour(running.writer(), hour, doer=ADMINISTRATOR)
    with running.reader() as db:
        assert backup_hour(db) == (hour if good else 19)


KILLED = (
    "import sys; from pathlib import Path; from office.backup.making import make\n"
    "while True: make(Path(sys.argv[1]), None, 'asked')\n"
)


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is another system's")
def test_killed_at_any_moment_no_half_copy_bears_a_name(office: Path) -> None:
    draw = random.Random(7)
    for _ in range(6):
        process = subprocess.Popen([sys.executable, "-c", KILLED, str(office)])
        until = time.monotonic() + 60
        before = made(office)
        while made(office) == before and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(draw.random() * 0.3)
        process.kill()
        process.wait()
    folder = folders_of(office).first
    assert made(office) >= 6
    for file in folder.glob("office-*.db"):
        assert faults_of_copy(file) == []
        assert file.with_name(file.name + ".sha256").exists()
    with reading(office) as db:
        now = head(db)
    again = make(office, None, "asked")
    assert again.contents.head == now
    assert not list(folder.glob("*.part*"))
