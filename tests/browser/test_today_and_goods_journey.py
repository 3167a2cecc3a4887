"""From a number on Today to its goods, to one good; choosing, exporting and recording on Goods, in a real browser."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.conftest import AsPerson
from tests.in_browser import click_row, grid, ready

TABLE = ".st-key-goods_table"


def shown(page: Page) -> int:
    """The number of goods that the page says it shows."""
    words = page.get_by_text(re.compile(r"^共 [\d,]+ 个农产品$")).inner_text()
    return int(re.sub(r"\D", "", words))


def test_a_number_of_today_opens_its_goods_and_a_row_opens_the_good(as_person: AsPerson) -> None:
    page = ready(as_person("clerk", "/?day=2021-09-30"))
    card = page.locator("[data-card=one_failure] a")
    number = int(card.locator("strong").inner_text())
    card.click()
    page.wait_for_url(re.compile(r"/goods\?.*list=one_failure"))
    ready(page)
    assert shown(page) == number and "day=2021-09-30" in page.url
    first = grid(page, TABLE)[1]
    subject = next(cell for cell in first if re.fullmatch(r"H\d+/P\d+", cell))
    click_row(page, TABLE, 1)
    page.wait_for_url(re.compile(r"/good\?.*subject="))
    ready(page)
    assert subject in page.locator(".stMain").inner_text()
    page.go_back()
    expect(page.get_by_text("共", exact=False).first).to_be_visible()
    assert shown(ready(page)) == number


def test_filters_are_in_the_address_and_the_export_holds_what_is_shown(
    as_person: AsPerson, tmp_path: Path
) -> None:
    page = ready(as_person("auditor", "/goods"))
    everything = shown(page)
    page.locator(".st-key-goods_verdict [role=combobox]").click()
    page.get_by_role("option", name="不能判定").click()
    page.wait_for_url(re.compile("verdict=cannot_decide"))
    few = shown(ready(page))
    assert 0 < few < everything
    assert shown(ready(as_person("auditor", page.url.split("/", 3)[3].join(["/", ""])))) == few
    with page.expect_download() as download:
        page.locator(".st-key-goods_export button").click()
    assert download.value.suggested_filename == "资格清单_2021-09-30.xlsx"
    content = Path(download.value.path()).read_bytes()
    rows = list(openpyxl.load_workbook(BytesIO(content))["资格清单"].iter_rows(values_only=True))
    assert len(rows) == few + 1 and "户主姓名" not in rows[0]


def test_a_reviewer_records_the_day_and_the_next_day_is_compared_with_it(
    as_person: AsPerson, own_server: object
) -> None:
    page = ready(as_person("reviewer", "/goods"))
    for words in (r"已存档：第 \d+ 次", "没有新增：同样的输入已在"):
        page.locator(".st-key-goods_record button").click()
        page.locator(".st-key-goods_record_sure button").click()
        expect(page.get_by_text(re.compile(words))).to_be_visible(timeout=15_000)
        ready(page)
    page.get_by_role("link", name="今日").click()
    ready(page)
    expect(page.get_by_text(re.compile(r"第 \d+ 次存档：判定日 2021年8月31日"))).to_be_visible()
    page = ready(as_person("reviewer", "/?day=2021-10-01"))
    expect(page.get_by_text(re.compile(r"第 \d+ 次存档：判定日 2021年9月30日"))).to_be_visible()
    assert page.locator("[data-card=newly_lost]").inner_text().startswith("0")
