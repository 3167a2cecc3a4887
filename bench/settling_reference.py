"""DuckDB checking and settling the same shipments: the rules as of each ship date, amounts, caps and sums in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bench.reference import COLUMNS as OF_GOODS
from data.provinces import OWN_PROVINCE
from data.store import reading

# The columns of casework and shipments that the rules need, beside those of bench.reference.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    **OF_GOODS,
    "shipments": (
        "id",
        "entity",
        "good_entity",
        "claim_no",
        "household_no",
        "claimed_on",
        "shipped_on",
        "waybill_no",
        "order_no",
        "sold_online",
        "origin",
        "destination_province",
        "destination_in_county",
        "fee",
        "refunded",
        "other_subsidy",
        "recorded_at",
    ),
    "acts": ("id", "good_entity", "benefit", "state", "effective_on", "recorded_at"),
}
_INTEGERS = ("id", "entity", "household_entity", "product_entity", "good_entity", "original_entity")
_TYPES = {
    **dict.fromkeys(
        (
            "sampling_date",
            "result_date",
            "registered_on",
            "left_on",
            "claimed_on",
            "shipped_on",
            "effective_on",
        ),
        "DATE",
    ),
    **dict.fromkeys((*_INTEGERS, "fee"), "INTEGER"),
    **dict.fromkeys(
        (
            "standardised",
            "fit_for_online_sale",
            "sold_online",
            "refunded",
            "other_subsidy",
            "destination_in_county",
        ),
        "BOOLEAN",
    ),
}
BETTER = ("refused", "cannot_decide", "payable")


def _known(register: str) -> str:
    return f"""(SELECT * FROM {register} SEMI JOIN (
        SELECT max(id) AS id FROM {register} WHERE recorded_at <= $known_at GROUP BY entity) USING (id))"""


def _compared(number: str) -> str:
    return f"upper(replace(replace(coalesce({number}, ''), '-', ''), ' ', ''))"


_SQL = f"""
WITH ships AS (
    SELECT *,
        row_number() OVER (PARTITION BY {_compared("waybill_no")} ORDER BY claimed_on, claim_no) > 1 AS waybill_before,
        CASE WHEN {_compared("order_no")} <> '' THEN
            row_number() OVER (PARTITION BY {_compared("order_no")} ORDER BY claimed_on, claim_no) > 1
            WHEN sold_online THEN NULL ELSE false END AS order_before
    FROM {_known("shipments")} WHERE claimed_on <= $day
),
effective AS (
    SELECT good_entity, effective_on, arg_max(state, id) AS state FROM acts
    WHERE benefit = 'logistics' AND state IS NOT NULL AND recorded_at <= $known_at
    GROUP BY good_entity, effective_on
),
rights AS (
    SELECT s.entity AS ship, coalesce(e.state, 'none') AS state FROM ships s ASOF LEFT JOIN effective e
    ON s.good_entity = e.good_entity AND s.shipped_on >= e.effective_on
),
known AS (
    SELECT s.entity AS ship, k.entity, k.original_entity, k.sample_no, k.sampling_date, k.result_date, k.conclusion
    FROM ships s JOIN {_known("inspections")} k
    ON k.good_entity = s.good_entity AND k.result_date <= s.shipped_on
),
spoken AS (
    SELECT ship, original_entity AS entity, arg_max(conclusion, (result_date, sample_no)) AS conclusion
    FROM known WHERE original_entity IS NOT NULL GROUP BY ship, original_entity
),
events AS (
    SELECT k.ship, k.sampling_date, k.sample_no, coalesce(s.conclusion, k.conclusion) = 'fail' AS failed
    FROM known k LEFT JOIN spoken s ON s.ship = k.ship AND s.entity = k.entity
    WHERE k.original_entity IS NULL AND coalesce(s.conclusion, k.conclusion) IN ('pass', 'fail')
),
numbered AS (
    SELECT *, row_number() OVER ordered AS n, count(*) FILTER (failed) OVER ordered AS failures FROM events
    WINDOW ordered AS (PARTITION BY ship ORDER BY sampling_date, sample_no ROWS UNBOUNDED PRECEDING)
),
figures AS (
    SELECT ship, sampling_date, failed, n,
        n - coalesce(max(n) FILTER (NOT failed) OVER so_far, 0) AS failures_in_a_row,
        n - coalesce(max(n) FILTER (failed) OVER so_far, 0) AS passes_in_a_row,
        n - count(*) OVER before AS in_window,
        failures - count(*) FILTER (failed) OVER before AS failures_in_window
    FROM numbered
    WINDOW so_far AS (PARTITION BY ship ORDER BY n ROWS UNBOUNDED PRECEDING),
        before AS (PARTITION BY ship ORDER BY sampling_date
            RANGE BETWEEN UNBOUNDED PRECEDING AND to_days($failure_window_days::INTEGER) PRECEDING)
),
moves AS (
    SELECT *,
        failures_in_a_row >= $long_term_consecutive_failures
        OR (failed AND failures_in_window >= $long_term_failures_in_window
            AND (100 * failures_in_window) // in_window >= $long_term_failure_percent) AS sets,
        passes_in_a_row >= $readmission_passes AS clears
    FROM figures
),
standing AS (
    SELECT ship, coalesce(max(n) FILTER (sets), 0) > coalesce(max(n) FILTER (clears), 0) AS failing,
        max(sampling_date) AS last_day, arg_max(NOT failed, n) AS last_passed
    FROM moves GROUP BY ship
),
facts AS (
    SELECT s.*, r.state, t.last_passed,
        CASE WHEN s.shipped_on < g.registered_on THEN NULL WHEN coalesce(t.failing, false) THEN 'revoked'
            WHEN h.registered_on <= s.shipped_on AND (h.left_on IS NULL OR s.shipped_on < h.left_on)
                AND NOT p.standardised AND s.shipped_on - t.last_day <= $inspection_validity_days AND t.last_passed
            THEN 'eligible'
            WHEN (h.registered_on <= s.shipped_on AND (h.left_on IS NULL OR s.shipped_on < h.left_on)
                AND NOT p.standardised AND s.shipped_on - t.last_day <= $inspection_validity_days
                AND t.last_passed) IS NULL THEN 'cannot_decide'
            ELSE 'not_eligible' END AS recommended,
        coalesce(s.destination_in_county, CASE WHEN s.destination_province <> '{OWN_PROVINCE}' THEN false END) AS near
    FROM ships s JOIN rights r ON r.ship = s.entity
    JOIN {_known("goods")} g ON g.entity = s.good_entity
    JOIN {_known("households")} h ON h.entity = g.household_entity
    JOIN {_known("products")} p ON p.entity = g.product_entity
    LEFT JOIN standing t ON t.ship = s.entity
),
judged AS (
    SELECT *, state = 'granted' AND last_passed AND sold_online AND origin = 'county' AND NOT near AND NOT refunded
        AND NOT other_subsidy AND NOT waybill_before AND NOT order_before
        AND claimed_on - shipped_on <= $claim_period_days AND fee > 0 AS payable
    FROM facts
),
dues AS (
    SELECT *, CASE WHEN payable THEN CASE $amount_method WHEN 1 THEN least($fen_per_shipment, fee)
        WHEN 2 THEN fee * $percent_of_fee // 100
        ELSE least($fen_per_shipment, fee * $percent_of_fee // 100) END ELSE 0 END AS due
    FROM judged
),
capped AS (
    SELECT *, greatest(0, least(due, $household_year_cap_fen - coalesce(sum(due) OVER (
        PARTITION BY household_no, year(shipped_on) ORDER BY shipped_on, claim_no
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS capped
    FROM dues
)
SELECT entity, claim_no, household_no, recommended, due::BIGINT AS due, capped::BIGINT AS capped,
    (CASE WHEN payable THEN 2 WHEN payable IS NULL THEN 1 ELSE 0 END)::TINYINT AS verdict,
    sum(capped) OVER (PARTITION BY household_no)::BIGINT AS of_household
FROM capped
"""


def fetched(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row and version that the rules need, as Python's tuples."""
    with reading(path) as db:
        return {
            table: db.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()
            for table, columns in COLUMNS.items()
        }


class Reference:
    """The rows in DuckDB's memory, typed, ready to be asked."""

    def __init__(self, rows: Mapping[str, list[tuple[Any, ...]]], threads: int = 2) -> None:
        self._db = duckdb.connect(config={"threads": threads})
        self._db.execute("SET enable_progress_bar = false")
        for table, columns in COLUMNS.items():
            typed = ", ".join(f"CAST({name} AS {_TYPES.get(name, 'VARCHAR')}) AS {name}" for name in columns)
            self._db.register("incoming", pd.DataFrame(rows[table], columns=list(columns)))
            self._db.execute(f"CREATE TABLE {table} AS SELECT {typed} FROM incoming")
            self._db.unregister("incoming")

    def settle(self, day: date, known_at: str, values: Mapping[str, int]) -> dict[str, NDArray[Any]]:
        """Verdict, due, capped amount and the household's sum of every claim made by a day, in the order of entities."""
        found = self._db.execute(_SQL, {"day": day, "known_at": known_at, **values}).fetchnumpy()
        order = np.argsort(found["entity"])
        return {name: np.asarray(column)[order] for name, column in found.items()}

    def close(self) -> None:
        """Give the memory back."""
        self._db.close()
