"""The claims of one grant on the page: what they come to by verdict, filters in the address, the table, the export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data.papers.filters import yuan
from office.grants.listing import (
    Filters,
    GrantList,
    chosen,
    grants_xlsx,
    owner_titles,
)
from office.listing_words import all_because_words, because_words
from pages.parts import address
from pages.parts.choices import one_or_all
from pages.parts.files import XLSX
from pages.parts.language import _, _n, lang, say
from pages.parts.logistics_lines import in_yuan, money_column
from pages.parts.looks import OTHER, VERDICTS, verdict_label
from pages.parts.tables import row_hint, table_height

FIRST = "rewards"
FILTERS = ("verdict", "because", "township", "search")
MOST_ROWS = 12

STYLE = """
<style>
.grant-sums { border-collapse: collapse; margin: .1rem 0 .2rem; }
.grant-sums th, .grant-sums td { padding: .1rem 1.6rem .1rem 0; text-align: left; font-weight: 400; }
.grant-sums thead th { color: #46525f; font-size: .9rem; }
.grant-sums .number { text-align: right; font-variant-numeric: tabular-nums; font-weight: 600; }
.grant-sums .note { color: #46525f; font-size: .9rem; }
</style>
"""


def which_grant(titles: Mapping[str, str]) -> str:
    """The grant that the address names under `view`; another choice leaves the claim and its reasons behind."""
    chosen_now = address.one_of("view", tuple(titles), FIRST)
    st.segmented_control(
        _("哪一项"),
        list(titles),
        key=address.follow("grants_view", chosen_now),
        format_func=lambda name: titles[name],
        on_change=_keep_view,
        required=True,
        label_visibility="collapsed",
    )
    return chosen_now


def _keep_view() -> None:
    address.keep("view", "grants_view", FIRST)
    address.put(claim=None, because=None)


def show_sums(found: GrantList) -> None:
    """Per verdict how many claims there are and what they come to."""
    best, worst = found.checked.program.better[-1], found.checked.program.better[0]
    notes = {best: _("按规则算出的金额"), worst: _("算出而不付")}
    rows = ""
    for verdict, sum_ in found.sums().items():
        look = VERDICTS.get(verdict, OTHER)
        note = notes.get(verdict, _("查清以后最多"))
        rows += (
            f'<tr><th scope="row" style="color:{look.colour}">{verdict_label(verdict)}</th>'
            f'<td class="number">{sum_.number:,}</td><td class="number">{yuan(sum_.fen)}</td>'
            f'<td class="note">{note}</td></tr>'
        )
    head = "".join(
        f'<th scope="col"{kind}>{title}</th>'
        for title, kind in (
            (_("结论"), ""),
            (_("申报（件）"), ' class="number"'),
            (_("金额（元）"), ' class="number"'),
            (_("说明"), ""),
        )
    )
    st.html(f'<table class="grant-sums"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>')


def show_reasons(found: GrantList) -> None:
    """How many claims have which reason against them; one claim may have several."""
    reasons = found.reasons()
    if not reasons:
        return
    with st.expander(_("不能付的理由"), icon=":material/rule:"):
        rows = [(say(because_words(found.checked.wording, name)), number) for name, number in reasons.items()]
        table = pd.DataFrame(rows, columns=["reason", "claims"])
        st.dataframe(
            table,
            hide_index=True,
            height=table_height(len(table), MOST_ROWS),
            key="grants_reasons",
            column_config={
                "reason": st.column_config.TextColumn(_("理由"), width=520),
                "claims": st.column_config.NumberColumn(_("申报（件）"), width=110),
            },
        )


def ask(found: GrantList) -> Filters:
    """Show the filters and give what they ask for."""
    verdict, because, township, search = st.columns(4)
    with verdict:
        words = {name: verdict_label(name) for name in reversed(found.checked.program.better)}
        asked = one_or_all("grants", "verdict", _("结论"), words)
    with because:
        reasons = {name: say(because_words(found.checked.wording, name)) for name in found.reasons()}
        reason = one_or_all("grants", "because", _("理由"), reasons)
    with township:
        places = found.rows[["township_code", "township_name"]].drop_duplicates().sort_values("township_code")
        named = {code: name for code, name in places.itertuples(index=False, name=None) if code}
        place = one_or_all("grants", "township", _("乡镇"), named)
    with search:
        key = address.follow("grants_search", address.text("search"))
        st.text_input(
            _("查找"),
            key=key,
            placeholder=_("申报编号、网点、贷款或村"),
            on_change=address.keep,
            args=("search", key, ""),
        )
    return Filters(asked, reason, place, address.text("search"))


def the_table(found: GrantList) -> str | None:
    """Filters, count, export and the table; gives the claim chosen in it, else the address's."""
    rows = chosen(found.rows, ask(found))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_n('共 {n} 行', len(rows))}**", width="content")
        st.caption(row_hint(_("看一件申报的依据和金额")), width="content")
        asked = [name for name in FILTERS if name in st.query_params]
        st.button(_("清除筛选"), key="grants_clear", on_click=_clear, disabled=not asked, type="tertiary")
        file = _("{title}核对_{day}").format(
            title=say(found.checked.kind.title), day=found.checked.as_of.isoformat()
        )
        st.download_button(
            _("导出 Excel"),
            data=lambda: grants_xlsx(found, rows),
            file_name=f"{file}.xlsx",
            mime=XLSX,
            key="grants_export",
            on_click="ignore",
            icon=":material/download:",
            disabled=rows.empty,
        )
    if rows.empty:
        st.info(_("没有符合这些筛选的行。放宽或清除筛选再看。"), icon=":material/filter_alt_off:")
        return address.text("claim") or None
    event = st.dataframe(
        _shown(found, rows),
        hide_index=True,
        height=table_height(len(rows), MOST_ROWS),
        key=f"grants_rows_{found.checked.kind.name}",
        placeholder="",
        on_select="rerun",
        selection_mode="single-row",
        column_config=_config(found),
    )
    picked = event["selection"]["rows"]
    if picked and picked[0] < len(rows):
        return str(rows.iloc[picked[0]]["claim_no"])
    return address.text("claim") or None


def _shown(found: GrantList, rows: pd.DataFrame) -> pd.DataFrame:
    """The claims as they are shown: words, days, and sums in yuan that sort as numbers."""
    periods = zip(rows["first"], rows["last"], strict=True)
    return pd.DataFrame(
        {
            **{name: rows[name] for name in ("claim_no", "owner_no", "owner_name")},
            "period": [f"{first} – {last}" for first, last in periods],
            "verdict": rows["verdict"].map(lambda verdict: [verdict_label(verdict)]),
            "granted": [None if fen is None else in_yuan(fen) for fen in found.payable(rows)],
            "because": [
                say(all_because_words(found.checked.wording, reasons)) for reasons in rows["because"]
            ],
            "township_name": rows["township_name"],
            "claimed": rows["claimed"],
        }
    )


def _config(found: GrantList) -> dict[str, Any]:
    config, better = st.column_config, found.checked.program.better
    owner, owner_name = owner_titles(found.checked.kind)
    return {
        "claim_no": config.TextColumn(_("申报编号"), width=84, pinned=True),
        "owner_no": config.TextColumn(say(owner), width=76),
        "owner_name": config.TextColumn(say(owner_name), width=124),
        "period": config.TextColumn(_("期间"), width=172),
        "verdict": config.MultiselectColumn(
            _("结论"),
            width=104 if lang() == "zh" else 124,
            options=[verdict_label(verdict) for verdict in better],
            color=[VERDICTS.get(verdict, OTHER).colour for verdict in better],
        ),
        "granted": money_column(_("可付(元)"), money="accounting"),
        "because": config.TextColumn(_("理由"), width=348 if lang() == "zh" else 300),
        "township_name": config.TextColumn(_("乡镇"), width=100),
        "claimed": config.DateColumn(_("申报日期"), width=88, format="YYYY-MM-DD"),
    }


def _clear() -> None:
    """For `on_click`: show all claims again."""
    address.put(**dict.fromkeys(FILTERS))
