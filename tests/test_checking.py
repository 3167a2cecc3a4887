"""Checking a file: what is converted to what, what is told, and what never leaves the reader."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import converting
from data.checking import check, check_rows
from data.dates import read_day
from data.faults import WITHHELD, Unreadable
from data.marked import marked_copy
from data.personal import personal_number
from data.raw import Raw, Sheet
from data.reading import read_file
from data.register import register
from data.words import Words
from tests.awkward_files import (
    BANK_CARD,
    FILES,
    GOODS,
    HOUSE,
    HOUSEHOLDS,
    IDENTITY_CARD,
    INSPECTIONS,
    LINE,
    MOBILE,
    house,
    line,
    text,
    xlsx,
)

TODAY = date(2021, 9, 30)


def rows_of(name: str, content: bytes, file: str = "a.csv") -> list[dict[str, str | int | None]]:
    found = check(register(name), read_file(file, content), today=TODAY)
    assert found.faults == []
    return found.rows


@given(st.text("0123456789ABXx- '", max_size=24) | st.from_regex(r"S?\d{9,19}X?", fullmatch=True))
@settings(deadline=None)
def test_plain_codes_are_taken_as_a_thorough_look_would_take_them(cell: str) -> None:
    cells = ["S1", cell, ""]
    column = register("inspections").column("sample_no")
    quick = converting.convert(cells, column, TODAY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(converting, "_all_plain", lambda cells: False)
        assert converting.convert(cells, column, TODAY) == quick


def test_an_inspection_becomes_what_is_stored() -> None:
    (row,) = rows_of(
        "inspections", text(INSPECTIONS, line(检测值="<5.0", 检测项目="土豆(6次均值)", 结论="不合格"))
    )
    assert row == {
        "sample_no": "S1",
        "household_no": "H0001",
        "product_code": "P01",
        "sampling_date": "2021-03-16",
        "result_date": "2021-03-17",
        "method": "rapid",
        "item": "土豆(6次均值)",
        "measured": "<5.0",
        "limit_value": "50%",
        "conclusion": "fail",
        "reinspection_of": None,
        "agency": "示例检测站",
    }


def test_a_blank_result_date_is_the_sampling_date() -> None:
    (row,) = rows_of("inspections", text(INSPECTIONS, line(结果日期=" ")))
    assert row["result_date"] == "2021-03-16"


def test_a_result_date_column_that_is_missing_is_the_sampling_date() -> None:
    (row,) = rows_of("inspections", text([*INSPECTIONS[:4], *INSPECTIONS[5:]], [*LINE[:4], *LINE[5:]]))
    assert row["result_date"] == "2021-03-16"


def test_yes_no_and_choices_become_what_is_stored() -> None:
    words = (
        ("种植", "是"),
        ("生产（养殖）", "否"),
        ("养殖", ""),
        ("生产", "Yes"),
        ("收购", "FALSE"),
        ("Grown", "０"),
    )
    content = text(GOODS, *(["H1", f"P{at}", *pair, "2020-03-16"] for at, pair in enumerate(words)))
    rows = rows_of("goods", content)
    assert [row["source"] for row in rows] == [
        "grown",
        "produced",
        "produced",
        "produced",
        "acquired",
        "grown",
    ]
    assert [row["fit_for_online_sale"] for row in rows] == [1, 0, None, 1, 0, 0]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("  示例  户主 ", "示例 户主"),
        ("示例•户主", "示例·户主"),
        ("示例 ‧ 户主", "示例·户主"),
        ("示例．户主", "示例·户主"),
        ("示例・户主", "示例·户主"),
        ("示例\u200b户主\ufeff", "示例户主"),
        ("ＮＵＬＬ", "NULL"),
        ("NA", "NA"),
    ],
)
def test_names_are_folded_and_never_taken_for_missing(written: str, stored: str) -> None:
    assert rows_of("households", text(HOUSEHOLDS, house(户主姓名=written)))[0]["head_name"] == stored


@pytest.mark.parametrize(
    ("written", "stored"),
    [("００１", "001"), ("H－1", "H-1"), ("H–1", "H-1"), ("户\u200b甲-01", "户甲-01"), ("ئا-1", "ئا-1")],
)
def test_codes_keep_their_zeros_and_may_be_of_any_letters(written: str, stored: str) -> None:
    assert rows_of("households", text(HOUSEHOLDS, house(户编号=written)))[0]["household_no"] == stored


def test_whole_numbers_of_a_workbook_become_codes_without_a_decimal_point() -> None:
    (row,) = rows_of("households", xlsx(HOUSEHOLDS, house(户编号=12.0, 村编码=7, 建档日期=43906)), "a.xlsx")
    assert (row["household_no"], row["village_code"], row["registered_on"]) == ("12", "7", "2020-03-16")


@pytest.mark.parametrize("day", [TODAY, date(1990, 1, 1)])
def test_the_first_and_the_last_day_are_taken(day: date) -> None:
    assert read_day(day.isoformat(), today=TODAY, may_be_future=False) == day.isoformat()


@pytest.mark.parametrize(
    "text_of_day",
    ["2021-10-01", "1989-12-31", "2021-3-16 08:00", "2021-03/16", "2021年3月", "19999", "60001", "七月"],
)
def test_other_days_are_refused(text_of_day: str) -> None:
    assert isinstance(read_day(text_of_day, today=TODAY, may_be_future=False), Words)


@given(
    st.dates(date(1990, 1, 1), TODAY),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"]),
)
def test_every_accepted_form_of_a_day_gives_that_day(day: date, form: str) -> None:
    written = (
        form.replace("%Y", f"{day.year:04}").replace("%m", f"{day.month:02}").replace("%d", f"{day.day:02}")
    )
    assert read_day(written, today=TODAY, may_be_future=False) == day.isoformat()
    if day >= date(1954, 10, 3):
        serial = str((day - date(1899, 12, 30)).days)
        assert read_day(serial, today=TODAY, may_be_future=False) == day.isoformat()


@pytest.mark.parametrize(
    "number", [IDENTITY_CARD, IDENTITY_CARD.lower(), MOBILE, BANK_CARD, "150104900131234"]
)
@pytest.mark.parametrize("around", ["{}", "示例{}", "示例 {} x", "电话：{}"])
def test_personal_numbers_are_recognised_wherever_they_stand(number: str, around: str) -> None:
    assert personal_number(around.format(number), is_code=False)


@pytest.mark.parametrize(
    "code",
    [
        "S2021-000001",
        "20210316001",
        "2021031600000001",
        "653128210316001",
        "H0001",
        "653128202103160",
        "15321000001",
        MOBILE,
        "6222021234567890123",
        "990105194912310021",
        "110105194913310021",
    ],
)
def test_running_numbers_of_an_office_are_not_taken_for_personal_ones(code: str) -> None:
    assert personal_number(code, is_code=True) is None


@pytest.mark.parametrize("number", ["110105194912310021", "65312819800101123x", IDENTITY_CARD])
@pytest.mark.parametrize("around", ["{}", "H{}", "户 {}"])
@pytest.mark.parametrize("is_code", [True, False])
def test_an_identity_card_is_recognised_in_every_column_even_with_a_wrong_check_digit(
    number: str, around: str, is_code: bool
) -> None:
    assert personal_number(around.format(number), is_code=is_code)


def test_an_identity_card_written_with_spaces_is_not_shown_as_a_bad_code() -> None:
    assert personal_number("110105 1949 1231 002X", is_code=True)


@pytest.mark.parametrize("measured", ["0.13800138000", "12.13800138000 mg/kg", "<0.6222021234567890123"])
def test_a_decimal_number_is_a_measured_value_and_no_telephone(measured: str) -> None:
    assert personal_number(measured, is_code=False) is None
    assert personal_number(f"{measured} {MOBILE}", is_code=False)


def test_a_personal_number_is_in_no_answer_and_no_marked_copy() -> None:
    content = text(
        [*HOUSEHOLDS, "身份证号", f"电话{MOBILE}"],
        [*house(户编号=IDENTITY_CARD), IDENTITY_CARD, MOBILE],
        [*house(户主姓名=f"示例 {MOBILE}", 建档日期="x\x01"), "", ""],
        [*house(户编号="H3", 建档日期=f"\x01{BANK_CARD}"), "", ""],
    )
    raw = read_file("a.csv", content)
    found = check(register("households"), raw, today=TODAY)
    said = repr((found.faults, found.ignored_columns, found.left_out))
    copy = marked_copy(register("households"), raw, found.faults)
    cells = repr(read_file("copy.xlsx", copy))
    for secret in (IDENTITY_CARD, MOBILE, BANK_CARD):
        assert secret not in said
        assert secret not in cells
    assert [fault.value for fault in found.faults] == [WITHHELD, WITHHELD, "x?", WITHHELD]
    assert found.ignored_columns == ["身份证号", WITHHELD]


def test_a_long_number_stored_as_a_figure_is_not_shown_either() -> None:
    found = check(
        register("households"),
        read_file("a.xlsx", xlsx(HOUSEHOLDS, house(户编号=110105194912310000))),
        today=TODAY,
    )
    assert [(fault.column, fault.value) for fault in found.faults] == [("户编号", "1.10E+17")]


def test_values_of_a_dropped_column_stay_behind() -> None:
    content = text([*HOUSEHOLDS, "民族"], [*house(建档日期="x"), "秘密"])
    raw = read_file("a.csv", content)
    found = check(register("households"), raw, today=TODAY)
    assert found.ignored_columns == ["民族"]
    assert "秘密" not in repr(found)
    assert "秘密" not in repr(read_file("copy.xlsx", marked_copy(register("households"), raw, found.faults)))


def test_faults_come_in_the_order_of_the_file_with_sheet_and_value() -> None:
    file = next(file for file in FILES if file.name == "two-months.xlsx")
    found = check(register("inspections"), read_file(file.name, file.content()), today=TODAY)
    (fault,) = found.faults
    assert (fault.sheet, fault.row, fault.column, fault.value) == ("二月", 3, "结论", "好")
    assert [(place.sheet, place.row) for place in found.places] == [("一月", 2), ("二月", 3)]


def test_merged_cells_are_told_in_the_order_of_their_places() -> None:
    merged = [(2, 12, 3, 12), (3, 8, 3, 9), (2, 7, 3, 7)]  # as a workbook may list them
    cells = [INSPECTIONS, LINE, line(样品编号="S2")]
    found = check(register("inspections"), Raw((Sheet("一月", [1, 2, 3], cells, merged),)), today=TODAY)
    assert [fault.value for fault in found.faults] == ["G2:G3", "L2:L3", "H3:I3"]


def test_a_refused_cell_is_told_once_and_not_also_as_blank() -> None:
    found = check(
        register("inspections"),
        read_file("a.csv", text(INSPECTIONS, line(抽样日期="x", 结果日期=""))),
        today=TODAY,
    )
    assert [fault.column for fault in found.faults] == ["抽样日期"]


def test_a_typed_row_is_checked_like_a_file() -> None:
    good = dict(zip(["household_no", "village_code", "head_name", "registered_on"], HOUSE, strict=False))
    assert check_rows(register("households"), [good], today=TODAY).faults == []
    (fault,) = check_rows(
        register("households"), [good, {**good, "registered_on": "昨天"}], today=TODAY
    ).faults
    assert (fault.row, fault.column, fault.value) == (2, "建档日期", "昨天")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_file_with_bytes_changed_is_answered_in_words_or_read(data: st.DataObject) -> None:
    content = bytearray(
        text(INSPECTIONS, LINE, line(样品编号="S2"), encoding=data.draw(st.sampled_from(["utf-8", "gbk"])))
    )
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        raw = read_file("a.csv", bytes(content))
    except Unreadable as refused:
        assert refused.words.zh
        return
    found = check(register("inspections"), raw, today=TODAY)
    assert len(found.rows) == len(found.places)
    marked_copy(register("inspections"), raw, found.faults)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("a\x00b", "控制字符"),
        ("\x02fa", "控制字符"),
        ("\ud800", "控制字符"),
        ("字" * 2001, "超过 2000"),
    ],
)
def test_what_is_typed_is_refused_as_it_is_in_a_file(typed: str, said: str) -> None:
    house = dict(zip(["household_no", "village_code", "head_name", "registered_on"], HOUSE, strict=False))
    row = {**house, "head_name": typed}
    (fault,) = check_rows(register("households"), [row], today=TODAY).faults
    assert said in fault.message.zh and fault.column == "户主姓名"
    longest = {**house, "head_name": "字" * 2000}
    assert check_rows(register("households"), [longest], today=TODAY).faults == []
