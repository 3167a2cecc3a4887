"""Choosing from the list of goods: filters, order, and the counts of what was chosen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from office.casework.goods_in_force import GoodsInForce
from office.deciding import Answers
from office.listing import Listing
from office.nearness import NEVER
from office.worklist import Worklists, has_verdict
from rules.deciding import ANSWERS
from rules.history import Bools, Ints


@dataclass(frozen=True)
class Filters:
    """What somebody wants to see; an empty field asks for nothing.

    Without a benefit, `verdict`, `because`, `worklist` and `held` ask whether it is so for any of them.
    `heads`: whether the search looks at the heads of household too.
    """

    search: str = ""
    township: str = ""
    village: str = ""
    product: str = ""
    benefit: str = ""
    verdict: str = ""
    because: str = ""  # finding:condition, for example fails:inspected_recently
    worklist: str = ""
    held: str = ""  # a state in force, `overrides` or `under_way`: see office.goods_in_force.Held.has
    heads: bool = False


def chosen(
    listed: Listing, filters: Filters, lists: Worklists | None = None, in_force: GoodsInForce | None = None
) -> Ints:
    """The places of the goods that the filters let through.

    `lists` are needed where one is asked for, `in_force` where a state is.
    """
    mask = np.ones(len(listed.names), dtype=bool)
    for column, wanted in (
        ("township_code", filters.township),
        ("village_code", filters.village),
        ("product_code", filters.product),
    ):
        if wanted:
            mask &= (listed.names[column] == wanted).to_numpy(dtype=bool)
    if filters.search:
        mask &= _found(listed, filters.search, filters.heads)
    for asked in _asked(listed.answers, filters, lists, in_force):
        mask &= asked
    return np.flatnonzero(mask)


def nearest_first(listed: Listing, places: Ints) -> Ints:
    """The same places, fewest further failures first; then those beyond the trials, then those revoked already."""
    failures = listed.failures[places]
    rank = np.where(failures == NEVER, 1_000, np.where(failures == 0, 2_000, failures))
    return places[np.argsort(rank, kind="stable")]


def verdict_counts(listed: Listing, places: Ints) -> dict[str, dict[str, int]]:
    """How many of these goods have each verdict, per benefit; every verdict is named."""
    better = listed.answers.program.better
    return {
        benefit: dict(zip(better, np.bincount(column[places], minlength=len(better)).tolist(), strict=True))
        for benefit, column in listed.answers.judged.verdicts.items()
    }


def by_township(listed: Listing, places: Ints, benefit: str) -> pd.DataFrame:
    """(township_code, township_name, verdict, goods): one row for each that occurs, in the order of codes."""
    frame = listed.names.iloc[places][["township_code", "township_name"]].copy()
    frame["verdict"] = listed.answers.verdicts(benefit)[places]
    counted = frame.groupby(["township_code", "township_name", "verdict"], as_index=False).size()
    return counted.rename(columns={"size": "goods"})


def _asked(
    answers: Answers, filters: Filters, lists: Worklists | None, in_force: GoodsInForce | None
) -> list[Bools]:
    """One mask for verdict, reason, list and state together: they are asked of one and the same benefit."""
    if not (filters.verdict or filters.because or filters.worklist or filters.held):
        return []
    benefits = [filters.benefit] if filters.benefit else list(answers.program.benefits)
    per_benefit = [_asked_of(answers, benefit, filters, lists, in_force) for benefit in benefits]
    return [np.logical_or.reduce(per_benefit)]


def _asked_of(
    answers: Answers,
    benefit: str,
    filters: Filters,
    lists: Worklists | None,
    in_force: GoodsInForce | None,
) -> Bools:
    mask = np.ones(answers.subjects.size, dtype=bool)
    if filters.verdict:
        mask &= has_verdict(answers, benefit, filters.verdict)
    if filters.because:
        finding, _, name = filters.because.partition(":")
        code = next(code for code, answer in ANSWERS.items() if answer == finding)
        program = answers.program
        asked = (*program.latches_asked(benefit), *program.conditions_asked(benefit))
        mask &= (answers.judged.findings[name] == code) & (name in asked)
    if filters.worklist:
        if lists is None:
            raise ValueError("a list is asked for and the lists are not given")
        mask &= lists.of(filters.worklist, benefit)
    if filters.held:
        if in_force is None:
            raise ValueError("a state is asked for and what is in force is not given")
        mask &= in_force.held[benefit].has(filters.held)
    return mask


def _found(listed: Listing, search: str, heads: bool) -> Bools:
    """Every word somewhere: in the number, the product, the village or (where allowed) the head of household."""
    columns = [
        listed.names[column].str.casefold()
        for column in ("subject", "product_name", "village_name", *(("head_name",) if heads else ()))
    ]
    found = np.ones(len(listed.names), dtype=bool)
    for word in search.casefold().split():
        hits = [text.str.contains(word, regex=False).to_numpy(dtype=bool) for text in columns]
        found &= np.logical_or.reduce(hits)
    return found
