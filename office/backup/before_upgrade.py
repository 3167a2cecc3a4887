"""Before an upgrade: a backup of the database as the earlier version left it."""

from __future__ import annotations

from pathlib import Path

from data.migrations import SCHEMA
from data.problems import Busy, Missing, StoreProblem
from data.protection.condition import in_use
from data.protection.copying import contents
from data.words import Words
from office.backup.making import Made, make
from office.refusal import Refused


def backup_before_upgrade(path: Path) -> Made | None:
    """The backup, where there is a database of an earlier version; None where there is nothing to upgrade.

    Raises StoreProblem where the database is in use or none of ours, Refused where no backup could be made: then it
    is not upgraded either.
    """
    try:
        held = contents(path)
    except Missing:
        return None
    if held.version >= SCHEMA:
        return None
    if in_use(path):
        raise Busy.elsewhere(path)
    try:
        return make(path, None, "before_upgrade")
    except StoreProblem as problem:
        raise Refused(
            Words(
                f"升级以前要先备份，没有做成，所以没有升级：{problem.words.zh}可以用 OFFICE_BACKUP 另指一个文件夹",
                f"Before an upgrade a backup is made; that failed, so nothing was upgraded: {problem.words.en}"
                " OFFICE_BACKUP may name another folder",
            )
        ) from problem
