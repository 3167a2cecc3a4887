"""The measured part of docs/reliability.md: the lines of each trial as it was last run in full; the rest is people's."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.report import machine
from soak.trial import HEAD, Line, row

FILE = Path(__file__).parents[1] / "docs" / "reliability.md"
BEGIN, FINISH = "<!-- soak: begin -->", "<!-- soak: end -->"
_EMPTY = f"# Reliability\n\n{BEGIN}\n{FINISH}\n"


def keep(name: str, lines: Sequence[Line], seconds: float, file: Path = FILE) -> None:
    """Put a trial's lines in the place of those of its last run; what people wrote around the table stays."""
    text = file.read_text(encoding="utf-8") if file.exists() else _EMPTY
    before, _, rest = text.partition(BEGIN)
    old, _, after = rest.partition(FINISH)
    kept = _parts(old)
    ran = f"Run on {datetime.now(UTC).date()} in {seconds:,.0f} s on {machine(sqlite3.sqlite_version)}"
    kept[name] = "\n".join((f"### {name}", "", HEAD, *(row(name, line) for line in lines), "", ran))
    file.write_text(
        f"{before}{BEGIN}\n\n" + "\n\n".join(kept.values()) + f"\n\n{FINISH}{after}", encoding="utf-8"
    )


def _parts(text: str) -> dict[str, str]:
    """The trials already in the table, by name, in their order."""
    found = re.split(r"^(?=### )", text, flags=re.MULTILINE)
    return {part.splitlines()[0].removeprefix("### "): part.strip() for part in found if part.strip()}
