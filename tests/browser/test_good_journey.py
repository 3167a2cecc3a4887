"""A reviewer's look at one good in a real browser: found, read on another day, seen as it was decided, corrected."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from bench.visitor import Visitor
from tests.browser.conftest import AsPerson
from tests.choosing import choose_option
from tests.in_browser import click_row, fill_in, grid, ready


def address(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_a_good_is_opened_stepped_through_time_and_seen_as_it_was_decided(as_person: AsPerson) -> None:
    page = ready(as_person("reviewer", "/good"))
    subject = grid(page, ".stMain")[1][0]
    click_row(page, ".stMain", 1)
    expect(page.locator(".slip-head")).to_have_count(2, timeout=20_000)
    assert address(page)["subject"] == subject
    expect(page.locator("canvas.marks, svg.marks").first).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="上次变化").click()
    page.wait_for_url("**day=*")
    turned = address(ready(page))["day"]
    bars = page.locator("canvas.marks, svg.marks").first.bounding_box()
    assert bars is not None
    page.mouse.click(bars["x"] + bars["width"] * 0.7, bars["y"] + bars["height"] * 0.7)
    page.wait_for_url(lambda url: f"day={turned}" not in url and "day=" in url)
    ready(page)
    page.get_by_role("radio", name="物流补贴申请资格").click()
    page.wait_for_url("**benefit=logistics*")
    ready(page)
    earlier = "[data-testid=stDataFrame] >> nth=-1"
    page.locator(earlier).scroll_into_view_if_needed()
    page.locator(earlier).locator(".dvn-scroller").click(position={"x": 15, "y": 45})
    page.wait_for_url("**known=*")
    ready(page)
    expect(page.get_by_role("button", name="回到现在")).to_be_visible()
    expect(page.get_by_text("更正一次检验")).to_have_count(0)


def test_an_inspection_is_corrected_in_two_steps(own_server: Visitor, as_person: AsPerson) -> None:
    page = ready(as_person("reviewer", "/good"))
    click_row(page, ".stMain", 1)
    expect(page.locator(".slip-head")).to_have_count(2, timeout=20_000)
    ready(page)
    page.get_by_text("更正一次检验").click()
    choose_option(page, "样品")
    expect(page.get_by_role("textbox", name="检测机构")).to_be_visible(timeout=20_000)
    fill_in(page, "检测机构", "改后的示例机构")
    fill_in(page, "更正理由 *", "机构写错")
    page.get_by_role("button", name="核对更正").click()
    expect(page.get_by_role("button", name="确认更正")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="确认更正").click()
    expect(page.get_by_text("已更正，原来的内容仍保留")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("heading", name="更正记录")).to_be_visible()
