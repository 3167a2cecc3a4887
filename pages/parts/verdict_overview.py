"""How many goods have which verdict, one line per benefit: with links on Today, as a plain table on Goods."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from office.deciding import Answers
from pages.parts.anchors import anchor
from pages.parts.language import _, say
from pages.parts.looks import OTHER, VERDICTS, verdict_label
from rules.program import Program

CSS = """
<style>
.overview { border: 1px solid #d5dce5; border-radius: .4rem; padding: .7rem .9rem .8rem; display: grid; align-items: center;
  gap: .7rem 1rem; }
.overview-bar { display: flex; height: .5rem; border-radius: 3px; overflow: hidden; margin-top: .3rem; }
.overview-title { font-weight: 600; }
.overview strong { font-variant-numeric: tabular-nums; font-size: 1.1rem; margin-left: .7rem; }
.overview a strong { color: #1f5fa8; }
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
    cells = []
    for benefit, counts in answers.counts().items():
        title = escape(say(answers.program.benefits[benefit].title))
        cells.append(f'<div><div class="overview-title">{title}</div>{_bar(counts, verdicts)}</div>')
        cells += [_number(benefit, verdict, counts[verdict], links) for verdict in verdicts]
    columns = f"grid-template-columns:2.2fr repeat({len(verdicts)},1.3fr)"
    st.html(f'<div class="overview" style="{columns}">{"".join(cells)}</div>')


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


def _number(benefit: str, verdict: str, count: int, links: bool) -> str:
    words = f"{escape(verdict_label(verdict))}<strong>{count:,}</strong>"
    linked = anchor("goods", words, {"benefit": benefit, "verdict": verdict}) if count and links else words
    return f"<div>{linked}</div>"


def _bar(counts: dict[str, int], verdicts: tuple[str, ...]) -> str:
    """The shares as lengths; the words and numbers stand beside it."""
    parts = "".join(
        f'<span style="flex:{counts[v]};background:{VERDICTS.get(v, OTHER).colour}"></span>' for v in verdicts
    )
    return f'<div class="overview-bar" role="img" aria-label="{_("各种判定所占的份额")}">{parts}</div>'
