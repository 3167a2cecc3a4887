"""The links of ours that a page shows inside HTML, as a person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit


@dataclass
class Link:
    """Where it leads, and its words without the sign before them."""

    page: str
    query: str
    words: str = ""
    strong: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Link] = []
        self.inside = False
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append("sign" if "aria-hidden" in given else tag)
        if "data-in-app" in given:
            to = urlsplit(given["href"] or "")
            self.found.append(Link(to.path[1:] or "today", to.query))
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.tags.pop()
        self.inside = self.inside and tag != "a"

    def handle_data(self, data: str) -> None:
        if self.inside and self.tags[-1] != "sign":
            self.found[-1].words += data
            if self.tags[-1] == "strong":
                self.found[-1].strong += data


def links(part: Any, page: str | None = None) -> list[Link]:
    """Of the main part, the sidebar or the whole of a page; `page`: only those that lead there."""
    found = []
    for element in part.get("html"):
        if "data-in-app" in element.proto.body:
            reader = _Reader()
            reader.feed(element.proto.body)
            found += reader.found
    return [link for link in found if page in (None, link.page)]
