"""The reference that the benchmark measures against gives the answers of the rules told plainly."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

import pandas as pd
import pytest

from bench.plain import DEFAULTS, Good, Inspection, verdicts
from bench.reference import BETTER, COLUMNS, Reference

DAY = date(2021, 9, 30)
EARLY, MIDDLE, LATE = (f"2021-0{month}-01T08:00:00.000000Z" for month in (1, 6, 9))
Rows = dict[str, list[dict[str, Any]]]


class County:
    """Random registers with every kind of turn, crowded so that edges are met often."""

    def __init__(self, seed: int, goods: int = 120) -> None:
        self.rng = Random(seed)
        self.rows: Rows = {register: [] for register in COLUMNS}
        for number in range(1, 5):
            self.add("products", product_code=f"P{number}", standardised=int(number == 4))
        for number in range(1, goods + 1):
            self._household_with_a_good(number)

    def add(self, register: str, **fields: Any) -> int:
        """A first version; gives its entity."""
        number = len(self.rows[register]) + 1
        row = {"id": number, "entity": number, "recorded_at": EARLY, **fields}
        self.rows[register].append({name: row.get(name) for name in COLUMNS[register]})
        return number

    def correct(self, register: str, entity: int, **fields: Any) -> None:
        """A later version of the same row."""
        changes = {"id": len(self.rows[register]) + 1, "recorded_at": LATE, **fields}
        self.rows[register].append({**self.rows[register][entity - 1], **changes})

    def _household_with_a_good(self, number: int) -> None:
        rng = self.rng
        left = rng.choice((None, None, None, DAY, DAY - timedelta(days=1), DAY + timedelta(days=1)))
        household = self.add(
            "households",
            household_no=f"H{number:04d}",
            registered_on=DAY - timedelta(days=rng.choice((900, 1, 0, -1))),
            left_on=left,
        )
        product = rng.randrange(1, 5)
        good = self.add(
            "goods",
            household_entity=household,
            product_entity=product,
            household_no=f"H{number:04d}",
            product_code=f"P{product}",
            fit_for_online_sale=rng.choice((1, 1, 1, 0, None)),
            registered_on=DAY - timedelta(days=rng.choice((800, 1, 0, 0, -1))),
        )
        if rng.random() < 0.1:
            self.correct("goods", good, fit_for_online_sale=1)
        if rng.random() < 0.1:
            self.correct("households", household, left_on=None)
        bad = rng.choice((0.02, 0.3, 0.6, 0.9))
        day = DAY - timedelta(days=rng.choice((180, 181, 545, 546, rng.randrange(30, 900))))
        for _ in range(rng.choice((0, 1, 2, 3, 4, 6, 9))):
            self._inspection(good, day, bad)
            day += timedelta(days=rng.choice((0, 1, 30, 60, 90, 122, 182, 183)))

    def _inspection(self, good: int, day: date, bad: float) -> None:
        rng = self.rng
        result = day + timedelta(days=rng.choice((0, 0, 3, 10, 200)))
        number = f"S{rng.randrange(10**9)}"
        concluded = "fail" if rng.random() < bad else "pass"
        if rng.random() < 0.1:
            concluded = rng.choice(("pending", "not_applicable"))
        common = {"good_entity": good, "recorded_at": rng.choice((EARLY, EARLY, MIDDLE))}
        first = self.add(
            "inspections",
            **common,
            sample_no=number,
            sampling_date=day,
            result_date=result,
            conclusion=concluded,
        )
        if rng.random() < 0.1:
            self.correct("inspections", first, conclusion=rng.choice(("pass", "fail", "pending")))
        for _ in range(rng.choice((0, 0, 0, 0, 1, 2))):
            self.add(
                "inspections",
                good_entity=good,
                recorded_at=rng.choice((MIDDLE, LATE)),
                original_entity=first,
                sample_no=f"S{rng.randrange(10**9)}",
                sampling_date=result,
                result_date=result + timedelta(days=rng.choice((0, 5, 5, 40))),
                conclusion=rng.choice(("pass", "fail")),
            )

    def reference(self) -> Reference:
        frames = {
            register: pd.DataFrame(rows, columns=list(COLUMNS[register]), dtype=object)
            for register, rows in self.rows.items()
        }
        return Reference(frames, threads=1)

    def known(self, register: str, known_at: str) -> dict[int, dict[str, Any]]:
        """The last version of each row by an instant."""
        return {row["entity"]: row for row in self.rows[register] if row["recorded_at"] <= known_at}

    def plainly(self, day: date, known_at: str, values: dict[str, int]) -> dict[str, dict[str, str]]:
        households, products, inspections = (
            self.known(register, known_at) for register in ("households", "products", "inspections")
        )
        answers = {}
        for entity, row in self.known("goods", known_at).items():
            if row["registered_on"] > day:
                continue
            home, product = households[row["household_entity"]], products[row["product_entity"]]
            fit = row["fit_for_online_sale"]
            samples = tuple(
                Inspection(
                    i["sample_no"],
                    i["sampling_date"],
                    i["result_date"],
                    i["conclusion"],
                    inspections[i["original_entity"]]["sample_no"] if i["original_entity"] else None,
                )
                for i in inspections.values()
                if i["good_entity"] == entity
            )
            good = Good(
                bool(product["standardised"]),
                None if fit is None else bool(fit),
                home["registered_on"],
                home["left_on"],
                samples,
            )
            answers[f"{row['household_no']}/{row['product_code']}"] = verdicts(good, day, values)
        return answers


def by_reference(reference: Reference, day: date, known_at: str, values: dict[str, int]) -> Any:
    found = reference.decide(day, known_at, values)
    return {
        subject: {"packaging": BETTER[packaging], "logistics": BETTER[logistics]}
        for subject, packaging, logistics in zip(
            found.subjects, found.packaging, found.logistics, strict=True
        )
    }


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("known_at", [EARLY, MIDDLE, LATE])
def test_the_reference_answers_as_the_rules_told_plainly(seed: int, known_at: str) -> None:
    county, values = County(seed), dict(DEFAULTS)
    reference = county.reference()
    for day in (DAY, DAY - timedelta(days=1), DAY - timedelta(days=400)):
        plainly = county.plainly(day, known_at, values)
        assert by_reference(reference, day, known_at, values) == plainly
    reference.close()


@pytest.mark.parametrize("seed", range(8))
def test_the_reference_follows_every_parameter(seed: int) -> None:
    county, rng = County(100 + seed), Random(seed)
    reference = county.reference()
    for _ in range(4):
        values = {
            "inspection_validity_days": rng.choice((30, 91, 180, 365)),
            "long_term_consecutive_failures": rng.randrange(1, 5),
            "long_term_failures_in_window": rng.randrange(1, 5),
            "long_term_failure_percent": rng.choice((1, 34, 50, 67, 100)),
            "failure_window_days": rng.choice((30, 90, 122, 183, 365)),
            "readmission_passes": rng.randrange(1, 4),
        }
        assert by_reference(reference, DAY, LATE, values) == county.plainly(DAY, LATE, values)
    reference.close()


def test_the_random_county_meets_every_verdict_often() -> None:
    answers = County(1, goods=400).plainly(DAY, LATE, dict(DEFAULTS))
    for benefit in ("packaging", "logistics"):
        found = Counter(answer[benefit] for answer in answers.values())
        assert all(found[verdict] >= 5 for verdict in BETTER), found
