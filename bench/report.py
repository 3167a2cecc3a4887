"""The table of what was measured, as text for the screen and for docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

BEGIN, FINISH = "<!-- bench: begin -->", "<!-- bench: end -->"
_PACKAGES = ("numpy", "pandas", "duckdb", "durable-rules", "sqlite-utils", "streamlit", "openpyxl")


@dataclass(frozen=True)
class Row:
    """One kind of work. `measured`, `reference`, `limit`, `figure` are ready words; `ok` None: not run."""

    work: str
    measured: str
    reference: str
    figure: str
    limit: str
    ok: bool | None


def ratio_row(work: str, ours: float, theirs: float, against: str, most: float) -> Row:
    """Seconds against seconds: the ratio may be `most` at most."""
    ratio = ours / theirs
    return Row(
        work, seconds(ours), f"{seconds(theirs)} ({against})", f"{ratio:.2f}×", f"≤ {most:g}×", ratio <= most
    )


def skipped(work: str, limit: str, why: str) -> Row:
    """Work that could not be measured here, and why."""
    return Row(work, "–", why, "–", limit, None)


def seconds(value: float) -> str:
    """Readable at its size."""
    return f"{value * 1000:.1f} ms" if value < 0.1 else f"{value:.2f} s"


def megabytes(size: float) -> str:
    """Bytes in readable form."""
    return f"{size / 2**20:,.0f} MB"


def table(rows: Sequence[Row]) -> str:
    """A Markdown table."""
    words = {True: "ok", False: "**over**", None: "not run"}
    lines = ["| work | measured | reference, same run | figure | must be | |", "|---|---|---|---|---|---|"]
    for row in rows:
        cells = (row.work, row.measured, row.reference, row.figure, row.limit, words[row.ok])
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def machine(sqlite: str) -> str:
    """What it was measured on: no paths, no names."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return (
        f"{_processor()}, {len(os.sched_getaffinity(0))} cores, {_memory()} GB memory · {platform.system()}"
        f" · Python {platform.python_version()}, SQLite {sqlite}, {packages}"
    )


def _processor() -> str:
    named = [line for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    return named[0].split(":", 1)[1].strip() if named else platform.machine()


def _memory() -> int:
    total = [line for line in _lines("/proc/meminfo") if line.startswith("MemTotal")]
    return round(int(total[0].split()[1]) / 2**20) if total else 0


def _lines(name: str) -> list[str]:
    path = Path(name)
    return path.read_text().splitlines() if path.exists() else []


def write(path: Path, text: str) -> None:
    """Put the text between the markers; what people wrote around them stays."""
    old = path.read_text(encoding="utf-8") if path.exists() else f"# Benchmarks\n\n{BEGIN}\n{FINISH}\n"
    before, _, rest = old.partition(BEGIN)
    _, _, after = rest.partition(FINISH)
    path.write_text(f"{before}{BEGIN}\n{text}\n{FINISH}{after}", encoding="utf-8")
