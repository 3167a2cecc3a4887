"""A file comes in: recognised by its content, read as text cells, or refused in words.

The name only says what was expected: a text file that calls itself `.xls` is told so.
"""

from __future__ import annotations

from pathlib import PurePath

from data.csv_text import read_csv
from data.faults import Unreadable
from data.raw import MOST_BYTES, Raw
from data.words import Words
from data.workbook_child import ENCRYPTED
from data.workbooks import ACTIVE, holds, read_xls, read_xlsx

OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
OLD_XLS = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x10\x00",
    b"\x09\x08\x08\x00",
)
NO_TABLE = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
    b"PK",
)
# What an OLE container calls its parts: a project of macros, an embedded object, a control.
ACTIVE_PARTS = {"_VBA_PROJECT": "vbaproject", "\x01Ole10Native": "embeddings/", "\x03OCXNAME": "activex/"}
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
WORKBOOK_NAMES = {".xls", ".xlsx"}
REFUSED_NAMES = {".xlsm", ".xltm", ".xlsb", ".ods", ".et"}

EMPTY = Words("文件是空的。", "The file is empty.")
TOO_LARGE = Words(
    "文件超过 50 MB，未读取。请分成几个文件导入。", "The file is larger than 50 MB; it was not read."
)
MACROS = Words(
    "不接受 .xlsm、.xlsb、.ods 等格式。请在 Excel 中另存为 .xlsx 后再导入。",
    "Files such as .xlsm, .xlsb or .ods are not taken. Save it from Excel as .xlsx.",
)
HTML = Words(
    "这是网页（HTML），不是 Excel 文件。请在 Excel 中打开后另存为 .xlsx 再导入。",
    "This is a web page (HTML), not an Excel file. Open it in Excel and save it as .xlsx.",
)
XML = Words(
    "这是 XML 文件，不是 Excel 工作簿。请在 Excel 中打开后另存为 .xlsx 再导入。",
    "This is an XML file, not an Excel workbook. Open it in Excel and save it as .xlsx.",
)
TEXT_NAMED_WORKBOOK = Words(
    "文件名是 Excel 格式，内容却是文本（如 CSV）。请把扩展名改为 .csv，或在 Excel 中另存为 .xlsx 后再导入。",
    "The name says Excel, but the content is text (such as CSV). Name it .csv, or save it from Excel as .xlsx.",
)
NO_XLS = Words(
    "这不是 Excel 工作簿，或文件已损坏。请在 Excel 中打开并另存为 .xlsx 后再导入。",
    "This is no Excel workbook, or it is damaged. Open it in Excel and save it as .xlsx.",
)
NOT_A_TABLE = Words(
    "这不是表格文件。请提供 .xlsx、.xls 或 .csv 文件。", "This is no table. Send an .xlsx, .xls or .csv file."
)


def read_file(name: str, content: bytes) -> Raw:
    """The sheets of an `.xlsx`, `.xls` or text file as text cells; raises `Unreadable`.

    `name` is only looked at for its ending; nothing is opened under it.
    """
    ending = PurePath(name.replace("\\", "/")).suffix.lower()
    if not content.strip():
        raise Unreadable(EMPTY)
    if len(content) > MOST_BYTES:
        raise Unreadable(TOO_LARGE)
    if ending in REFUSED_NAMES:
        raise Unreadable(MACROS)
    if content.startswith(ZIP):
        return read_xlsx(content)
    if content.startswith(OLE):
        return _old_office(content)
    if content.startswith(OLD_XLS):
        return read_xls(content)
    _refuse_what_is_no_text(content, ending)
    return read_csv(content)


def _old_office(content: bytes) -> Raw:
    """An OLE container: an encrypted `.xlsx`, an `.xls`, or some other document."""
    if ENCRYPTED_PACKAGE in content:
        raise Unreadable(ENCRYPTED)
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise Unreadable(NO_XLS)
    for name, part in ACTIVE_PARTS.items():
        if name.encode("utf-16-le") in content:
            raise Unreadable(holds(ACTIVE[part]))
    return read_xls(content)


def _refuse_what_is_no_text(content: bytes, ending: str) -> None:
    if content.startswith(NO_TABLE):
        raise Unreadable(NOT_A_TABLE)
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        raise Unreadable(HTML)
    if start.startswith(b"<?xml"):
        raise Unreadable(HTML if b"<html" in start else XML)
    is_utf16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not is_utf16 and content.count(b"\0", 0, 4096) > len(content[:4096]) // 10:
        raise Unreadable(NOT_A_TABLE)
    if ending in WORKBOOK_NAMES:
        raise Unreadable(TEXT_NAMED_WORKBOOK)
