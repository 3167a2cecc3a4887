"""Settling the yardstick's shipments: the rules as of each ship date, amounts, caps, sums per household, and writing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bench.report import Row, ratio_row, seconds
from bench.setting import DAY
from bench.settled_county import SHIPMENTS, settled_county
from bench.settling_reference import BETTER, Reference, fetched
from bench.timing import Taken, in_turn, timed
from bench.yardstick import KNOWN_AT, Size
from data.store import open_writer, reading
from office.casework.asked import Doer
from office.programs import program_named, values_in_force
from office.subsidy.claims import Claims, ClaimsRead, decide_claims, read_claims
from office.subsidy.settlement_lines import draw_up
from office.subsidy.settlement_terms import Terms, terms_on
from office.subsidy.settling import draft_in
from rules.amounts import capped
from rules.claim_facts import CAP, RECOMMENDED
from rules.history import Ints

_ROUNDS = 5
_MOST_TO_WRITE = 15.0  # seconds
Found = tuple[
    Claims, Ints, Ints
]  # the claims, what the caps leave of each, and the sum of each one's household


def rows(folder: Path, size: Size) -> Iterator[Row]:
    """The rows of the table that are about settling; every claim's answer is compared with the reference's."""
    path = settled_county(folder, size)
    work = f"{SHIPMENTS:,} claims checked as of their ship dates, with amounts, caps and sums"
    with reading(path) as db:
        terms = terms_on(db, DAY, None)
    values = {**values_in_force(program_named(), DAY), **terms.values}
    reference = Reference(fetched(path))

    def theirs(_: int) -> dict[str, NDArray[Any]]:
        return reference.settle(DAY, KNOWN_AT, values)

    with reading(path) as db:
        read = read_claims(db, DAY, KNOWN_AT)
    taken, against = in_turn(lambda _: settled(read, terms), theirs, must_be_equal, range(_ROUNDS))
    yield ratio_row(f"{work}, rows in memory", taken.middle, against.middle, "DuckDB in memory", 3)
    whole = Taken(tuple(timed(partial(_drawn, path))[0] for _ in range(_ROUNDS)))
    fetching = Taken(tuple(timed(lambda: fetched(path))[0] for _ in range(3)))
    reference.close()
    yield ratio_row(
        "the same from the database, nothing cached",
        whole.middle,
        against.middle + fetching.middle,
        "DuckDB in memory + reading the rows",
        3,
    )
    yield _written(path)


def settled(read: ClaimsRead, terms: Terms) -> Found:
    """Every claim decided, with what the caps leave of it and the sum of its household."""
    claims = decide_claims(read, terms.program, terms.values)
    household = pd.factorize(claims.household_no)[0].astype(np.int64)
    order = np.empty(claims.claim_no.size, dtype=np.int64)
    order[np.lexsort((claims.claim_no.astype(str), claims.shipped))] = np.arange(order.size)
    year = claims.shipped.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    left = capped(claims.payable_due, household, year, order, terms.values[CAP])
    sums = np.zeros(household.max(initial=-1) + 1, dtype=np.int64)
    np.add.at(sums, household, left)
    return claims, left, sums[household]


def _drawn(path: Path) -> dict[str, int]:
    """A whole settlement drawn up, and its sums per household."""
    with reading(path) as db:
        drawn = draw_up(db, terms_on(db, DAY, None), KNOWN_AT)
    sums = pd.Series(drawn.paid).groupby(drawn.claims.household_no[drawn.at]).sum()
    return {str(household): int(paid) for household, paid in sums.items()}


def must_be_equal(ours: Found, theirs: dict[str, NDArray[Any]]) -> None:
    """Every claim has the same verdict, amounts and sum, and every good the same recommendation on its ship date."""
    claims, left, of_household = ours
    if claims.program.better != BETTER:
        raise AssertionError("the programme's verdicts are not the reference's")
    recommended = np.array([*RECOMMENDED, None], dtype=object)[claims.table.columns["recommended"]]
    said = np.array([word or None for word in theirs["recommended"].tolist()], dtype=object)
    pairs: dict[str, tuple[NDArray[Any], NDArray[Any]]] = {
        "entity": (claims.entity, theirs["entity"]),
        "verdict": (claims.judged.verdicts[claims.benefit], theirs["verdict"]),
        "recommended": (recommended, said),
        "due": (claims.payable_due, theirs["due"]),
        "capped": (left, theirs["capped"]),
        "of_household": (of_household, theirs["of_household"]),
    }
    for name, (mine, other) in pairs.items():
        wrong = np.flatnonzero(mine != other)
        if mine.shape != other.shape or wrong.size:
            at = int(wrong[0])
            raise AssertionError(
                f"{name} differs {wrong.size} times; {claims.claim_no[at]}: {mine[at]}, {other[at]}"
            )


def _written(path: Path) -> Row:
    """A draft of all of them, decided, frozen and chained in one transaction."""
    at = datetime(DAY.year, DAY.month, DAY.day, 10, tzinfo=UTC)
    with TemporaryDirectory(dir=path.parent) as folder:
        copy = Path(shutil.copy(path, folder))
        with open_writer(copy, clock=lambda: at) as writer:

            def work() -> int:
                with writer.transaction() as db:
                    return draft_in(db, DAY, None, doer=Doer("bench"), at=at, day=DAY).lines

            taken, lines = timed(work)
    if lines != SHIPMENTS:
        raise AssertionError(f"{lines} lines were written, not {SHIPMENTS}")
    return Row(
        f"a settlement of {SHIPMENTS:,} lines drafted, frozen and chained",
        seconds(taken),
        "–",
        seconds(taken),
        f"≤ {_MOST_TO_WRITE:g} s",
        taken <= _MOST_TO_WRITE,
    )
