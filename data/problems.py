"""What the store answers when a database cannot be used: each a refusal in words, with what to do next."""

from __future__ import annotations

from pathlib import Path

from data.words import Words


class StoreProblem(Exception):
    """The database cannot be used, or the work was refused; nothing was changed."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Words(zh, en)


class Busy(StoreProblem):
    """Somebody else is writing."""

    @classmethod
    def elsewhere(cls, file: Path) -> Busy:
        return cls(
            f"数据库 {file} 正被另一个程序使用（例如应用正在运行）。请先关闭它，再试一次。",
            f"The database {file} is in use by another process (perhaps the application is running)."
            " Close it and try again.",
        )

    @classmethod
    def by_another_program(cls, file: Path) -> Busy:
        return cls(
            f"数据库 {file} 被另一个程序锁住了（例如数据库浏览工具、同步或杀毒软件）。没有写入任何内容；请关闭那个程序，再试一次。",
            f"The database {file} is locked by another program (a database browser, perhaps, or software that syncs or"
            " scans files). Nothing was written; close it and try again.",
        )

    @classmethod
    def writing(cls) -> Busy:
        return cls(
            "系统正忙：另一项写入还没有完成。没有写入任何内容，请稍后再试。",
            "The system is busy: another change is still being written. Nothing was written; try again in a moment.",
        )

    @classmethod
    def closing(cls) -> Busy:
        return cls(
            "系统正在关闭。没有写入任何内容，请等它重新打开以后再试。",
            "The system is closing. Nothing was written; try again once it is open again.",
        )


class Missing(StoreProblem):
    """There is no database here."""

    @classmethod
    def folder(cls, folder: Path) -> Missing:
        return cls(
            f"文件夹 {folder} 不存在。请先建立它，或用 --db 指定别处。",
            f"The folder {folder} does not exist. Make it first, or name another place with --db.",
        )

    @classmethod
    def file(cls, file: Path) -> Missing:
        return cls(
            f"没有数据库 {file}。请先运行 python -m office init。",
            f"There is no database {file}. Run `python -m office init` first.",
        )

    @classmethod
    def content(cls, file: Path) -> Missing:
        return cls(
            f"数据库 {file} 是空的。请先运行 python -m office init。",
            f"The database {file} is empty. Run `python -m office init` first.",
        )


class Unreachable(StoreProblem):
    """The file or its folder refuses us."""

    @classmethod
    def to_write(cls, file: Path, error: BaseException) -> Unreachable:
        return cls(
            f"不能写入 {file}（{error}）。请检查该文件及其文件夹的权限。",
            f"{file} cannot be written ({error}). Check the permissions of the file and its folder.",
        )

    @classmethod
    def to_read(cls, file: Path, error: BaseException) -> Unreachable:
        return cls(
            f"不能读取 {file}（{error}）。请检查该文件及其文件夹的权限。",
            f"{file} cannot be read ({error}). Check the permissions of the file and its folder.",
        )


class NotADatabase(StoreProblem):
    """The file is something else."""

    @classmethod
    def at_all(cls, file: Path) -> NotADatabase:
        return cls(
            f"{file} 不是数据库文件，或已损坏。没有改动它。",
            f"{file} is not a database, or is damaged. It was left as it is.",
        )

    @classmethod
    def of_ours(cls, file: Path) -> NotADatabase:
        return cls(
            f"{file} 是别的软件的数据库。没有改动它。",
            f"{file} is the database of another program. It was left as it is.",
        )


class Outdated(StoreProblem):
    """The file and this version of the program do not fit."""

    @classmethod
    def file(cls, file: Path) -> Outdated:
        return cls(
            f"数据库 {file} 由较早的版本建立。请关闭应用，运行 python -m office init：它先备份，再升级。",
            f"The database {file} was made by an earlier version."
            " Stop the application and run `python -m office init`: it makes a backup first, then upgrades.",
        )


class Newer(Outdated):
    """The file is from a later version of the program."""

    @classmethod
    def than_this(cls, file: Path) -> Newer:
        return cls(
            f"数据库 {file} 由较新的版本写成，没有改动它。请用新版本打开；要退回这个版本，请恢复升级以前的备份（restore）。",
            f"The database {file} was written by a newer version and left as it is."
            " Open it with that version; to go back to this one, put the backup from before the upgrade in its place (`restore`).",
        )


class DiskFull(StoreProblem):
    """There is no room left."""

    @classmethod
    def while_writing(cls) -> DiskFull:
        return cls(
            "磁盘已满。没有写入任何内容；请腾出空间后重试。",
            "The disk is full. Nothing was written; free some space and try again.",
        )


class Refused(StoreProblem):
    """The work itself is not possible as asked."""
