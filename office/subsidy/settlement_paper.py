"""The settlement sheet: what is paid to each household for which shipment, and what is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any

from data.casework.settlements import Line, Settlement, lines_with_waybills
from data.names import read_names
from data.papers.filters import yuan
from data.store import Database
from office.paperwork.letterhead import letterhead
from office.paperwork.papers_of_goods_and_money import Claimed, HouseholdSettled
from office.paperwork.papers_of_goods_and_money import Settlement as SettlementPaper
from rules.amounts import LESSER_OF_BOTH, PER_SHIPMENT, PERCENT_OF_FEE
from rules.claim_facts import CAP, FLAT, METHOD, PERCENT
from rules.program import Words

METHODS = {
    PER_SHIPMENT: Words("每件 {flat} 元，不超过快递费", "{flat} yuan a shipment, never above the fee"),
    PERCENT_OF_FEE: Words("快递费的 {percent}%", "{percent}% of the fee"),
    LESSER_OF_BOTH: Words(
        "每件 {flat} 元与快递费的 {percent}% 取低者", "the lesser of {flat} yuan and {percent}% of the fee"
    ),
}


def method_words(values: Mapping[str, int]) -> Words:
    """How an amount comes about, in words, with the cap of a household and year."""
    said, flat = METHODS[values[METHOD]], yuan(values[FLAT])
    percent, cap = values[PERCENT], yuan(values[CAP])
    return Words(
        f"{said.zh.format(flat=flat, percent=percent)}，每户每年不超过 {cap} 元",
        f"{said.en.format(flat=flat, percent=percent)}, at most {cap} yuan per household and year",
    )


def paper_of(db: Database, found: Settlement, *, confirmed_by: str, day: date) -> SettlementPaper:
    """The paper of a checked settlement that is being confirmed: the lines that pay or take back, by household."""
    moving = [row for row in lines_with_waybills(db, found.id) if row[0].paid]
    moving.sort(key=lambda row: (row[0].household_no, row[0].shipped_on, row[0].claim_no))
    names, bearing = read_names(db).set_index("subject").to_dict("index"), _bearing_the_fee(moving)
    households = tuple(
        _household(number, list(rows), names, bearing)
        for number, rows in groupby(moving, lambda row: row[0].household_no)
    )
    days = [date.fromisoformat(line.shipped_on) for line, _, _ in moving]
    until = date.fromisoformat(found.claimed_until)
    return SettlementPaper(
        done_on=day,
        letterhead=letterhead(db),
        period_from=min(days, default=until),
        period_to=max(days, default=until),
        method=method_words(found.parameters).zh,
        pool=found.pool,
        households=households,
        drafted_by=found.recorded_by,
        checked_by=found.steps["check"].recorded_by,
        confirmed_by=confirmed_by,
    )


def _bearing_the_fee(rows: list[tuple[Line, str, int]]) -> set[Line]:
    """Of each claim the one line that its fee stands on: where a parcel moved, the line that pays for it."""
    by_amount = sorted((row[0] for row in rows), key=lambda line: line.paid)
    return set({line.claim_no: line for line in by_amount}.values())


def _household(
    number: str, rows: list[tuple[Line, str, int]], names: Mapping[Any, Any], bearing: set[Line]
) -> HouseholdSettled:
    place = names[rows[0][0].subject]
    return HouseholdSettled(
        household_no=number,
        head_name=place["head_name"],
        township=place["township_name"],
        village=place["village_name"],
        lines=tuple(
            _claimed(line, waybill, fee if line in bearing else 0, names[line.subject]["product_name"])
            for line, waybill, fee in rows
        ),
    )


def _claimed(line: Line, waybill: str, fee: int, product: str) -> Claimed:
    return Claimed(
        claim_no=line.claim_no,
        shipped_on=date.fromisoformat(line.shipped_on),
        waybill_no=waybill,
        product=product,
        fee=fee,
        due=line.due
        if line.kind == "claim"
        else line.capped,  # of an adjustment the change, so that it adds up
        paid=line.paid,
        note=_note(line),
    )


def _note(line: Line) -> str:
    """Why what is paid is not what is due."""
    if line.kind == "adjustment":
        return "收回以前多付" if line.paid < 0 else "补付"
    parts = ["超过每户每年上限"] if line.capped < line.due else []
    parts += ["资金不足，按比例"] if line.paid < line.capped else []
    return "；".join(parts)
