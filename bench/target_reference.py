"""DuckDB answering where every target stands, from the same rows in its memory: figures by township, and month by month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data.seed.townships import OTHER_UNITS
from data.store import reading
from data.versions import END_OF_TIME, known

FIXED, SINCE, TRAINED = (
    "DATE '2020-03-16'",
    "DATE '2020-03-16'",
    "DATE '2019-01-01'",
)  # as targets.toml has them
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "townships": ("entity", "township_code"),
    "villages": ("entity", "township_entity", "poor_village"),
    "poor_village_periods": ("village_entity", "listed_on", "left_on"),
    "stations": ("entity", "level", "township_entity", "village_entity", "opened_on", "closed_on"),
    "station_returns": ("entity", "station_entity", "month", "reported_on", "sold", "bought", "services"),
    "shops": ("entity", "village_entity", "station_entity", "opened_on", "closed_on"),
    "shop_sales": ("entity", "shop_entity", "month", "reported_on", "paid", "refunded"),
    "village_networks": ("entity", "village_entity", "fixed_on", "mobile_on"),
    "broadband_counts": ("township_entity", "month", "subscriptions", "households"),
    "suppliers": ("entity", "township_entity"),
    "certifications": (
        *("entity", "kind", "supplier_entity", "applied_on", "issued_on", "withdrawn_on"),
        "original_entity",
    ),
    "outlets": ("entity", "village_entity", "station_entity", "opened_on", "closed_on"),
    "outlet_villages": ("entity", "outlet_entity", "village_entity", "since", "until"),
    "training_sessions": ("entity", "ends_on"),
    "participants": ("entity", "kind", "village_entity", "since", "until"),
    "attendances": ("entity", "training_session_entity", "participant_entity"),
    "village_leaders": ("entity", "village_entity", "named_on", "until"),
    "demonstration_villages": ("entity", "village_entity", "established_on", "until"),
}
_TEXTS = ("township_code", "level", "kind")
_NEVER = "DATE '4000-01-01'"

_POOR = f"""
CREATE TEMP TABLE places AS SELECT v.entity AS village, v.township_entity AS township,
    CASE WHEN count(p.village_entity) = 0 THEN any_value(v.poor_village) = 1
    ELSE bool_or(p.listed_on <= {FIXED} AND (p.left_on IS NULL OR {FIXED} < p.left_on)) END AS poor
FROM villages v LEFT JOIN poor_village_periods p ON p.village_entity = v.entity GROUP BY ALL
"""
_REPORTERS = f"""
CREATE TEMP TABLE reporters AS
SELECT 2 * s.entity AS reporter, coalesce(p.township, s.township_entity) AS township, coalesce(p.poor, false) AS poor,
    s.level = 'village' AS is_village, true AS is_station, s.village_entity AS village, opened_on, coalesce(closed_on, {_NEVER}) AS closed_on,
    year(opened_on) * 12 + month(opened_on) - 1 AS open_from,
    year(coalesce(closed_on, {_NEVER}) - 1) * 12 + month(coalesce(closed_on, {_NEVER}) - 1) - 1 AS open_until
FROM stations s LEFT JOIN places p ON p.village = s.village_entity
UNION ALL
SELECT 2 * s.entity + 1, p.township, coalesce(p.poor, false), false, false, s.village_entity, opened_on, coalesce(closed_on, {_NEVER}),
    year(opened_on) * 12 + month(opened_on) - 1,
    year(coalesce(closed_on, {_NEVER}) - 1) * 12 + month(coalesce(closed_on, {_NEVER}) - 1) - 1
