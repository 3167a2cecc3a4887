"""A clerk keeps the registers in a real browser: adds a station, finds it, opens it, corrects it, follows its links."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from bench.visitor import Visitor
from tests.browser.conftest import AsPerson
from tests.choosing import choose_option
from tests.in_browser import click_row, fill_in, grid, ready


def new_station(page: Page) -> None:
    """Fill in the form of a new station and send it off."""
    fill_in(page, "站点编码 *", "NEU-1")
    fill_in(page, "站点名称 *", "示例新站")
    choose_option(page, "级别 *", "乡镇站")
    page.get_by_role("spinbutton", name="启用日期 *，年").click()
    page.keyboard.type("20210901")
    for label in ("代销农产品 *", "代购 *", "收发快递 *", "代缴费 *"):
        choose_option(page, label, "是")
    page.get_by_role("button", name="核对并登记").click()


def test_a_row_is_added_found_corrected_and_its_links_are_followed(
    own_server: Visitor, as_person: AsPerson
) -> None:
    page = ready(as_person("clerk", "/registers?register=stations&view=add"))
    new_station(page)
    expect(page.get_by_text("必须填写“乡镇编码”")).to_be_visible(timeout=20_000)
    choose_option(page, "乡镇编码")
    page.get_by_role("button", name="核对并登记").click()
    page.get_by_role("button", name="看这一行").click(timeout=20_000)
    expect(page.get_by_text("首次登记")).to_be_attached(timeout=20_000)

    page.get_by_role("button", name="返回列表").click()
    ready(page)
    fill_in(page, "查找", "示例新站")
    page.keyboard.press("Enter")
    expect(page.get_by_text("共 1 行")).to_be_visible(timeout=20_000)
    ready(page)
    assert grid(page, ".stMain")[1][:2] == ["NEU-1", "示例新站"]
    click_row(page, ".stMain", 1)
    page.get_by_role("button", name="更正这一行").click(timeout=20_000)
    fill_in(page, "站点名称 *", "示例新站二")
    fill_in(page, "更正理由 *", "名称录入错误")
    page.get_by_role("button", name="核对更正").click()
    page.get_by_role("button", name="确认更正").click(timeout=20_000)
    expect(page.get_by_text("NEU-1 已更正")).to_be_visible(timeout=20_000)

    page.get_by_role("button", name="乡镇：").first.click()
    page.get_by_role("button", name="服务站点：").click(timeout=20_000)
    expect(page.get_by_role("button", name="只列与“乡镇”中")).to_be_visible(timeout=20_000)
    assert "of=townships" in page.url
    page.go_back()
    expect(page.get_by_role("button", name="服务站点：")).to_be_visible(timeout=20_000)


def test_the_chain_of_a_batch_is_found_from_the_list(own_server: Visitor, as_person: AsPerson) -> None:
    page = ready(as_person("clerk", "/trace"))
    code = grid(page, ".stMain")[1][0]
    click_row(page, ".stMain", 1)
    expect(page.get_by_role("heading", name=code)).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="看登记").first.click()
    expect(page.get_by_role("link", name="追溯这一批")).to_be_visible(timeout=20_000)
