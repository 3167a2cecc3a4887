"""Reading, for workbooks: the parts of an `.xlsx` before they are parsed, in the child process.

No program writes a document type into a workbook; with one, XML can name files and grow without end. And what is
active may lie under any name: what leads to it says what it is.
"""

from __future__ import annotations

import re
import zipfile
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from io import BytesIO

from data.faults import Unreadable
from data.words import Words

PROLOG = 8_192
BEFORE_THE_ROOT = {"<?": "?>", "<!--": "-->"}  # what may stand there, and how it ends
LEADS_TO = re.compile(rb"relationships/(vbaProject|oleObject|externalLink\w*|control|attachedTemplate)[\"']")
ACTIVE_TYPE = re.compile(rb"macroEnabled|vbaProject|activeX", re.IGNORECASE)
NOT_PLAIN_XML = Words(
    "工作簿里的 XML 带有文档类型声明（DTD），不予读取。请把数据复制到空白模板，另存为 .xlsx 后再导入。",
    "The workbook's XML declares a document type (DTD) and is not read. Copy the rows into an empty template.",
)
ACTIVE = Words(
    "工作簿里有宏、控件、嵌入的对象或指向其他文件的链接，不予读取。请把数据复制到空白模板，另存为 .xlsx 后再导入。",
    "The workbook holds macros, controls, embedded objects or links to other files and is not read."
    " Copy the rows into an empty template.",
)


def must_be_plain(content: bytes) -> None:
    """Raises Unreadable for a document type in any XML part, and for what is active under another name."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        for member in package.infolist():
            name = member.filename.lower()
            if not name.endswith((".xml", ".rels", ".vml")):
                continue
            with package.open(member) as part:
                start = part.read(PROLOG)
                _must_begin_with_its_root(start)
                if name.endswith(".rels") and LEADS_TO.search(start + part.read()):
                    raise Unreadable(ACTIVE)
                if name == "[content_types].xml" and ACTIVE_TYPE.search(start + part.read()):
                    raise Unreadable(ACTIVE)


def _must_begin_with_its_root(start: bytes) -> None:
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        text = start.decode("utf-16", "replace")
    elif b"\0" in start[:4]:  # UTF-16 or UTF-32 without a mark: no spreadsheet writes that
        raise Unreadable(NOT_PLAIN_XML)
    else:
        text = start.decode("utf-8", "replace")
    if not _is_root(_after_the_prolog(text)):
        raise Unreadable(NOT_PLAIN_XML)


def _after_the_prolog(text: str) -> str:
    """What comes after the declaration, comments and instructions; "" where they do not end."""
    text = text.removeprefix("\ufeff").lstrip()
    while begun := next((sign for sign in BEFORE_THE_ROOT if text.startswith(sign)), None):
        text = text.partition(BEFORE_THE_ROOT[begun])[2].lstrip()
    return text


def _is_root(text: str) -> bool:
    return text.startswith("<") and (text[1:2].isalpha() or text[1:2] == "_")