FROM shops s LEFT JOIN places p ON p.village = s.village_entity WHERE s.station_entity IS NULL
"""
_FIGURES = """
CREATE TEMP TABLE figures AS
SELECT r.*, f.month, f.sold, f.every FROM (
    SELECT 2 * station_entity AS reporter, month, sold, sold + bought + services AS every FROM station_returns WHERE reported_on <= $day
    UNION ALL
    SELECT 2 * shop_entity + 1, month, paid - refunded, paid - refunded FROM shop_sales WHERE reported_on <= $day
) f JOIN reporters r USING (reporter)
WHERE f.month BETWEEN r.open_from AND r.open_until AND f.month <= $today
"""
# Per growth target: which reporters, and which amount.
GROWTH = {
    "county_transactions": ("true", "every"),
    "poor_village_sales": ("poor", "sold"),
    "poor_village_stations": ("poor AND is_village AND is_station", "every"),
}


def _grown(asked: str, amount: str) -> str:
    return f"""
WITH pairs AS (
    SELECT r.reporter, r.township, m.n, t.{amount} AS a, b.{amount} AS o,
        (t.month IS NULL AND $january + m.n BETWEEN r.open_from AND r.open_until)
        OR (b.month IS NULL AND $january - 12 + m.n BETWEEN r.open_from AND r.open_until) AS blank
    FROM reporters r CROSS JOIN (SELECT unnest(range($today - $january + 1)) AS n) m
    LEFT JOIN figures t ON t.reporter = r.reporter AND t.month = $january + m.n
    LEFT JOIN figures b ON b.reporter = r.reporter AND b.month = $january - 12 + m.n
    WHERE {asked.replace("poor", "r.poor").replace("is_", "r.is_")}
),
reported AS (SELECT n FROM pairs GROUP BY n HAVING count(a) > 0 AND count(o) > 0)
SELECT township, sum(coalesce(a, 0))::BIGINT, sum(coalesce(o, 0))::BIGINT FROM pairs SEMI JOIN reported USING (n)
WHERE NOT blank GROUP BY township
"""


# Units asked for and spans that make them count, of every stock.
_STOCKS = f"""
CREATE TEMP TABLE units AS
SELECT t.name AS target, village AS unit, township, DATE '1000-01-01' AS asked_from, {_NEVER} AS asked_until
FROM places CROSS JOIN (VALUES ('villages_broadband', false), ('logistics_villages', false), ('poor_villages_broadband', true),
    ('stations_in_poor_villages', true), ('poor_villages_using', true), ('village_leaders', true)) t(name, poor_only)
WHERE poor OR NOT t.poor_only
UNION ALL SELECT 'logistics_stations', reporter // 2, township, opened_on, closed_on FROM reporters WHERE is_station
UNION ALL SELECT 'staff_trained', a.entity, p.township, since, coalesce(until, {_NEVER})
    FROM participants a LEFT JOIN places p ON p.village = a.village_entity WHERE kind IN ('manager', 'practitioner')
UNION ALL SELECT 'demonstration_villages', entity, entity, DATE '1000-01-01', {_NEVER} FROM townships WHERE township_code <> '{OTHER_UNITS}'
UNION ALL SELECT 'new_certificates', c.entity, s.township_entity, least(coalesce(applied_on, issued_on), issued_on), coalesce(withdrawn_on, {_NEVER})
    FROM certifications c JOIN suppliers s ON s.entity = c.supplier_entity
    WHERE kind IN ('green', 'organic', 'geographical') AND original_entity IS NULL AND issued_on >= {SINCE};
