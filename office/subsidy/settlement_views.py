"""What the page of logistics shows of settlements, drawn up now or as recorded: lines with names, chosen, exported."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.casework.settlements import Line, Settlement, lines_of, settlement_of_line
from data.lists import Cell, ListColumn, list_xlsx
from data.papers.filters import yuan
from data.store import Database
from office.answering import names_of_goods, while_all_stands
from office.gathering import known_now
from office.listing_words import all_because_words
from office.subsidy.settlement_lines import draw_up
from office.subsidy.settlement_summary import Summary, frame_of, summary
from office.subsidy.settlement_terms import Terms, terms_of, terms_on
from office.subsidy.settling import changed_since
from rules.program import Program, Words
from rules.slip import verdict_words, zh_day

KINDS = {"claim": Words("申报", "claim"), "adjustment": Words("调整", "adjustment")}


@dataclass(frozen=True)
class Shown:
    """A settlement's lines with names (`office.subsidy.settlement_summary.frame_of`) and what they come to."""

    terms: Terms
    lines: pd.DataFrame
    summary: Summary


@dataclass(frozen=True)
class Filters:
    """Which lines somebody wants to see; an empty field asks for nothing. `because` is `fails:condition`."""

    kind: str = ""
    verdict: str = ""
    because: str = ""
    township: str = ""
    search: str = ""


def drawn_now(
    db: Database, claimed_until: date, pool: int | None = None, changed: Mapping[str, str | int] | None = None
) -> Shown:
    """What a draft would be with all that is known now; nothing is written. Raises Refused."""
    asked: Hashable = (claimed_until, pool, tuple(sorted((changed or {}).items())))
    return while_all_stands("settlement", db, asked, lambda: _drawn(db, claimed_until, pool, changed))


def recorded(db: Database, found: Settlement) -> Shown:
    """The lines of a settlement as they were kept."""
    return while_all_stands("recorded settlement", db, found.number, lambda: _recorded(db, found))


def terms_of_line(db: Database, line: Line, terms: Terms) -> Terms:
    """What a line was judged with: an adjustment with the terms of the settlement that settled its claim."""
    if line.adjusts is None:
        return terms
    found = settlement_of_line(db, line.adjusts)
    return terms_of(db, found) if found else terms


def changes_of(db: Database, found: Settlement) -> tuple[Words, ...]:
    """Which lines of an open draft would be drawn up otherwise by now."""
    return while_all_stands(
        "changed settlement", db, found.number, lambda: changed_since(db, found, known_now(db))
    )


def chosen(lines: pd.DataFrame, asked: Filters) -> pd.DataFrame:
    """The lines that are asked for. The search looks at claim, good, product, village."""
    mask = pd.Series(True, index=lines.index)
    for column, wanted in (
        ("kind", asked.kind),
        ("verdict", asked.verdict),
        ("township_code", asked.township),
    ):
        if wanted:
            mask &= lines[column] == wanted
    if asked.because:
        mask &= lines["because"].map(lambda found: asked.because in found).astype(bool)
    if asked.search:
        text = lines["claim_no"] + "\n" + lines["subject"] + "\n" + lines["product_name"]
        text += "\n" + lines["village_name"]
        mask &= text.str.contains(asked.search, case=False, regex=False)
    return lines[mask]


def grounds_words(program: Program, because: tuple[str, ...], doubt: str) -> Words:
    """What speaks against a claim; of a payable one what the rules said otherwise, which people should look at."""
    if not doubt:
        return all_because_words(program, because)
    said = verdict_words(doubt)
    return Words(f"⚠ 按规则，发货日的资格：{said.zh}", f"⚠ By the rules, as of the ship date: {said.en}")


def lines_xlsx(shown: Shown, lines: pd.DataFrame) -> bytes:
    """Some of the lines as an Excel file for the office's desk, amounts in yuan, without heads of household."""
    program = shown.terms.program
    columns = [
        ListColumn("类别", 8),
        ListColumn("申报编号", 14),
        ListColumn("户编号/产品", 14),
        ListColumn("产品名称", 14),
        ListColumn("乡镇", 18),
        ListColumn("村", 14),
        ListColumn("发货日期", 12),
        ListColumn("结论", 12),
        ListColumn("理由", 50),
        ListColumn("应付（元）", 12, decimals=2),
        ListColumn("限额后（元）", 12, decimals=2),
        ListColumn("实付（元）", 12, decimals=2),
    ]
    names = ("claim_no", "subject", "product_name", "township_name", "village_name", "shipped_on")
    rows: list[list[Cell]] = [
        [
            KINDS[str(line["kind"])].zh,
            *(str(line[name]) for name in names),
            verdict_words(str(line["verdict"])).zh,
            grounds_words(program, line["because"], line["doubt"]).zh,
            *(int(line[name]) for name in ("due", "capped", "paid")),
        ]
        for line in lines.to_dict("records")
    ]
    return list_xlsx("物流补贴", columns, rows, _about(shown, len(rows)))


def _about(shown: Shown, rows: int) -> list[tuple[str, str]]:
    program, terms = shown.terms.program, shown.terms
    values = "；".join(f"{program.parameters[name].title.zh} {value}" for name, value in terms.values.items())
    return [
        ("申报截止日", zh_day(terms.claimed_until)),
        ("行数", str(rows)),
        ("资金总额", "按应付支付" if terms.pool is None else f"{yuan(terms.pool)} 元"),
        ("规则", f"{program.title.zh}（{program.source}）"),
        ("规则摘要", program.digest),
        ("执行数值", values),
        ("说明", "应付、限额后、实付的算法见使用手册“物流补贴”。"),
    ]


def _drawn(
    db: Database, claimed_until: date, pool: int | None, changed: Mapping[str, str | int] | None
) -> Shown:
    drawn = draw_up(db, terms_on(db, claimed_until, pool, changed), known_now(db))
    lines = frame_of(drawn.lines(), names_of_goods(db), drawn.terms.program)
    return Shown(drawn.terms, lines, summary(lines, drawn.terms.program))


def _recorded(db: Database, found: Settlement) -> Shown:
    terms = terms_of(db, found)
    lines = frame_of(lines_of(db, found.id), names_of_goods(db), terms.program)
    return Shown(terms, lines, summary(lines, terms.program))
