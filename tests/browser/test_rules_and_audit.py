"""Changing a rule and proving decisions, in a browser: every view fits and is sound, and the two journeys through them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from bench.visitor import Visitor
from tests.browser.conftest import AsPerson
from tests.choosing import choose_option
from tests.in_browser import click_row, fill_in, ready

LONG = 30_000  # milliseconds, on a machine with other things to do
SERIOUS = {"serious", "critical"}
DRAFT = "示例：三次合格才恢复"
VIEWS = {
    "rules": (
        "/rules?view=readings",
        "/rules?view=readings&reading=produce-support/parameter:inspection_validity_days",
        "/rules?view=matrix",
        "/rules?view=exchange",
    ),
    "drafts": (
        "/rule_changes",
        f"/rule_changes?draft={DRAFT}",
        f"/rule_changes?draft={DRAFT}&part=text",
        f"/rule_changes?draft={DRAFT}&part=cases",
        f"/rule_changes?draft={DRAFT}&part=differences",
        "/rule_changes?view=publish",
    ),
    "compare": tuple(
        f"/rule_changes?view=compare{by}" for by in ("", "&by=township", "&by=names", "&by=near", "&by=cost")
    ),
    "audit": (
        "/audit",
        "/audit?view=changes",
        "/audit?view=sample",
        "/audit?view=overrides",
        "/audit?view=recheck",
        "/audit?view=pack",
    ),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", list(VIEWS))
def test_views_fit_the_screen_and_have_no_serious_finding(as_person: AsPerson, kind: str, lang: str) -> None:
    page = as_person("auditor" if kind == "audit" else "reviewer", f"/rules?view=exchange&lang={lang}")
    faults: list[tuple[object, ...]] = []
    for path in VIEWS[kind]:
        page.goto(path)
        ready(page)
        shown = page.locator(".stMain")
        if page.evaluate("document.documentElement.scrollWidth") > 1366 or shown.evaluate(
            "main => main.scrollWidth > main.clientWidth"
        ):
            faults.append((path, "wider than the screen"))
        if shown.get_by_text("不能用，已不予理会" if lang == "zh" else "was left aside").count():
            faults.append((path, "the address is not understood"))
        found = Axe().run(page).response["violations"] if lang == "zh" else []  # the same elements in both
        faults += [(path, v["id"], v["nodes"][0]["html"][:120]) for v in found if v["impact"] in SERIOUS]
    assert faults == []


def view(page: Page, name: str) -> Page:
    """Another view of the page, by its words."""
    page.locator(".stMain").get_by_role("radio", name=name, exact=True).click()
    return ready(page)


def saved(page: Page, button: Locator, folder: Path) -> Path:
    """The file that a button hands out."""
    with page.expect_download(timeout=LONG) as coming:
        button.click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def test_a_value_is_drafted_compared_proposed_and_published_by_another_person(
    own_server: Visitor, as_person: AsPerson
) -> None:
    clerk = as_person("clerk", "/rule_changes")
    fill_in(clerk, "草稿名称", "有效期改为九十天")
    clerk.get_by_role("button", name="开始起草").click()
    expect(clerk.get_by_text("证明通过")).to_be_visible(timeout=LONG)
    number = ready(clerk).get_by_test_id("stNumberInputField")
    number.fill("90")
    clerk.get_by_role("button", name="写入草稿").click()
    expect(clerk.get_by_text("● 有未保存的修改")).to_be_visible(timeout=LONG)
    ready(clerk).get_by_role("button", name="保存", exact=True).click()
    expect(clerk.get_by_text("已保存“有效期改为九十天”第 2 版。")).to_be_visible(timeout=LONG)

    view(ready(clerk), "与现行规则对比")
    expect(clerk.get_by_text("检验结果有效天数（自 2021-10-01）：90天")).to_be_visible(timeout=LONG)
    worse = clerk.get_by_test_id("stMetricValue").nth(1)
    assert int(worse.inner_text().replace(",", "")) > 0
    assert "view=compare" in clerk.url

    view(clerk, "公布")  # an earlier proposal of the demonstration has to make room
    clerk.get_by_role("button", name="撤下").click()
    why = clerk.locator("[class*=st-key-rule_changes_why_] input")
    why.fill("示例：改提另一项")
    why.press("Tab")
    clerk.get_by_role("button", name="撤下第 6 号修改").click()
    expect(clerk.get_by_text("已撤下第 6 号修改。")).to_be_visible(timeout=LONG)
    choose_option(ready(clerk), "草稿", "有效期改为九十天（非标准化农产品上行帮扶）")
    fill_in(clerk, "理由 *", "示例：改为每季度检验一次")
    clerk.get_by_role("button", name="提出，请另一位审核员公布").click()
    expect(clerk.get_by_text("已提出，等另一位审核员公布")).to_be_visible(timeout=LONG)
    expect(ready(clerk).get_by_role("button", name="撤下")).to_be_visible()
    expect(clerk.get_by_role("button", name="公布", exact=True)).to_have_count(0)

    reviewer = ready(as_person("reviewer", "/rule_changes?view=publish"))
    own = reviewer.locator("[class*=st-key-rule_changes_waiting_]", has_text="改为每季度检验一次")
    own.get_by_role("textbox").fill("岳电商办〔2021〕示例号")
    own.get_by_role("button", name="公布", exact=True).click()
    expect(reviewer.get_by_text("自2021年10月1日起施行。以前的判定不变。")).to_be_visible(timeout=LONG)

    clerk.reload()
    rows = ready(clerk).locator(".st-key-rule_changes_history table[role=grid] tr")
    mine = rows.filter(has_text="改为每季度检验一次")
    expect(mine).to_contain_text("2021-10-01", timeout=LONG)
    expect(mine).to_contain_text("示例审核员")
    expect(mine).to_contain_text("岳电商办〔2021〕示例号")


def test_a_sample_is_drawn_a_finding_noted_and_sample_and_pack_taken_along(
    own_server: Visitor, as_person: AsPerson, tmp_path: Path
) -> None:
    page = ready(as_person("auditor", "/audit?view=sample"))
    page.get_by_role("spinbutton", name="抽几条").fill("5")
    page.get_by_role("textbox", name="种子（空白则随机生成）").fill("示例种子")
    page.get_by_role("button", name="抽取").click()
    expect(page.get_by_text("已抽取 5 条，种子 示例种子")).to_be_visible(timeout=LONG)
    click_row(ready(page), ".stMain", 2)
    expect(page.get_by_role("heading", name="判定 ", exact=False)).to_be_visible(timeout=LONG)
    decision = ready(page).url
    assert "decision=" in decision
    page.locator(".stRadio").get_by_text("发现问题").click()
    fill_in(page, "问题或说明（发现问题的必须写）", "示例：样品编号与纸质报告不一致")
    page.get_by_role("button", name="记录结果").click()
    expect(page.get_by_text("已看 1 条，共 5 条；发现问题 1 条")).to_be_visible(timeout=LONG)
    assert page.url == decision

    book = load_workbook(saved(ready(page), page.get_by_role("button", name="导出 Excel"), tmp_path))
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert any("样品编号与纸质报告不一致" in cell for cell in cells) and any("示例种子" in c for c in cells)

    view(page, "审计包")
    fill_in(page, "为什么要下载（写进个人信息记录）", "示例：年度审计")
    pack = saved(page, page.get_by_role("button", name="生成并下载审计包"), tmp_path)
    names = zipfile.ZipFile(io.BytesIO(pack.read_bytes())).namelist()
    assert any(name.endswith("verify.py") for name in names) and any("说明" in name for name in names)
    page.go_back()
    ready(page)
    assert page.url == decision
    expect(page.get_by_text("示例：样品编号与纸质报告不一致")).to_be_visible()
