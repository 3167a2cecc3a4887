"""Commands on registers: init, import, template, export."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from data.exports import export_csv, export_xlsx
from data.register import register
from data.store import open_writer, reading
from data.templates import template
from data.versions import as_known
from office.commands.parsing import Commands, existing_bytes, make_folder, write_bytes
from office.commands.speaking import DONE, REFUSED, answer, say, tell
from office.importing import Report, carry_out, prepare, report_document, source_of
from office.refusal import refuse
from office.starting import HOUSEHOLDS, SEED, start, start_demonstration
from office.then_and_now.past import made_otherwise


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    init = commands.command("init", initialise, "新建或升级数据库", "create or migrate the database")
    init.add_argument("--demo", action="store_true", help="填入演示数据 / fill it with invented data")
    init.add_argument("--households", type=int, help=f"演示户数 / households (default {HOUSEHOLDS})")
    init.add_argument("--seed", type=int, help=f"随机种子 / seed (default {SEED})")
    bring = commands.command("import", bring_in, "导入登记簿文件", "import a file into a register")
    bring.add_argument("register")
    bring.add_argument("file", type=Path)
    bring.add_argument("--dry-run", action="store_true", help="只检查，不写入 / check only")
    bring.add_argument("--by", help="经办人 / who imports")
    bring.add_argument("--update", action="store_true", help="作为更正 / as corrections (needs --reason)")
    bring.add_argument("--reason", help="更正理由 / why it is corrected")
    empty = commands.command("template", make_template, "导出空白模板", "write an empty form")
    empty.add_argument("register")
    empty.add_argument("file", type=Path)
    out = commands.command("export", take_out, "导出登记簿", "write a register as it stands")
    out.add_argument("register")
    out.add_argument("file", type=Path)


def initialise(args: Namespace) -> int:
    """`init`: the database, with `--demo` a demonstration county in it."""
    if not args.demo and (args.households is not None or args.seed is not None):
        raise refuse("--households 和 --seed 只与 --demo 同用", "--households and --seed go with --demo")
    make_folder(args.db)
    if args.demo:
        started = start_demonstration(
            args.db,
            HOUSEHOLDS if args.households is None else args.households,
            SEED if args.seed is None else args.seed,
        )
    else:
        started = start(args.db)
    if args.json:
        kept = {"backup": str(started.kept.file)} if started.kept else {}
        answer({"demonstration": started.demonstration, "rows": started.rows, **kept})
    if started.kept is not None:
        tell(
            args,
            f"升级以前的数据库已备份到 {started.kept.file}",
            f"The database as it was before the upgrade was backed up to {started.kept.file}",
        )
    kind = ("演示数据库", "demonstration database") if started.demonstration else ("数据库", "database")
    rows = "，".join(f"{register(name).title.zh} {count} 行" for name, count in started.rows.items())
    rows_en = ", ".join(f"{count} {register(name).title.en.lower()}" for name, count in started.rows.items())
    tell(args, f"{kind[0]}已就绪。{rows}", f"The {kind[1]} is ready. {rows_en}")
    return DONE


def bring_in(args: Namespace) -> int:
    """`import`: all of the file or nothing, with every fault at its place."""
    into = register(args.register)
    if args.update != bool((args.reason or "").strip()):
        raise refuse(
            "更正须同时写 --update 和 --reason 理由", "a correction needs both --update and --reason TEXT"
        )
    content = existing_bytes(args.file)
    past: int | None = 0
    if args.dry_run:
        with reading(args.db) as db:
            report = prepare(db, into, args.file.name, content, update=args.update)
    else:
        with open_writer(args.db) as writer:
            with reading(args.db) as db:
                report = prepare(db, into, args.file.name, content, update=args.update)
            if report.good:
                carry_out(writer, report, by=args.by, reason=args.reason, source=source_of(content))
            if report.good and report.accepted:
                with reading(args.db) as db:
                    past = made_otherwise(db, into.name)
    if args.json:
        answer(report_document(report, past))
    _tell_report(args, report)
    if past:
        tell(
            args,
            f"以前存档的判定中有 {past} 条按现在所知会不同；存档的没有改动，请在“审计”里看。",
            f"{past} recorded decisions would be otherwise with what is known now; they stay as they are. See Audit.",
        )
    return DONE if report.good else REFUSED


def _tell_report(args: Namespace, report: Report) -> None:
    for left in report.left_out:
        row = f" {left.row}" if left.row else ""
        tell(
            args,
            f"未读取 {left.sheet}{row}：{left.message.zh}",
            f"left out {left.sheet}{row}: {left.message.en}",
        )
    if report.ignored_columns:
        names = "、".join(report.ignored_columns)
        tell(args, f"不保存的列：{names}", f"columns that are not kept: {names}")
    for fault in report.faults:
        place = " ".join(str(p) for p in (fault.sheet, fault.row or "", fault.column, fault.value) if p)
        print(f"{place}: {say(args, fault.message)}", file=sys.stderr)
    if report.faults:
        tell(
            args,
            f"{len(report.faults)} 处问题，没有写入任何内容。",
            f"{len(report.faults)} faults; nothing was written.",
        )
    else:
        done = ("检查通过，未写入", "checked, not written") if args.dry_run else ("已导入", "imported")
        tell(
            args,
            f"{done[0]}：{report.rows} 行，新增或更正 {report.accepted}，未变 {report.unchanged}。",
            f"{done[1]}: {report.rows} rows, {report.accepted} new or corrected, {report.unchanged} unchanged.",
        )


def make_template(args: Namespace) -> int:
    """`template`: an empty Excel form of a register."""
    if args.file.suffix.lower() != ".xlsx":
        raise refuse("模板文件名须以 .xlsx 结尾", "the form's name must end in .xlsx")
    write_bytes(args.file, template(register(args.register)))
    return _written(args)


def take_out(args: Namespace) -> int:
    """`export`: a register as it stands, as .csv (UTF-8 with BOM) or .xlsx by the file's name."""
    what = register(args.register)
    kinds = {".csv": export_csv, ".xlsx": export_xlsx}
    if args.file.suffix.lower() not in kinds:
        raise refuse("导出文件名须以 .csv 或 .xlsx 结尾", "the file's name must end in .csv or .xlsx")
    with reading(args.db) as db:
        content = kinds[args.file.suffix.lower()](what, list(as_known(db, what)))
    write_bytes(args.file, content)
    return _written(args)


def _written(args: Namespace) -> int:
    if args.json:
        answer({"register": args.register, "file": args.file.name})
    tell(args, f"已写入 {args.file}", f"wrote {args.file}")
    return DONE
