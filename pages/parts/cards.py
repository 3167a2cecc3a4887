"""Cards of Today: a number with what it counts and a quiet line under it, all cards of a heading in one piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from pages.parts.address import Value
from pages.parts.anchors import anchor

CSS = """
<style>
.today-cards { display: grid; gap: .75rem 1rem; }
.today-card { border: 1px solid #d5dce5; border-radius: .4rem; padding: .4rem .8rem .5rem; min-width: 0; }
.today-mine { border-left: 3px solid #1f5fa8; }
.stHtml .today-card a[data-in-app] { display: block; }
.today-card strong { display: inline-block; font-size: 1.5rem; font-weight: 700; line-height: 1.3; margin-right: .4rem;
  font-variant-numeric: tabular-nums; }
.today-card a strong { color: #1f5fa8; }
.today-none, .today-why { color: #5b6672; }
.today-none strong { font-weight: 500; }
.today-why { font-size: .86rem; line-height: 1.4; }
</style>
"""


@dataclass(frozen=True)
class Card:
    """What a number counts; a link where it counts something and `page` says where that is."""

    name: str
    number: int
    title: str
    why: str
    page: str = ""
    to: Mapping[str, Value] = field(default_factory=dict)
    mine: bool = False

    def html(self) -> str:
        """The card; its name is how tests find it."""
        words = f"<strong>{self.number:,}</strong> {escape(self.title)}"
        if self.number and self.page:
            words = anchor(self.page, words, self.to)
        elif not self.number:
            words = f'<div class="today-none">{words}</div>'
        mark = " today-mine" if self.mine else ""
        why = f'<div class="today-why">{escape(self.why)}</div>'
        return f'<div class="today-card{mark}" data-card="{self.name}">{words}{why}</div>'


def cards_html(cards: Sequence[Card], across: int) -> str:
    """Cards beside each other, `across` in a line, for `st.html`."""
    inside = "".join(card.html() for card in cards)
    return f'<div class="today-cards" style="grid-template-columns:repeat({across},minmax(0,1fr))">{inside}</div>'
