"""The claims of one grant as a list: with names, verdict, sum and reasons; chosen, summed up by verdict, exported."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from data.chain import head
from data.lists import Cell, ListColumn, list_xlsx
from data.register import register
from data.store import Database
from office.answering import while_all_stands
from office.days import day_of
from office.gathering import known_now
from office.grants.checking import Checked, check_grants
from office.grants.kinds import Kind
from office.listing_words import all_because_words
from rules.program import Words
from rules.slip import verdict_words, zh_day


@dataclass(frozen=True)
class Filters:
    """Which claims somebody wants to see; an empty field asks for nothing. `because` is `fails:condition`."""

    verdict: str = ""
    because: str = ""
    township: str = ""
    search: str = ""


@dataclass(frozen=True)
class Sum:
    """The claims of one verdict: how many, and 分 that they come to (payable ones after the cap of a year)."""

    number: int
    fen: int


@dataclass(frozen=True)
class GrantList:
    """Claims of one kind, checked, and as a table: one row each, the latest claim first.

    Columns: claim_no, owner_no (outlet or loan), owner_name (outlet, household or borrower), township_code, township_name,
    village_name (blank where none), first, last, claimed (days), verdict, comes_to and granted (分), because (a tuple).
    """

    checked: Checked
    rows: pd.DataFrame

    def sums(self) -> dict[str, Sum]:
        """How many claims have each verdict and what they come to, the best verdict first."""
        best = self.checked.program.better[-1]
        found = {}
        for verdict in reversed(self.checked.program.better):
            rows = self.rows[self.rows["verdict"] == verdict]
            column = "granted" if verdict == best else "comes_to"
            found[verdict] = Sum(len(rows), int(rows[column].sum()))
        return found

    def payable(self, rows: pd.DataFrame) -> list[int | None]:
        """分 that may be paid for each of `rows`: 0 where it is refused, None where it cannot be decided yet."""
        known = (self.checked.program.better[0], self.checked.program.better[-1])
        pairs = zip(rows["granted"], rows["verdict"], strict=True)
        return [int(fen) if verdict in known else None for fen, verdict in pairs]

    def reasons(self) -> dict[str, int]:
        """How many claims have which reason against them, the most frequent first."""
        counts = self.rows["because"].explode().dropna().value_counts()
        return {str(name): int(number) for name, number in counts.items()}


def grants_now(db: Database, kind: Kind, day: date) -> GrantList:
    """The claims made by the day, with all that is known now. Raises Refused where the programme is not in force."""
    return while_all_stands("grants", db, (kind.name, day, head(db).seq), lambda: _listed(db, kind, day))


def _listed(db: Database, kind: Kind, day: date) -> GrantList:
    checked = check_grants(db, kind, day, known_now(db))
    claims, places = checked.claims, range(checked.claims.entity.size)
    rows = pd.DataFrame(
        {
            "claim_no": claims.claim_no,
            **{name: claims.texts[name] for name in ("owner_no", "owner_name", "township_code")},
            **{name: claims.texts[name] for name in ("township_name", "village_name")},
            "first": [day_of(day) for day in claims.first.tolist()],
            "last": [day_of(day) for day in claims.last.tolist()],
            "claimed": [day_of(day) for day in claims.claimed.tolist()],
            "verdict": checked.verdicts,
            "comes_to": checked.comes_to,
            "granted": checked.granted,
            "because": pd.Series([checked.because(at) for at in places], dtype=object),
        }
    ).fillna({"township_code": "", "township_name": "", "village_name": ""})
    rows = rows.sort_values(["claimed", "claim_no"], ascending=False, ignore_index=True)
    return GrantList(checked, rows)


def chosen(rows: pd.DataFrame, asked: Filters) -> pd.DataFrame:
    """The claims that are asked for. The search looks at claim, outlet or loan, their names and the village."""
    mask = pd.Series(True, index=rows.index)
    for column, wanted in (("verdict", asked.verdict), ("township_code", asked.township)):
        if wanted:
            mask &= rows[column] == wanted
    if asked.because:
        mask &= rows["because"].map(lambda found: asked.because in found).astype(bool)
    if asked.search:
        columns = ("claim_no", "owner_no", "owner_name", "village_name")
        text = rows[list(columns)].agg("\n".join, axis=1) if len(rows) else rows["claim_no"]
        mask &= text.str.contains(asked.search, case=False, regex=False)
    return rows[mask]


def grants_xlsx(found: GrantList, rows: pd.DataFrame) -> bytes:
    """Some of the claims as an Excel file for the office's desk, sums in yuan; households by their number only."""
    kind = found.checked.kind
    owner, owner_name = owner_titles(kind)
    columns = [
        ListColumn("申报编号", 14),
        ListColumn(owner.zh, 14),
        ListColumn(owner_name.zh, 24),
        ListColumn("乡镇", 18),
        ListColumn("村", 14),
        ListColumn("期间起", 12),
        ListColumn("期间止", 12),
        ListColumn("申报日期", 12),
        ListColumn("结论", 12),
        ListColumn("理由", 60),
        ListColumn("按规则算出（元）", 16, decimals=2),
        ListColumn("可以支付（元）", 16, decimals=2),
    ]
    pairs = zip(rows.to_dict("records"), found.payable(rows), strict=True)
    lines = [_line(found, row, payable) for row, payable in pairs]
    return list_xlsx(kind.title.zh, columns, lines, _about(found, len(lines)))


def owner_titles(kind: Kind) -> tuple[Words, Words]:
    """What the code and the name of what a claim is for are called."""
    code = register(kind.of).columns[0].title
    names = {
        "outlets": Words("网点名称", "Outlet"),
        "household_loans": Words("户编号", "Household"),
        "enterprise_loans": Words("借款企业或网店", "Enterprise or shop"),
    }
    return Words(code.zh, code.en), names[kind.of]


def _line(found: GrantList, row: Mapping[Hashable, Any], payable: int | None) -> list[Cell]:
    return [
        *(str(row[name]) for name in ("claim_no", "owner_no", "owner_name", "township_name", "village_name")),
        *(str(row[name]) for name in ("first", "last", "claimed")),
        verdict_words(str(row["verdict"])).zh,
        all_because_words(found.checked.wording, row["because"]).zh,
        int(row["comes_to"]),
        payable,
    ]


def _about(found: GrantList, rows: int) -> list[tuple[str, str]]:
    checked = found.checked
    program = checked.program
    values = "；".join(
        f"{program.parameters[name].title.zh} {value}" for name, value in checked.values.items()
    )
    return [
        ("申报截止日", zh_day(checked.as_of)),
        ("行数", str(rows)),
        ("规则", f"{program.title.zh}（{program.source}）"),
        ("规则摘要", program.digest),
        ("当日执行数值", values),
        ("说明", "每件申报按期间末日的取值核对。这是按规则核对的结果，是否支付由人决定。"),
    ]
