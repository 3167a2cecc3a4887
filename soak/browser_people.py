"""A person at a browser: waits as people do, sees what is shown, and remembers what they were told was done."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import ConsoleMessage, Locator, Page

THINKS = (3.0, 8.0)  # seconds
LONG = 60_000  # milliseconds

# Milliseconds from the person's hand to a page that is done; run before the hand moves.
_LISTEN = """() => {
    window.settled = new Promise(done => {
        const asked = performance.now(), kinds = ['mousedown', 'keydown', 'change'];
        let hand = null, last = null, ran = false;
        const moved = () => { hand ??= performance.now(); };
        for (const kind of kinds) document.addEventListener(kind, moved, true);
        // A quick page is drawn in one go and is never seen running: then it is done with the last change of the page,
        // once nothing has moved for a second.
        const seen = new MutationObserver(changes => {
            last = performance.now();
            ran ||= changes.some(change => change.attributeName);
        });
        const watched = { subtree: true, childList: true, characterData: true };
        seen.observe(document.body, { ...watched, attributeFilter: ['data-test-script-state'] });
        const look = setInterval(() => {
            const app = document.querySelector('[data-testid="stApp"]'), now = performance.now();
            const idle = app && app.getAttribute('data-test-script-state') === 'notRunning';
            const drawing = document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]');
            const still = hand !== null && now - Math.max(hand, last ?? 0) > 1000;
            const over = now - asked > 60000;
            if (!over && !((ran || still) && idle && !drawing)) return;
            clearInterval(look); seen.disconnect();
            for (const kind of kinds) document.removeEventListener(kind, moved, true);
            done(over ? -1 : (ran ? now : Math.max(hand, last ?? 0)) - (hand ?? asked));
        }, 15);
    });
}"""
_LOADED = """() => new Promise(done => {
    const look = setInterval(() => {
        const app = document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]');
        const main = document.querySelector('[data-testid="stMain"]');
        const drawing = document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]');
        if (!app || !main || main.innerText.trim().length <= 20 || drawing) return;
        clearInterval(look); done(performance.now());
    }, 15);
})"""
# What must not be seen: a page that broke off, an exception, a lost connection, a red message.
_WRONG = """() => [...document.querySelectorAll(
    '[data-testid="stException"], [data-testid="stAlertContentError"], [role=dialog]')]
    .map(found => found.innerText.slice(0, 200)).filter(words => words)"""


@dataclass
class Office:
    """What the ten have in common: how long each step took, what went wrong, what was done."""

    took: dict[str, list[float]] = field(default_factory=dict)  # seconds, by what was done
    wrong: list[str] = field(default_factory=list)  # errors that a person saw
    console: list[str] = field(default_factory=list)
    gave_up: list[str] = field(default_factory=list)  # work that could not be done to its end
    done: list[tuple[str, str]] = field(default_factory=list)  # (kind of act, what it was about)


class Person:
    """One person in a browser of their own."""

    def __init__(
        self, page: Page, office: Office, login: str, number: int, address: str, goods: list[tuple[str, str]]
    ) -> None:
        self.page, self.office, self.login, self.number = page, office, login, number
        self.address, self.goods = address, goods
        self.role = login.removeprefix("demo-").replace("head", "reviewer")
        self.draw = Random(number)
        self.turn, self.granted = 0, 0
        page.set_default_timeout(LONG)
        page.on("console", self._console)
        page.on("pageerror", lambda error: office.console.append(f"{login}: {error}"))

    async def does(self, work: Callable[[Person], Awaitable[None]]) -> None:
        """A piece of work to its end, or a note that it could not be done."""
        self.turn += 1
        try:
            await work(self)
        except Exception as error:
            words = re.sub(r"\s+", " ", str(error))[:300]
            self.office.gave_up.append(f"{self.login} {work.__name__}: {type(error).__name__} {words}")
            await self.looks()
            await self.opens("/")

    async def thinks(self) -> None:
        await asyncio.sleep(self.draw.uniform(*THINKS))

    async def sign_in(self) -> None:
        await self.page.goto("/sign-in")
        await self.page.locator(f"button[name=login][value={self.login}]").click()
        await self._loaded("signing in")

    async def sign_out(self) -> None:
        await self.page.locator(".st-key-frame_sign_out button").click()
        await self.page.wait_for_url("**/sign-in*")

    async def opens(self, path: str) -> None:
        """A page from its address, as a bookmark or a sent link opens it."""
        await self.thinks()
        await self.page.goto(path, wait_until="commit")
        await self._loaded("a page loaded from its address")

    async def goes_to(self, page: str) -> None:
        """A page by its line in the sidebar."""
        await self.thinks()
        line = self.page.locator(".stSidebar a[data-in-app]").filter(has_text=page)
        async with self.waiting("a page chosen in the sidebar"):
            await line.first.click()

    async def presses(self, what: Locator, kind: str = "a button, filter or row") -> None:
        await self.thinks()
        async with self.waiting(kind):
            await what.click()

    @asynccontextmanager
    async def waiting(self, kind: str) -> AsyncIterator[None]:
        """From the hand's movement in the block to a page that is done, and what is seen then."""
        await self.page.evaluate(_LISTEN)
        yield
        took = float(await self.page.evaluate("() => window.settled"))
        if took < 0:
            raise TimeoutError(f"{kind}: nothing settled")
        self.office.took.setdefault(kind, []).append(took / 1000)
        await self.looks()

    async def looks(self) -> None:
        """Notes every error that stands on the page."""
        for words in await self.page.evaluate(_WRONG):
            self.office.wrong.append(f"{self.login} on {self.page.url.partition('?')[0][-20:]}: {words}")

    async def is_told(self, words: str, kind: str, about: str) -> None:
        """Waits for the words that say something was done, and remembers it."""
        await self.page.get_by_text(re.compile(words)).first.wait_for(state="attached")
        self.office.done.append((kind, about))
        await self.looks()

    async def downloads(self, button: Locator) -> None:
        await self.thinks()
        async with self.page.expect_download() as coming:
            await button.click()
        file = await (await coming.value).path()
        if not file.stat().st_size:
            self.office.wrong.append(f"{self.login}: an empty file was downloaded")
        await self.looks()

    async def _loaded(self, kind: str) -> None:
        took = float(await self.page.evaluate(_LOADED))
        self.office.took.setdefault(kind, []).append(took / 1000)
        await self.looks()

    def _console(self, message: ConsoleMessage) -> None:
        place = message.location.get("url", "")
        if message.type == "error":
            self.office.console.append(f"{self.login}: {message.text} ({place})"[:300])
