"""Goods that wait for an act, some for each of the people, so that ten do not reach for the same one."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from data.register import register
from data.settings import working_day
from data.store import Database, Writer, open_writer, reading
from office.answering import answers_on
from office.casework.goods_in_force import goods_in_force
from office.days import now
from office.importing import carry_out, prepare_rows
from office.worklist import ELIGIBLE, has_verdict

EACH = 12  # acts that one person may do at most
SINCE, INSPECTED = "2021-09-01", "2021-09-15"


def make_stock(path: Path, people: int) -> list[list[tuple[str, str]]]:
    """For each of the people (good, benefit) pairs that the rules grant and nobody has granted yet."""
    with open_writer(path) as writer:
        _new_goods(writer, people * EACH)
    with reading(path) as db:
        waiting = _waiting(db)
    return [waiting[number::people][:EACH] for number in range(people)]


def _new_goods(writer: Writer, number: int) -> None:
    """New goods of households that have others, each with an inspection that was passed."""
    with writer.transaction() as db:
        pairs = db.execute(
            "SELECT DISTINCT h.household_no, p.product_code FROM households h, products p WHERE NOT EXISTS"
            " (SELECT 1 FROM goods g WHERE g.household_no = h.household_no AND g.product_code = p.product_code)"
            " ORDER BY p.product_code, h.household_no LIMIT ?",
            [number],
        ).fetchall()
    goods = [
        {
            "household_no": household,
            "product_code": product,
            "source": "种植",
            "fit_for_online_sale": "是",
            "registered_on": SINCE,
        }
        for household, product in pairs
    ]
    samples = [
        {
            "sample_no": f"STOCK{at:05}",
            "household_no": household,
            "product_code": product,
            "sampling_date": INSPECTED,
            "result_date": INSPECTED,
            "method": "定量",
            "item": "农药残留",
            "conclusion": "合格",
            "agency": "示例检验中心",
        }
        for at, (household, product) in enumerate(pairs)
    ]
    for name, rows in (("goods", goods), ("inspections", samples)):
        with reading(writer.path) as db:
            report = prepare_rows(db, register(name), rows)
        carry_out(writer, report, by="demo-clerk", source="stock")


def _waiting(db: Database) -> list[tuple[str, str]]:
    answers = answers_on(db, working_day(db, now()))
    held = goods_in_force(db, answers).held
    return [
        (str(answers.subjects[at]), benefit)
        for benefit in answers.program.benefits
        for at in np.flatnonzero(has_verdict(answers, benefit, ELIGIBLE) & held[benefit].has("none"))
    ]
