"""Out goes the data dictionary: every register and column in words, from the same definitions as all else."""

from __future__ import annotations

from data.protection.personal_fields import held
from data.protection.personal_tables import KINDS as KINDS_OF_PERSONAL
from data.protection.personal_tables import TABLES
from data.register import REGISTERS, Column, Register
from data.templates import KINDS

HEAD = """# 数据字典

本页由登记簿的定义生成（`python -m data.dictionary > docs/数据字典.md`），请不要手工改动。
中文列名用于导入、导出和界面；英文字段名用于数据库，导入时也可以作列名。
"""


def dictionary_markdown() -> str:
    """All registers in dependency order, one table each."""
    return "\n".join([HEAD, *(_section(register) for register in REGISTERS.values()), _other_tables()])


def _section(register: Register) -> str:
    key = "、".join(register.column(name).title.zh for name in register.key)
    clauses = "、".join(register.clauses)
    lines = [
        f"## {register.title.zh}（{register.title.en}，`{register.name}`）",
        "",
        f"条款：{clauses}。主键：{key}。{_references(register)}",
        "",
        "| 列 | 字段 | 英文列名 | 形式 | 必填 | 个人信息 | 可填内容 | 示例 | 说明 |",
        "|---|---|---|---|---|---|---|---|---|",
        *(_line(register, column) for column in register.columns),
        "",
    ]
    if (personal := held(register)) is not None:
        lines += [f"个人信息：{personal.zh}。", ""]
    checks = [f"- {check.message.zh}" for check in register.row_checks.values()]
    return "\n".join([*lines, *([*checks, ""] if checks else [])])


def _other_tables() -> str:
    """What is personal beside the registers, column by column."""
    lines = [
        "## 台账以外的记录里的个人信息",
        "",
        "每张表的 `recorded_by` 都是工作人员，不另列。没有列出的栏不写人，也联系不到人。",
        "",
        "| 记录 | 表 | 是什么 | 栏 |",
        "|---|---|---|---|",
    ]
    for name, table in TABLES.items():
        for kind, words in KINDS_OF_PERSONAL.items():
            if columns := table.columns(kind):
                named = "、".join(f"`{column}`" for column in columns)
                lines.append(f"| {table.title.zh} | `{name}` | {words.zh} | {named} |")
    return "\n".join([*lines, ""])


def _references(register: Register) -> str:
    named = [
        f"{'、'.join(register.column(name).title.zh for name in reference.columns)}"
        f"须在“{REGISTERS[reference.register].title.zh}”中"
        for reference in register.references
    ]
    return "；".join(named) + "。" if named else ""


def _line(register: Register, column: Column) -> str:
    cells = (
        column.title.zh,
        f"`{column.name}`",
        column.title.en,
        KINDS[column.kind],
        "是" if column.required else "否",
        "是" if column.personal else "",
        _content(register, column),
        column.example,
        column.description.zh,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _content(register: Register, column: Column) -> str:
    if column.kind == "yes_no":
        return "是（1）、否（0）" + ("" if column.required else "、空（未知）")
    if column.kind == "choice":
        return "、".join(f"{words.zh}（`{code}`）" for code, words in column.choices.items())
    if column.name in register.blank_is:
        return f"空即为{register.column(register.blank_is[column.name]).title.zh}"
    return column.unit.zh if column.unit else ""


if __name__ == "__main__":
    print(dictionary_markdown(), end="")
