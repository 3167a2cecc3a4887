"""A settlement's lines with the names people use, counted and added up; the sums are always those of the lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd

from data.casework.settlements import Line
from rules.claim_facts import RECOMMENDED
from rules.program import Program

KEYS = {
    "township": ["township_code", "township_name"],
    "household": ["household_no", "head_name", "village_name", "township_name"],
    "good": ["subject", "product_name", "village_name", "township_name"],
}
RECOMMENDED_TEXT = (
    r'"recommended":"(\w+)"'  # as canonical JSON says it: a settlement has too many lines to parse each
)
NAMES = ("product_name", "head_name", "village_code", "village_name", "township_code", "township_name")


@dataclass(frozen=True)
class Summary:
    """What a settlement comes to. Money is 分.

    `verdicts`: claims per verdict; `because`: claims per finding that speaks against them (`fails:origin_…`), a claim
    counts under each; `due`, `capped`: of the claims before cap and before pool; `granted`: what is paid out, claims
    and positive adjustments (of it `added` by adjustments); `recovered`: what adjustments take back;
    `paid` = `granted` − `recovered`.
    """

    claims: int
    adjustments: int
    verdicts: Mapping[str, int]
    because: Mapping[str, int]
    due: int
    capped: int
    granted: int
    added: int
    recovered: int

    @property
    def settles(self) -> bool:
        """Whether there is anything in it that a settlement would settle or change."""
        return self.adjustments > 0 or any(
            number for verdict, number in self.verdicts.items() if verdict != "cannot_decide"
        )

    @property
    def paid(self) -> int:
        """What the settlement pays in all, its recoveries taken off."""
        return self.granted - self.recovered


def frame_of(lines: Iterable[Line], names: pd.DataFrame, program: Program) -> pd.DataFrame:
    """One row per line: its own columns, `because` (a tuple of findings), `doubt`, and the names of its good.

    `doubt`: what the rules said of the good on the ship date where that is not the best although the claim is payable.
    """
    frame = pd.DataFrame.from_records(list(lines), columns=list(Line._fields))
    reasons = cache(lambda verdict, findings: against(program, verdict, json.loads(findings)))
    pairs = zip(frame["verdict"], frame["findings"], strict=True)
    frame["because"] = [reasons(verdict, findings) for verdict, findings in pairs]
    said = frame["facts"].astype(str).str.extract(RECOMMENDED_TEXT)[0].fillna("")
    frame["doubt"] = said.where((frame["verdict"] == program.better[-1]) & (said != RECOMMENDED[-1]), "")
    known = names[["subject", *NAMES]]
    return frame.merge(known, on="subject", how="left").fillna(dict.fromkeys(NAMES, ""))


def against(program: Program, verdict: str, findings: Mapping[str, str]) -> tuple[str, ...]:
    """What speaks against a claim: the conditions that fail, else those unknown; nothing where it is payable."""
    if verdict == program.better[-1]:
        return ()
    asked = [name for benefit in program.benefits for name in program.conditions_asked(benefit)]
    failing = tuple(f"fails:{name}" for name in asked if findings[name] == "fails")
    return failing or tuple(f"unknown:{name}" for name in asked if findings[name] == "unknown")


def summary(frame: pd.DataFrame, program: Program) -> Summary:
    """The whole frame, or a part of it, in figures."""
    claims = frame[frame["kind"] == "claim"]
    counted = claims["verdict"].value_counts()
    because = claims["because"].explode().dropna().value_counts()
    paid, adjusting = frame["paid"], frame["kind"] == "adjustment"
    return Summary(
        len(claims),
        len(frame) - len(claims),
        {verdict: int(counted.get(verdict, 0)) for verdict in reversed(program.better)},
        {str(name): int(number) for name, number in because.items()},
        int(claims["due"].sum()),
        int(claims["capped"].sum()),
        int(paid[paid > 0].sum()),
        int(paid[adjusting & (paid > 0)].sum()),
        -int(paid[paid < 0].sum()),
    )


def sums_by(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    """By `township`, `household` or `good`: how many claims and adjustments, how many payable, due and paid (分)."""
    keyed = frame.assign(
        claims=(frame["kind"] == "claim").astype(int),
        payable=((frame["kind"] == "claim") & (frame["verdict"] == "payable")).astype(int),
        adjustments=(frame["kind"] == "adjustment").astype(int),
        due=frame["due"].where(frame["kind"] == "claim", 0),
    )
    columns: Sequence[str] = ("claims", "payable", "adjustments", "due", "paid")
    return keyed.groupby(KEYS[key], as_index=False, sort=True)[list(columns)].sum()
