"""What must hold across the columns of a row of the newer registers: the day before, of and after; one of two; form."""

from __future__ import annotations

from datetime import date

import pytest

from data.checking import check_rows
from data.register import REGISTERS
from tests.register_rows import example_row

TODAY = date(2021, 9, 30)


def faults(name: str, **cells: str) -> list[tuple[str, str]]:
    found = check_rows(REGISTERS[name], [example_row(name, **cells)], today=TODAY).faults
    assert all(fault.message.en for fault in found)
    return [(fault.column, fault.message.zh) for fault in found]


@pytest.mark.parametrize(
    ("name", "later", "earlier"),
    [
        (name, across.columns[0], across.columns[1])
        for name, register in REGISTERS.items()
        for across in register.across
        if "_not_before_" in across.name and register.column(across.columns[1]).kind == "date"
    ],
)
def test_an_end_may_be_on_the_day_of_its_beginning_and_not_before(
    name: str, later: str, earlier: str
) -> None:
    register = REGISTERS[name]
    said = (
        register.column(later).title.zh,
        f"“{register.column(later).title.zh}”不能早于“{register.column(earlier).title.zh}”。",
    )
    assert said not in faults(name, **{earlier: "2021-03-02", later: "2021-03-02"})
    assert said in faults(name, **{earlier: "2021-03-02", later: "2021-03-01"})


def test_a_return_is_reported_in_its_month_at_the_earliest() -> None:
    assert faults("shop_sales", month="2021-06", reported_on="2021-06-01") == []
    assert faults("shop_sales", month="2021-06", reported_on="2021-05-31") == [
        ("上报日期", "“上报日期”不能早于“月份”。")
    ]


@pytest.mark.parametrize(
    ("name", "cells", "column"),
    [
        ("shop_sales", {"paid": "100", "refunded": "100.01", "poor_goods": ""}, "退款额"),
        ("shop_sales", {"paid": "100", "refunded": "0", "poor_goods": "100.01"}, "其中贫困户产品额"),
        ("funds", {"amount": "100", "used": "100.01"}, "已使用"),
    ],
)
def test_a_part_is_not_more_than_the_whole(name: str, cells: dict[str, str], column: str) -> None:
    assert [place for place, _ in faults(name, **cells)] == [column]
    even = {key: "100" if value == "100.01" else value for key, value in cells.items()}
    assert faults(name, **even) == []
    assert faults(name, **{key: "" if value == "100.01" else value for key, value in cells.items()}) == (
        [("退款额", "不能为空。")] if column == "退款额" else []
    )


@pytest.mark.parametrize(
    ("name", "choice", "value", "needed"),
    [
        ("stations", "level", "村级站", "village_code"),
        ("stations", "level", "乡镇站", "township_code"),
        ("stations", "level", "村级站", "township_code"),
        ("outlets", "level", "村级", "village_code"),
        ("outlets", "level", "乡镇级", "township_code"),
        ("bodies", "level", "驻村工作队", "village_code"),
        ("bodies", "level", "乡镇工作机构", "township_code"),
        ("shops", "owner", "贫困户", "household_no"),
    ],
)
def test_a_level_needs_its_place(name: str, choice: str, value: str, needed: str) -> None:
    register = REGISTERS[name]
    ((column, message),) = faults(name, **{choice: value, needed: ""})
    assert column == register.column(needed).title.zh and value in message
    assert faults(name, **{choice: value}) == []


def test_a_county_centre_needs_no_village_and_no_township() -> None:
    assert faults("stations", level="县级中心", township_code="", village_code="") == []


def test_somebody_bought_it_and_one_of_two_borrows() -> None:
    assert faults("purchases", station_code="") == faults("purchases", supplier_code="") == []
    assert faults("purchases", station_code="", supplier_code="") == [
        ("站点编码", "“站点编码”和“主体编码”至少填写一项。")
    ]
    assert faults("enterprise_loans", supplier_code="", shop_code="D0001") == []
    for both in ({"supplier_code": ""}, {"shop_code": "D0001"}):
        assert faults("enterprise_loans", **both) == [
            ("主体编码", "“主体编码”和“网店编码”必须填写一项，并且只填一项。")
        ]


@pytest.mark.parametrize(
    ("number", "issued", "good"),
    [
        ("SC10165312800001", "2020-08-15", True),
        ("SC1016531280000", "2020-08-15", False),
        ("SC101653128000011", "2020-08-15", False),
        ("sc10165312800001", "2020-08-15", False),
        ("10165312800001", "2020-08-15", False),
        ("SQ2020-01", "", True),  # an application has no licence number yet
    ],
)
def test_a_food_production_licence_has_its_form(number: str, issued: str, good: bool) -> None:
    cells = {"certificate_no": number, "issued_on": issued, "expires_on": ""}
    found = faults("certifications", kind="食品生产许可(SC)", **cells)
    assert found == ([] if good else [("证书编号", "食品生产许可证编号应为“SC”加 14 位数字。")])
    assert faults("certifications", kind="有机", **cells) == []


def test_a_certification_was_applied_for_or_issued() -> None:
    nothing = {"applied_on": "", "issued_on": "", "expires_on": ""}
    assert faults("certifications", **nothing) == [("发证日期", "“发证日期”和“申请日期”至少填写一项。")]
    assert faults("certifications", applied_on="2020-01-01", issued_on="", expires_on="2023-01-01") == [
        ("发证日期", "填了“有效期至”的，必须填写“发证日期”。")
    ]


def test_a_fault_in_a_cell_is_told_once_and_not_as_a_blank_too() -> None:
    assert [place for place, _ in faults("certifications", issued_on="昨天")] == ["发证日期"]
    assert [place for place, _ in faults("suppliers", designated_on="昨天")] == ["认定定点日期"]
    in_progress = {"applied_on": "昨天", "issued_on": "", "expires_on": ""}
    assert [place for place, _ in faults("certifications", **in_progress)] == ["申请日期"]


@pytest.mark.parametrize(("percent", "good"), [("0", True), ("100", True), ("101", False), ("99.5", False)])
def test_a_percentage_has_its_bounds(percent: str, good: bool) -> None:
    found = faults("assignments", progress=percent)
    assert [place for place, _ in found] == ([] if good else ["进度"])
    if percent == "101":
        assert found[0][1] == "最多 100%。"


@pytest.mark.parametrize(("year", "good"), [("1989", False), ("1990", True), ("2100", True), ("2101", False)])
def test_a_year_is_one_of_our_time(year: str, good: bool) -> None:
    assert (faults("catalogue_entries", year=year) == []) == good
