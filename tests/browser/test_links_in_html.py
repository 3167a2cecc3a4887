"""Links of ours inside HTML behave as links do, and change the page without loading it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import AsPerson
from tests.in_browser import ready

NOT_LOADED = "window.notLoaded === true"


@pytest.fixture
def page(as_person: AsPerson) -> Page:
    """The list of goods on another day, marked so that a load is noticed."""
    page = ready(as_person("clerk", "/goods?day=2021-08-01&list=lapsed"))
    page.evaluate("window.notLoaded = true")
    return page


def title(page: Page) -> str:
    """The heading of the page that is shown, once it is done."""
    return ready(page).get_by_role("heading", level=1).inner_text()


def line(page: Page, name: str) -> None:
    """Choose a page in the sidebar."""
    page.locator(".stSidebar nav").get_by_role("link", name=name, exact=True).click()


def test_a_page_of_the_sidebar_opens_without_a_load_and_back_and_forward_follow(page: Page) -> None:
    line(page, "台账")
    page.wait_for_url("**/registers?day=2021-08-01")
    expect(page.get_by_role("heading", level=1, name="台账")).to_be_visible()
    line(page, "今日")
    page.wait_for_url(re.compile(r"/\?day=2021-08-01$"))
    expect(page.get_by_role("heading", level=1, name="今日")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="台账")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="资格清单")).to_be_visible()
    assert page.url.endswith("/goods?day=2021-08-01&list=lapsed")
    page.go_forward()
    expect(page.get_by_role("heading", level=1, name="台账")).to_be_visible()
    assert title(page) == "台账" and page.evaluate(NOT_LOADED)


def test_the_page_one_is_on_opens_from_its_beginning_and_is_marked(page: Page) -> None:
    line(page, "资格清单")
    page.wait_for_url("**/goods?day=2021-08-01")
    ready(page)
    expect(page.locator(".stSidebar [aria-current=page]")).to_have_text(re.compile("资格清单$"))
    line(page, "台账")
    expect(page.locator(".stSidebar [aria-current=page]")).to_have_text(re.compile("台账$"))
    assert page.evaluate(NOT_LOADED)


def test_the_key_enter_follows_and_the_new_page_is_seen_from_its_top(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 400})
    page.locator("[data-testid=stMain]").evaluate("e => e.scrollTo(0, 300)")
    page.locator(".stSidebar nav").get_by_role("link", name="今日", exact=True).press("Enter")
    page.wait_for_url(re.compile(r"/\?day=2021-08-01$"))
    assert title(page) == "今日" and page.evaluate(NOT_LOADED)
    assert page.locator("[data-testid=stMain]").evaluate("e => e.scrollTop") == 0


def test_with_a_key_held_it_opens_beside_with_the_same_day(page: Page) -> None:
    with page.context.expect_page() as beside:
        page.locator(".stSidebar nav").get_by_role("link", name="台账", exact=True).click(
            modifiers=["ControlOrMeta"]
        )
    assert title(beside.value) == "台账" and beside.value.url.endswith("/registers?day=2021-08-01")
    assert title(page) == "资格清单" and page.evaluate(NOT_LOADED)


def test_while_the_connection_is_lost_the_browser_loads_the_page_itself(page: Page) -> None:
    page.evaluate(
        "document.querySelector('[data-testid=stApp]').setAttribute('data-test-connection-state', 'PINGING_SERVER')"
    )
    line(page, "台账")
    page.wait_for_url("**/registers?day=2021-08-01")
    assert title(page) == "台账" and not page.evaluate(NOT_LOADED)


def test_what_was_typed_last_is_in_the_address_that_back_returns_to(page: Page) -> None:
    page.locator(".st-key-goods_search input").fill("H0001")
    line(page, "台账")
    expect(page.get_by_role("heading", level=1, name="台账")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="资格清单")).to_be_visible()
    ready(page)
    expect(page.locator(".st-key-goods_search input")).to_have_value("H0001")
    assert "search=H0001" in page.url
