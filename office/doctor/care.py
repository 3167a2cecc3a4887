"""Whether the installation is cared for: backups, their second copy, trying one, verifying, and who administers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from data import settings
from data.people import active_people
from data.protection.backups import last_step
from data.protection.copying import digest_of
from data.rulekeeping.rechecks import rechecks
from data.store import Database
from data.words import Words
from office.backup.anchors import copies_of
from office.backup.standing import LATE, VERY_LATE, last_good
from office.backup.trying import faults_of_file
from office.days import HERE
from office.doctor.findings import Finding, State, Surroundings

VERIFY_EVERY, TRY_EVERY = timedelta(days=31), timedelta(days=92)
BACKUP, SECOND, TRIED, VERIFIED, ADMINISTRATORS = (
    Words("最近一次备份", "the last backup"),
    Words("第二份备份", "the second copy"),
    Words("试恢复", "trying a copy"),
    Words("全部复核", "checking everything again"),
    Words("管理员", "administrators"),
)
INVENTED = Words("演示数据，不必", "invented data: not needed")


def care_findings(around: Surroundings, db: Database) -> Iterator[Finding]:
    """In a demonstration nothing of this is missing."""
    invented = settings.is_demonstration(db)
    yield _backup(around, db, invented)
    yield _second(around, db, invented)
    yield _tried(around, db, invented)
    yield verified_finding(around, db, invented)
    yield _administrators(db)


def _backup(around: Surroundings, db: Database, invented: bool) -> Finding:
    means = Words("磁盘坏了，只剩备份里的。", "If the disk fails, what is in the backups is all there is.")
    todo = Words("在“备份与体检”里做一次，或运行 backup。", "Make one here, or run `backup`.")
    last, failed = last_good(db, around.path, not_after=around.at), last_step(db, "make", "fail")
    if last is None:
        if invented:
            return Finding("backup", BACKUP, "fine", INVENTED, means)
        none = Words("还没有任何备份", "there is none yet")
        return Finding("backup", BACKUP, "wrong", none, means, todo)
    age = around.at - last
    state: State = "fine" if invented or age <= LATE else "look" if age <= VERY_LATE else "wrong"
    found = Words(_on(last), _on(last))
    if failed is not None and failed.kind == "fail":
        state = "wrong"
        why = failed.note or Words("", "")
        found = Words(f"{_on(last)}；上一次没有做成：{why.zh}", f"{_on(last)}; the last try failed: {why.en}")
    if (bad := _altered(around, db)) is not None:
        return Finding("backup", BACKUP, "wrong", bad, means, todo)
    return Finding("backup", BACKUP, state, found, means, None if state == "fine" else todo)


def _altered(around: Surroundings, db: Database) -> Words | None:
    """A newest copy that no longer is what was written; cheap enough for the newest in each folder only."""
    install = settings.install_id(db)
    for folder in around.folders.present():
        for newest in copies_of(folder, install)[:1]:
            file = folder / newest.file
            try:
                faults = faults_of_file(file, digest_of(file))
            except OSError as error:
                return Words(
                    f"{file} 读不出来（{error.strerror}）", f"{file} cannot be read ({error.strerror})"
                )
            if faults:
                return Words(f"{file}：{faults[0].message.zh}", f"{file}: {faults[0].message.en}")
    return None


def _same_disk(one: Path, other: Path) -> bool:
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return False


def _second(around: Surroundings, db: Database, invented: bool) -> Finding:
    means = Words(
        "备份和数据库在同一个磁盘上，磁盘坏了就一起没有了。",
        "Copies on the disk of the database are lost with it.",
    )
    second = around.folders.second
    if second is None:
        return Finding(
            "second_copy",
            SECOND,
            "fine" if invented else "look",
            Words("没有设第二个文件夹", "no second folder is set"),
            means,
            None
            if invented
            else Words(
                "用 OFFICE_BACKUP_SECOND 指定另一个磁盘或移动硬盘上的文件夹。",
                "Name a folder on another disk with OFFICE_BACKUP_SECOND.",
            ),
        )
    last = last_step(db, "make")
    there = second.is_dir()
    if there and _same_disk(second, around.path):
        return Finding(
            "second_copy",
            SECOND,
            "look",
            Words(f"{second} 和数据库在同一个磁盘上", f"{second} is on the disk of the database"),
            means,
            Words(
                "把 OFFICE_BACKUP_SECOND 指到另一个磁盘或移动硬盘上。",
                "Let OFFICE_BACKUP_SECOND name a folder on another disk.",
            ),
        )
    if there and (last is None or (last.copies or 0) > 1):
        return Finding("second_copy", SECOND, "fine", Words(str(second), str(second)), means)
    found = (
        Words("最近一次备份没有复制过去", "the last backup did not get there")
        if there
        else Words(f"{second} 不在", f"{second} is not there")
    )
    todo = Words(
        "接上磁盘、检查权限，再做一次备份。", "Connect the drive, check its rights, and make a backup."
    )
    return Finding("second_copy", SECOND, "wrong", found, means, todo)


def _tried(around: Surroundings, db: Database, invented: bool) -> Finding:
    means = Words(
        "没有试过的备份，不知道能不能用。", "Whether a copy can be used is known only once it was tried."
    )
    todo = Words("在“备份与体检”里选一份，按“试恢复”。", "Choose a copy here and try it.")
    last = last_step(db, "try")
    if last is None:
        never = Words("还没有试过", "not yet")
        return Finding("restore_tried", TRIED, "fine" if invented else "look", never, means, todo)
    when = datetime.fromisoformat(last.recorded_at)
    if last.note is not None:
        bad = Words(f"{_on(when)}：{last.note.zh}", f"{_on(when)}: {last.note.en}")
        another = Words("做一次新的备份，再试那一份。", "Make a new backup and try that one.")
        return Finding("restore_tried", TRIED, "wrong", bad, means, another)
    late = around.at - when > TRY_EVERY and not invented
    state: State = "look" if late else "fine"
    return Finding("restore_tried", TRIED, state, Words(_on(when), _on(when)), means, todo if late else None)


def verified_finding(around: Surroundings, db: Database, invented: bool) -> Finding:
    """When everything was last checked again, and whether that held."""
    means = Words(
        "重算记录链，把存档的判定全部重新判定一遍。",
        "The chain is computed again and every recorded decision decided again.",
    )
    todo = Words(
        "请审计员或审核员在“审计 → 全部复核”里做并登记。",
        "Ask an auditor or reviewer to do and record it under Audit.",
    )
    found = rechecks(db)
    if not found:
        never = Words("还没有登记过", "none is recorded yet")
        return Finding("verified", VERIFIED, "fine" if invented else "look", never, means, todo)
    last = found[0]
    when = datetime.fromisoformat(last.recorded_at)
    if last.differences:
        words = Words(
            f"{_on(when)}：{last.differences} 处不符", f"{_on(when)}: {last.differences} differences"
        )
        return Finding("verified", VERIFIED, "wrong", words, means, todo)
    late = around.at - when > VERIFY_EVERY and not invented
    state: State = "look" if late else "fine"
    return Finding("verified", VERIFIED, state, Words(_on(when), _on(when)), means, todo if late else None)


def _administrators(db: Database) -> Finding:
    number = sum(person.role == "administrator" for person in active_people(db))
    means = Words(
        "管理员管账号和备份；只有一位，忘了密码就要在服务器上办。",
        "They keep accounts and backups; with only one, a forgotten password is mended on the machine itself.",
    )
    found = Words(f"{number} 位", f"{number}")
    if number > 1 or settings.is_demonstration(db):
        return Finding("administrators", ADMINISTRATORS, "fine", found, means)
    state: State = "look" if number else "wrong"
    todo = (
        Words("再设一位管理员。", "Have a second one.")
        if number
        else Words(
            "启动应用，按终端上的说明设第一位管理员。",
            "Start the application and make the first one as it says.",
        )
    )
    return Finding("administrators", ADMINISTRATORS, state, found, means, todo)


def _on(at: datetime) -> str:
    return f"{at.astimezone(HERE):%Y-%m-%d %H:%M}"
