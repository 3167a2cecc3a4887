"""Commands for whoever audits: audit-pack."""

from __future__ import annotations

import os
from argparse import Namespace
from hashlib import file_digest
from pathlib import Path

from data.store import reading
from office.audit_pack.building import Packed, build
from office.commands.parsing import Commands, make_folder
from office.commands.speaking import DONE, answer, tell
from office.refusal import refuse


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    parser = commands.command(
        "audit-pack",
        audit_pack,
        "审计包：全部登记、判定、处理、规则和记录链，连同不依赖本系统的检查程序（含户主姓名）",
        "everything recorded in one zip, with a checker that needs nothing but Python (holds names)",
    )
    parser.add_argument("file", type=Path, metavar="FILE.zip", help="写到哪个文件 / where to")


def audit_pack(args: Namespace) -> int:
    """`audit-pack`: write the zip, whole or not at all."""
    packed = _written(Path(args.db), args.file)
    with args.file.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    if args.json:
        rows = sum(packed.counts.values())
        told = {"entries": packed.seq, "head": packed.head, "rows": rows, "tables": packed.counts}
        answer({"file": str(args.file), "bytes": args.file.stat().st_size, "sha256": digest, **told})
    size = f"{args.file.stat().st_size:,}"
    decisions, acts = packed.counts["decisions"], packed.counts["acts"]
    tell(
        args,
        f"已写入 {args.file}（{size} 字节）：{decisions} 条判定，{acts} 次处理，链 {packed.seq} 条，链首 {packed.head}。\n"
        "含户主姓名，只交给依职责审计或者监督的人。核对：python verify.py（见包里的 说明.txt）",
        f"wrote {args.file} ({size} bytes): {decisions} decisions, {acts} acts, {packed.seq} entries, head {packed.head}.\n"
        "It holds names of heads of household: only for those whose duty it is to audit. To check: python verify.py",
    )
    return DONE


def _written(database: Path, file: Path) -> Packed:
    make_folder(file)
    part = file.with_name(f".{file.name}.part")
    try:
        with reading(database) as db, part.open("wb") as target:
            packed = build(db, target)
        os.replace(part, file)
        return packed
    except OSError as error:
        raise refuse(f"写不到 {file}：{error.strerror}", f"cannot write {file}: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)
