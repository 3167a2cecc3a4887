"""Ten people at once in browsers of their own for ten minutes: no error shown, no act lost, memory level.

`tried` starts the application on a copy of the demonstration, lets people work, and counts in the database what they
were told was done. What each does stands in `browser_work.py`, how they wait and what they see in `browser_people.py`.
How soon a page is there is said, not promised: the same two cores draw ten screens. `sessions` promises it.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]

from bench.serving import Served, served
from data import chain
from data.store import reading
from soak.browser_lines import by_kind, lines_of
from soak.browser_people import Office, Person
from soak.browser_stock import make_stock
from soak.browser_work import WORK
from soak.elsewhere import working_elsewhere
from soak.setting import base, own_copy
from soak.trial import Line

if TYPE_CHECKING:
    from playwright.async_api import Browser

NAME = "browsers"
SECONDS = 600.0
HOUSEHOLDS = 300
PEOPLE = (
    "demo-clerk",
    "demo-clerk",
    "demo-clerk",
    "demo-clerk",
    "demo-reviewer",
    "demo-reviewer",
    "demo-head",
    "demo-auditor",
    "demo-auditor",
    "demo-administrator",
)
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_MEMORY_EVERY = 2.0


@dataclass
class Watched:
    """Resident megabytes of the server, with the seconds since the beginning."""

    memory: list[tuple[float, float]] = field(default_factory=list)


def run(seconds: float | None = None) -> Iterator[Line]:
    """The lines of this trial; one that says so where there is no browser."""
    yield from tried(seconds, PEOPLE, (), quick=False)


def tried(
    seconds: float | None, in_browsers: Sequence[str], elsewhere: Sequence[str], *, quick: bool
) -> Iterator[Line]:
    """These people at work together; `quick`: how soon a page is there is promised."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        yield Line("ten people at once", "there is no Chromium on this machine", "–", None)
        return
    with own_copy(base(HOUSEHOLDS)) as path:
        stock = make_stock(path, len(in_browsers))
        office, watched = Office(), Watched()
        with reading(path) as db:
            since = chain.head(db).seq
        with (
            served(path, path.with_suffix(".log")) as app,
            working_elsewhere(app.address, elsewhere, office, stock[0]),
        ):
            asyncio.run(_together(app, program, office, watched, stock, in_browsers, seconds or SECONDS))
        print(by_kind(office), file=sys.stderr)
        with reading(path) as db:
            broken = _broken_pages(path.with_suffix(".log"))
            yield from lines_of(db, office, since, watched.memory, broken, quick=quick)


async def _together(
    app: Served,
    program: str,
    office: Office,
    watched: Watched,
    stock: list[list[tuple[str, str]]],
    logins: Sequence[str],
    seconds: float,
) -> None:
    from playwright.async_api import async_playwright

    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=program, args=list(QUIET))
        until = monotonic() + seconds
        memory = asyncio.create_task(_watch_memory(app.process, watched, until))
        people = [
            _works(browser, app.address, office, login, n, stock[n], until) for n, login in enumerate(logins)
        ]
        await asyncio.gather(*people)
        await memory
        await browser.close()


async def _works(
    browser: Browser,
    address: str,
    office: Office,
    login: str,
    number: int,
    goods: list[tuple[str, str]],
    until: float,
) -> None:
    """One person: signs in, does a round of work after the other, comes and goes in between."""
    context = await browser.new_context(
        base_url=address,
        viewport={"width": 1366, "height": 768},
        locale="zh-CN",
        accept_downloads=True,
    )
    person = Person(await context.new_page(), office, login, number, address, goods)
    await asyncio.sleep(number * 0.7)  # an office fills up, it does not begin at a stroke
    await person.sign_in()
    while monotonic() < until:
        for work in WORK[person.role]:
            if monotonic() >= until:
                break
            await person.does(work)
    await context.close()


async def _watch_memory(process: int, watched: Watched, until: float) -> None:
    begun, of = monotonic(), psutil.Process(process)
    while monotonic() < until:
        watched.memory.append((monotonic() - begun, of.memory_info().rss / 2**20))
        await asyncio.sleep(_MEMORY_EVERY)


def _broken_pages(log: Path) -> int:
    """How often a page broke off, by the server's own words."""
    text = log.read_text("utf-8", "replace")
    return text.count("page failed") + text.count("Traceback (most recent call last)")
