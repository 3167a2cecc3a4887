"""Lines of a settlement on the page: filters in the address, the table, its sums, and the file to take along."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from data.papers.filters import yuan
from office.listing_words import because_words
from office.subsidy.settlement_views import (
    KINDS,
    Filters,
    Shown,
    chosen,
    grounds_words,
    lines_xlsx,
)
from pages.parts import address
from pages.parts.choices import one_or_all
from pages.parts.files import XLSX
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import OTHER, VERDICTS, verdict_label
from pages.parts.tables import row_hint, table_height

FILTERS = ("kind", "verdict", "because", "township", "search")
MOST_ROWS = 12

STYLE = """
<style>
.money-figures { display: flex; flex-wrap: wrap; gap: .3rem 2rem; margin: .1rem 0 .2rem; }
.money-figures div { white-space: nowrap; }
.money-figures b { font-size: 1.2rem; font-variant-numeric: tabular-nums; }
.money-figures .label { color: #46525f; font-size: .9rem; margin-right: .4rem; }
.stMain ol.settle-steps { display: flex; flex-wrap: wrap; gap: .4rem .8rem; align-items: center; margin: .1rem 0 .3rem;
  padding: 0; list-style: none; }
.settle-steps li { margin: 0; padding: .15rem .6rem; border: 1px solid #d5dce5; border-radius: 4px; color: #46525f; }
.settle-steps li.done { border-color: #2e7d4f; color: #1f2933; }
.settle-steps li.now { border-color: #1f5fa8; color: #1f5fa8; font-weight: 600; }
.claim-table { border-collapse: collapse; font-size: .9rem; margin: 0 0 .5rem; width: 100%; }
.claim-table caption { text-align: left; font-weight: 600; padding: .2rem 0; }
.claim-table th { font-weight: 400; color: #46525f; text-align: left; padding: .1rem .8rem .1rem 0; white-space: nowrap;
  vertical-align: top; }
.claim-table td { padding: .1rem 0; overflow-wrap: anywhere; }
</style>
"""


def figures(found: Mapping[str, str]) -> None:
    """Titles with their figures in a row."""
    st.html(
        '<div class="money-figures">'
        + "".join(
            f'<div><span class="label">{title}</span><b>{figure}</b></div>' for title, figure in found.items()
        )
        + "</div>"
    )


def sums(shown: Shown, *, paid: bool = True) -> dict[str, str]:
    """What the lines come to, titles with their units; without `paid` before any pool."""
    found, money = shown.summary, _("{n} 元")
    said = {
        _("应付"): money.format(n=yuan(found.due)),
        _("限额后"): money.format(n=yuan(found.capped)),
    }
    if paid:
        said[_("实付")] = money.format(n=yuan(found.granted - found.added))
    if found.added:
        said[_("补付以前少付的")] = money.format(n="+" + yuan(found.added))
    if found.recovered:
        said[_("收回以前多付的")] = money.format(n="−" + yuan(found.recovered))
    if found.added or found.recovered:
        said[_("实付合计")] = money.format(n=yuan(found.paid))
    return said


def verdict_figures(shown: Shown) -> dict[str, str]:
    """How many claims have each verdict."""
    return {verdict_label(verdict): f"{number:,}" for verdict, number in shown.summary.verdicts.items()}


def ask(shown: Shown, *, kinds: bool) -> Filters:
    """Show the filters and give what they ask for; `kinds`: whether adjustments are told apart."""
    columns = iter(st.columns(5 if kinds else 4))
    kind = ""
    if kinds:
        with next(columns):
            kind = one_or_all(
                "logistics", "kind", _("类别"), {name: say(words) for name, words in KINDS.items()}
            )
    with next(columns):
        words = {verdict: verdict_label(verdict) for verdict in shown.summary.verdicts}
        verdict = one_or_all("logistics", "verdict", _("结论"), words)
    with next(columns):
        reasons = {name: say(because_words(shown.terms.program, name)) for name in shown.summary.because}
        because = one_or_all("logistics", "because", _("理由"), reasons)
    with next(columns):
        places = (
            shown.lines[["township_code", "township_name"]].drop_duplicates().sort_values("township_code")
        )
        township = one_or_all(
            "logistics", "township", _("乡镇"), dict(places.itertuples(index=False, name=None))
        )
    with next(columns):
        key = address.follow("logistics_search", address.text("search"))
        st.text_input(
            _("查找"),
            key=key,
            placeholder=_("申报编号、户编号、产品或村"),
            on_change=address.keep,
            args=("search", key, ""),
        )
    return Filters(kind, verdict, because, township, address.text("search"))


def lines_table(shown: Shown, name: str, *, kinds: bool, file: str) -> str | None:
    """Filters, count, export and the table; gives the claim chosen in it, else the address's."""
    lines = chosen(shown.lines, ask(shown, kinds=kinds))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_n('共 {n} 行', len(lines))}**", width="content")
        st.caption(row_hint(_("看一件申报的依据和金额")), width="content")
        asked = [filter_name for filter_name in FILTERS if filter_name in st.query_params]
        st.button(
            _("清除筛选"), key=f"{name}_clear", on_click=clear_filters, disabled=not asked, type="tertiary"
        )
        st.download_button(
            _("导出 Excel"),
            data=lambda: lines_xlsx(shown, lines),
            file_name=f"{file}.xlsx",
            mime=XLSX,
            key=f"{name}_export",
            on_click="ignore",
            icon=":material/download:",
            disabled=lines.empty,
        )
    if lines.empty:
        st.info(_("没有符合这些筛选的行。放宽或清除筛选再看。"), icon=":material/filter_alt_off:")
        return None
    event = st.dataframe(
        table_of(shown, lines, kinds=kinds),
        hide_index=True,
        height=table_height(len(lines), MOST_ROWS),
        key=f"{name}_rows",
        on_select="rerun",
        selection_mode="single-row",
        column_config=_config(shown),
    )
    rows = event["selection"]["rows"]
    if rows and rows[0] < len(lines):
        return str(lines.iloc[rows[0]]["claim_no"])
    return address.text("claim") or None


def table_of(shown: Shown, lines: pd.DataFrame, *, kinds: bool) -> pd.DataFrame:
    """The lines as they are shown: words, days, and sums in yuan that sort as numbers.

    Without `kinds` they are claims that no pool has been shared among: what would be paid is not said.
    """
    grounds = list(zip(lines["because"], lines["doubt"], strict=True))
    told = {found: say(grounds_words(shown.terms.program, *found)) for found in set(grounds)}
    columns: dict[str, Any] = {"claim_no": lines["claim_no"]}
    if kinds:
        columns["kind"] = lines["kind"].map({kind: say(words) for kind, words in KINDS.items()})
    columns |= {
        "subject": lines["subject"],
        "product": lines["product_name"],
        "township": lines["township_name"],
        "shipped": pd.to_datetime(lines["shipped_on"]).dt.date,
        "verdict": lines["verdict"].map({found: [verdict_label(found)] for found in set(lines["verdict"])}),
        **{name: lines[name].map(in_yuan) for name in ("due", "capped", "paid") if kinds or name != "paid"},
        "because": [told[found] for found in grounds],
    }
    return pd.DataFrame(columns)


def in_yuan(fen: int) -> Decimal:
    """分 as yuan, exact, for a column of numbers."""
    return Decimal(int(fen)).scaleb(-2)


def money_column(title: str, *, money: str = "%.2f") -> Any:
    """A column of yuan; as `money="accounting"` with separators of thousands and minus in brackets."""
    return st.column_config.NumberColumn(
        title, format=money, width=86 if lang() == "zh" else max(84, 16 + 6 * len(title))
    )


def _config(shown: Shown) -> dict[str, Any]:
    config = st.column_config
    better = shown.terms.program.better
    return {
        "claim_no": config.TextColumn(_("申报编号"), width=92, pinned=True),
        "kind": config.TextColumn(_("类别"), width=62),
        "subject": config.TextColumn(_("户/产品"), width=92),
        "product": config.TextColumn(_("产品"), width=72),
        "township": config.TextColumn(_("乡镇"), width=100),
        "shipped": config.DateColumn(_("发货日期"), width=88, format="YYYY-MM-DD"),
        "verdict": config.MultiselectColumn(
            _("结论"),
            width=104 if lang() == "zh" else 124,
            options=[verdict_label(verdict) for verdict in better],
            color=[VERDICTS.get(verdict, OTHER).colour for verdict in better],
        ),
        "due": money_column(_("应付(元)")),
        "capped": money_column(_("限额后(元)")),
        "paid": money_column(_("实付(元)")),
        "because": config.TextColumn(_("理由"), width=320),
    }


def clear_filters() -> None:
    """For `on_click`: show all lines again."""
    address.put(**dict.fromkeys(FILTERS))
