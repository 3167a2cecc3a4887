"""The sidebar with all its pages, and the plan part by part, in a real browser of the office's size."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import AsPerson
from tests.in_browser import ready

SERIOUS = {"serious", "critical"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_whole_sidebar_is_seen_without_scrolling(as_person: AsPerson, lang: str) -> None:
    page = ready(as_person("clerk", f"/rules?day=2021-08-01&lang={lang}"))
    room = page.evaluate(
        "(() => { const e = document.querySelector('[data-testid=stSidebarContent]');"
        " return [e.scrollHeight, e.clientHeight]; })()"
    )
    assert room[0] <= room[1] == 768
    foot = page.locator(".st-key-frame_sign_out").bounding_box()
    assert foot is not None and foot["y"] + foot["height"] <= 768


def test_every_link_of_the_sidebar_is_reached_with_the_keyboard(as_person: AsPerson) -> None:
    page = ready(as_person("clerk", "/rules"))
    links = page.locator("[data-testid=stSidebar] a[data-in-app]")
    links.first.focus()
    for at in range(1, links.count()):
        page.keyboard.press("Tab")
        expect(links.nth(at)).to_be_focused()


def test_a_register_of_the_plan_opens_its_list_and_back_returns_to_the_plan(as_person: AsPerson) -> None:
    page = ready(as_person("clerk", "/clauses?section=三&day=2021-08-01"))
    page.locator(".plan").get_by_role("link", name="服务站点", exact=True).first.click()
    page.wait_for_url("**/registers?*register=stations*")
    assert "day=2021-08-01" in page.url
    ready(page)
    expect(page.get_by_role("heading", level=1, name="台账")).to_be_visible()
    page.go_back()
    page.wait_for_url("**/clauses?*")
    ready(page)
    expect(page.locator(".plan").get_by_text("建立基础服务体系")).to_be_visible()


@pytest.mark.parametrize("path", ["/clauses", "/clauses?view=open", "/?due=returns"])
def test_the_page_fits_the_screen_and_has_no_serious_finding(as_person: AsPerson, path: str) -> None:
    page = ready(as_person("reviewer", path))
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:150]) for v in found if v["impact"] in SERIOUS] == []
