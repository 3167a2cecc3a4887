"""Reading the registers' rows out of SQLite as they are: what anybody would have to do first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from bench.reference import COLUMNS
from data.store import reading


def fetched(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row and version of the registers that the rules need, as Python's tuples."""
    with reading(path) as db:
        return {
            register: db.execute(f"SELECT {', '.join(columns)} FROM {register}").fetchall()
            for register, columns in COLUMNS.items()
        }


def frames(rows: dict[str, list[tuple[Any, ...]]]) -> dict[str, pd.DataFrame]:
    """The same as frames, for the reference to take in."""
    return {
        register: pd.DataFrame(rows[register], columns=list(columns)) for register, columns in COLUMNS.items()
    }
