"""The door and the frame in a real browser: sign in, change day and language, sign out; nothing leaves the machine."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from data.people import DEMONSTRATION_PEOPLE
from data.seed import townships
from office.programs import program_named
from tests.browser.conftest import AsPerson
from tests.in_browser import ready

PAGES = ["/", "/goods", "/good", "/inspections", "/rules"]
CHINESE = re.compile("[\u4e00-\u9fff]")
# What is data and stays as it is: the other language's own name, people, townships, the plan's number.
NAMES = [
    "中文",
    "二品一标",
    *(name for _, name, _ in DEMONSTRATION_PEOPLE),
    *(t["township_name"] for t in townships()),
]
NAMES = sorted([*NAMES, program_named().source], key=len, reverse=True)
PAPER = re.compile(r"\w+〔\d{4}〕\d+号")  # a paper is called by its number in both languages
SERIOUS = {"serious", "critical"}


def test_a_person_signs_in_sees_the_page_asked_for_and_signs_out(as_person: AsPerson) -> None:
    page = as_person(None, "/rules?day=2021-08-01")
    expect(page.get_by_role("heading", name="县电商办公室")).to_be_visible()
    page.get_by_role("button", name="示例录入员").click()
    page.wait_for_url("**/rules?day=2021-08-01")
    ready(page)
    expect(page.get_by_role("heading", level=1, name="规则")).to_be_visible()
    expect(page.get_by_text("演示数据")).to_be_visible()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/sign-in")
    page.goto("/rules")
    expect(page.get_by_role("button", name="示例录入员")).to_be_visible()


def test_a_second_tab_is_sent_to_the_door_when_the_first_signs_out(as_person: AsPerson) -> None:
    page = ready(as_person("auditor"))
    other = page.context.new_page()
    other.goto("/rules")
    ready(other)
    page.get_by_role("button", name="退出登录").click()
    other.wait_for_url("**/sign-in", timeout=10_000)


def test_the_day_goes_into_the_address_and_along_every_link(as_person: AsPerson) -> None:
    page = ready(as_person("clerk", "/goods"))
    page.locator(".st-key-frame_day button").last.click()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_url("**/goods?day=2021-09-29")
    expect(page.locator(".office-where")).to_contain_text("2021年9月29日")
    page.get_by_role("link", name="规则", exact=True).click()
    page.wait_for_url("**/rules?day=2021-09-29")
    ready(page)
    first = page.get_by_role("link", name="今日")
    assert str(first.evaluate("link => link.href")).endswith("/?day=2021-09-29")
    page.go_back()
    page.wait_for_url("**/goods?day=2021-09-29")
    expect(page.get_by_role("heading", level=1, name="资格清单")).to_be_visible()
    page.get_by_role("button", name="回到").click()
    page.wait_for_url("**/goods")


def test_english_stays_after_reload_on_other_pages_and_in_new_tabs(as_person: AsPerson) -> None:
    page = ready(as_person("clerk", "/rules?day=2021-08-01"))
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/rules?day=2021-08-01&lang=en")
    expect(page.get_by_role("heading", level=1, name="Rules")).to_be_visible()
    page.reload()
    ready(page)
    expect(page.get_by_role("heading", level=1, name="Rules")).to_be_visible()
    new = page.context.new_page()
    new.goto("/inspections")
    expect(new.get_by_role("heading", level=1, name="Inspections")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", level=1, name="规则")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


@pytest.mark.parametrize("path", PAGES)
def test_an_english_page_shows_no_chinese_but_names(as_person: AsPerson, path: str) -> None:
    page = ready(as_person("clerk", f"{path}?lang=en"))
    shown = page.locator("body").inner_text()
    shown = PAPER.sub("", shown)
    for name in NAMES:
        shown = shown.replace(name, "")
    assert [line for line in shown.splitlines() if CHINESE.search(line)] == []


def test_streamlits_own_texts_are_chinese(as_person: AsPerson) -> None:
    page = ready(as_person("clerk", "/nowhere", meant="does not seem to exist"))
    expect(page.get_by_text("没有这一页").first).to_be_visible()
    expect(page.get_by_role("region", name="侧栏")).to_be_visible()
    said = page.evaluate(
        """async () => {
          const box = document.body.appendChild(document.createElement("div"));
          box.innerHTML = '<p>Drag and drop a file here</p><p>50MB per file • CSV, XLSX</p>'
            + '<button aria-label="Download as CSV">Upload</button><input placeholder="Choose options">';
          await new Promise((done) => setTimeout(done, 100));
          return [box.innerText, box.children[2].ariaLabel, box.children[3].placeholder];
        }"""
    )
    assert "把文件拖到这里" in said[0] and "单个文件不超过 50 MB · CSV, XLSX" in said[0]
    assert "选择文件" in said[0] and said[1:] == ["下载为 CSV", "请选择"]


def test_the_browser_itself_refuses_what_lies_outside(as_person: AsPerson) -> None:
    page = ready(as_person("clerk", "/rules", meant="Content Security Policy"))
    answer = page.evaluate(
        "new Promise(done => document.addEventListener('securitypolicyviolation', e => done(e.violatedDirective),"
        " {once: true}) || fetch('/x').then(() => {"
        " const s = document.createElement('iframe'); s.src = 'ftp://localhost/'; document.body.append(s); }))"
    )
    assert str(answer).startswith("frame-src")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_the_small_screen_and_has_no_serious_finding(as_person: AsPerson, path: str) -> None:
    page = ready(as_person("reviewer", path))
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:150]) for v in found if v["impact"] in SERIOUS] == []
