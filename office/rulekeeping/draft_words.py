"""A draft's effects in words and as an Excel file: method and figures of packaging and money, every name."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from data.lists import Cell, ListColumn, list_xlsx
from data.papers.filters import yuan
from data.personal_notice import Taken
from office.because import because_words
from office.rulekeeping.draft_claims import ClaimsCompared
from office.rulekeeping.draft_effects import DIRECTIONS, Effects, directions
from office.rulekeeping.draft_money import MoneyEffect
from office.rulekeeping.draft_packaging import METHOD, PackagingEffect
from rules.program import Words
from rules.slip import verdict_words, zh_day

NOT_THERE = Words("（没有判定）", "(not decided)")


def verdict_or_not(verdict: object) -> Words:
    """A verdict in words, or that there is none on that side."""
    return verdict_words(verdict) if isinstance(verdict, str) else NOT_THERE


def money_words(found: MoneyEffect) -> Words:
    """The estimate with its method and its numbers, in one sentence."""
    given, taken = found.given, found.taken
    since, until = found.since.isoformat(), found.until.isoformat()
    return Words(
        f"把 {since} 至 {until} 发货的申报按当日的结算规则重核：变好（到最好一档）的 {given.goods} 个产品有申报 {given.claims} 件，"
        f"现在可付 {yuan(given.now)} 元，假定每个发货日都有资格可付 {yuan(given.supposed)} 元；变差的 {taken.goods} 个产品有申报"
        f" {taken.claims} 件，现在可付 {yuan(taken.now)} 元，假定都没有资格可付 {yuan(taken.supposed)} 元。"
        f"估计一年多付 {yuan(found.more)} 元、少付 {yuan(found.less)} 元（未计每户限额和资金总额）。",
        f"Claims shipped from {since} to {until} are checked again by the claim rules of the day: the {given.goods} goods that gain"
        f" the best answer have {given.claims} claims, payable now {yuan(given.now)} yuan, {yuan(given.supposed)} had they the right on"
        f" every ship date; the {taken.goods} goods that lose have {taken.claims}, payable now {yuan(taken.now)} yuan,"
        f" {yuan(taken.supposed)} had they none. A year would cost {yuan(found.more)} yuan more and {yuan(found.less)} yuan less,"
        " before caps and pool.",
    )


def packaging_words(found: PackagingEffect) -> Words:
    """What packaging is touched, with the method, in one sentence."""
    without = Words("", "")
    if found.without_basis:
        number = found.without_basis
        without = Words(f"其中 {number} 个没有依据，未估算。", f" Nothing is estimated for {number} of them.")
    return Words(
        f"变差的产品 {found.losing} 个，变好（到最好一档）的 {found.gaining} 个。{without.zh}{METHOD.zh}",
        f"{found.losing} goods lose, {found.gaining} gain the best answer.{without.en} {METHOD.en}",
    )


def effects_xlsx(
    found: Effects,
    rows: pd.DataFrame,
    packaging: PackagingEffect | None,
    money: MoneyEffect | None,
    *,
    heads: bool,
    taken: Taken | None = None,
) -> bytes:
    """Changes (of `found`) as an Excel file; heads of household only with `heads`; the second sheet has all figures."""
    widths = {"户编号/产品": 16, "产品": 12, "乡镇": 18, "村": 14}
    columns = [ListColumn(title, width) for title, width in widths.items()]
    columns += [ListColumn("户主姓名", 12)] if heads else []
    later = {"事项": 22, "现行规则": 14, "草稿": 14, "变化": 10, "因为": 60}
    columns += [ListColumn(title, width) for title, width in later.items()]
    lines = [_line(found, row, heads) for row in rows.to_dict("records")]
    return list_xlsx("规则对比", columns, lines, _about(found, packaging, money), taken)


def _line(found: Effects, row: Mapping[Hashable, Any], heads: bool) -> list[Cell]:
    places = ("subject", "product_name", "township_name", "village_name", *(("head_name",) if heads else ()))
    return [
        *(str(row[name]) for name in places),
        found.benefits[row["benefit"]].zh,
        verdict_or_not(row["before"]).zh,
        verdict_or_not(row["after"]).zh,
        DIRECTIONS[row["direction"]].zh,
        because_words(row["turns"], found.after.program, found.before.program).zh,
    ]


def _about(
    found: Effects, packaging: PackagingEffect | None, money: MoneyEffect | None
) -> list[tuple[str, str]]:
    before, after = found.before.program, found.after.program
    told = [
        ("判定日期", zh_day(found.before.gathered.as_of)),
        ("现行规则", f"{before.title.zh}；摘要 {before.digest}"),
        ("草稿", f"{after.title.zh}；摘要 {after.digest}"),
    ]
    for benefit, title in found.benefits.items():
        numbers = directions(found.of(benefit))
        said = "、".join(f"{DIRECTIONS[d].zh} {n}" for d, n in numbers.items())
        told.append((title.zh, said))
        told += [(title.zh, f"{_move(pair)}：{n}") for pair, n in found.moves(benefit).items()]
    if packaging is not None:
        told.append(("包装物资", packaging_words(packaging).zh))
        told += [("包装物资", _item(one)) for one in packaging.items]
    if money is not None:
        told.append(("物流补贴", money_words(money).zh))
    return told


def _move(pair: tuple[str | None, str | None]) -> str:
    return " → ".join(verdict_or_not(verdict).zh for verdict in pair)


def _item(one: Any) -> str:
    item = one.item
    return (
        f"{item.code} {item.name}：变差的 {one.held_by} 个产品现持有 {one.held} {item.unit}；"
        f"变好的 {one.needed_by} 个产品约需 {one.needed} {item.unit}"
    )


def claims_xlsx(found: ClaimsCompared) -> bytes:
    """The claims that would be answered or paid otherwise as an Excel file; households by their number only."""
    widths = {"申报编号": 16, "申报对象": 16, "乡镇": 18, "现行规则": 12, "草稿": 12}
    columns = [ListColumn(title, width) for title, width in widths.items()]
    columns += [ListColumn(f"{side}（元）", 14, decimals=2) for side in ("现行可付", "草稿可付", "相差")]
    columns += [ListColumn("因为", 60)]
    lines = [_claim(found, row) for row in found.changed.to_dict("records")]
    before, after = found.sums
    about = [
        ("申报", f"{zh_day(found.since)}至{zh_day(found.until)}，共 {len(found.rows)} 件"),
        ("现行规则", f"{found.rules.title.zh}；摘要 {found.rules.digest}"),
        ("草稿", f"{found.draft.title.zh}；摘要 {found.draft.digest}"),
        ("合计", f"现行可付 {yuan(before)} 元，草稿可付 {yuan(after)} 元，相差 {yuan(after - before)} 元"),
        ("说明", "两边都按对比那一天的取值核对，已计每年限额，未计资金总额。"),
    ]
    return list_xlsx("申报对比", columns, lines, about)


def _claim(found: ClaimsCompared, row: Mapping[Hashable, Any]) -> list[Cell]:
    moved = row["before"] != row["after"] and None not in (row["before"], row["after"])
    return [
        *(str(row[name]) for name in ("claim_no", "owner", "township_name")),
        verdict_or_not(row["before"]).zh,
        verdict_or_not(row["after"]).zh,
        row["before_fen"],
        row["after_fen"],
        row["after_fen"] - row["before_fen"],
        because_words(row["turns"], found.draft, found.rules).zh if moved else "",
    ]
