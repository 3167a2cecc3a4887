"""How everything looks: one accent colour, verdict colours with a sign beside them, one chart theme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import altair as alt
import streamlit as st
from altair.utils import schemapi

from office.days import HERE
from pages.parts.language import Lang, say
from rules import slip

ACCENT = "#1f5fa8"
INK = "#1f2933"
QUIET = "#5b6672"
LINE = "#d5dce5"
CHART_COLOURS = ["#1f5fa8", "#b5651d", "#2f7d5b", "#7a4fa3", "#a23b3b", "#4a86b8", "#6b7280", "#8a6d1a"]
FONT = '"Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif'


@dataclass(frozen=True)
class Look:
    """A colour with at least 4.5 : 1 on white, and the sign that always stands beside it."""

    colour: str
    sign: str


VERDICTS = {
    "eligible": Look("#2e7d4f", "✔"),
    "not_eligible": Look("#5b6672", "✕"),
    "cannot_decide": Look("#8f5f00", "？"),
    "revoked": Look("#b3261e", "⊘"),
    "payable": Look("#2e7d4f", "✔"),
    "refused": Look("#b3261e", "✕"),
}
FINDINGS = {"holds": Look("#2e7d4f", "✔"), "fails": Look("#b3261e", "✕"), "unknown": Look("#8f5f00", "？")}
# Of a target on a day; the words are office.targets.status_words.STATUS_WORDS.
STATUSES = {
    "met": Look("#2e7d4f", "✔"),
    "on_track": Look(ACCENT, "↗"),
    "at_risk": Look("#8f5f00", "！"),
    "missed": Look("#b3261e", "✕"),
    "no_data": Look(QUIET, "–"),
}
OTHER = Look(QUIET, "·")  # a verdict of a programme that is not ours


def verdict_words(verdict: str) -> str:
    """A verdict as the office says it; a foreign programme's verdict as it is written there."""
    return say(slip.verdict_words(verdict))


def verdict_label(verdict: str) -> str:
    """Sign and word, for tables and lists: colour is never alone."""
    return f"{VERDICTS.get(verdict, OTHER).sign} {verdict_words(verdict)}"


def verdict_scale(verdicts: list[str]) -> alt.Scale:
    """The colours of `verdicts` for a chart that shows them under `verdict_label`."""
    return alt.Scale(
        domain=[verdict_label(v) for v in verdicts],
        range=[VERDICTS.get(v, OTHER).colour for v in verdicts],
    )


def day_words(day: date, language: Lang) -> str:
    """2020年3月16日, and 2020-03-16 in English."""
    return slip.zh_day(day) if language == "zh" else day.isoformat()


def time_words(utc_text: str, language: Lang) -> str:
    """An instant of the database (UTC text) as the office's clock showed it."""
    at = datetime.fromisoformat(utc_text.replace("Z", "+00:00"))
    local = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(HERE)
    return f"{day_words(local.date(), language)} {local:%H:%M}"


def number_words(number: int | float, digits: int = 0) -> str:
    """1234 as 1,234."""
    return f"{number:,.{digits}f}"


def _office_theme() -> alt.theme.ThemeConfig:
    config: Any = {
        "font": FONT,
        "background": "transparent",
        "range": {"category": CHART_COLOURS},
        "axis": {
            "labelColor": QUIET,
            "titleColor": INK,
            "gridColor": "#e8edf3",
            "domainColor": LINE,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
        },
        "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "orient": "top"},
        "view": {"stroke": "transparent"},
        "mark": {"color": ACCENT},
    }
    return alt.theme.ThemeConfig(config=config)


alt.theme.register("office", enable=True)(_office_theme)


@dataclass(frozen=True)
class _Written:
    """A chart as Streamlit asks for it; checked against the schema of charts where charts are (not for visitors)."""

    chart: Any

    def to_dict(self) -> dict[str, Any]:
        written: dict[str, Any] = self.chart.to_dict(validate=schemapi.DEBUG_MODE)
        return written


def show_chart(chart: Any, *, key: str | None = None, **more: Any) -> Any:
    """Show a chart in the office's theme (Streamlit's own would override it)."""
    shown: Any = _Written(chart)
    return st.altair_chart(shown, theme=None, width="stretch", key=key, **more)


def show_spec(spec: dict[str, Any], *, key: str) -> None:
    """Show a chart that is written as plain Vega-Lite, in the office's theme: for what must answer at once."""
    st.vega_lite_chart({**spec, "config": _office_theme()["config"]}, theme=None, width="stretch", key=key)


CSS = """
<style>
/* Streamlit's own file of a table takes no care of cells that calculate; ours do. */
[data-testid="stElementToolbarButton"]:has([aria-label$="CSV"]) { display: none; }
.stMainBlockContainer { padding: 1rem 1.5rem 2rem; max-width: 1500px; }
.stMain [data-testid="stVerticalBlock"] { gap: .75rem; }
.stSidebar [data-testid="stVerticalBlock"] { gap: .45rem; }
.stSidebar [data-testid="stSidebarHeader"] { height: 2.25rem; margin-bottom: 0; padding-top: .25rem; padding-bottom: 0; }
.stHeading h1 { padding: 0; }
[data-testid="stMetricValue"] { font-size: 1.4rem; }
[data-testid="stMetricValue"] * { white-space: normal; overflow: visible; text-overflow: clip; }
.stHeading h2, .stHeading h3 { padding: .5rem 0 .95rem; }
.stMain a, .stSidebar a { color: #1f5fa8; }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] * { color: #46525f; opacity: 1; }
.office-name { font-weight: 700; font-size: 1.05rem; line-height: 1.35; }
.office-mark { display: inline-block; padding: .1rem .5rem; border: 1px solid #8f5f00; border-radius: 4px;
  color: #6d4800; background: #fff6e0; font-size: .85rem; font-weight: 600; white-space: nowrap; }
.office-where { text-align: right; color: #46525f; font-size: .9rem; line-height: 1.9; }
.office-who { color: #46525f; font-size: .9rem; }
</style>
"""
