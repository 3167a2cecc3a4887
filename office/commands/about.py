"""Commands that say what this is: version."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from typing import Any

from data.store import Missing, StoreProblem, reading
from office.about import Installation, installation, this_copy
from office.commands.parsing import Commands
from office.commands.speaking import DONE, answer, refusal, tell
from office.installed import Part, parts
from office.refusal import Refused


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    commands.command(
        "version",
        version,
        "版本、程序摘要、数据库编号和链首、所用程序库及其许可",
        "the version, the digest of the source, the database's number and chain head, the libraries with their licences",
    )


def version(args: Namespace) -> int:
    """`version`: of this copy, and of the database where there is one.

    A database that is not there is no fault; one that cannot be used by this version is told and is refused, after the rest.
    """
    there, problem = _database(args)
    if args.json:
        if problem is None:
            answer(
                {
                    **asdict(this_copy()),
                    "database": _as_json(there),
                    "parts": [asdict(part) for part in parts()],
                }
            )
    else:
        _tell_all(args, there)
    return refusal(args, Refused(problem.words)) if problem else DONE


def _database(args: Namespace) -> tuple[Installation | None, StoreProblem | None]:
    try:
        with reading(args.db) as db:
            return installation(db), None
    except Missing:
        return None, None
    except StoreProblem as problem:
        return None, problem


def _tell_all(args: Namespace, there: Installation | None) -> None:
    copy = this_copy()
    tell(
        args,
        f"版本 {copy.version}，数据库第 {copy.schema} 步",
        f"version {copy.version}, database step {copy.schema}",
    )
    tell(args, f"程序摘要 {copy.digest}", f"digest of the source {copy.digest}")
    if there:
        tell(args, f"安装编号 {there.number}", f"installation {there.number}")
        tell(
            args,
            f"链首 第 {there.head_seq} 条 {there.head_hash}",
            f"chain head {there.head_seq} {there.head_hash}",
        )
    for part in parts():
        _tell_part(args, part)


def _as_json(there: Installation | None) -> dict[str, Any] | None:
    if there is None:
        return None
    return {
        name: str(value) if name.endswith(("_at", "_day")) else value for name, value in asdict(there).items()
    }


def _tell_part(args: Namespace, part: Part) -> None:
    line = f"  {part.name} {part.installed}　{part.licence}"
    zh = "" if part.as_pinned else f"（应为 {part.pinned}）"
    en = "" if part.as_pinned else f" (should be {part.pinned})"
    tell(args, line + zh, line.replace("　", "  ") + en)
