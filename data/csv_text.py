"""Reading, for text files: which encoding, which separator, and rows of cells or a plain refusal."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from data.faults import Unreadable
from data.raw import (
    CONTROL,
    ERROR,
    FORMULA,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    TOO_LONG,
    Raw,
    Sheet,
    plain,
)
from data.shielding import ERROR_WORDS
from data.words import Words

# Control characters, and characters that only appear where a text was decoded wrongly.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd-\uffff\ud800-\uf8ff]")
CJK_IN_UTF8 = re.compile(rb"[\xe4-\xe9][\x80-\xbf][\x80-\xbf]")
SEPARATORS = ",\t;"
ROWS_AT_ONCE = 2_000
MOST_LINES = 1_048_576  # with blank ones: as many as a sheet of Excel has
ENDLESS = re.compile(
    r"(?:\A|[\r\n])[^\r\n]{1000000}"
)  # from a line's beginning: once a line; a hundred columns of the longest cells are not half as long


def read_csv(content: bytes) -> Raw:
    """The one sheet of a text file; raises `Unreadable`."""
    text = decoded(content)
    numbers, rows = _rows(text)
    if not numbers:
        raise Unreadable(Words("文件里没有内容。", "There is nothing in the file."))
    return Raw((Sheet("", numbers, rows, is_text=True),))


def _without_controls(cell: str) -> str:
    return CONTROL + UNFIT.sub("?", cell) if UNFIT.search(cell) else cell


def _told_apart(cell: str) -> str:
    """What Excel would show as something else than its text is marked, as it is in a workbook."""
    text = cell.strip()
    if text.startswith("="):
        return FORMULA + text
    return ERROR + text if text.upper() in ERROR_WORDS else cell


def decoded(content: bytes) -> str:
    """UTF-8 strictly, UTF-16 with its mark, then GB18030 strictly: never the other way round.

    Two of five short Chinese strings in UTF-8 are also valid GB18030, so UTF-8 must be tried first.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _strict(content, "utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse_mixed(content)
        return _strict(content, "gb18030")


def _refuse_mixed(content: bytes) -> None:
    """Whole lines in UTF-8 among others that are not: as GB18030 the former would come out garbled."""
    foreign = [(n, line) for n, line in enumerate(content.split(b"\n"), 1) if not line.isascii()]
    as_utf8 = [number for number, line in foreign if CJK_IN_UTF8.search(line) and _is_utf8(line)]
    if not as_utf8:
        return
    utf8 = set(as_utf8)
    others = [number for number, _ in foreign if number not in utf8]
    odd, kind = (as_utf8[0], "UTF-8") if len(as_utf8) <= len(others) else (others[0], "GBK")
    raise Unreadable(
        Words(
            f"文件混用了两种文字编码：第 {odd} 行是 {kind}，其他行不是。请在 Excel 中另存为“CSV UTF-8”后再导入。",
            f"The file mixes two text encodings: line {odd} is {kind}, others are not. "
            "Save it again from Excel as “CSV UTF-8”.",
        )
    )


def too_many_rows() -> Unreadable:
    return Unreadable(
        Words(
            f"超过 {MOST_ROWS} 行。请分成几个文件导入。",
            f"More than {MOST_ROWS} rows. Split it into several files.",
        )
    )


def too_many_columns(row: int) -> Unreadable:
    return Unreadable(
        Words(
            f"第 {row} 行的内容超出了第 {MOST_COLUMNS} 列。请删除多余的列后再导入。",
            f"Row {row} has something beyond column {MOST_COLUMNS}. Delete what does not belong to the table.",
        )
    )


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            Words(
                f"无法识别文件的文字编码（第 {line} 行起）。请在 Excel 中另存为“CSV UTF-8”或 .xlsx 后再导入。",
                f"The text encoding is neither UTF-8 nor GB18030 (from line {line} on). "
                "Save it again from Excel as “CSV UTF-8” or .xlsx.",
            )
        ) from None


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _rows(text: str) -> tuple[list[int], list[list[str]]]:
    """The rows with something in them, within the caps, and their numbers; read in parts, so that a file of nothing
    but line ends or separators does not take a hundred times its size."""
    separator, text = _separator(text)
    if ENDLESS.search(text):
        raise Unreadable(
            Words("有一行过长，不是表格。", "One line is far too long; this is no table."),
        )
    unfit, may_be_live = UNFIT.search(text) is not None, "=" in text or "#" in text
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    numbers: list[int] = []
    kept: list[list[str]] = []
    first = 1
    while part := _part(reader, first):
        texts = list(map("".join, part))
        with_text = [at for at, joined in enumerate(texts) if joined.strip()]
        if len(numbers) + len(with_text) > MOST_ROWS or first > MOST_LINES:
            raise too_many_rows()
        found = [part[at] for at in with_text]
        if unfit:
            found = [[_without_controls(cell) for cell in row] for row in found]
        if may_be_live:
            found = [list(map(_told_apart, row)) for row in found]
        those = [first + at for at in with_text]
        if max(map(len, part)) > MOST_COLUMNS or max(map(len, texts)) > MOST_CHARACTERS:
            found = list(map(_within_caps, those, found))
        numbers.extend(those)
        kept.extend(found)
        first += len(part)
    return numbers, kept


def _part(reader: Iterator[list[str]], first: int) -> list[list[str]]:
    """The next rows of the file, the first of them with that number."""
    part: list[list[str]] = []
    try:
        part.extend(islice(reader, ROWS_AT_ONCE))
    except csv.Error:
        row = first + len(part)
        raise Unreadable(
            Words(
                f"第 {row} 行的引号没有成对，或单元格过长，从这一行起无法读取。请检查这一行的英文双引号。",
                f"In row {row} a quotation mark is not closed, or a cell is far too long; "
                "the file cannot be read from there on.",
            )
        ) from None
    return part


def _separator(text: str) -> tuple[str, str]:
    """The separator in the most of the first twenty lines (outside quotes); Excel's own `sep=` line decides.

    Lines are counted rather than separators: a cell may be full of `;`, but the header never is.
    """
    first, _, _ = text.partition("\n")
    said = re.fullmatch(r"sep=([,\t;])\r?", first)
    if said:
        return said[1], "\n" + text[len(first) + 1 :]
    start = re.sub(r'"[^"]*"', "", "\n".join(text[:100_000].split("\n", 20)[:20]))
    lines = re.split("[\r\n]+", start)
    return max(SEPARATORS, key=lambda one: (sum(one in line for line in lines), start.count(one))), text


def _within_caps(number: int, row: list[str]) -> list[str]:
    if len(row) > MOST_COLUMNS and "".join(row[MOST_COLUMNS:]).strip():
        raise too_many_columns(number)
    if len("".join(row)) > MOST_CHARACTERS:
        return [
            TOO_LONG + plain(cell)[:40] if len(cell) > MOST_CHARACTERS else cell
            for cell in row[:MOST_COLUMNS]
        ]
    return row
