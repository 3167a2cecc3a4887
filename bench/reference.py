"""DuckDB doing the same rules in SQL, with the registers' rows already in its memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

# The columns that the rules need of each register, as they stand in the database.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "households": ("id", "entity", "household_no", "registered_on", "left_on", "recorded_at"),
    "products": ("id", "entity", "product_code", "standardised", "recorded_at"),
    "goods": (
        "id",
        "entity",
        "household_entity",
        "product_entity",
        "household_no",
        "product_code",
        "fit_for_online_sale",
        "registered_on",
        "recorded_at",
    ),
    "inspections": (
        "id",
        "entity",
        "good_entity",
        "original_entity",
        "sample_no",
        "sampling_date",
        "result_date",
        "conclusion",
        "recorded_at",
    ),
}
_TYPES = {
    **dict.fromkeys(("sampling_date", "result_date", "registered_on", "left_on"), "DATE"),
    **dict.fromkeys(
        ("id", "entity", "household_entity", "product_entity", "good_entity", "original_entity"), "INTEGER"
    ),
    **dict.fromkeys(("standardised", "fit_for_online_sale"), "BOOLEAN"),
}

BETTER = ("revoked", "not_eligible", "cannot_decide", "eligible")
_REVOKED, _NOT_ELIGIBLE, _CANNOT_DECIDE, _ELIGIBLE = range(4)


def _known(register: str) -> str:
    """The latest version of every row as recorded by $known_at; a version's id only ever grows."""
    return f"""(
        SELECT * FROM {register}
        SEMI JOIN (
            SELECT max(id) AS id FROM {register} WHERE recorded_at <= $known_at GROUP BY entity
        ) USING (id)
    )"""


_EVENTS = f"""
known AS (
    SELECT entity, good_entity, original_entity, sample_no, sampling_date, result_date, conclusion
    FROM {_known("inspections")} WHERE result_date <= $day
),
spoken AS (
    SELECT original_entity AS entity, arg_max(conclusion, (result_date, sample_no)) AS conclusion
    FROM known WHERE original_entity IS NOT NULL GROUP BY original_entity
),
events AS (
    SELECT k.good_entity, k.sampling_date, k.sample_no,
        coalesce(s.conclusion, k.conclusion) = 'fail' AS failed
    FROM known k LEFT JOIN spoken s USING (entity)
    WHERE k.original_entity IS NULL AND coalesce(s.conclusion, k.conclusion) IN ('pass', 'fail')
)"""

# Window: events j <= i with sampling date > date(i) - days, that is all so far less those before it.
_FIGURES = """
numbered AS (
    SELECT *, row_number() OVER ordered AS n,
        count(*) FILTER (failed) OVER ordered AS failures
    FROM events
    WINDOW ordered AS (PARTITION BY good_entity ORDER BY sampling_date, sample_no ROWS UNBOUNDED PRECEDING)
),
figures AS (
    SELECT good_entity, sampling_date, failed, n,
        n - coalesce(max(n) FILTER (NOT failed) OVER so_far, 0) AS failures_in_a_row,
        n - coalesce(max(n) FILTER (failed) OVER so_far, 0) AS passes_in_a_row,
        n - count(*) OVER before AS in_window,
        failures - count(*) FILTER (failed) OVER before AS failures_in_window
    FROM numbered
    WINDOW so_far AS (PARTITION BY good_entity ORDER BY n ROWS UNBOUNDED PRECEDING),
        before AS (PARTITION BY good_entity ORDER BY sampling_date
            RANGE BETWEEN UNBOUNDED PRECEDING AND to_days($failure_window_days::INTEGER) PRECEDING)
)"""

_STANDING = """
moves AS (
    SELECT *,
        failures_in_a_row >= $long_term_consecutive_failures
        OR (failed AND failures_in_window >= $long_term_failures_in_window
            AND (100 * failures_in_window) // in_window >= $long_term_failure_percent) AS sets,
        passes_in_a_row >= $readmission_passes AS clears
    FROM figures
),
standing AS (
    SELECT good_entity,
        coalesce(max(n) FILTER (sets), 0) > coalesce(max(n) FILTER (clears), 0) AS long_term_failing,
        max(sampling_date) AS last_day,
        arg_max(NOT failed, n) AS last_passed
    FROM moves GROUP BY good_entity
)"""

_FACTS = f"""
facts AS (
    SELECT g.household_no || '/' || g.product_code AS subject,
        coalesce(s.long_term_failing, false) AS failing,
        h.registered_on <= $day AND (h.left_on IS NULL OR $day < h.left_on) AS poor,
        NOT p.standardised AS plain,
        g.fit_for_online_sale AS fit,
        $day - s.last_day <= $inspection_validity_days AS recent,
        s.last_passed AS passed
    FROM {_known("goods")} g
    JOIN {_known("households")} h ON h.entity = g.household_entity
    JOIN {_known("products")} p ON p.entity = g.product_entity
    LEFT JOIN standing s ON s.good_entity = g.entity
    WHERE g.registered_on <= $day
)"""


def _verdict(conditions: str) -> str:
    """AND over three-valued conditions is false, unknown or true: the three rows after `revoked`."""
    return f"""(CASE WHEN failing THEN {_REVOKED} WHEN {conditions} THEN {_ELIGIBLE}
        WHEN ({conditions}) IS NULL THEN {_CANNOT_DECIDE} ELSE {_NOT_ELIGIBLE} END)::TINYINT"""


_SQL = f"""
WITH {_EVENTS}, {_FIGURES}, {_STANDING}, {_FACTS}
SELECT subject,
    {_verdict("poor AND plain AND fit AND recent AND passed")} AS packaging,
    {_verdict("poor AND plain AND recent AND passed")} AS logistics
FROM facts
"""


@dataclass(frozen=True)
class Answered:
    """Every good's verdicts as indices in BETTER, in no particular order."""

    subjects: NDArray[np.object_]
    packaging: NDArray[np.int8]
    logistics: NDArray[np.int8]


class Reference:
    """The rows of the registers in DuckDB's memory, typed, ready to be asked."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], threads: int = 2) -> None:
        self._db = duckdb.connect(config={"threads": threads})
        for register, columns in COLUMNS.items():
            typed = ", ".join(f"CAST({name} AS {_TYPES.get(name, 'VARCHAR')}) AS {name}" for name in columns)
            self._db.register("incoming", tables[register])
            self._db.execute(f"CREATE TABLE {register} AS SELECT {typed} FROM incoming")
            self._db.unregister("incoming")

    def decide(self, day: date, known_at: str, values: Mapping[str, int]) -> Answered:
        """Both benefits for every good registered by the day. `values`: the programme's parameters."""
        asked = {"day": day, "known_at": known_at, **values}
        found = self._db.execute(_SQL, asked).fetchnumpy()
        return Answered(*(np.asarray(found[name]) for name in ("subject", "packaging", "logistics")))

    def close(self) -> None:
        """Give the memory back."""
        self._db.close()
