"""Every line of a settlement again, from its frozen facts; what each settlement says at its head."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .chain import Entry
from .deciding import CANNOT, FROM_FACTS, Programmes, answered, otherwise, values_told
from .heads import Heads
from .pack import Pack
from .programme import NotReadable, Programme
from .told import Difference, shown


def check_lines(pack: Pack, entries: Sequence[Entry], programmes: Programmes) -> Iterator[Difference]:
    """Every line of a settlement from its frozen facts, by the rules and values that settled the claim; the sums."""
    table = pack.table("settlements")
    settlements = {row[0]: dict(zip(table.columns, row, strict=True)) for row in pack.rows("settlements")}
    heads = Heads(pack, entries)
    for one in settlements.values():
        yield from _head(one, heads, programmes)
    columns = pack.table("settlement_lines").columns
    sums = {number: [0, 0, 0] for number in settlements}
    of_line: dict[Any, Any] = {}
    answers: dict[Any, tuple[str, str, int]] = {}
    for row in pack.rows("settlement_lines"):
        line: dict[str, Any] = dict(zip(columns, row, strict=True))
        of_line[line["id"]] = line["settlement_id"]
        settled_by = of_line.get(line["adjusts"], line["settlement_id"])
        place = f"settlement_lines {line['id']} ({shown(line['claim_no'])})"
        try:
            key = (settled_by, line["facts"])
            if key not in answers:
                answers[key] = _of_claim(settlements[settled_by], programmes, line["facts"])
            frozen = {name: line[name] for name in ("findings", "verdict", "row")}
            yield from otherwise(place, frozen, dict(zip(frozen, answers[key], strict=True)), *FROM_FACTS)
            if line["kind"] == "claim":
                due = _due(settlements[settled_by], programmes, line)
                yield from otherwise(place, {"due": line["due"]}, {"due": due}, *FROM_FACTS)
            added = (1, line["due"] if line["kind"] == "claim" else 0, line["paid"])
            total = sums[line["settlement_id"]]
            sums[line["settlement_id"]] = [one + more for one, more in zip(total, added, strict=True)]
        except (NotReadable, *CANNOT) as error:
            why = f"{type(error).__name__}: {error}"
            yield Difference(place, f"不能重新判定（{why}）。", f"It cannot be decided again ({why}).")
    for number, total in sums.items():
        told = [settlements[number][name] for name in ("lines", "due", "paid")]
        if told != total:
            zh = f"lines、due、paid：各行合计是 {total}，表头是 {told}。"
            en = f"lines, due, paid: its lines add up to {total}, the head says {told}."
            yield Difference(f"settlements {number}", zh, en)


def _of_claim(told: dict[str, Any], programmes: Programmes, facts: str) -> tuple[str, str, int]:
    programme = programmes.of(told["digest"])
    if isinstance(programme, str):
        raise NotReadable(programme)
    benefit = next(iter(programme.benefits))
    return answered(programme, json.loads(told["parameters"]), benefit, facts)


def _head(told: dict[str, Any], heads: Heads, programmes: Programmes) -> Iterator[Difference]:
    place, programme = f"settlements {told['id']}", programmes.of(told["digest"])
    yield from heads.faults(place, told, told["claimed_until"])
    if isinstance(programme, Programme):
        values = values_told(place, told, told["claimed_until"], programme)
        if isinstance(values, Difference):
            yield values


def _due(told: dict[str, Any], programmes: Programmes, line: Mapping[str, Any]) -> int:
    """What the claim comes to by its frozen fee: flat, a percentage, or the lower; never more than the fee."""
    programme = programmes.of(told["digest"])
    if isinstance(programme, str):
        raise NotReadable(programme)
    if line["verdict"] != programme.better[-1]:
        return 0
    values, fee = json.loads(told["parameters"]), json.loads(line["facts"])["fee_fen"]
    flat, percent = values["fen_per_shipment"], fee * values["percent_of_fee"] // 100
    by_method = {1: flat, 2: percent, 3: min(flat, percent)}
    return int(min(fee, by_method[values["amount_method"]]))
