"""Out go empty forms: a workbook per register with drop-downs, notes at each title and a page of explanations."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from data.header import PROBLEMS
from data.numbers import LARGEST, number_text
from data.raw import Sheet
from data.register import Column, Register

ROWS_WITH_LISTS = 2_000
EXPLANATIONS = "填写说明"
KINDS = {
    "code": "编码",
    "name": "名称",
    "text": "文字",
    "date": "日期",
    "month": "月份",
    "choice": "选项",
    "yes_no": "是/否",
    "number": "数字",
}
HEADINGS = ("列", "必填", "填写形式", "可填内容", "示例", "个人信息", "说明")


def template(register: Register) -> bytes:
    """An empty `.xlsx` form of the register; filled in, it imports as it is."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        _form(book, register)
        _explanations(book, register)
    return content.getvalue()


def _form(book: Any, register: Register) -> None:
    sheet = book.add_worksheet(register.title.zh)
    needed = book.add_format({"bold": True, "bg_color": "#D9E2EC", "border": 1})
    optional = book.add_format({"bg_color": "#F0F2F5", "border": 1})
    as_text = book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(register.columns):
        as_number = column.kind == "number" and book.add_format({"num_format": number_format(column)})
        sheet.set_column(at, at, width(column), as_number or as_text)
        sheet.write_string(0, at, column.title.zh, needed if column.required else optional)
        sheet.write_comment(0, at, note(column), {"x_scale": 1.8, "author": ""})
        options = allowed(column)
        if options:
            sheet.data_validation(1, at, ROWS_WITH_LISTS, at, _drop_down(column, options))
        if column.kind == "number":
            sheet.data_validation(1, at, ROWS_WITH_LISTS, at, _range(column))


def _drop_down(column: Column, options: list[str]) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": options,
        "ignore_blank": True,
        "error_title": column.title.zh,
        "error_message": f"请填：{'、'.join(options)}"[:255],
    }


def _range(column: Column) -> dict[str, Any]:
    """Only numbers that the register could take; how many decimals is asked when the file comes back."""
    return {
        "validate": "decimal" if column.scale else "integer",
        "criteria": "between",
        "minimum": Decimal(column.low).scaleb(-column.scale),
        "maximum": Decimal(column.high).scaleb(-column.scale),
        "ignore_blank": True,
        "input_title": column.title.zh[:32],
        "input_message": _form_of(column),
        "error_title": column.title.zh[:32],
        "error_message": f"请填：{_form_of(column)}",
    }


def number_format(column: Column) -> str:
    """How a spreadsheet shows the numbers of a column: `0.00`."""
    return number_text(0, column.scale)


def _explanations(book: Any, register: Register) -> None:
    sheet = book.add_worksheet(EXPLANATIONS)
    bold = book.add_format({"bold": True, "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for at, (heading, size) in enumerate(zip(HEADINGS, (16, 6, 10, 30, 24, 10, 44), strict=True)):
        sheet.set_column(at, at, size, wrap)
        sheet.write_string(0, at, heading, bold)
    for row, column in enumerate(register.columns, 1):
        for at, text in enumerate(explained(column)):
            sheet.write_string(row, at, text, wrap)
    last = len(register.columns) + 2
    sheet.write_string(last, 0, "说明：第一行是表头，请不要改动；一行填一条，不要合并单元格，不要写公式。")
    sheet.write_string(last + 1, 0, f"不要填写身份证号、手机号、银行卡号；“{PROBLEMS}”列只用于退回的文件。")


def is_explanations(sheet: Sheet) -> bool:
    """Whether a sheet of a file is the page of explanations that came with the form."""
    return (
        sheet.name == EXPLANATIONS and bool(sheet.rows) and tuple(sheet.rows[0][: len(HEADINGS)]) == HEADINGS
    )


def explained(column: Column) -> tuple[str, ...]:
    """One line about a column, under `HEADINGS`."""
    form = KINDS[column.kind]
    options = "、".join(allowed(column)) or _form_of(column)
    title = f"{column.title.zh}（{column.unit.zh}）" if column.unit else column.title.zh
    required, personal = ("是" if column.required else "否"), ("是" if column.personal else "否")
    return title, required, form, options, column.example, personal, column.description.zh


def allowed(column: Column) -> list[str]:
    """The words that a column of choices or of yes and no takes; [] for any other."""
    if column.kind == "yes_no":
        return ["是", "否"]
    return [words.zh for words in column.choices.values()]


def note(column: Column) -> str:
    example = f"\n例：{column.example}" if column.example else ""
    unit = f"，单位：{column.unit.zh}" if column.unit else ""
    return f"{column.description.zh}（{'必填' if column.required else '可空'}{unit}）{example}"


def width(column: Column) -> int:
    """Characters, where a Chinese one takes two."""
    return max(12, 2 * len(column.title.zh) + 2, 20 if column.kind in ("name", "text") else 0)


def _form_of(column: Column) -> str:
    if column.kind == "number":
        decimals = f"最多 {column.scale} 位小数" if column.scale else "整数"
        most = f"，不超过 {number_text(column.high, column.scale)}" if column.high < LARGEST else ""
        return f"数字，{decimals}{most}" + (f"，单位：{column.unit.zh}" if column.unit else "")
    if column.kind == "date":
        return "如 2020-03-16 或 2020年3月16日"
    if column.kind == "month":
        return "如 2021-09 或 2021年9月"
    return "文字、数字和“-”，最多 64 个字符" if column.kind == "code" else ""
