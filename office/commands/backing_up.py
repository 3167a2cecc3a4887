"""Commands of copies: backup, restore."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from data.problems import Busy, Outdated, StoreProblem
from data.store import Writer, open_writer, reading
from data.words import Words
from office.backup.anchors import all_anchors
from office.backup.folders import folders_of
from office.backup.foreseeing import Foreseen, foresee, would_be_lost
from office.backup.making import SYSTEM, Made, make
from office.backup.restoring import Restored, restore
from office.backup.standing import Lying, lying, lying_there
from office.backup.trying import Tried, record_try, try_copy
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.commands.parsing import Commands
from office.commands.speaking import DONE, REFUSED, answer, say, tell
from office.refusal import refuse


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    parser = commands.command(
        "backup", back_up, "备份数据库并检查备份", "back up the database and check the copy"
    )
    parser.add_argument(
        "file", type=Path, nargs="?", help="写到这个文件 / to this file (default: the backup folder)"
    )
    parser.add_argument("--list", action="store_true", help="列出现有的备份 / list the copies that are kept")
    _by(parser)
    parser = commands.command("restore", put_back, "用备份恢复数据库", "put a backup back in place")
    parser.add_argument("file", type=Path, help="备份文件 / the copy")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--dry-run", action="store_true", help="只说明会怎样 / say what it would do")
    ways.add_argument("--try", action="store_true", dest="only_try", help="只试恢复 / try the copy elsewhere")
    ways.add_argument("--yes", action="store_true", help="丢失备份以后的记录也恢复 / lose later entries")
    _by(parser)


def _by(parser: ArgumentParser) -> None:
    parser.add_argument("--by", default="", help="经办人 / who does it")


def back_up(args: Namespace) -> int:
    """`backup`: a copy in the folders, or in one file; recorded unless the application has the database."""
    if args.list:
        return _listed(args)
    if args.file is not None and not args.file.resolve().parent.is_dir():
        raise refuse(f"没有文件夹 {args.file.parent}", f"there is no folder {args.file.parent}")
    path = Path(args.db)
    by = _named(args, path)
    writer = _writer(path)
    with writer or nullcontext():
        made = make(path, writer, "command", by, to=args.file)
    if args.json:
        answer(_made_document(args, made))
    where = Words(f"共 {made.copies} 份", f"{made.copies} copies" if made.copies > 1 else "1 copy")
    tell(
        args,
        f"已备份并检查：{made.file}（{made.bytes:,} 字节，第 {made.contents.head.seq} 条为止，{where.zh}）",
        f"backed up and checked: {made.file} ({made.bytes:,} bytes, up to entry {made.contents.head.seq},"
        f" {where.en})",
    )
    for note in made.notes:
        tell(args, f"注意：{note.zh}", f"Note: {note.en}")
    if writer is None:
        tell(
            args,
            "应用正在运行，或者数据库还没有升级：这次备份没有登记在记录链里，只记在 anchors.txt。",
            "The application is running, or the database is not upgraded yet: this backup is noted in anchors.txt and not"
            " recorded in the chain.",
        )
    for name in made.forgotten:
        tell(args, f"按保留规则删除了 {name}", f"let go by the rule: {name}")
    return DONE


def put_back(args: Namespace) -> int:
    """`restore`: a copy in place of the database, after a check; what is there now is moved aside."""
    path = Path(args.db)
    if args.only_try:
        return _tried(args, path)
    if args.dry_run:
        foreseen = foresee(args.file, path)
        words = Words(*would_be_lost(foreseen)) if foreseen.loses else NOTHING_LOST
        if args.json:
            answer({**_foreseen_document(foreseen), "words": say(args, words)})
        tell(args, words.zh, words.en)
        return DONE
    restored = restore(args.file, path, sure=args.yes, by=_named(args, args.file) if args.by else SYSTEM)
    if args.json:
        answer(_restored_document(args, restored))
    tell(
        args,
        f"已恢复为 {args.file.name}，记为第 {restored.seq} 条。",
        f"{args.file.name} is in place; this is entry {restored.seq}.",
    )
    if restored.aside is not None:
        tell(
            args,
            f"原来的数据库移到了 {restored.aside}，没有删除。",
            f"The former database was moved to {restored.aside} and not deleted.",
        )
    tell(
        args,
        "账号、密码和岗位也是备份当时的：请核对“人员与账号”。所有登录都已退出。",
        "Accounts, passwords and roles are those of the copy, too: look through them. Everybody is signed out.",
    )
    if restored.older:
        tell(
            args,
            "备份由较早的版本建立：请再运行 init 升级，或装回那个版本。",
            "An earlier version made the copy: run `init` to upgrade it, or install that version again.",
        )
    for note in restored.notes:
        tell(args, f"注意：{note.zh}", f"Note: {note.en}")
    return DONE


NOTHING_LOST = Words("可以恢复：没有记录会丢失。", "It can be restored: nothing recorded would be lost.")


def _tried(args: Namespace, path: Path) -> int:
    by = _named(args, path)
    tried = try_copy(args.file, anchors=all_anchors(folders_of(path)))
    writer = _writer(path)
    if writer is not None:
        with writer:
            record_try(writer, tried, "command", by)
    if args.json:
        answer(_tried_document(args, tried))
    found = tried.found
    for fault in tried.faults:
        tell(args, f"{fault.place}：{fault.message.zh}", f"{fault.place}: {fault.message.en}")
    if not tried.ok or found is None:
        tell(args, "这份备份不能用。", "This copy cannot be used.")
        return REFUSED
    tell(
        args,
        f"这份备份可以恢复：{found.entries} 条记录相符，重新判定 {found.rechecked} 条判定，结果相同。",
        f"This copy can be restored: {found.entries} entries hold, {found.rechecked} decisions were decided again,"
        " all the same.",
    )
    return DONE


def _lying(args: Namespace) -> list[Lying]:
    """The copies; where the database cannot be opened (going back to an earlier version), those of any installation."""
    path = Path(args.db)
    try:
        with reading(path) as db:
            return lying(db, path)
    except StoreProblem as problem:
        found = lying_there(path)
        if not found:
            raise
        tell(
            args,
            f"{problem.words.zh}备份文件夹里有：",
            f"{problem.words.en} In the backup folders there are:",
        )
        return found


CAUSES = {
    "daily": Words("每天的", "daily"),
    "asked": Words("手工", "by hand"),
    "before_upgrade": Words("升级以前", "before an upgrade"),
    "command": Words("命令行", "by command"),
}
BOTH, FIRST, SECOND = (
    Words("两个文件夹", "both folders"),
    Words("第一个文件夹", "the first folder"),
    Words("第二个文件夹", "the second folder"),
)


def _listed(args: Namespace) -> int:
    found = _lying(args)
    if args.json:
        answer({"copies": [_line(one.anchor.file, one) for one in found]})
        return DONE
    for one in found:
        cause = CAUSES.get(one.anchor.cause, Words(one.anchor.cause, one.anchor.cause))
        where = BOTH if one.first and one.second else FIRST if one.first else SECOND
        print(f"{one.anchor.file}  {one.bytes / 1e6:.1f} MB  {say(args, cause)}  {say(args, where)}")
    tell(args, f"共 {len(found)} 份", f"{len(found)} copies")
    return DONE


def _line(file: str, one: Any) -> dict[str, Any]:
    return {
        "file": file,
        "at": one.anchor.at,
        "cause": one.anchor.cause,
        "bytes": one.bytes,
        "head_seq": one.anchor.seq,
        "first_folder": one.first,
        "second_folder": one.second,
        "tried_at": one.tried.recorded_at if one.tried else None,
    }


def _writer(path: Path) -> Writer | None:
    """The database's writer; None while the application has it, and for one that is to be upgraded first."""
    try:
        return open_writer(path)
    except (Busy, Outdated):
        return None


