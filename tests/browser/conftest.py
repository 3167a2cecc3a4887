"""A real browser on the served application; a console error or a request that leaves the machine fails."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from bench.visitor import Visitor

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOCAL = ("data:", "blob:")

AsPerson = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the system. Where CI is set it must be there; elsewhere its tests are skipped."""
    if CHROMIUM is None:
        sentence = "Chromium is not installed, so nothing was tried in a browser (apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def as_person(browser: Browser, request: pytest.FixtureRequest) -> Iterator[AsPerson]:
    """`as_person("clerk", "/goods")`: a page signed in as that role (None: nobody), in a browser of its own.

    `meant` is a part of the one console error that the test provokes.
    Served from `own_server` if the test asks for it too, else from `server`.
    """
    own = "own_server" in request.fixturenames
    visitor: Visitor = request.getfixturevalue("own_server" if own else "server")
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def come_in(role: str | None = "clerk", path: str = "/", *, meant: str | None = None) -> Page:
        context = browser.new_context(
            base_url=visitor.origin, viewport={"width": 1366, "height": 768}, locale="zh-CN"
        )
        contexts.append(context)
        if role is not None:
            visit = Visitor(visitor.host, visitor.port)
            visit.sign_in(role)
            context.add_cookies(
                [
                    {"name": name, "value": value, "url": visitor.origin}
                    for name, value in visit.cookies.items()
                ]
            )
        page = context.new_page()
        _watch(page, visitor.origin, faults, meant)
        page.goto(path)
        return page

    yield come_in
    for context in contexts:
        context.close()
    assert not faults, faults


def _watch(page: Page, origin: str, faults: list[str], meant: str | None) -> None:
    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and (meant is None or meant not in message.text):
            faults.append(f"console: {message.text} ({message.location.get('url', '')})")

    def asked(request: Request) -> None:
        if not request.url.startswith((origin, origin.replace("http", "ws", 1), *LOCAL)):
            faults.append(f"left the machine: {request.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
    page.on("request", asked)
