"""A reviewer issues a bulletin, a return is corrected and the next edition names what changed; a veto is imposed and lifted."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from bench.visitor import Visitor
from tests.browser.conftest import AsPerson
from tests.in_browser import click_row, fill_in, ready

LONG = 30_000  # milliseconds: what writes a paper on a machine with other things to do


def issue(page: Page) -> None:
    """Issue the latest month's bulletin and see that it was."""
    page.goto("/reports")
    ready(page).get_by_text("我已看过以上数据").click()
    page.get_by_role("button", name=re.compile("^印发.*通报")).click(timeout=LONG)
    expect(page.get_by_text("已印发。")).to_be_visible(timeout=LONG)
    ready(page)


def test_a_second_edition_names_what_was_corrected(own_server: Visitor, as_person: AsPerson) -> None:
    page = as_person("reviewer", "/reports")
    issue(page)
    assert "view=issued" in page.url
    page.goto("/registers?register=station_returns")
    click_row(ready(page), ".stMain", 1)
    page.get_by_role("button", name="更正这一行").click(timeout=LONG)
    fill_in(page, "上行单数 (单) *", "987654")
    fill_in(page, "更正理由 *", "示例：漏报")
    page.get_by_role("button", name="核对更正").click()
    page.get_by_role("button", name="确认更正").click(timeout=LONG)
    expect(page.get_by_text("已更正，原来的内容仍保留")).to_be_visible(timeout=LONG)
    issue(page)
    expect(page.get_by_text("与上一版的不同")).to_be_visible()
    expect(page.locator(".stMain table[role=grid]").last).to_contain_text("订单", timeout=LONG)
    page.reload()
    expect(ready(page).get_by_text("与上一版的不同")).to_be_visible(timeout=LONG)


def test_a_veto_is_imposed_with_a_reason_and_lifted_with_another(
    own_server: Visitor, as_person: AsPerson
) -> None:
    page = ready(as_person("reviewer", "/reports?view=vetoes"))
    send = page.locator(".stForm").get_by_role("button", name="否决")
    send.click()
    expect(page.get_by_text("请写明理由")).to_be_visible(timeout=LONG)
    fill_in(page, "理由 *", "示例：经核实月报数不实")
    send.click()
    expect(page.get_by_text("：否决已记录（第")).to_be_visible(timeout=LONG)
    ready(page).locator(".stMain").get_by_text("撤销否决", exact=True).click()
    page.wait_for_url("**act=lift*")
    expect(ready(page).get_by_role("textbox", name="理由 *")).to_have_value("")
    fill_in(page, "理由 *", "示例：复核无误")
    page.locator(".stForm").get_by_role("button", name="撤销否决").click()
    expect(page.get_by_text("：撤销否决已记录（第")).to_be_visible(timeout=LONG)
