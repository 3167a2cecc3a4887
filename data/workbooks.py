"""Reading, for workbooks: what is looked at before parsing, and the child process that parses."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from data.faults import LeftOut, Unreadable
from data.raw import Raw, Sheet
from data.words import Words
from data.workbook_child import DAMAGED, ENCRYPTED

MOST_MEMBERS, MOST_UNPACKED, MOST_RATIO = 2_000, 200 * 1024 * 1024, 100
SECONDS = 120
ACTIVE = {
    "vbaproject": Words("宏", "macros"),
    "externallinks/": Words("指向其他文件的链接", "links to other files"),
    "embeddings/": Words("嵌入的对象", "embedded objects"),
    "activex/": Words("嵌入的控件", "embedded controls"),
}
HIDDEN_SHEET = Words("隐藏的工作表，未读取。", "A hidden sheet; it was not read.")
TOO_SLOW = Words(
    "工作簿在规定时间内没有读完。请另存为新的 .xlsx，或分成几个文件导入。",
    "The workbook took too long to read. Save it as a new .xlsx, or split it into several files.",
)
BOMB = Words(
    "工作簿解压后过大，未读取。请分成几个文件导入。",
    "The workbook is far too large once unpacked; it was not read. Split it into several files.",
)
NO_WORKBOOK = Words(
    "这个压缩文件不是 Excel 工作簿。请提供 .xlsx、.xls 或 .csv 文件。",
    "This zip file is no Excel workbook. Send an .xlsx, .xls or .csv file.",
)
OTHER_WORKBOOK = Words(
    "这是其他格式的文档（如 .ods、.xlsb、.docx）。请在 Excel 中另存为 .xlsx 后再导入。",
    "This is a document of another kind (such as .ods, .xlsb, .docx). Save it from Excel as .xlsx.",
)


def read_xlsx(content: bytes) -> Raw:
    """The sheets of an `.xlsx`; raises `Unreadable`, before parsing where the package itself is unfit."""
    _look_into(content)
    return _in_child("xlsx", content)


def read_xls(content: bytes) -> Raw:
    """The sheets of an old `.xls`; raises `Unreadable`."""
    return _in_child("xls", content)


def _look_into(content: bytes) -> None:
    """Sizes as the package states them are a true bound: unpacking stops at the stated size."""
    try:
        members = zipfile.ZipFile(BytesIO(content)).infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Unreadable(DAMAGED) from None
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, 1):
        raise Unreadable(BOMB)
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(ENCRYPTED)
    names = [member.filename.replace("\\", "/").lower() for member in members]
    if "xl/workbook.xml" not in names:
        other = {"mimetype", "xl/workbook.bin", "word/document.xml", "ppt/presentation.xml"} & set(names)
        raise Unreadable(OTHER_WORKBOOK if other else NO_WORKBOOK)
    _refuse_active(names)


def _refuse_active(names: list[str]) -> None:
    for part, words in ACTIVE.items():
        if any(part in name for name in names):
            raise Unreadable(holds(words))


def holds(active: Words) -> Words:
    """What is said of a workbook with something active in it."""
    return Words(
        f"工作簿里有{active.zh}，不予读取。请把数据复制到空白模板，另存为 .xlsx 后再导入。",
        f"The workbook holds {active.en} and is not read. Copy the rows into an empty template.",
    )


def _in_child(kind: str, content: bytes) -> Raw:
    """Parse in a child process under limits; whatever it dies of, the file is refused in words."""
    root = Path(__file__).resolve().parent.parent
    settings = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(root)}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "data.workbook_child", kind],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            cwd=root,
            env=settings,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(TOO_SLOW) from None
    if done.returncode or not done.stdout:
        raise Unreadable(DAMAGED)
    verdict, found = marshal.loads(done.stdout)  # nosec B302 # what our own child has written
    if verdict == "refused":
        raise Unreadable(Words(*found))
    return _raw(found)


def _raw(found: list[dict[str, Any]]) -> Raw:
    shown = [sheet for sheet in found if sheet["shown"]]
    hidden = tuple(LeftOut(sheet["name"], None, HIDDEN_SHEET) for sheet in found if not sheet["shown"])
    sheets = tuple(
        Sheet(one["name"], one["numbers"], one["rows"], one["merged"], frozenset(one["hidden"]))
        for one in shown
    )
    return Raw(sheets, hidden)
