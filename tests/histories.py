"""The small language in which the decision cases write a good's inspections (see tests/cases)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One row of the inspections register, when it is recorded, and for a correction why."""

    recorded: date
    row: dict[str, Any]
    reason: str | None = None


def entries_of(household: str, product: str, history: list[str]) -> list[Entry]:
    """`2021-01-10 fail [result DAY] [recorded DAY] [again fail result DAY]… [corrected pass recorded DAY]`."""
    found: list[Entry] = []
    for number, line in enumerate(history, start=1):
        words = line.split()
        sample = f"{household}-{number:02d}"
        row = inspection(sample, household, product, words[0], words[1])
        own, *others = _parts(words[2:])
        row["result_date"] = own.get("result", words[0])
        found.append(Entry(date.fromisoformat(own.get("recorded", row["result_date"])), row))
        for nth, other in enumerate(others, start=1):
            if "again" in other:
                again = inspection(f"{sample}-R{nth}", household, product, words[0], other["again"])
                again |= {"result_date": other["result"], "reinspection_of": sample, "method": "quantitative"}
                found.append(Entry(date.fromisoformat(other["result"]), again))
            else:
                corrected = row | {"conclusion": other["corrected"]}
                found.append(Entry(date.fromisoformat(other["recorded"]), corrected, "录入有误"))
    return found


def inspection(sample: str, household: str, product: str, day: str, conclusion: str) -> dict[str, Any]:
    """A row of the register with nothing but what a decision needs."""
    blank = dict.fromkeys(("item", "measured", "limit_value", "reinspection_of", "agency"))
    return {
        "sample_no": sample,
        "household_no": household,
        "product_code": product,
        "sampling_date": day,
        "result_date": day,
        "method": "rapid",
        "conclusion": conclusion,
        **blank,
    }


def _parts(words: list[str]) -> list[dict[str, str]]:
    parts: list[dict[str, str]] = [{}]
    for word, value in zip(words[::2], words[1::2], strict=True):
        if word in ("again", "corrected"):
            parts.append({})
        parts[-1][word] = value
    return parts