def _named(args: Namespace, path: Path) -> str:
    """Under whose name it is recorded: somebody who may, or nobody in particular, who has the machine."""
    if not args.by:
        return SYSTEM
    try:
        with reading(path) as db:
            return allowed(db, Doer(args.by), "back_up")
    except StoreProblem:
        return SYSTEM


def _made_document(args: Namespace, made: Made) -> dict[str, Any]:
    head = made.contents.head
    return {
        "file": str(made.file),
        "bytes": made.bytes,
        "sha256": made.sha256,
        "entries": head.seq,
        "head": head.hash,
        "copies": made.copies,
        "recorded": made.recorded,
        "forgotten": list(made.forgotten),
        "notes": [say(args, note) for note in made.notes],
    }


def _foreseen_document(foreseen: Foreseen) -> dict[str, Any]:
    lost = foreseen.lost
    return {
        "entries": foreseen.copy.head.seq,
        "own": foreseen.own,
        "readable": foreseen.unreadable is None,
        "lost": {"first": lost.first, "last": lost.last, "actions": dict(lost.actions)} if lost else None,
    }


def _restored_document(args: Namespace, restored: Restored) -> dict[str, Any]:
    return {
        **_foreseen_document(restored.foreseen),
        "file": str(restored.file),
        "aside": str(restored.aside) if restored.aside else None,
        "seq": restored.seq,
        "head": restored.hash,
        "upgrade": restored.older,
        "notes": [say(args, note) for note in restored.notes],
    }


def _tried_document(args: Namespace, tried: Tried) -> dict[str, Any]:
    found = tried.found
    return {
        "ok": tried.ok,
        "file": str(tried.file),
        "sha256": tried.sha256,
        "entries": tried.contents.head.seq if tried.contents else None,
        "rechecked": found.rechecked if found else 0,
        "differences": [{"place": f.place, "message": say(args, f.message)} for f in tried.faults],
    }
