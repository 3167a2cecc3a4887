"""Numbers in registers: read exactly as people write them, stored whole, shown in their unit, refused in words."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.checking import check, check_rows
from data.comparing import shown
from data.exports import export_csv, export_xlsx
from data.faults import WITHHELD, UnknownRegister
from data.marked import marked_copy
from data.numbers import LARGEST, LARGEST_SUM, number_text, read_number
from data.personal import personal_number
from data.raw import LONG_NUMBER, SERIAL_1904, Raw, Sheet
from data.reading import read_file
from data.register import register
from data.registers.fields import number
from data.tables import register_table
from data.templates import template
from data.words import Words
from tests.awkward_files import IDENTITY_CARD, MOBILE

TODAY = date(2021, 9, 30)
YUAN = Words("元", "yuan")
SHIPMENTS = register("shipments")
LINE = {
    "claim_no": "L1",
    "claimant": "农户",
    "household_no": "H1",
    "product_code": "P1",
    "claimed_on": "2021-04-06",
    "shipped_on": "2021-03-18",
    "waybill_no": "SF1234567890123",
    "origin": "本县",
    "destination_province": "北京",
    "weight": "2.5",
    "fee": "8",
}


def fen(text: str) -> int | Words:
    return read_number(text, scale=2, low=0, unit=YUAN)


def checked(**cells: str) -> Any:
    return check_rows(SHIPMENTS, [LINE | cells], today=TODAY)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("1234.5", 123450),
        ("1234.50", 123450),
        ("1,234.50", 123450),
        ("12元", 1200),
        ("12.3 元", 1230),
        ("12 Yuan", 1200),
        ("0", 0),
        ("0.01", 1),
        ("007.10", 710),
        ("-0.00", 0),
        ("3.1400", 314),  # nothing is lost
        ("99999999.99", LARGEST),
        ("0.29", 29),  # as a float it would be 28.999…
    ],
)
def test_a_number_is_read_exactly(text: str, stored: int) -> None:
    assert fen(text) == stored


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12.345", "小数最多 2 位"),
        ("-1", "不能是负数"),
        ("-0.01", "不能是负数"),
        ("100000000", "数目过大"),
        ("9" * 2000, "数目过大"),
        ("1,23", "请填数字"),
        ("12,3456.00", "请填数字"),
        ("1.2.3", "请填数字"),
        (".5", "请填数字"),
        ("1e3", "请填数字"),
        ("0.5万元", "请填数字"),
        ("8角", "请填数字"),
        ("约8", "请填数字"),
        ("元", "请填数字"),
    ],
)
def test_what_is_no_such_number_is_refused_in_words(text: str, said: str) -> None:
    found = fen(text)
    assert isinstance(found, Words)
    assert said in found.zh
    assert found.en


def test_the_least_and_the_greatest_number_are_taken_and_nothing_beyond() -> None:
    def grams(text: str) -> int | Words:
        return read_number(text, scale=3, low=1, unit=Words("公斤", "kg"))

    assert (grams("0.001"), grams("9999999.999")) == (1, LARGEST)
    assert isinstance(grams("0"), Words)
    assert isinstance(grams("10000000"), Words)
    assert read_number("12", scale=0, low=0, unit=None) == 12
    assert isinstance(read_number("1.5", scale=0, low=0, unit=None), Words)


@given(st.integers(0, LARGEST), st.integers(0, 4))
def test_what_is_shown_is_read_back(value: int, scale: int) -> None:
    text = number_text(value, scale)
    assert read_number(text, scale=scale, low=0, unit=None) == value
    assert len(text.partition(".")[2]) == scale


def test_a_negative_amount_is_shown_with_its_sign() -> None:
    assert [number_text(-5, 2), number_text(-12345, 2), number_text(-7, 0)] == ["-0.05", "-123.45", "-7"]


def test_full_width_digits_and_separators_are_read() -> None:
    found = checked(fee="１，２３４．５０元", weight="２．５公斤")
    assert found.faults == []
    assert (found.rows[0]["fee"], found.rows[0]["weight"]) == (123450, 2500)


def test_a_fault_of_a_number_stands_at_its_cell_with_what_was_written() -> None:
    found = checked(fee="8.005", weight="")
    assert [(f.column, f.value) for f in found.faults] == [("重量", ""), ("快递费", "8.005")]
    assert found.faults[0].message.zh == "不能为空。"


def test_numbers_of_a_workbook_are_read_without_the_noise_of_floats() -> None:
    titles = {c.name: c.title.zh for c in SHIPMENTS.columns}
    sheet = openpyxl.Workbook()
    assert sheet.active is not None
    sheet.active.append([titles[name] for name in LINE])
    sheet.active.append([*list(LINE.values())[:-2], 0.1 + 0.2, 1234.5])
    content = io.BytesIO()
    sheet.save(content)
    found = check(SHIPMENTS, read_file("a.xlsx", content.getvalue()), today=TODAY)
    assert found.faults == []
    assert (found.rows[0]["weight"], found.rows[0]["fee"]) == (300, 123450)


def test_a_number_of_more_than_fifteen_digits_is_too_large_and_a_serial_is_just_a_number() -> None:
    rows = [[*LINE], [*list(LINE.values())[:-1], LONG_NUMBER + "1.00E+17"]]
    found = check(SHIPMENTS, Raw((Sheet("", range(2), rows),)), today=TODAY)
    assert ["数目过大" in f.message.zh for f in found.faults] == [True]
    rows[1][-1] = SERIAL_1904 + "44276"
    assert check(SHIPMENTS, Raw((Sheet("", range(2), rows),)), today=TODAY).rows[0]["fee"] == 4427600


def exported() -> list[dict[str, Any]]:
    rows = checked(fee="1234.5").rows
    return [rows[0], {**rows[0], "claim_no": "L2", "fee": 5}]


def test_a_workbook_holds_numbers_as_numbers_that_add_up_and_a_text_file_plain_ones() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(export_xlsx(SHIPMENTS, exported()))).worksheets[0]
    at = [cell.value for cell in sheet[1]].index("快递费") + 1
    cells = [sheet.cell(row, at) for row in (2, 3)]
    assert [(c.data_type, c.value, c.number_format) for c in cells] == [
        ("n", 1234.5, "0.00"),
        ("n", 0.05, "0.00"),
    ]
    assert ",2.500,1234.50," in export_csv(SHIPMENTS, exported()).decode("utf-8-sig").splitlines()[1]


def test_a_form_offers_numbers_only_within_what_the_register_takes() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(template(SHIPMENTS))).worksheets[0]
    rules = {str(r.formula1): r for r in sheet.data_validations.dataValidation if r.type == "decimal"}
    assert set(rules) == {"0.001", "0.00"}
    assert {str(r.formula2) for r in rules.values()} == {"9999999.999", "99999999.99"}
    assert any("单位：公斤" in r.prompt for r in rules.values())


def test_a_mended_marked_copy_brings_its_numbers_back() -> None:
    titles = [SHIPMENTS.column(name).title.zh for name in LINE]
    content = ",".join(titles) + "\n" + ",".join([*list(LINE.values())[:-1], "八元"]) + "\n"
    raw = read_file("a.csv", content.encode())
    copy = openpyxl.load_workbook(
        io.BytesIO(marked_copy(SHIPMENTS, raw, check(SHIPMENTS, raw, today=TODAY).faults))
    )
    copy.worksheets[0].cell(2, len(titles)).value = 8.25
    mended = io.BytesIO()
    copy.save(mended)
    found = check(SHIPMENTS, read_file("b.xlsx", mended.getvalue()), today=TODAY)
    assert (found.faults, found.rows[0]["fee"], found.rows[0]["weight"]) == ([], 825, 2500)


def test_a_stored_number_is_shown_in_its_unit() -> None:
    assert shown(SHIPMENTS.column("fee"), 123450) == Words("1234.50", "1234.50")
    assert shown(SHIPMENTS.column("fee"), None).zh == "空白"


def test_the_table_holds_whole_numbers_and_refuses_negative_ones() -> None:
    table = register_table(SHIPMENTS)[0]
    assert "fee INTEGER NOT NULL CHECK (fee >= 0)" in table
    assert "weight INTEGER NOT NULL CHECK (weight >= 1)" in table


@pytest.mark.parametrize(("value", "good"), [(0, True), (-1, False), (LARGEST, True), (LARGEST + 1, False)])
def test_the_model_refuses_numbers_beyond_the_range(value: int, good: bool) -> None:
    column = SHIPMENTS.model.to_schema().columns["fee"]
    series = pd.Series([value], dtype="Int64", name="fee")
    assert all(check(series).check_passed for check in column.checks) == good


def test_a_register_cannot_have_negative_numbers() -> None:
    with pytest.raises(ValueError, match="never negative"):
        number("差额", "Difference", ("x", "x"), "1", scale=0, unit=YUAN, low=-1)


def test_a_hyphen_names_the_same_register_as_an_underscore() -> None:
    assert register("packaging-items") is register("packaging_items")
    assert register("storage-places").name == "storage_places"
    with pytest.raises(UnknownRegister):
        register("packaging items")


@pytest.mark.parametrize(
    "waybill",
    [
        "SF1234567890123",
        "773001234567890",
        "YT8801234567890",
        "431234560712345",  # 15 digits with a province and a day: the old ID form, but a carrier's number
        "1234567890123",
        "99001234567",
        "12912345678",
        "210318000000123456",
        "1234567890123456789",
        "12345678901234567890",
        "JDVB01234567890-1-1-",
        "6212345678901234567",
    ],
)
def test_numbers_of_carriers_and_platforms_pass(waybill: str) -> None:
    found = checked(waybill_no=waybill, order_no=waybill)
    assert found.faults == []
    assert found.rows[0]["waybill_no"] == waybill


@pytest.mark.parametrize(
    "number", [MOBILE, f"SF-{MOBILE}", IDENTITY_CARD, "653128198001011234", f"YT{IDENTITY_CARD}"]
)
@pytest.mark.parametrize("column", ["waybill_no", "order_no"])
def test_a_buyers_number_in_the_wrong_column_is_refused_and_never_shown(number: str, column: str) -> None:
    found = checked(**{column: number})
    assert [f.value for f in found.faults] == [WITHHELD]
    assert number not in repr(found.faults)


def test_the_offices_own_codes_are_read_as_before() -> None:
    assert personal_number(MOBILE, is_code=True) is None
    assert personal_number(MOBILE, is_code=True, given_elsewhere=True)


def test_a_claim_is_not_made_before_its_parcel_and_stays_in_the_county_only_in_its_province() -> None:
    assert checked(claimed_on="2021-03-18").faults == []
    assert [f.column for f in checked(claimed_on="2021-03-17").faults] == ["申报日期"]
    assert checked(destination_province="新疆", destination_in_county="是").faults == []
    assert checked(destination_province="新疆维吾尔自治区", destination_in_county="").faults == []
    assert checked(destination_in_county="否").faults == []
    assert [f.column for f in checked(destination_in_county="是").faults] == ["收货地是否本县"]


def test_nothing_of_the_buyer_is_kept() -> None:
    cells = [[*LINE, "收件人", "收件电话", "收件地址"], [*LINE.values(), "示例买家", MOBILE, "示例路 1 号"]]
    found = check(SHIPMENTS, Raw((Sheet("", range(2), cells),)), today=TODAY)
    assert found.ignored_columns == ["收件人", "收件电话", "收件地址"]
    assert "示例买家" not in repr(found)
    assert not any(column.personal for column in SHIPMENTS.columns)


def test_there_are_34_provinces_and_each_is_read_by_its_full_name_too() -> None:
    column = SHIPMENTS.column("destination_province")
    assert len(column.choices) == 34
    assert sorted(column.also_read.values()) == sorted(column.choices)


def test_a_countys_sums_may_be_larger_than_a_households() -> None:
    """A product's yearly value or a fund of more than 100 million yuan is taken; ten digits before the point are the end."""
    sums: dict[str, Any] = {"scale": 2, "low": 0, "unit": Words("元", "yuan"), "high": LARGEST_SUM}
    assert read_number("520,000,000.00", **sums) == 52_000_000_000
    assert read_number("9999999999.99", **sums) == LARGEST_SUM
    assert isinstance(read_number("10000000000", **sums), Words)
    assert isinstance(read_number("520000000", scale=2, low=0, unit=None), Words)
