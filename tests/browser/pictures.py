"""The pictures of the manual (docs/images): `python -m tests.browser.pictures [NAME …]` takes all of them, or those named.

Each shows the demonstration county of 2,000 households at 1366 × 768, in Chinese, as somebody of a role sees it.
The application is served on this machine, on a database made for the purpose; nothing of it stays.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, FilePayload, Page, expect, sync_playwright

from bench.visitor import Visitor
from tests.browser.conftest import CHROMIUM, QUIET
from tests.choosing import choose_option
from tests.in_browser import click_row, grid, ready
from tests.serving import ROOT, serving

IMAGES = ROOT / "docs" / "images"
FAULTY = (
    "样品编号,户编号,产品编码,抽样日期,方法,结论,身份证号,联系电话\n"
    "X1,{good},2021-09-28,速测,合格,,\nX2,{good},昨天,速测,好,,\nX3,H9999,P01,2021-09-28,速测,合格,,\n"
    "合计,3,,,,,,\n填表人：示例,,,,,,,\n"
)


@dataclass(frozen=True)
class Picture:
    """One picture: who looks at which address, and what is done there before it is taken."""

    name: str
    login: str
    path: str
    doing: Callable[[Page], None] | None = None


def open_first(page: Page) -> None:
    """The first row of the page's table."""
    click_row(page, ".stMain", 1)
    ready(page)


def first_past(page: Page) -> None:
    """A past decision that would differ, with what was recorded since."""
    open_first(page)
    page.get_by_text("到今天办理").scroll_into_view_if_needed()


def first_reading(page: Page) -> None:
    """A reading to confirm, with what its alternatives would do."""
    open_first(page)
    page.get_by_text("会怎样", exact=True).first.wait_for()
    page.get_by_text("还没有登记过确认").scroll_into_view_if_needed()


def first_override(page: Page) -> None:
    """An act against the rules, with its reason."""
    click_row(page, ".st-key-audit_overrides_rows", 1)
    ready(page)


def recheck(page: Page) -> None:
    """Everything re-checked."""
    page.get_by_role("button", name="开始复核").click()
    expect(page.get_by_role("button", name="再复核一次")).to_be_visible(timeout=120_000)


def backed_up(page: Page) -> None:
    """A copy made by the button."""
    page.get_by_role("button", name="现在备份").click()
    expect(page.get_by_text("现有的备份（1 份）")).to_be_visible(timeout=60_000)


def drawn_decision(page: Page) -> None:
    """A decision of the sample, opened."""
    open_first(page)
    expect(page.get_by_text("怎样抽的，怎样重抽")).to_be_visible()
    page.wait_for_timeout(700)  # the list of samples gives way to the decisions that were drawn
    open_first(page)
    expect(page.get_by_text("再判定一次")).to_be_visible()
    page.get_by_role("heading", name="判定 ").first.evaluate("it => it.scrollIntoView({block: 'start'})")


def slip(page: Page) -> None:
    """A good's time line and its slips, scrolled to."""
    open_first(page)
    page.locator(".vega-embed").first.evaluate("chart => chart.scrollIntoView({block: 'start'})")
    page.locator(".stMain").evaluate("main => main.scrollBy(0, -60)")


def faulty_file(page: Page) -> None:
    """A file with faults about a registered good, read and answered."""
    content = FAULTY.format(good=grid(page, ".stMain")[1][1].replace("/", ","))
    page.goto("/inspections?view=upload")
    ready(page)
    file: FilePayload = {"name": "九月检验.csv", "mimeType": "text/csv", "buffer": content.encode("gb18030")}
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("已核对")).to_be_visible(timeout=20_000)
    ready(page)
    page.locator(".stMain").evaluate("main => main.scrollTo(0, main.scrollHeight)")


def issue(page: Page) -> None:
    """A slip half filled in: a good that has packaging granted, a place, a kind of item."""
    granted = [row for row in grid(page, ".stMain") if any("已给予" in cell for cell in row)]
    subject = next(cell for cell in granted[0] if re.fullmatch(r"\w+/\w+", cell))
    page.goto(f"/packaging?view=slip&do=issue&subject={subject}")
    ready(page)
    choose_option(page, "从哪里发放")
    ready(page)
    page.get_by_role("combobox", name="物资", exact=True).press("ArrowDown")
    page.get_by_role("option").filter(has_text="纸箱").first.click()
    page.keyboard.press("Escape")
    ready(page)
    page.locator(".stMain").get_by_role("spinbutton").first.fill("20")
    page.keyboard.press("Tab")


def posting(page: Page) -> None:
    """Where a notice will hang, filled in."""
    page.get_by_role("textbox", name="张贴地点").fill("示例公告栏：县电商办公室门口、各村村委会")
    page.get_by_role("textbox", name="办公室电话").fill("0000-0000000（示例）")
    page.keyboard.press("Tab")


def lever(page: Page) -> None:
    """One lever of a what-if, moved."""
    handle = page.locator(".stMain input[type=range]").first
    handle.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    ready(page)


