"""One claim on the page: what was claimed, every condition with its grounds, what it rests on, and the sum."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from data.canonical import Cell
from data.casework.settlements import Line
from data.comparing import shown as shown_cell
from data.papers.filters import yuan
from data.register import register
from data.store import Database
from office.casework.in_force import STATE_WORDS
from office.subsidy.settlement_slips import LineSlip, slip_of
from office.subsidy.settlement_views import KINDS, Shown, terms_of_line
from pages.parts import address
from pages.parts.language import _, say
from pages.parts.looks import OTHER, VERDICTS, verdict_words
from pages.parts.slip import STYLE, line_html
from rules.slip import value_words

SHOWN = (
    "claimant",
    "claimed_on",
    "shipped_on",
    "waybill_no",
    "platform",
    "order_no",
    "sold_online",
    "origin",
    "destination_province",
    "destination_in_county",
    "weight",
    "fee",
    "refunded",
    "other_subsidy",
)


def show_claim(db: Database, claim_no: str, shown: Shown) -> None:
    """The slips of a claim's lines in a settlement; there are several where it moved to another household."""
    found = shown.lines[shown.lines["claim_no"] == claim_no]
    if found.empty:
        st.info(_("这里没有申报 {number}。").format(number=claim_no), icon=":material/info:")
        return
    for values in found[list(Line._fields)].to_dict("records"):
        values["adjusts"] = None if values["kind"] == "claim" else int(values["adjusts"])
        line = Line(**{str(name): value for name, value in values.items()})
        slip = slip_of(db, line, terms_of_line(db, line, shown.terms))
        left, right = st.columns([3, 2], gap="medium")
        left.html(STYLE + slip_html(slip))
        with right:
            _beside(slip)


def slip_html(slip: LineSlip) -> str:
    """The conditions and the sum; every word that is not ours is escaped."""
    line = slip.line
    look = VERDICTS.get(line.verdict, OTHER)
    title = f"{say(KINDS[line.kind])} {escape(line.claim_no)}"
    conditions = "".join(line_html(found) for found in slip.findings)
    return (
        f'<section class="slip" aria-label="{title}"><div class="slip-head"><span class="slip-title">{title}</span>'
        f'<span class="slip-verdict" style="color:{look.colour}">{look.sign} {escape(verdict_words(line.verdict))}'
        f'</span></div><p class="slip-why">{escape(say(slip.sum_))}</p>'
        f'<p class="slip-why">{escape(say(slip.recommended))}</p>{conditions}</section>'
    )


def _beside(slip: LineSlip) -> None:
    """What was claimed, and the records behind the findings."""
    columns = register("shipments").by_name
    cells = [(say(columns[name].title), _cell(slip.shipment, name)) for name in SHOWN]
    st.html(_table(_("申报内容"), cells))
    rests_on: list[tuple[str, str]] = []
    if slip.act is not None and slip.act.state and slip.act.effective_on:
        state = say(STATE_WORDS[slip.act.state])
        rests_on.append((_("资格"), _("{state}，自{day}起").format(state=state, day=slip.act.effective_on)))
    for row in slip.inspections:
        words = f"{row.sampling_date} / {row.result_date} {say(value_words(row.conclusion))}"
        rests_on.append((_("检验 {number}").format(number=row.sample_no), words))
    for title, earlier in ((_("同一运单"), slip.same_waybill), (_("同一订单"), slip.same_order)):
        if earlier is not None:
            words = _("{claim}，申报于 {day}").format(claim=earlier["claim_no"], day=earlier["claimed_on"])
            rests_on.append((title, words))
    for number, line in slip.earlier:
        rests_on.append((number, f"{say(KINDS[line.kind])} {yuan(line.paid)} {_('元')}"))
    if rests_on:
        st.html(_table(_("依据"), rests_on))
    address.link("good", _("打开一户一品"), icon=":material/manage_search:", subject=slip.line.subject)


def _cell(row: Mapping[str, Cell], name: str) -> str:
    value, column = row[name], register("shipments").by_name[name]
    if value is None:
        return "–"
    return f"{say(shown_cell(column, value))} {say(column.unit) if column.unit else ''}".strip()


def _table(title: str, rows: list[tuple[str, str]]) -> str:
    lines = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td>{escape(words)}</td></tr>" for name, words in rows
    )
    return f'<table class="claim-table"><caption>{title}</caption>{lines}</table>'
