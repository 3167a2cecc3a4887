"""How many goods have which verdict, one line per benefit: with links on Today, as a plain table on Goods."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from office.deciding import Answers
from pages.parts import address
from pages.parts.language import _, say
from pages.parts.looks import OTHER, VERDICTS, verdict_label
from rules.program import Program

CSS = """
<style>
.overview-bar { display: flex; height: .5rem; border-radius: 3px; overflow: hidden; margin-top: .3rem; }
.overview-title { font-weight: 600; }
[class*="st-key-today_verdicts"] { padding: .7rem .9rem .8rem; }
[class*="st-key-today_verdicts"] a { padding: 0; min-height: 0; }
[class*="st-key-today_verdicts"] a strong { color: #1f5fa8; }
[class*="st-key-today_verdicts"] strong { font-variant-numeric: tabular-nums; font-size: 1.1rem; }
[class*="st-key-today_verdicts"] [data-testid="stVerticalBlock"] { gap: .2rem; }
</style>
"""
COUNTS_CSS = """
<style>
.stMain .stHeading h3 { padding: .5rem 0 .6rem; }
.verdict-counts { border-collapse: collapse; font-size: .92rem; }
.verdict-counts th, .verdict-counts td { padding: .05rem 1.4rem .05rem 0; text-align: left; white-space: nowrap; }
.verdict-counts th { font-weight: 600; }
.verdict-counts b { font-variant-numeric: tabular-nums; display: inline-block; min-width: 2.8rem; text-align: right; }
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


def counts_table(program: Program, counts: Mapping[str, Mapping[str, int]]) -> str:
    """The counts of what is shown, for `st.html`: a line per benefit, best verdict first."""
    lines = []
    for benefit, numbers in counts.items():
        cells = "".join(
            f'<td><span style="color:{VERDICTS.get(verdict, OTHER).colour}">{escape(verdict_label(verdict))}</span>'
            f" <b>{numbers[verdict]:,}</b></td>"
            for verdict in reversed(program.better)
        )
        title = escape(say(program.benefits[benefit].title))
        lines.append(f'<tr><th scope="row">{title}</th>{cells}</tr>')
    return f'<table class="verdict-counts">{"".join(lines)}</table>'


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
