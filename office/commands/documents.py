"""Commands of papers: documents list, print, slip, templates, check-templates, letterhead."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from data import settings
from data.canonical import sha256_of
from data.casework.documents import all_documents, documents_about
from data.store import open_writer, reading
from office.casework.asked import Doer
from office.commands.parsing import Commands, make_folder, write_bytes
from office.commands.speaking import DONE, REFUSED, answer, say, tell
from office.days import day_from, known_at_from, now
from office.gathering import known_now
from office.paperwork.letterhead import LINES, change_letterhead, letterhead
from office.paperwork.papers_of_goods_and_money import kind_words
from office.paperwork.printing import FileKind, print_document, print_slip
from office.paperwork.templates_of_papers import check_templates, shipped_templates
from office.refusal import refuse


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    top = commands.command("documents", list_them, "文书", "papers")
    ways = Commands(top.add_subparsers(required=True, metavar="WHAT"))
    listed = ways.command("list", list_them, "已编号的文书", "the numbered papers")
    listed.add_argument("--subject", help="只看一户一品，户编号/产品编码 / of one good only, H0001/P01")
    printed = ways.command("print", print_one, "打印一份文书", "print a numbered paper")
    printed.add_argument("number", help="文书编号 / the paper's number")
    slip = ways.command("slip", print_one_slip, "打印资格判定单", "print a decision slip of any day")
    slip.add_argument("subject", help="户编号/产品编码, H0001/P01")
    for parser in (printed, slip):
        parser.add_argument("file", type=Path, help="存为 .docx 或 .xlsx / where to, .docx or .xlsx")
        parser.add_argument("--masked", action="store_true", help="户主姓名打星 / mask the heads' names")
    slip.add_argument("--benefit", default="packaging", help="帮扶事项 / the benefit")
    slip.add_argument("--as-of", help="判定日 D / the day, 2021-09-30")
    slip.add_argument("--known-at", help="截至何时所知 K / the instant of knowledge")
    copies = ways.command("templates", copy_templates, "写出可编辑的模板", "write the templates to edit")
    copies.add_argument("folder", type=Path, help="文件夹 / the folder")
    ways.command("check-templates", check, "检查所用的模板", "try every template in force")
    lines = ways.command("letterhead", head, "落款、电话和地址", "who writes, and where to find them")
    for name, words in LINES.items():
        lines.add_argument(f"--{name}", help=f"{words.zh} / {words.en}")
    lines.add_argument("--by", default="", help="经办人 / who changes it")


def list_them(args: Namespace) -> int:
    """`documents list`: number, kind, what it is about, when, by whom."""
    with reading(args.db) as db:
        found = documents_about(db, args.subject) if args.subject else all_documents(db)
    if args.json:
        answer({"documents": [{**asdict(one), "title": say(args, kind_words(one.kind))} for one in found]})
        return DONE
    for one in found:
        title = say(args, kind_words(one.kind))
        print(f"{one.number}  {title}  {one.subject or one.about}  {one.done_on}  {one.recorded_by}")
    tell(args, f"共 {len(found)} 份", f"{len(found)} papers")
    return DONE


def print_one(args: Namespace) -> int:
    """`documents print`: a numbered paper, the same bytes every time."""
    with reading(args.db) as db:
        _, content = print_document(db, args.number, _kind(args.file), heads=not args.masked)
    return _written(args, content)


def print_one_slip(args: Namespace) -> int:
    """`documents slip`: the decision slip of a good for any day, without a number."""
    if _kind(args.file) != "docx":
        raise refuse("资格判定单只能存为 .docx", "a decision slip is written as .docx only")
    with reading(args.db) as db:
        day = day_from(args.as_of) if args.as_of else settings.working_day(db, now())
        known_at = known_at_from(args.known_at) if args.known_at else known_now(db)
        _, content = print_slip(db, args.subject, day, known_at, args.benefit, heads=not args.masked)
    return _written(args, content)


def copy_templates(args: Namespace) -> int:
    """`documents templates`: copies to edit; a file that is there already is left as it is."""
    written, kept = [], []
    for name, content in shipped_templates().items():
        file = args.folder / name
        if file.exists():
            kept.append(name)
            continue
        make_folder(file)
        write_bytes(file, content)
        written.append(name)
    if args.json:
        answer({"folder": str(args.folder), "written": written, "kept": kept})
    zh, en = f"写出 {len(written)} 个模板", f"{len(written)} templates written"
    if kept:
        zh, en = f"{zh}，已有的 {len(kept)} 个没有动", f"{en}, {len(kept)} that were there left alone"
    tell(args, zh, en)
    tell(
        args,
        "改好后放在数据库旁的 templates 文件夹里，再运行 documents check-templates。",
        "Edited, they belong in the folder templates beside the database; then run documents check-templates.",
    )
    return DONE


def check(args: Namespace) -> int:
    """`documents check-templates`: exit 1 where one cannot be filled in."""
    with reading(args.db) as db:
        found = check_templates(db)
    if args.json:
        answer(
            {
                "templates": [
                    {"kind": one.kind, "own": one.own, "fault": say(args, one.fault) if one.fault else None}
                    for one in found
                ]
            }
        )
    else:
        for one in found:
            whose = ("办公室的", "the office's own") if one.own else ("自带的", "as shipped")
            state = say(args, one.fault) if one.fault else "✓"
            tell(args, f"{one.kind}.docx（{whose[0]}）{state}", f"{one.kind}.docx ({whose[1]}) {state}")
    return REFUSED if any(one.fault for one in found) else DONE


def head(args: Namespace) -> int:
    """`documents letterhead`: what stands on new papers; with values, changed (needs --by)."""
    given = {name: getattr(args, name) for name in LINES if getattr(args, name) is not None}
    if given:
        with open_writer(args.db) as writer:
            change_letterhead(writer, given, doer=Doer(args.by))
    with reading(args.db) as db:
        lines = asdict(letterhead(db))
    if args.json:
        answer(lines)
    else:
        for name, value in lines.items():
            print(f"{say(args, LINES[name])}：{value}")
    return DONE


def _kind(file: Path) -> FileKind:
    match file.suffix.lower():
        case ".docx":
            return "docx"
        case ".xlsx":
            return "xlsx"
    raise refuse(
        f"不知道怎样写 {file.name}；请用 .docx 或 .xlsx 结尾",
        f"{file.name}: end the name in .docx or .xlsx",
    )


def _written(args: Namespace, content: bytes) -> int:
    make_folder(args.file)
    write_bytes(args.file, content)
    if args.json:
        answer({"file": str(args.file), "bytes": len(content), "sha256": sha256_of(content)})
    tell(args, f"已写出 {args.file}", f"{args.file} written")
    return DONE
