"""Field by field: what speaks of a person is marked or was looked at, in every register and every table beside them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from data.casework.ledger import CASEWORK_TABLES
from data.dictionary import dictionary_markdown
from data.protection.personal_fields import (
    LOOKED_AT,
    OF_PEOPLE,
    held,
    masked_cell,
    personal_columns,
    tells_of_one,
)
from data.protection.personal_tables import KINDS, TABLES
from data.register import REGISTERS, Column, Register
from data.store import reading
from rules.retention import retention

# Words by which a title, a description or a name speaks of people.
IN_CHINESE = re.compile(
    "姓名|户主|人员|负责人|带头人|联系人|收寄人|买家|店主|本人|身份|家庭|健康|民族|电话|手机|住址|地址|备注|情况|去向|职务|任职"
)
IN_ENGLISH = re.compile(
    r"person|head_|officer|participant|owner|contact|phone|address|note|remark|leader|birth|gender"
)
FREE = ("code", "name", "text")


def speaks_of_people(column: Column) -> bool:
    """Whether its words do; of columns of codes and choices only those that anything may stand in."""
    words = column.title.zh + column.description.zh
    return column.kind in FREE and bool(IN_CHINESE.search(words) or IN_ENGLISH.search(column.name))


def neither_marked_nor_looked_at(register: Register) -> list[str]:
    named = {name for reference in register.references for name in reference.columns}
    return [
        column.name
        for column in register.columns
        if column.name not in named
        and speaks_of_people(column)
        and not column.personal
        and (register.name, column.name) not in LOOKED_AT
    ]


@pytest.mark.parametrize("name", list(REGISTERS))
def test_what_speaks_of_a_person_is_marked_or_was_looked_at(name: str) -> None:
    """If this fails: mark the field personal=True, or say in LOOKED_AT why it is not."""
    assert neither_marked_nor_looked_at(REGISTERS[name]) == []


@pytest.mark.parametrize(
    ("zh", "name"),
    [("联系电话", "number"), ("备注", "words"), ("家庭情况", "state"), ("栏", "contact_person")],
)
def test_a_new_field_about_a_person_is_found(zh: str, name: str) -> None:
    register = REGISTERS["channels"]
    like = register.column("channel_name")
    new = replace(like, name=name, title=replace(like.title, zh=zh))
    assert neither_marked_nor_looked_at(replace(register, columns=(*register.columns, new))) == [name]
    marked = replace(new, personal=True)
    assert neither_marked_nor_looked_at(replace(register, columns=(*register.columns, marked))) == []


def test_what_was_looked_at_is_there_is_not_marked_and_has_a_reason() -> None:
    for (register, name), why in LOOKED_AT.items():
        assert not REGISTERS[register].column(name).personal, name
        assert len(why) > 5


def test_a_row_tells_of_one_by_its_own_number_or_through_others() -> None:
    for name in (*OF_PEOPLE, "goods", "inspections", "trace_movements", "shop_sales", "jobs", "payouts"):
        assert tells_of_one(name), name
    for name in ("townships", "villages", "products", "stations", "suppliers", "certifications", "outlets"):
        assert not tells_of_one(name), name


def test_words_about_somebody_are_withheld_whole_and_a_name_keeps_its_surname() -> None:
    name, note = REGISTERS["households"].column("head_name"), REGISTERS["followups"].column("note")
    assert masked_cell(name, "示例户主") == "示*"
    assert masked_cell(note, "示例：需要包装指导") == "*"


def test_what_a_register_holds_is_said_in_words() -> None:
    households = held(REGISTERS["households"])
    assert households is not None and "户主姓名" in households.zh and "编号" in households.zh
    inspections = held(REGISTERS["inspections"])
    assert inspections is not None and "直接写明" not in inspections.zh
    assert held(REGISTERS["townships"]) is None


def test_every_column_of_every_table_beside_the_registers_was_looked_at(demo_master: Path) -> None:
    """If this fails: place the new column under its kind in data/protection/personal_tables.py."""
    with reading(demo_master) as db:
        there = {
            name: {row[1] for row in db.execute(f"PRAGMA table_info({name})")}
            for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            if name not in REGISTERS and not name.startswith(("_sqlite", "sqlite_"))
        }
    recorded = {"recorded_seq", "recorded_at", "recorded_by"}
    assert set(TABLES) == set(there)
    assert set(CASEWORK_TABLES) <= set(TABLES)
    for name, columns in there.items():
        looked_at = [column for kind in (*KINDS, "nothing") for column in TABLES[name].columns(kind)]
        assert len(looked_at) == len(set(looked_at)), name
        assert set(looked_at) | recorded == columns | recorded, name


def test_everything_that_tells_of_people_has_a_period() -> None:
    covered = {table for group in retention().values() for table in group.covers}
    registers = {name for name in REGISTERS if tells_of_one(name) or personal_columns(REGISTERS[name])}
    tables = {name for name, one in TABLES.items() if one.names or one.tells}
    assert registers | tables <= covered
    assert covered <= set(REGISTERS) | set(TABLES)


def test_the_dictionary_says_of_each_register_what_is_personal() -> None:
    written = dictionary_markdown()
    assert "个人信息：直接写明的：户主姓名；各栏经编号可以联系到一户或一人。" in written
    assert "| 文书 | `documents` | 写有姓名 | `context` |" in written
