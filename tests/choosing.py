"""Hands for the controls of a form in a browser: a list is opened by keyboard, and again if scrolling closed it."""

from __future__ import annotations

from playwright.sync_api import Page, TimeoutError

TRIES = 8


def choose_option(page: Page, label: str, words: str | None = None) -> None:
    """Choose from the list `label` the option with exactly these words, or the first."""
    box = page.get_by_role("combobox", name=label, exact=True)
    found = page.get_by_role("option", name=words, exact=True) if words else page.get_by_role("option")
    box.scroll_into_view_if_needed()
    for _ in range(TRIES):
        box.press("ArrowDown")
        try:
            found.first.click(timeout=1_000)
            return
        except TimeoutError:  # a panel that was still opening moved the list, which closes it
            continue
    raise AssertionError(f"the list “{label}” did not open or has no “{words}”")
