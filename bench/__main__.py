"""`python -m bench`: builds the yardstick, measures, prints the table and writes docs/benchmarks.md."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime

from bench import browser, deciding, importing, rechecking, settling, targets
from bench.report import Row, machine, table, write
from bench.setting import KEPT, ROOT
from bench.yardstick import Size, yardstick
from data.store import reading

PARTS = ("deciding", "settling", "targets", "rechecking", "importing", "browser")


def main() -> int:
    """0 where every row that was run is within its limit, else 1."""
    asked = _arguments()
    size = Size(asked.goods, asked.inspections)
    path = yardstick(KEPT, size)
    measured: list[Row] = []
    for row in _measured(asked.only or PARTS, size):
        measured.append(row)
        print(table([row]).splitlines()[-1], flush=True)
    with reading(path) as db:
        described = machine(db.execute("SELECT sqlite_version()").fetchone()[0])
    text = "\n".join((_about(size), "", table(measured), "", described))
    print("\n" + text)
    if not asked.no_write and not asked.only and size == Size():
        write(ROOT / "docs" / "benchmarks.md", text)
    return int(any(row.ok is False for row in measured))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--goods", type=int, default=Size.goods)
    parser.add_argument("--inspections", type=int, default=Size.inspections)
    parser.add_argument("--only", choices=PARTS, action="append", help="a part alone; writes no file")
    parser.add_argument("--no-write", action="store_true", help="print only")
    return parser.parse_args()


def _measured(parts: tuple[str, ...] | list[str], size: Size) -> Iterator[Row]:
    if "deciding" in parts:
        yield from deciding.rows(yardstick(KEPT, size))
    if "settling" in parts:
        yield from settling.rows(KEPT, size)
    if "targets" in parts:
        yield from targets.rows(KEPT)
    if "rechecking" in parts:
        yield from rechecking.rows(KEPT)
    if "importing" in parts:
        yield from importing.rows(KEPT)
    if "browser" in parts:
        yield from browser.rows(KEPT)


def _about(size: Size) -> str:
    day = datetime.now(UTC).date().isoformat()
    return (
        f"Measured on {day} with {size.goods:,} goods and {size.inspections:,} inspections; the middle of several"
        " rounds, taken in turn with the reference in one run. DuckDB's and our answers are compared good by good."
    )


if __name__ == "__main__":
    raise SystemExit(main())