PICTURES = (
    Picture("today-zh", "demo-clerk", "/"),
    Picture("tasks-zh", "demo-reviewer", "/tasks"),
    Picture("goods-zh", "demo-reviewer", "/goods"),
    Picture("good-zh", "demo-head", "/good", open_first),
    Picture("good-slip-zh", "demo-head", "/good", slip),
    Picture("inspections-zh", "demo-clerk", "/inspections"),
    Picture("import-zh", "demo-clerk", "/inspections", faulty_file),
    Picture("packaging-zh", "demo-clerk", "/packaging"),
    Picture("packaging-issue-zh", "demo-clerk", "/packaging?view=held", issue),
    Picture("logistics-zh", "demo-clerk", "/logistics"),
    Picture("logistics-draft-zh", "demo-reviewer", "/logistics?view=draft"),
    Picture("grants-zh", "demo-reviewer", "/grants"),
    Picture("notices-zh", "demo-reviewer", "/notices"),
    Picture("notices-post-zh", "demo-clerk", "/notices?view=post", posting),
    Picture("targets-zh", "demo-reviewer", "/targets"),
    Picture("targets-one-zh", "demo-reviewer", "/targets?view=target&target=training"),
    Picture("targets-what-if-zh", "demo-reviewer", "/targets?view=what-if&targets=training", lever),
    Picture("registers-zh", "demo-clerk", "/registers?register=stations"),
    Picture("registers-row-zh", "demo-clerk", "/registers?register=stations", open_first),
    Picture("trace-zh", "demo-auditor", "/trace", open_first),
    Picture("reports-zh", "demo-reviewer", "/reports"),
    Picture("reports-assessment-zh", "demo-reviewer", "/reports?view=assessment"),
    Picture("clauses-zh", "demo-clerk", "/clauses?section=三"),
    Picture("rules-zh", "demo-reviewer", "/rules", lever),
    Picture("rules-readings-zh", "demo-reviewer", "/rules?view=readings", first_reading),
    Picture("rules-matrix-zh", "demo-reviewer", "/rules?view=matrix"),
    Picture("rule-changes-zh", "demo-reviewer", "/rule_changes", open_first),
    Picture("rule-changes-compare-zh", "demo-reviewer", "/rule_changes?view=compare&by=township"),
    Picture("rule-changes-publish-zh", "demo-reviewer", "/rule_changes?view=publish"),
    Picture("audit-past-zh", "demo-auditor", "/audit?view=past", first_past),
    Picture("audit-changes-zh", "demo-auditor", "/audit?view=changes"),
    Picture("audit-sample-zh", "demo-auditor", "/audit?view=sample", open_first),
    Picture("audit-sample-decision-zh", "demo-auditor", "/audit?view=sample", drawn_decision),
    Picture("audit-overrides-zh", "demo-auditor", "/audit?view=overrides", first_override),
    Picture("audit-recheck-zh", "demo-auditor", "/audit?view=recheck", recheck),
    Picture("account-zh", "demo-clerk", "/account"),
    Picture("people-zh", "demo-administrator", "/people", open_first),
    Picture("personal-household-zh", "demo-clerk", "/personal?household=H0053"),
    Picture("personal-show-zh", "demo-auditor", "/registers?register=households&key=H0053"),
    Picture("personal-wishes-zh", "demo-clerk", "/personal?view=wishes"),
    Picture("system-copies-zh", "demo-administrator", "/system", backed_up),
    Picture("system-condition-zh", "demo-administrator", "/system?view=condition"),
)


@contextmanager
def office_folder() -> Iterator[Path]:
    """A folder with a name as an office has it, for pages that show it; gone at the end, it must not be there before."""
    folder = Path("/srv/office-example")
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def take(browser: Browser, visitor: Visitor, picture: Picture) -> None:
    """Sign in, go there, do what is to be done, take the picture."""
    visit = Visitor(visitor.host, visitor.port)
    answer = visit.send_form({**visit.form(), "login": picture.login})
    assert answer.status == 303, answer.text
    context = browser.new_context(
        base_url=visitor.origin, viewport={"width": 1366, "height": 768}, locale="zh-CN"
    )
    context.add_cookies([{"name": n, "value": v, "url": visitor.origin} for n, v in visit.cookies.items()])
    page = context.new_page()
    page.goto(picture.path)
    ready(page)
    if picture.doing is not None:
        picture.doing(page)
        ready(page)
    page.wait_for_timeout(700)  # charts and tables are drawn after the script has ended
    ready(page)  # the first time a kind of field is shown its own script is fetched
    page.screenshot(path=IMAGES / f"{picture.name}.png")
    context.close()


def main(names: list[str]) -> int:
    """Take the pictures named (all without a name); tells which could not be taken."""
    unknown = set(names) - {picture.name for picture in PICTURES}
    if unknown or CHROMIUM is None:
        print(f"no such picture: {', '.join(sorted(unknown))}" if unknown else "Chromium is not installed")
        return 2
    failed = 0
    with office_folder() as folder, sync_playwright() as playwright:
        db = folder / "demo.db"
        made = [sys.executable, "-m", "office", "--db", str(db), "init", "--demo"]
        subprocess.run(made, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        with serving(db) as visitor:
            for picture in PICTURES:
                if names and picture.name not in names:
                    continue
                try:
                    take(browser, visitor, picture)
                    print(f"{picture.name}.png")
                except Exception as error:  # the others are taken all the same
                    failed += 1
                    print(f"{picture.name}: {error!r}"[:300], file=sys.stderr)
        browser.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
