"""Checking: rows that are recognised as not being data, so that they are left out and said so.

A row whose key is there and could be a code is data, whatever else stands in it: nothing real is ever dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.header import Header, fold
from data.raw import Sheet
from data.register import Register
from data.words import Words

TOTALS = ("合计", "小计", "总计", "累计", "共计", "本页合计")
SIGNATURES = (
    "填表人", "填报人", "填表单位", "填报单位", "填表日期", "填报日期", "审核人", "审批人", "复核人", "制表",
    "联系人", "联系电话", "负责人", "单位负责人", "单位盖章", "经办人",
)  # fmt: skip
REMARK = re.compile(r"(备注|注|说明|填表说明)\d*[:：]")
WORDS_THAT_MAY_TELL = re.compile(
    "合\\s*计|小\\s*计|总\\s*计|累\\s*计|共\\s*计|填|审|复核|制\\s*表|联系|负责|盖章|经办|注|说\\s*明"
)
CODE = re.compile(r"[^\W_](?:[^\W_]|-)*")

TITLE_ROW = Words("表头上方的标题行，未当作数据。", "A title row above the header; it was not taken as data.")
TOTAL_ROW = Words("合计行，未当作数据。", "A row of totals; it was not taken as data.")
SIGNATURE_ROW = Words(
    "填表人、审核人等说明行，未当作数据。", "A row of signatures or remarks; it was not taken as data."
)
HEADER_AGAIN = Words("重复的表头，未当作数据。", "The header once more; it was not taken as data.")


def rows_not_data(register: Register, header: Header, sheet: Sheet) -> dict[int, Words]:
    """The rows below the header that are not data, by index, and what they are.

    Only rows that hold one of the telling words, or the header's, are looked at closely.
    """
    again = "".join(sheet.rows[header.at])
    texts = enumerate(map("".join, sheet.rows[header.at + 1 :]), header.at + 1)
    doubtful = [at for at, text in texts if text == again or WORDS_THAT_MAY_TELL.search(text)]
    found = ((at, why_not_data(register, header, sheet, at)) for at in doubtful)
    return {at: why for at, why in found if why}


def why_not_data(register: Register, header: Header, sheet: Sheet, at: int) -> Words | None:
    """What the row at index `at` below the header is, if it is not data."""
    row = sheet.rows[at]
    joined = "".join(row)
    if not WORDS_THAT_MAY_TELL.search(joined):
        return HEADER_AGAIN if joined == "".join(sheet.rows[header.at]) else None
    folded = [_bare(cell) for cell in row]
    if _has_key(register, header, folded):
        return None
    if any(cell in TOTALS for cell in folded):
        return TOTAL_ROW
    if any(_signs(cell) for cell in folded):
        return SIGNATURE_ROW
    return HEADER_AGAIN if joined == "".join(sheet.rows[header.at]) else None


def _has_key(register: Register, header: Header, folded: Sequence[str]) -> bool:
    places = [header.columns.get(name) for name in register.key]
    keys = [folded[place] if place is not None and place < len(folded) else "" for place in places]
    return all(CODE.fullmatch(key) and key not in TOTALS and not _signs(key) for key in keys)


def _signs(cell: str) -> bool:
    return cell.startswith(SIGNATURES) or bool(REMARK.match(cell))


def _bare(cell: str) -> str:
    """Without white space; a colon at the end goes, one within stays: it tells a remark from a code."""
    return fold(cell) if cell.rstrip().endswith((":", "：")) else "".join(cell.split()).replace("：", ":")
