"""What every measurement shares: the day, the programme, and where things are kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "var" / "bench"
DAY = date(2021, 9, 30)
PROGRAM = "produce-support"
