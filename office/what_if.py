"""What if a value were another: who gains, who loses, why, and where; nothing is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from data.lists import ListColumn, list_xlsx
from data.store import Database
from office.answering import answers_on, names_of_goods
from office.comparing import Comparison, compare
from rules.program import Program, Words
from rules.slip import verdict_words


@dataclass(frozen=True)
class WhatIf:
    """A comparison with the names of the goods that changed.

    `changed` has one row per change: subject, benefit, before, after, gain (bool), because (names),
    product_name, head_name, village_name, township_code, township_name.
    """

    comparison: Comparison
    changed: pd.DataFrame

    def of(self, benefit: str) -> pd.DataFrame:
        """The changes of one benefit."""
        return self.changed[self.changed["benefit"] == benefit]


def what_if(db: Database, day: date, changed: Mapping[str, int]) -> WhatIf:
    """The day's answers beside those with other values. Raises Refused."""
    before, after = answers_on(db, day), answers_on(db, day, changed)
    comparison = compare(before, after)
    better = {verdict: rank for rank, verdict in enumerate(before.program.better)}
    rows = [
        (c.subject, c.benefit, c.before, c.after, better[c.after or ""] > better[c.before or ""], c.because)
        for c in comparison.changed
    ]
    frame = pd.DataFrame(rows, columns=["subject", "benefit", "before", "after", "gain", "because"])
    names = names_of_goods(db)
    return WhatIf(comparison, frame.merge(names, on="subject", how="left"))


def by_township(changed: pd.DataFrame) -> pd.DataFrame:
    """(township_code, township_name, gain, goods): how many goods gain and lose in each township."""
    if changed.empty:
        return pd.DataFrame(columns=["township_code", "township_name", "gain", "goods"])
    grouped = changed.groupby(["township_code", "township_name", "gain"], as_index=False)
    return grouped.size().rename(columns={"size": "goods"})


def because_words(program: Program, names: tuple[str, ...]) -> Words:
    """The conditions that made the difference, in words."""
    texts = [(program.conditions.get(name) or program.latches[name]).text for name in names]
    return Words("、".join(t.zh for t in texts), ", ".join(t.en for t in texts))


def moves(changed: pd.DataFrame) -> list[tuple[str, str, int]]:
    """(before, after, goods) for every move between two verdicts, the most frequent first."""
    counted = Counter(zip(changed["before"], changed["after"], strict=True))
    return sorted(((a, b, n) for (a, b), n in counted.items()), key=lambda move: (-move[2], move))


def comparison_xlsx(found: WhatIf, program: Program, language: str) -> bytes:
    """Every change as a list to take along, without heads of household; the second sheet says what was asked."""
    zh = language == "zh"

    def word(words: Words) -> str:
        return words.zh if zh else words.en

    titles = (
        ("户编号/产品", "产品", "村", "乡镇", "事项", "原来", "假设后", "原因")
        if zh
        else ("Good", "Product", "Village", "Township", "Benefit", "Now", "What if", "Because")
    )
    columns = [ListColumn(t, w) for t, w in zip(titles, (16, 12, 14, 18, 24, 14, 14, 44), strict=True)]
    kept = [
        "subject",
        "product_name",
        "village_name",
        "township_name",
        "benefit",
        "before",
        "after",
        "because",
    ]
    rows = [
        (
            *names,
            word(program.benefits[benefit].title),
            word(verdict_words(before)),
            word(verdict_words(after)),
            word(because_words(program, because)),
        )
        for *names, benefit, before, after, because in found.changed[kept].to_numpy(dtype=object).tolist()
    ]
    return list_xlsx("假设对比" if zh else "What if", columns, rows, _asked(found, program, zh))


def _asked(found: WhatIf, program: Program, zh: bool) -> list[tuple[str, str]]:
    before, after = found.comparison.before, found.comparison.after
    day = before.gathered.as_of.isoformat()
    moved = [
        (p.title.zh if zh else p.title.en, f"{before.values[name]} → {after.values[name]}")
        for name, p in program.parameters.items()
        if before.values[name] != after.values[name]
    ]
    return [("日期" if zh else "Day", day), ("规则摘要" if zh else "Digest", before.program.digest), *moved]


def changed_count(found: WhatIf, benefit: str) -> tuple[int, int]:
    """How many goods gain and how many lose for a benefit."""
    gains = found.of(benefit)["gain"].to_numpy(dtype=bool)
    return int(np.count_nonzero(gains)), int(np.count_nonzero(~gains))
