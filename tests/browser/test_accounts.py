"""Accounts from end to end in a browser: somebody is added, comes in by a code, works, and is let in no longer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bench.visitor import Visitor
from data.store import open_writer
from office.accounts.first import add_first
from tests.browser.conftest import AsPerson
from tests.in_browser import click_row, fill_in, grid, ready
from tests.managed import PASSWORD
from tests.serving import serving

SERIOUS = {"serious", "critical"}
LOGIN = "li.shili"
THEIRS = "nine slow otters by noon"


@pytest.fixture
def own_server(office_db: Path) -> Iterator[Visitor]:
    """The served application on an office's own database with its first administrator."""
    with open_writer(office_db) as writer:
        add_first(writer, "admin.shili", "示例主管", PASSWORD)
    with serving(office_db) as visitor:
        yield visitor


def sign_in(page: Page, login: str, password: str) -> Page:
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录", exact=True).click()
    return ready(page)


def test_added_by_the_administrator_in_by_a_code_and_out_when_disabled(
    as_person: AsPerson, own_server: Visitor
) -> None:
    administrator = sign_in(as_person(None, "/people?view=add"), "admin.shili", PASSWORD)
    fill_in(administrator, "姓名", "示例李录入")
    fill_in(administrator, "登录名", LOGIN)
    administrator.get_by_role("button", name="新增", exact=True).click()
    expect(administrator.get_by_text("已新增示例李录入")).to_be_visible()
    code = ready(administrator).locator("[data-testid=stCode] code").inner_text().strip()
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}", code)

    clerk = as_person(None, "/registers", meant="401")
    clerk.get_by_role("link", name="我有一次性代码").click()
    clerk.get_by_label("登录名").fill(LOGIN)
    clerk.get_by_label("一次性代码").fill(code)
    clerk.get_by_label("新密码", exact=True).fill(THEIRS)
    clerk.get_by_label("再输一次新密码").fill(THEIRS)
    clerk.get_by_role("button", name="设定密码并登录").click()
    clerk.wait_for_url("**/registers*")
    ready(clerk).get_by_role("link", name="示例李录入").click()
    clerk.wait_for_url("**/account*")
    assert "● 这一处" in str(grid(ready(clerk), ".stMain"))

    administrator.get_by_role("button", name="已经告诉本人，收起").click()
    ready(administrator).goto("/people?do=disable")
    rows = grid(ready(administrator), ".stMain")
    click_row(administrator, ".stMain", next(n for n, row in enumerate(rows) if LOGIN in row))
    ready(administrator).get_by_role("button", name="停用", exact=True).click()
    expect(administrator.get_by_text("示例李录入的账号已停用")).to_be_visible()

    clerk.wait_for_url("**/sign-in*", timeout=5_000)  # nothing was clicked there
    clerk.get_by_label("登录名").fill(LOGIN)
    clerk.get_by_label("密码", exact=True).fill(THEIRS)
    clerk.get_by_role("button", name="登录", exact=True).click()
    expect(clerk.get_by_role("alert")).to_be_visible()


@pytest.mark.parametrize("path", ["/people", "/people?view=add", "/people?view=roles", "/account", "/about"])
def test_the_page_fits_the_screen_and_has_no_serious_finding(as_person: AsPerson, path: str) -> None:
    page = ready(as_person("administrator", path))
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:150]) for v in found if v["impact"] in SERIOUS] == []


def test_the_page_about_prints_whole_and_alone(as_person: AsPerson) -> None:
    page = ready(as_person("auditor", "/about"))
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.locator(".st-key-about_hint")).to_be_hidden()
    last = page.locator(".about").nth(2).locator("tr").last
    height = page.evaluate("document.querySelector('.stMain').scrollHeight")
    assert page.evaluate("document.querySelector('.stMain').clientHeight") == height  # nothing is cut off
    expect(last).to_be_visible()
