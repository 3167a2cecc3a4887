"""The register definitions: complete in both languages, in dependency order, and one file is enough for a new one."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
import pytest
from pandera.errors import SchemaErrors

from data.faults import UnknownRegister
from data.register import REGISTERS, About, Register, _register, register
from data.registers.fields import RegisterModel, YesNo, code, yes_no
from data.templates import template
from data.words import Words

ALL = list(REGISTERS.values())
TITLES = {
    "townships": "乡镇编码, 乡镇名称",
    "villages": "村编码, 乡镇编码, 村名, 是否贫困村",
    "households": "户编号, 村编码, 户主姓名, 建档日期, 退出日期",
    "products": "产品编码, 产品名称, 类别, 是否标准化",
    "goods": "户编号, 产品编码, 来源, 是否符合网销, 登记日期",
    "inspections": "样品编号, 户编号, 产品编码, 抽样日期, 结果日期, 方法, 检测项目, 检测值, 限值, 结论, 复检原样品编号, 检测机构",
    "storage_places": "存放点编码, 存放点名称, 乡镇编码",
    "packaging_items": "物资编码, 物资名称, 类别, 计量单位",
    "shipments": "申报编号, 申报方, 户编号, 产品编码, 申报日期, 发货日期, 运单号, 电商平台, 订单号, 是否网销订单, "
    "发货地, 收货省份, 收货地是否本县, 重量, 快递费, 是否退款, 是否已享受其他物流补贴",
}
MAY_BE_BLANK = {
    "乡镇编码",  # of a storage place
    "电商平台",
    "订单号",
    "是否网销订单",
    "收货地是否本县",
    "是否退款",
    "是否已享受其他物流补贴",
    "退出日期",
    "是否符合网销",
    "结果日期",
    "检测项目",
    "检测值",
    "限值",
    "复检原样品编号",
    "检测机构",
}


def named(one: Register) -> str:
    return one.name


def test_the_registers_stand_in_dependency_order() -> None:
    assert list(REGISTERS) == list(TITLES)
    for at, one in enumerate(ALL):
        earlier = set(list(REGISTERS)[: at + 1])
        assert {reference.register for reference in one.references} <= earlier


@pytest.mark.parametrize("one", ALL, ids=named)
def test_the_columns_are_those_of_the_contract(one: Register) -> None:
    assert ", ".join(column.title.zh for column in one.columns) == TITLES[one.name]


def test_only_the_columns_of_the_contract_may_be_blank() -> None:
    assert {c.title.zh for one in ALL for c in one.columns if not c.required} == MAY_BE_BLANK


@pytest.mark.parametrize("one", ALL, ids=named)
def test_every_word_exists_in_both_languages(one: Register) -> None:
    words = [one.title, *(check.message for check in one.row_checks.values())]
    for column in one.columns:
        words += [column.title, column.description, *column.choices.values()]
    assert all(word.zh and word.en and word.zh != word.en for word in words)


@pytest.mark.parametrize("one", ALL, ids=named)
def test_keys_references_and_row_checks_name_existing_columns(one: Register) -> None:
    names = {*one.key, *one.blank_is, *one.blank_is.values()}
    names |= {name for reference in one.references for name in reference.columns}
    names |= {check.column for check in one.row_checks.values()}
    assert names <= set(one.by_name)
    assert all(one.column(name).required for name in one.key)


def test_only_the_head_of_household_is_personal() -> None:
    assert [(one.name, c.name) for one in ALL for c in one.columns if c.personal] == [
        ("households", "head_name")
    ]


def test_an_unknown_register_is_refused_with_those_that_exist() -> None:
    with pytest.raises(UnknownRegister) as refused:
        register("payments")
    assert "inspections（检验）" in refused.value.words.zh


@pytest.mark.parametrize("one", ALL, ids=named)
def test_every_check_across_columns_has_its_words(one: Register) -> None:
    """A check without words would surface as the library's own; so each is made to fail by its name."""
    declared = {check.name for check in one.model.to_schema().checks}
    assert declared == set(one.row_checks)


def test_the_model_itself_refuses_what_must_not_be_stored() -> None:
    frame = pd.DataFrame(
        {"village_code": ["V 1"], "township_code": ["T"], "village_name": ["x"]}, dtype="str"
    )
    frame["poor_village"] = pd.array([2], dtype="Int64")
    with pytest.raises(SchemaErrors) as refused:
        register("villages").model.validate(frame, lazy=True)
    assert set(refused.value.failure_cases["column"]) == {"village_code", "poor_village"}


def test_a_new_register_needs_nothing_but_its_own_definition() -> None:
    class Stations(RegisterModel):
        station_code: str = code("站点编码", "Station code", ("站点的编码", "The station's code"), "Z01")
        running: YesNo = yes_no("是否运营", "Running", ("是否在运营", "Whether it runs"))

        @pa.dataframe_check
        @classmethod
        def any_station(cls, frame: pd.DataFrame) -> bool:
            return len(frame) > 0

    stations = _register(About(Stations, "stations", 7, Words("站点", "Stations"), ("station_code",)))
    assert [column.kind for column in stations.columns] == ["code", "yes_no"]
    assert template(stations).startswith(b"PK")
