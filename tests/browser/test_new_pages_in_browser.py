"""Every view of the pages of step 3 fits the office's screen, has no serious finding, and looks the same when it is sent."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import AsPerson
from tests.in_browser import ready

SERIOUS = {"serious", "critical"}
VIEWS = {
    "targets": (
        "/targets",
        "/targets?view=target&target=training&part=rows",
        "/targets?view=target&target=county_transactions&part=places",
        "/targets?view=target&target=county_transactions&part=definition",
        "/targets?view=what-if&targets=training,county_transactions",
    ),
    "registers": (
        "/registers",
        "/registers?register=station_returns",
        "/registers?register=station_returns&view=add",
        "/registers?register=station_returns&view=import",
        "/trace",
    ),
    "reports": (
        "/reports",
        "/reports?view=assessment",
        "/reports?view=vetoes",
        "/grants",
        "/rules?view=values",
    ),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", list(VIEWS))
def test_views_fit_the_screen_and_have_no_serious_finding(as_person: AsPerson, kind: str, lang: str) -> None:
    page = as_person("reviewer" if kind == "reports" else "clerk", f"/rules?view=proof&lang={lang}")
    faults: list[tuple[object, ...]] = []
    for path in VIEWS[kind]:
        page.goto(path)
        ready(page)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 1366:
            faults.append((path, width))
        found = Axe().run(page).response["violations"]
        faults += [(path, v["id"], v["nodes"][0]["html"][:120]) for v in found if v["impact"] in SERIOUS]
    assert faults == []


def test_no_figure_of_a_target_is_cut_off_in_english(as_person: AsPerson) -> None:
    page = ready(as_person("clerk", "/targets?view=target&target=training&lang=en"))
    figures = page.locator("[data-testid=stMetricValue]")
    assert "3,000 person-times" in figures.nth(1).inner_text()
    assert not page.evaluate(
        "[...document.querySelectorAll('[data-testid=stMetricValue] *')].some(e => e.scrollWidth > e.clientWidth + 1)"
    )


def size(page: Page, card: str) -> str:
    """How large the number on a card of Today is."""
    number = page.locator(f"[data-card={card}] strong")
    return str(number.evaluate("e => getComputedStyle(e).fontSize + getComputedStyle(e).color"))


def test_cards_of_today_look_alike_whether_they_open_here_or_elsewhere(as_person: AsPerson) -> None:
    page = ready(as_person("clerk", "/"))
    assert size(page, "returns") == size(page, "at_risk") == size(page, "one_failure")
    page.locator("[data-card=returns]").get_by_role("link").click()
    page.wait_for_url("**due=returns*")
    expect(ready(page).get_by_text("去导入站点月报")).to_be_visible()
    page.reload()
    expect(ready(page).get_by_text("去导入站点月报")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("去导入站点月报")).to_have_count(0, timeout=20_000)
