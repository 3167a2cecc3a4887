"""One claim of a grant on the page: every condition with its grounds, the sum in words, the rows that it rests on."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.comparing import shown as shown_cell
from data.protection.personal_fields import masked_cell, personal_columns
from data.register import Column, register
from office.grants.slips import GrantSlip, Row
from office.listing_words import all_because_words
from office.personal.showing import Shown
from office.registry.linking import row_address
from pages.parts import address
from pages.parts.door import Person
from pages.parts.language import _, lang, say
from pages.parts.logistics_lines import STYLE as TABLE_STYLE
from pages.parts.looks import OTHER, VERDICTS, day_words, verdict_words
from pages.parts.personal_show import ask_for_names, names_seen
from pages.parts.slip import STYLE, line_html


def show_grant(slip: GrantSlip, person: Person) -> None:
    """The slip on the left; on the right the claim and the rows of the registers that its facts come from."""
    left, right = st.columns([3, 2], gap="medium")
    left.html(STYLE + TABLE_STYLE + slip_html(slip))
    with right:
        rows = [slip.claim, *slip.rests_on, *([slip.earlier] if slip.earlier else [])]
        fields = tuple(
            dict.fromkeys(c.name for row in rows for c in personal_columns(register(row.register)))
        )
        household = next((str(found) for row in rows if (found := row.values.get("household_no"))), None)
        what = Shown(slip.claim.register, slip.claim_no, fields, household_no=household)
        heads = names_seen("grants", what, person)
        if fields:
            ask_for_names("grants", what, person)
        _row(slip.claim, heads)
        for row in slip.rests_on:
            _row(row, heads)
        if slip.earlier is not None:
            _row(slip.earlier, heads, _("此前的申报"))


def slip_html(slip: GrantSlip) -> str:
    """The conditions and the sum; every word that is not ours is escaped."""
    checked = slip.checked
    look = VERDICTS.get(slip.verdict, OTHER)
    benefit = say(checked.program.benefits[checked.benefit].title)
    title = f"{escape(benefit)} {escape(slip.claim_no)}"
    on = _("按{day}（期间末日）的规则核对").format(day=day_words(slip.decided_on, lang()))
    conditions = "".join(line_html(found) for found in slip.lines)
    reasons = say(all_because_words(checked.wording, checked.because(slip.at)))
    why = f'<p class="slip-why">{escape(_("原因：") + reasons)}</p>' if reasons else ""
    return (
        f'<section class="slip" aria-label="{title}"><div class="slip-head"><span class="slip-title">{title}</span>'
        f'<span class="slip-verdict" style="color:{look.colour}">{look.sign} {escape(verdict_words(slip.verdict))}'
        f'</span></div><p class="slip-why">{escape(on)}</p>{why}'
        f'<p class="slip-why">{escape(say(slip.amount))}</p>'
        f'<p class="slip-why"><b>{escape(say(slip.outcome))}</b></p>{conditions}</section>'
    )


def _row(row: Row, heads: bool, title: str | None = None) -> None:
    """A row of a register as it counted, and the way to it."""
    about = register(row.register)
    cells = "".join(
        f"<tr><th scope='row'>{escape(say(column.title))}</th><td>{escape(_cell(column, row, heads))}</td></tr>"
        for column in about.columns
    )
    caption = escape(title or say(about.title))
    st.html(f'<table class="claim-table"><caption>{caption}</caption>{cells}</table>')
    key = [str(row.values[name]) for name in about.key]
    label = _("打开{title}").format(title=say(about.title))
    address.link("registers", label, icon=":material/open_in_new:", **row_address(row.register, key))


def _cell(column: Column, row: Row, heads: bool) -> str:
    value = row.values[column.name]
    if value is None:
        return "–"
    if column.personal and not heads:
        return masked_cell(column, str(value))
    unit = say(column.unit) if column.unit else ""
    return f"{say(shown_cell(column, value))} {unit}".strip()
