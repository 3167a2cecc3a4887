"""A draft is checked as one types: the fault with its line a moment after the key, the way to it, and Tab leaves the field."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from bench.visitor import Visitor
from tests.browser.conftest import AsPerson
from tests.in_browser import fill_in, ready

LONG = 30_000  # milliseconds, on a machine with other things to do
CHOOSE = "(area, text) => { area.focus(); const at = area.value.indexOf(text); area.setSelectionRange(at, at + text.length); }"


def begun(page: Page, name: str) -> Page:
    """A draft of what is in force, opened at its text."""
    fill_in(ready(page), "草稿名称", name)
    page.get_by_role("button", name="开始起草").click()
    expect(page.get_by_text("证明通过")).to_be_visible(timeout=LONG)
    ready(page).get_by_text("文件文本", exact=True).click()
    expect(page.locator(".st-key-drafts_editor textarea")).to_be_visible(timeout=LONG)
    return ready(page)


def test_a_fault_is_shown_with_its_line_while_one_types(own_server: Visitor, as_person: AsPerson) -> None:
    page = begun(as_person("clerk", "/rule_changes"), "试改")
    area = page.locator(".st-key-drafts_editor textarea")
    lines = page.locator(".draft-lines")
    expect(lines.locator("i").last).to_have_text(f"{area.input_value().count(chr(10)) + 1}")
    area.evaluate(CHOOSE, 'at_most = "inspection_validity_days"')
    page.keyboard.type('at_mos = "inspection_validity_days"', delay=5)
    expect(page.get_by_text("文件有 1 处问题")).to_be_visible(timeout=LONG)
    line = area.input_value().partition("at_mos =")[0].count("\n") + 1
    expect(lines.locator("b")).to_have_text(f"✕ {line}", timeout=LONG)
    assert area.evaluate("area => document.activeElement === area")
    page.keyboard.press("Tab")
    assert not area.evaluate("area => document.activeElement === area")
    ready(page).get_by_role("button", name=f"第 {line} 行").click()
    expect(area).to_be_focused(timeout=LONG)
    chosen = area.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)")
    assert "at_mos =" in chosen and "\n" not in chosen
    area.evaluate(CHOOSE, "at_mos =")
    page.keyboard.type("at_most =", delay=5)
    expect(page.get_by_text("证明通过")).to_be_visible(timeout=LONG)
