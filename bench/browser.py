"""What somebody waits for in a browser: a page's first useful paint, and a what-if's new answer."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bench.report import Row, seconds, skipped
from bench.serving import served
from bench.setting import ROOT
from bench.timing import Taken
from data.store import reading

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_PAGES = (
    "",
    "tasks",
    "goods",
    "good?subject={good}",
    "inspections",
    "packaging",
    "logistics",
    "notices",
    "targets",
    "targets?view=target&target=county_transactions",
    "registers",
    "registers?register=station_returns",
    "trace",
    "grants",
    "reports",
    "reports?view=assessment",
    "clauses",
    "rules",
    "rule_changes",
    "audit",
    "personal",
    "account",
    "about",
)
_OF_AN_ADMINISTRATOR = ("people", "system")
_WHAT_IF_PAGES = ("rules", "targets?view=what-if&targets=training,county_transactions")
_ROUNDS = 5
_FIRST_PAINT, _NEW_ANSWER = 1.5, 0.5
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# Milliseconds since the navigation began, once the page's script has run and nothing is being drawn.
_PAINTED = """() => new Promise(done => {
    const look = () => {
        const app = document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]');
        const main = document.querySelector('[data-testid="stMain"]');
        const waiting = document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]');
        if (app && main && main.innerText.trim().length > 20 && !waiting) done(performance.now());
        else requestAnimationFrame(look);
    };
    look();
})"""

# Milliseconds from the key to the end of the run that it set off.
_LISTEN = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    window.answered = new Promise(done => {
        let began = null, ran = false;
        document.addEventListener('keydown', () => { began ??= performance.now(); }, true);
        const look = () => {
            const running = app.getAttribute('data-test-script-state') === 'running';
            ran ||= began !== null && running;
            const waiting = document.querySelector('[data-stale="true"]');
            if (ran && !running && !waiting) done(performance.now() - began);
            else requestAnimationFrame(look);
        };
        look();
    });
}"""


def rows(folder: Path) -> Iterator[Row]:
    """One row per page, then one for the what-if; a sentence instead where there is no browser."""
    paint, answer = "a page's first useful paint", "a what-if slider's new answer"
    program = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if program is None:
        yield skipped(paint, f"≤ {_FIRST_PAINT:g} s", "there is no Chromium on this machine")
        yield skipped(answer, f"≤ {_NEW_ANSWER:g} s", "there is no Chromium on this machine")
        return
    from playwright.sync_api import sync_playwright

    database = _demonstration(folder)
    good = _some_good(database)
    with served(database) as app, sync_playwright() as play:
        address = app.address
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = _signed_in(browser, address, "demo-clerk")
        for name in _PAGES:
            taken = _paints(page, f"{address}/{name.format(good=good)}")
            yield _row(f"{paint}: /{name.replace('={good}', '')}", taken, _FIRST_PAINT)
        other = _signed_in(browser, address, "demo-administrator")
        for name in _OF_AN_ADMINISTRATOR:
            yield _row(f"{paint}: /{name}", _paints(other, f"{address}/{name}"), _FIRST_PAINT)
        for name in _WHAT_IF_PAGES:
            yield _what_if(page, f"{address}/{name}", f"{answer}: /{name.partition('?')[0]}")
        browser.close()


def _signed_in(browser: Browser, address: str, login: str) -> Page:
    """A page in a browser profile of its own, as one of the invented people."""
    page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page.goto(f"{address}/sign-in")
    page.locator(f"button[name=login][value={login}]").click()
    page.evaluate(_PAINTED)
    return page


def _some_good(database: Path) -> str:
    """The good with the most inspections: the longest of the pages about one good."""
    with reading(database) as db:
        sql = "SELECT household_no || '/' || product_code FROM inspections GROUP BY good_entity"
        return str(db.execute(f"{sql} ORDER BY count(*) DESC, 1 LIMIT 1").fetchone()[0])


def _row(work: str, taken: Taken, most: float) -> Row:
    slowest = f"slowest of {len(taken.rounds)}: {seconds(max(taken.rounds))}"
    return Row(
        work, seconds(taken.middle), "headless Chromium", slowest, f"≤ {most:g} s", taken.middle <= most
    )


def _paints(page: Page, address: str) -> Taken:
    """Each round loads the page from its address, as if it were opened anew."""
    return Taken(tuple(_painted(page, address) for _ in range(_ROUNDS + 1))[1:])


def _painted(page: Page, address: str) -> float:
    page.goto("about:blank")
    page.goto(address, wait_until="commit")
    return float(page.evaluate(_PAINTED)) / 1000


def _what_if(page: Page, address: str, work: str) -> Row:
    """The first slider of the page, moved by the keyboard, one step a round."""
    _painted(page, address)
    slider = page.locator('[data-testid="stMain"] input[type=range]').first
    if not slider.count():
        return skipped(work, f"≤ {_NEW_ANSWER:g} s", "the page shows no slider")
    taken: list[float] = []
    for _ in range(_ROUNDS + 1):
        slider.focus()
        page.evaluate(_LISTEN)
        page.keyboard.press("ArrowRight")
        taken.append(float(page.evaluate("() => window.answered")) / 1000)
        page.wait_for_timeout(300)
    return _row(work, Taken(tuple(taken[1:])), _NEW_ANSWER)


def _demonstration(folder: Path) -> Path:
    """A fresh demonstration database of the usual size."""
    path = folder / "demonstration.db"
    for stale in folder.glob(f"{path.name}*"):
        stale.unlink()
    command = [sys.executable, "-m", "office", "--db", str(path), "init", "--demo"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return path
