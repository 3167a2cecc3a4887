"""A draft about claims beside the rules in force: a year's claims checked with both, in yuan, by township and one by one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from data.papers.filters import yuan
from data.store import Database
from office.because import because_words
from office.grants.kinds import BY_SUBJECT
from office.registry.linking import row_address
from office.rulekeeping.draft_claims import ClaimsCompared, compare_claims
from office.rulekeeping.draft_words import NOT_THERE, claims_xlsx
from pages.parts import address
from pages.parts.choices import one_of_few, one_or_all
from pages.parts.files import XLSX
from pages.parts.language import _, lang, say
from pages.parts.looks import day_words, verdict_label
from pages.parts.tables import row_hint, table_height
from rules.facts import SHIPMENT
from rules.program import Program

MOST_ROWS = 12


def show_claims(db: Database, on: date, draft: Program) -> None:
    """What the draft would have made of the claims of a year. Raises Refused."""
    found = compare_claims(db, on, draft)
    st.caption(
        _(
            "{since}至{until}的 {n} 件申报，用现行规则和草稿各核对一遍，两边都按所选那一天的取值；已计每年限额，未计资金总额。"
        ).format(
            since=day_words(found.since, lang()),
            until=day_words(found.until, lang()),
            n=f"{len(found.rows):,}",
        )
    )
    if found.rows.empty:
        st.info(_("这一年没有申报可以核对。"), icon=":material/local_shipping:")
        return
    before, after = found.sums
    cards = st.columns([1, 1, 1, 1, 1.1], vertical_alignment="center")
    cards[0].metric(_("有变化的申报（件）"), f"{len(found.changed):,}")
    cards[1].metric(_("现行规则可付（元）"), yuan(before))
    cards[2].metric(_("草稿可付（元）"), yuan(after))
    cards[3].metric(_("相差（元）"), yuan(after - before))
    cards[4].download_button(
        _("导出 Excel"),
        data=lambda: claims_xlsx(found),
        file_name=_("申报对比_{day}.xlsx").format(day=on.isoformat()),
        mime=XLSX,
        key="rule_changes_claims_export",
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
        disabled=found.changed.empty,
    )
    moves = sorted(found.moves().items(), key=lambda move: -move[1])
    st.caption(_("；").join(f"{_verdict(was)} → {_verdict(now)} {n:,}" for (was, now), n in moves))
    if found.changed.empty:
        st.info(_("没有一件申报的结论或金额会变。"), icon=":material/check_circle:")
        return
    views = {"township": _("按乡镇"), "names": _("逐件")}
    if one_of_few("by", "rule_changes_claims_by", _("怎样看"), views, "township") == "names":
        _claims(found)
    else:
        _townships(found)


def _townships(found: ClaimsCompared) -> None:
    rows = found.by_township()
    frame = pd.DataFrame(
        {
            "name": rows["township_name"],
            "claims": rows["claims"],
            **{name: rows[name] / 100 for name in ("before_fen", "after_fen", "more")},
        }
    )
    number = st.column_config.NumberColumn
    st.caption(row_hint(_("列出它的申报")))
    st.dataframe(
        frame,
        hide_index=True,
        height=table_height(len(frame), MOST_ROWS),
        key="rule_changes_claims_townships",
        on_select=lambda: _open(rows["township_code"].tolist()),
        selection_mode="single-row",
        column_config={
            "name": st.column_config.TextColumn(_("乡镇")),
            "claims": number(_("有变化的申报（件）"), format="localized"),
            **_money(),
        },
    )


def _open(codes: list[str]) -> None:
    """Go on to the claims of the township that was chosen."""
    if chosen := st.session_state["rule_changes_claims_townships"]["selection"]["rows"]:
        address.put(by="names", township=codes[chosen[0]])


def _claims(found: ClaimsCompared) -> None:
    rows, programs = found.changed, (found.draft, found.rules)
    pairs = rows[["township_code", "township_name"]].drop_duplicates().sort_values("township_code")
    names = dict(pairs.itertuples(index=False, name=None))
    if township := one_or_all("rule_changes", "township", _("乡镇"), names):
        rows = rows[rows["township_code"] == township]
    st.caption(row_hint(_("在台账里打开这一行")))
    frame = pd.DataFrame(
        {
            "claim_no": rows["claim_no"],
            "owner": rows["owner"],
            "before": [_verdict(one) for one in rows["before"]],
            "after": [_verdict(one) for one in rows["after"]],
            "before_fen": rows["before_fen"] / 100,
            "after_fen": rows["after_fen"] / 100,
            "more": (rows["after_fen"] - rows["before_fen"]) / 100,
            "why": [
                say(because_words(row["turns"], *programs)) if row["before"] != row["after"] else _("金额")
                for row in rows.to_dict("records")
            ],
            "township": rows["township_name"],
        }
    )
    text = st.column_config.TextColumn
    event = st.dataframe(
        frame,
        hide_index=True,
        height=table_height(len(frame), MOST_ROWS),
        key="rule_changes_claims_rows",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "claim_no": text(_("申报编号"), pinned=True),
            "owner": text(_("申报对象")),
            "before": text(_("现行规则")),
            "after": text(_("草稿")),
            "why": text(_("因为"), width=260),
            "township": text(_("乡镇")),
            **_money(),
        },
    )
    if chosen := event["selection"]["rows"]:
        register = (
            "shipments" if found.draft.subject == SHIPMENT else BY_SUBJECT[found.draft.subject].register
        )
        address.go("registers", **row_address(register, str(rows["claim_no"].iloc[chosen[0]])))


def _money() -> dict[str, Any]:
    """Columns in yuan; 分 are divided only to be shown."""
    number = st.column_config.NumberColumn
    titles = {"before_fen": _("现行可付（元）"), "after_fen": _("草稿可付（元）"), "more": _("相差（元）")}
    return {name: number(title, format="%.2f") for name, title in titles.items()}


def _verdict(verdict: object) -> str:
    return verdict_label(verdict) if isinstance(verdict, str) else say(NOT_THERE)
