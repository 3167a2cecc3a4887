"""Small hands for browser tests: wait until a page is done, read a table, click a row."""

from __future__ import annotations

from playwright.sync_api import Page, expect

HEADER_HEIGHT, ROW_HEIGHT = 36, 35  # of Streamlit's tables, which are drawn on a canvas


def ready(page: Page) -> Page:
    """Wait until the script has run and nothing is under way."""
    app = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
    page.wait_for_selector(app, timeout=20_000)
    expect(page.locator('[data-stale="true"], [data-testid="stSkeleton"]')).to_have_count(0, timeout=20_000)
    return page


def fill_in(page: Page, label: str, words: str) -> None:
    """Write into a field once the page is done, and see that it stands there."""
    field = ready(page).get_by_role("textbox", name=label)
    field.fill(words)
    expect(field).to_have_value(words)


def grid(page: Page, scope: str) -> list[list[str]]:
    """The visible cells of a table inside `scope` (a CSS selector), header row first."""
    table = page.locator(f"{scope} table[role=grid]")
    table.wait_for(state="attached")
    cells: list[list[str]] = table.evaluate(
        "t => [...t.querySelectorAll('tr')].map(r => [...r.children].map(c => c.textContent))"
    )
    return cells


def click_row(page: Page, scope: str, number: int) -> None:
    """Choose the row `number` (from 1) of a table that can be selected from."""
    middle = HEADER_HEIGHT + ROW_HEIGHT * (number - 1) + ROW_HEIGHT // 2
    page.locator(f"{scope} .dvn-scroller").click(position={"x": 15, "y": middle})