CREATE TEMP TABLE spans AS
SELECT t.name AS target, village_entity AS unit, greatest(fixed_on, mobile_on) AS since, {_NEVER} AS until
FROM village_networks CROSS JOIN (VALUES ('villages_broadband'), ('poor_villages_broadband')) t(name)
WHERE fixed_on IS NOT NULL AND mobile_on IS NOT NULL
UNION ALL SELECT 'stations_in_poor_villages', village, opened_on, closed_on FROM reporters WHERE is_station AND village IS NOT NULL
UNION ALL SELECT 'poor_villages_using', village,
    CASE WHEN is_station THEN greatest(opened_on, make_date(month // 12, month % 12 + 1, 1)) ELSE make_date(month // 12, month % 12 + 1, 1) END,
    CASE WHEN is_station THEN least(closed_on, make_date(month // 12 + 1, month % 12 + 1, 1)) ELSE make_date(month // 12 + 1, month % 12 + 1, 1) END
    FROM figures WHERE sold > 0 AND is_village AND is_station
UNION ALL SELECT 'poor_villages_using', s.village_entity, make_date(f.month // 12, f.month % 12 + 1, 1), make_date(f.month // 12 + 1, f.month % 12 + 1, 1)
    FROM shop_sales f JOIN shops s ON s.entity = f.shop_entity WHERE f.paid > f.refunded AND f.reported_on <= $day
    AND f.month BETWEEN year(s.opened_on) * 12 + month(s.opened_on) - 1
    AND year(coalesce(s.closed_on, {_NEVER}) - 1) * 12 + month(coalesce(s.closed_on, {_NEVER}) - 1) - 1
UNION ALL SELECT 'logistics_stations', station_entity, opened_on, coalesce(closed_on, {_NEVER}) FROM outlets WHERE station_entity IS NOT NULL
UNION ALL SELECT 'logistics_stations', r.reporter // 2, o.opened_on, coalesce(o.closed_on, {_NEVER}) FROM outlets o
    JOIN reporters r ON r.is_station AND r.village = o.village_entity
UNION ALL SELECT 'logistics_villages', village_entity, opened_on, coalesce(closed_on, {_NEVER}) FROM outlets WHERE village_entity IS NOT NULL
UNION ALL SELECT 'logistics_villages', v.village_entity, greatest(since, opened_on), least(coalesce(until, {_NEVER}), coalesce(closed_on, {_NEVER}))
    FROM outlet_villages v JOIN outlets o ON o.entity = v.outlet_entity
UNION ALL SELECT 'village_leaders', village_entity, named_on, coalesce(until, {_NEVER}) FROM village_leaders
UNION ALL SELECT 'staff_trained', participant_entity, min(ends_on), {_NEVER} FROM attendances a
    JOIN training_sessions s ON s.entity = a.training_session_entity GROUP BY participant_entity
UNION ALL SELECT 'demonstration_villages', township, established_on, coalesce(until, {_NEVER}) FROM demonstration_villages d
    JOIN places p ON p.village = d.village_entity WHERE established_on IS NOT NULL
UNION ALL SELECT 'new_certificates', entity, issued_on, coalesce(withdrawn_on, {_NEVER}) FROM certifications WHERE issued_on IS NOT NULL
"""
_COUNTED = """
WITH have AS (SELECT DISTINCT target, unit FROM spans WHERE since <= $day AND $day < until)
SELECT u.target, u.township, count(h.unit), count(*) FROM units u LEFT JOIN have h USING (target, unit)
WHERE u.asked_from <= $day AND $day < u.asked_until GROUP BY ALL
"""
_STOCK_MONTHS = """
WITH ends AS (SELECT n AS month, least($day, last_day(make_date(n // 12, n % 12 + 1, 1))) AS e FROM (SELECT unnest(range($first, $today + 1)) AS n))
SELECT u.target, ends.month, count(DISTINCT u.unit) FROM ends JOIN spans s ON s.since <= ends.e AND ends.e < s.until
JOIN units u ON u.target = s.target AND u.unit = s.unit AND u.asked_from <= ends.e AND ends.e < u.asked_until GROUP BY ALL
"""
_TRAINED = f"""
SELECT p.township, year(s.ends_on) * 12 + month(s.ends_on) - 1, count(*), list(DISTINCT a.participant_entity) FROM attendances a
JOIN training_sessions s ON s.entity = a.training_session_entity JOIN participants r ON r.entity = a.participant_entity
LEFT JOIN places p ON p.village = r.village_entity WHERE s.ends_on BETWEEN {TRAINED} AND $day GROUP BY ALL
"""
_PENETRATION = f"""
WITH full_months AS (SELECT month FROM broadband_counts b JOIN townships t ON t.entity = b.township_entity
    WHERE t.township_code <> '{OTHER_UNITS}' AND month <= $today GROUP BY month
    HAVING count(*) = (SELECT count(*) FROM townships WHERE township_code <> '{OTHER_UNITS}'))
SELECT township_entity, subscriptions, households FROM broadband_counts WHERE month = (SELECT max(month) FROM full_months)
"""

Answer = dict[str, dict[int | None, tuple[int, int]]]  # target → township's entity → value, of
Series = dict[str, dict[int, int]]  # target → month → figure


def fetched(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that speak now of every register that the targets need, as Python's tuples."""
    with reading(path) as db:
        return {
            table: db.execute(
                f"SELECT {', '.join(columns)} FROM {table} WHERE {known(table)}", {"k": END_OF_TIME}
            ).fetchall()
            for table, columns in COLUMNS.items()
        }


class Reference:
    """The rows in DuckDB's memory, typed, ready to be asked."""

    def __init__(self, rows: Mapping[str, list[tuple[Any, ...]]], threads: int = 2) -> None:
        self._db = duckdb.connect(config={"threads": threads})
        self._db.execute("SET enable_progress_bar = false")
        for table, columns in COLUMNS.items():
            self._db.register("incoming", pd.DataFrame(rows[table], columns=list(columns)))
            self._db.execute(
                f"CREATE TABLE {table} AS SELECT {', '.join(map(_typed, columns))} FROM incoming"
            )
            self._db.unregister("incoming")

    def overview(self, day: date) -> tuple[Answer, Series]:
        """Every target's figure by township, and month by month."""
        today = day.year * 12 + day.month - 1
        january = today // 12 * 12
        for table in ("spans", "units", "figures", "reporters", "places"):
            self._db.execute(f"DROP TABLE IF EXISTS {table}")
        self._db.execute(_POOR)
        self._db.execute(_REPORTERS)
        self._db.execute(_FIGURES, {"day": day, "today": today})
        answer: Answer = {}
        series: Series = {}
        for target, (asked, amount) in GROWTH.items():
            bind = {"today": today, "january": january}
            answer[target] = {t: (v, o) for t, v, o in self._all(_grown(asked, amount), bind)}
            months = f"SELECT month, sum({amount})::BIGINT FROM figures WHERE {asked} GROUP BY month"
            series[target] = dict(self._all(months, {}))
        self._stocks(answer, series, day, today)
        trained = self._all(_TRAINED, {"day": day})
        for township, month, number, _ in trained:
            value, _ = answer.setdefault("training", {}).get(township, (0, 0))
            answer["training"][township] = (value + number, 0)
            months_of = series.setdefault("training", {})
            months_of[month] = months_of.get(month, 0) + number
        counts = self._all(_PENETRATION, {"today": today})
        answer["broadband_penetration"] = {t: (value, of) for t, value, of in counts}
        return answer, series

    def _stocks(self, answer: Answer, series: Series, day: date, today: int) -> None:
        create, spans = _STOCKS.split(";")
        self._db.execute(create)
        self._db.execute(spans, {"day": day})
        for target, township, value, of in self._all(_COUNTED, {"day": day}):
            answer.setdefault(target, {})[township] = (value, of)
        first = self._all("SELECT min(since) FROM spans", {})[0][0]
        bind = {"day": day, "today": today, "first": first.year * 12 + first.month - 1}
        for target, month, value in self._all(_STOCK_MONTHS, bind):
            series.setdefault(target, {})[month] = value

    def _all(self, sql: str, bind: dict[str, Any]) -> list[tuple[Any, ...]]:
        return self._db.execute(sql, bind or None).fetchall()

    def close(self) -> None:
        """Give the memory back."""
        self._db.close()


def _typed(name: str) -> str:
    if name == "month":
        return "CAST(substr(month, 1, 4) AS INTEGER) * 12 + CAST(substr(month, 6, 2) AS INTEGER) - 1 AS month"
    kind = (
        "VARCHAR"
        if name in _TEXTS
        else "DATE"
        if name.endswith("_on") or name in ("since", "until")
        else "BIGINT"
    )
    return f"CAST({name} AS {kind}) AS {name}"
