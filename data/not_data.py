"""Checking: rows that are recognised as not being data, so that they are left out and said so.

A row whose key is there and could be a code is data, whatever else stands in it: nothing real is ever dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from data.converting import half_width
from data.header import Header, fold
from data.raw import Sheet, is_blank, plain
from data.register import Register
from data.words import Words

TOTALS = ("本页合计", "合计", "小计", "总计", "累计", "共计")
# A total with what it counts: 合计：1批次, 合计（批）, 合计3, 总计共3批. The last two could be codes too.
TOTAL = re.compile(
    rf"(?:{'|'.join(TOTALS)})(?:数|数量)?(?:[:(].*|共?\d.*|\.+)?"
)  # half-width, as all that is compared here
PAGE = re.compile(r"第\d+页(?:[,/]?共\d+页)?|共\d+页")
SIGNATURES = (
    "填表人", "填报人", "填表单位", "填报单位", "填表日期", "填报日期", "审核人", "审批人", "复核人", "制表",
    "联系人", "联系电话", "负责人", "单位负责人", "单位盖章", "经办人",
)  # fmt: skip
# 审核：王, 单位（盖章）: a colon or a bracket stands in no code.
SIGNED = re.compile(
    r"(?:填表|填报|审核|审批|复核|制表|校对|经办|批准|抽样|检验|记录|报送|主管|单位)(?:人|员|者|单位|领导)?(?:签[名字章])?[:(]"
    r"|.*\((?:盖章|公章|签章|签名|签字)\)"
)
REMARK = re.compile(r"(备注|注|说明|填表说明)\d*[:：]")
WORDS_THAT_MAY_TELL = re.compile(
    "合\\s*计|小\\s*计|总\\s*计|累\\s*计|共\\s*计|填|审|复核|制\\s*表|联系|负责|盖章|经办|页|:|：|\\((?:公|签)|（(?:公|签)|注|说\\s*明"
)
CODE = re.compile(r"[^\W_](?:[^\W_]|-)*")

TITLE_ROW = Words("表头上方的标题行，未当作数据。", "A title row above the header; it was not taken as data.")
TOTAL_ROW = Words("合计行，未当作数据。", "A row of totals; it was not taken as data.")
SIGNATURE_ROW = Words(
    "填表人、审核人等说明行，未当作数据。", "A row of signatures or remarks; it was not taken as data."
)
PAGE_ROW = Words("页码行，未当作数据。", "A row with the page's number; it was not taken as data.")
BLANK_ROW = Words("空行，未当作数据。", "A blank row; it was not taken as data.")
HEADER_AGAIN = Words("重复的表头，未当作数据。", "The header once more; it was not taken as data.")


def rows_not_data(register: Register, header: Header, sheet: Sheet) -> dict[int, Words]:
    """The rows below the header that are not data, by index, and what they are.

    Only rows that hold one of the telling words or the header's are looked at closely, and those that may have
    something in dropped columns only.
    """
    again, first = "".join(sheet.rows[header.at]), min(header.columns.values())
    below = range(header.at + 1, len(sheet.rows))
    texts = zip(below, map("".join, sheet.rows[header.at + 1 :]), strict=True)
    doubtful = {at for at, text in texts if text == again or WORDS_THAT_MAY_TELL.search(text)}
    if len(header.columns) < header.width:
        doubtful |= {at for at in below if is_blank("".join(sheet.rows[at][first : first + 1]))}
    found = ((at, why_not_data(register, header, sheet, at)) for at in sorted(doubtful))
    return {at: why for at, why in found if why}


def blank_rows(count: int, first: int) -> Words:
    """How blank rows are told: all at once, by the first of them."""
    return Words(
        f"从第 {first} 行起有 {count} 行只填了不保存的列（如序号），按空行略过。",
        f"From row {first} on {count} rows have something only in columns that are not kept; they count as blank.",
    )


def why_not_data(register: Register, header: Header, sheet: Sheet, at: int) -> Words | None:
    """What the row at index `at` below the header is, if it is not data."""
    row = sheet.rows[at]
    joined = "".join(row)
    if WORDS_THAT_MAY_TELL.search(joined):
        folded = [_bare(cell) for cell in row]
        told = next(filter(None, map(_told_by, folded)), None)
        if told and not _is_data(register, header, folded):
            return told
    if joined == "".join(sheet.rows[header.at]):
        return HEADER_AGAIN
    return BLANK_ROW if _only_dropped(header, row) else None


def _is_data(register: Register, header: Header, folded: Sequence[str]) -> bool:
    """Whether the row's key could be codes; where it is none, or begins like a total, whether all else is there."""
    keys = _cells(header, register.key, folded)
    others = [
        column.name for column in register.columns if column.required and column.name not in register.key
    ]
    rest = _cells(header, others, folded)
    are_codes, telling = all(map(CODE.fullmatch, keys)), any(map(_told_by, keys))
    if are_codes and not telling:
        return True
    if any(key in TOTALS or key.startswith(SIGNATURES) for key in keys) or (telling and not are_codes):
        return False
    return len(rest) > 1 and all(rest) and not any(map(_told_by, rest))


def _cells(header: Header, names: Iterable[str], folded: Sequence[str]) -> list[str]:
    """The cells of these columns, blank where there are none."""
    places = [header.columns.get(name, len(folded)) for name in names]
    return [folded[place] if place < len(folded) else "" for place in places]


def _only_dropped(header: Header, row: Sequence[str]) -> bool:
    """Whether all that stands here stands under titles that are not kept, such as 序号."""
    kept = {*header.columns.values(), *header.untitled}
    return all(is_blank(cell) or (at not in kept and at < header.width) for at, cell in enumerate(row))


def _told_by(cell: str) -> Words | None:
    """What a row with this cell is, unless it is data after all."""
    if TOTAL.fullmatch(cell):
        return TOTAL_ROW
    if cell.startswith(SIGNATURES) or REMARK.match(cell) or SIGNED.match(cell):
        return SIGNATURE_ROW
    return PAGE_ROW if PAGE.fullmatch(cell) else None


def _bare(cell: str) -> str:
    """Half-width and without white space; a colon or bracket stays: it tells a remark from a code."""
    text = "".join(half_width(plain(cell)).split())
    return fold(cell) if text.endswith(":") else text
