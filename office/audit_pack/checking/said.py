"""What was recorded about other records: published texts and their days, samples and findings, earlier re-checks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

from .chain import Entry
from .deciding import CANNOT, Programmes
from .pack import Pack
from .told import Difference, shown

Row = dict[str, Any]


def check_said(pack: Pack, entries: Sequence[Entry], programmes: Programmes) -> Iterator[Difference]:
    """Publications, samples with their findings, re-checks; a table that the pack does not have is left out."""
    yield from _publications(pack, programmes)
    yield from _samples(pack)
    for row in _rows(pack, "rechecks"):
        seq = row["head_seq"]
        there = entries[seq - 1].hash if 1 <= seq <= len(entries) else None
        if row["head_hash"] != there:
            zh = f"那次复核时第 {seq} 条的散列与现在的链不同：那一条或以前的记录后来被改写过。"
            en = f"entry {seq} had another hash at that re-check: it, or something before it, was rewritten since."
            yield _of("rechecks", row, "head_hash", zh, en)


def _publications(pack: Pack, programmes: Programmes) -> Iterator[Difference]:
    """In the order of recording: a text counts from no day gone by, and builds on the one published last."""
    every = {row["id"]: row for row in _rows(pack, "publications")}
    steps = {row["publication_id"]: row for row in _rows(pack, "publication_steps")}
    newest: dict[str, Row] = {}  # programme → what was published last
    happened = [("publications", row) for row in every.values()]
    happened += [("publication_steps", row) for row in steps.values() if row["kind"] == "publish"]
    for table, row in sorted(happened, key=lambda one: (one[1]["recorded_seq"], one[0])):
        if table == "publications":
            yield from _proposed(row, newest, programmes)
        elif row["publication_id"] in every:
            yield from _published(row, every[row["publication_id"]], newest)


def _proposed(row: Row, newest: dict[str, Row], programmes: Programmes) -> Iterator[Difference]:
    programme, before = programmes.of(row["digest"]), newest.get(row["program"])
    if isinstance(programme, str) or programme.name != row["program"]:
        zh, en = "不是这套规则的文本，或读不懂。", "it is no text of that programme, or cannot be followed."
        yield _of("publications", row, "digest", zh, en)
    if row["kind"] == "baseline":
        if before is not None:
            zh, en = "这套规则已有第一份公布。", "that programme has its first text already."
            yield _of("publications", row, "kind", zh, en)
        newest.setdefault(row["program"], row)
    elif before is None or row["based_on"] != before["digest"]:
        zh, en = "不是提出时最后公布的文本。", "it is not the text that had been published last."
        yield _of("publications", row, "based_on", zh, en)


def _published(step: Row, row: Row, newest: dict[str, Row]) -> Iterator[Difference]:
    before = newest.get(row["program"])
    earliest = max(step["done_on"], str((before or {}).get("effective_on") or ""))
    if str(row["effective_on"]) < earliest:
        zh = f"施行日早于公布那一天，或早于上一次公布的施行日（{earliest}）。"
        en = f"it counts from before it was published, or from before the text published before it ({earliest})."
        yield _of("publications", row, "effective_on", zh, en)
    newest[row["program"]] = row


def _samples(pack: Pack) -> Iterator[Difference]:
    """A sample's decisions stand in the order that its seed gives them; a finding is about one of them."""
    drawn: dict[int, list[int]] = {}
    for row in _rows(pack, "audit_samples"):
        try:
            numbers, asked = json.loads(row["drawn"]), json.loads(row["asked"])
            ranks = [sha256(f"{row['seed']}|{number}".encode()).hexdigest() for number in numbers]
            strata = asked.get("strata")
        except CANNOT as error:
            yield _of("audit_samples", row, "drawn", f"读不懂（{error}）。", f"it cannot be read ({error}).")
            continue
        drawn[row["id"]] = numbers
        if not strata and (ranks != sorted(ranks) or len(ranks) != min(row["size"], row["population"])):
            zh, en = (
                "与种子给出的次序或条数不符。",
                "it is not in the order, or of the size, that its seed gives.",
            )
            yield _of("audit_samples", row, "drawn", zh, en)
    for row in _rows(pack, "audit_findings"):
        if row["sample_id"] is not None and row["decision_id"] not in drawn.get(row["sample_id"], ()):
            zh, en = "不是那次抽中的判定。", "that decision was not drawn in its sample."
            yield _of("audit_findings", row, "decision_id", zh, en)


def _rows(pack: Pack, name: str) -> Iterator[Row]:
    if name not in pack.tables:
        return iter(())
    columns = pack.table(name).columns
    return (dict(zip(columns, row, strict=True)) for row in pack.rows(name))


def _of(table: str, row: Row, column: str, zh: str, en: str) -> Difference:
    return Difference(f"{table} {shown(row['id'])}", f"{column}：{zh}", f"{column}: {en}")
