"""How many goods have which verdict, one line per benefit; each number opens its goods."""

from __future__ import annotations

import streamlit as st

from office.deciding import Answers
from pages.parts import address
from pages.parts.language import _, say
from pages.parts.looks import OTHER, VERDICTS, verdict_label

CSS = """
<style>
.overview-bar { display: flex; height: .5rem; border-radius: 3px; overflow: hidden; margin-top: .3rem; }
.overview-title { font-weight: 600; }
[class*="st-key-today_verdicts"] a { padding: 0; min-height: 0; }
[class*="st-key-today_verdicts"] [data-testid="stVerticalBlock"] { gap: .2rem; }
</style>
"""


def overview(answers: Answers, *, links: bool) -> None:
    """One line per benefit: title with the shares as a bar, then best verdict to worst."""
    verdicts = tuple(reversed(answers.program.better))
    with st.container(border=True, key="today_verdicts"):
        for benefit, counts in answers.counts().items():
            left, *rest = st.columns([2.2, *(1.3 for _each in verdicts)], vertical_alignment="center")
            title = say(answers.program.benefits[benefit].title)
            left.html(f'<div class="overview-title">{title}</div>{_bar(counts, verdicts)}')
            for column, verdict in zip(rest, verdicts, strict=True):
                with column:
                    _number(benefit, verdict, counts[verdict], links=links)


def _number(benefit: str, verdict: str, count: int, *, links: bool) -> None:
    label = f"{verdict_label(verdict)}　**{count:,}**"
    if count and links:
        address.link("goods", label, benefit=benefit, verdict=verdict)
    else:
        st.markdown(label)


def _bar(counts: dict[str, int], verdicts: tuple[str, ...]) -> str:
    """The shares as lengths; the words and numbers stand beside it."""
    parts = "".join(
        f'<span style="flex:{counts[v]};background:{VERDICTS.get(v, OTHER).colour}"></span>' for v in verdicts
    )
    return f'<div class="overview-bar" role="img" aria-label="{_("各种判定所占的份额")}">{parts}</div>'
