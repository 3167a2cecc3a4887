"""Where every target stands, from a million monthly figures and attendances: set-based here, in SQL by DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.report import Row, ratio_row
from bench.setting import DAY
from bench.target_county import Size, target_county
from bench.target_reference import Answer, Reference, Series, fetched
from bench.timing import in_turn, rounds
from data.county_rows import read_county
from data.store import reading
from office.targets.gathering import as_rows, on_day
from office.targets.measuring import Standing, standing_on
from rules.county_rows import CountyRows
from rules.load_targets import targets

_ROUNDS = 5
_WITHOUT = "goods_inspected"  # it rests on inspections, which bench.deciding measures


def rows(folder: Path, size: Size | None = None) -> Iterator[Row]:
    """The rows of the table that are about targets; every figure and month is compared with DuckDB's."""
    size = size or Size()
    path = target_county(folder, size)
    work = f"overview of all targets from {size.rows:,} monthly figures and attendances"
    read = _read(path)
    reference = Reference(fetched(path))

    def theirs(_: int) -> tuple[Answer, Series]:
        return reference.overview(DAY)

    ours, against = in_turn(lambda _: _overview(read), theirs, _Check(read), range(_ROUNDS))
    yield ratio_row(f"{work}, rows in memory", ours.middle, against.middle, "DuckDB in memory", 3)
    whole, fetching = rounds(lambda: _overview(_read(path)), 3), rounds(lambda: fetched(path), 3)
    reference.close()
    yield ratio_row(
        "the same from the database, nothing cached",
        whole.middle,
        against.middle + fetching.middle,
        "DuckDB in memory + reading the rows",
        3,
    )


def _read(path: Path) -> CountyRows:
    with reading(path) as db:
        return on_day(db, as_rows(read_county(db)), DAY)


def _overview(known: CountyRows) -> dict[str, Standing]:
    return {name: standing_on(known, target, DAY) for name, target in targets().items() if name != _WITHOUT}


class _Check:
    """Compares an overview with DuckDB's, target by target."""

    def __init__(self, read: CountyRows) -> None:
        self._codes = dict(zip(read.townships.entity.tolist(), read.townships.code.tolist(), strict=True))

    def __call__(self, ours: dict[str, Standing], theirs: tuple[Answer, Series]) -> None:
        answer, series = theirs
        for name, standing in ours.items():
            parts = {code: (part.value, part.of or 0) for code, part in standing.counted.by_township.items()}
            share = standing.target.is_share or standing.target.is_growth
            other = {
                self._codes.get(township or 0, ""): (value, of if share else 0)
                for township, (value, of) in answer[name].items()
            }
            _same(
                name, {k: v for k, v in parts.items() if any(v)}, {k: v for k, v in other.items() if any(v)}
            )
            if name in series:
                months = {
                    standing.months.first + at: value
                    for at, value in enumerate(standing.months.values)
                    if value
                }
                _same(f"{name} by month", months, {m: v for m, v in series[name].items() if v})


def _same(name: str, ours: object, theirs: object) -> None:
    if ours != theirs:
        raise AssertionError(f"{name} differs: {ours} here, {theirs} there")
