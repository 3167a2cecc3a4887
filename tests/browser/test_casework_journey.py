"""A case in a real browser: proposed and delivered from the desk by a clerk, decided by one of two reviewers."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from bench.visitor import Visitor
from tests.browser.conftest import AsPerson
from tests.in_browser import click_row, ready


def press(page: Page, label: str) -> None:
    """Press the button of an act's form."""
    page.get_by_role("button", name=label, exact=True).click()


def test_a_clerk_goes_from_the_desk_to_the_notice_and_its_delivery(
    own_server: Visitor, as_person: AsPerson
) -> None:
    page = ready(as_person("clerk", "/"))
    page.get_by_role("link", name="应取消，待提出").click()
    page.wait_for_url("**/tasks?*kind=propose*")
    ready(page)
    click_row(page, ".st-key-tasks_table", 1)
    page.wait_for_url("**/good?*subject=*")
    ready(page)
    press(page, "发出事先告知书")
    expect(page.get_by_text("已发出事先告知书，文号")).to_be_visible(timeout=20_000)
    ready(page)
    with page.expect_download() as paper:
        page.locator(".st-key-acts_print_now button").click()
    assert paper.value.suggested_filename.endswith(".docx")
    ready(page)
    press(page, "登记告知书送达")
    page.get_by_role("textbox", name="签收人").click()
    page.keyboard.type("示例家属")  # at once, while the page still answers: nothing typed is lost
    expect(page.get_by_text("请写明签收人")).to_be_visible(timeout=20_000)
    expect(ready(page).get_by_role("textbox", name="签收人")).to_have_value("示例家属")
    press(page, "登记告知书送达")
    expect(page.get_by_text("陈述申辩期到").first).to_be_visible(timeout=20_000)
    expect(page.locator("ol.path li[aria-current=step]")).to_contain_text("陈述申辩")


def test_of_two_reviewers_at_once_one_decides_and_the_other_is_told(
    own_server: Visitor, as_person: AsPerson
) -> None:
    first = ready(as_person("reviewer", "/tasks?kind=decide"))
    click_row(first, ".st-key-tasks_table", 1)
    first.wait_for_url("**/good?*subject=*")
    ready(first)
    second = ready(as_person("head", first.url[first.url.index("/good") :]))
    for page in (ready(first), ready(second)):
        reason = page.get_by_role("textbox", name="理由 *").first
        reason.fill("多次不合格，情况已核实")
        expect(reason).to_have_value("多次不合格，情况已核实")
        press(page, "作出处理决定")
        ready(page)
    expect(first.get_by_text("已作出处理决定，文号")).to_be_visible(timeout=20_000)
    expect(second.get_by_text("示例审核员已于")).to_be_visible(timeout=20_000)
    expect(second.get_by_text("没有改动任何内容")).to_be_visible()
