"""What stands on the paper that tells a household everything kept of it. It gets no number: nothing of it is kept again."""

from __future__ import annotations

from dataclasses import dataclass

from office.paperwork.papers import Paper
from rules.program import Words


@dataclass(frozen=True, kw_only=True)
class ExtractLine:
    """One version of a row, in words."""

    about: str
    text: str
    recorded: str


@dataclass(frozen=True, kw_only=True)
class ExtractPart:
    """One register or kind of casework with its lines."""

    title: str
    lines: tuple[ExtractLine, ...]


@dataclass(frozen=True, kw_only=True)
class HouseholdExtract(Paper):
    """本户信息: everything that the office keeps of one household, for that household (个人信息保护法 art. 45)."""

    kind = "household_extract"
    series = "信息"
    title = Words("本户信息", "extract for a household")
    household_no: str
    head_name: str
    township: str
    village: str
    rows: int
    parts: tuple[ExtractPart, ...]
    kept_for: tuple[str, ...]
    handed_out_by: str
