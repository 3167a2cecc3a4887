"""A clerk's morning in a real browser: a file with faults, the marked copy, the mended file, one result by hand."""

from __future__ import annotations

from io import BytesIO

import openpyxl
from playwright.sync_api import FilePayload, Page, expect

from bench.visitor import Visitor
from tests.browser.conftest import AsPerson
from tests.choosing import choose_option
from tests.in_browser import click_row, fill_in, grid, ready

HEADER = "样品编号,户编号,产品编码,抽样日期,方法,结论,身份证号\n"


def upload(page: Page, name: str, content: bytes) -> None:
    file: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("已核对")).to_be_visible(timeout=20_000)
    ready(page)


def first_good(page: Page) -> str:
    """Any good of the county, as the list names it."""
    page.goto("/inspections")
    ready(page)
    return grid(page, ".stMain")[1][1]


def test_a_file_is_mended_from_its_marked_copy_and_written(own_server: Visitor, as_person: AsPerson) -> None:
    page = as_person("clerk", "/inspections")
    household, product = first_good(ready(page)).split("/")
    row = f"{household},{product},2021-09-01,速测"
    page.goto("/inspections?view=upload")
    ready(page)
    upload(page, "九月.csv", f"{HEADER}NEW1,{row},合格,\nNEW2,{row},很好,\n".encode("gb18030"))
    expect(page.get_by_text("有 1 处问题，没有写入任何内容")).to_be_visible()
    expect(page.get_by_text("没有读取，也不会保存：身份证号")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载标注副本").click()
    book = openpyxl.load_workbook(BytesIO(download.value.path().read_bytes()))
    sheet = book.worksheets[0]
    assert "只能填" in str(sheet.cell(3, sheet.max_column).value)
    sheet.cell(3, 6).value = "不合格"
    mended = BytesIO()
    book.save(mended)
    upload(page, "九月-标注.xlsx", mended.getvalue())
    page.get_by_role("button", name="写入 2 行").click()
    expect(page.get_by_text("：新增 2 行，更正 0 行")).to_be_visible(timeout=20_000)
    page.goto("/inspections?sample=NEW")
    ready(page)
    assert [line[0] for line in grid(page, ".stMain")[1:3]] == ["NEW2", "NEW1"]
    click_row(page, ".stMain", 1)
    page.get_by_role("link", name=f"打开一户一品 {household}/{product}").click()
    expect(page.locator(".slip-head")).to_have_count(2, timeout=20_000)


def test_one_result_is_typed_in_and_a_fault_stands_at_its_field(
    own_server: Visitor, as_person: AsPerson
) -> None:
    page = as_person("clerk", "/inspections")
    subject = first_good(ready(page))
    page.goto("/inspections?view=entry")
    ready(page)
    ready(page).get_by_label("查找农产品").fill(subject)
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="样品编号 *")).to_be_visible(timeout=20_000)
    fill_in(page, "样品编号 *", "HAND-1")
    page.get_by_role("button", name="核对并登记").click()
    expect(page.get_by_text("不能为空。").first).to_be_visible(timeout=20_000)
    ready(page).get_by_role("spinbutton", name="抽样日期 *，年").click()
    page.keyboard.type("20210915")
    choose_option(page, "方法 *", "速测")
    choose_option(page, "结论 *", "合格")
    page.get_by_role("button", name="核对并登记").click()
    expect(page.get_by_text(f"样品 HAND-1 已登记到 {subject}")).to_be_visible(timeout=20_000)
