"""What people call a good: its product, household, village and township, for lists and slips."""

from __future__ import annotations

import pandas as pd
from sqlite_utils import Database

from data.versions import END_OF_TIME, known

COLUMNS = {
    "subject": "goods.household_no || '/' || goods.product_code",
    "household_no": "goods.household_no",
    "product_code": "goods.product_code",
    "product_name": "products.product_name",
    "category": "products.category",
    "head_name": "households.head_name",
    "village_code": "villages.village_code",
    "village_name": "villages.village_name",
    "township_code": "townships.township_code",
    "township_name": "townships.township_name",
}
PARENTS = (
    ("products", "goods.product_entity"),
    ("households", "goods.household_entity"),
    ("villages", "households.village_entity"),
    ("townships", "villages.township_entity"),
)


def read_names(db: Database, known_at: str | None = None) -> pd.DataFrame:
    """One row per good ever registered, sorted by `subject`; the columns are those of COLUMNS."""
    joins = " ".join(
        f"JOIN {table} ON {table}.entity = {column} AND {known(table)}" for table, column in PARENTS
    )
    sql = (
        f"SELECT {', '.join(COLUMNS.values())} FROM goods {joins}"
        f" WHERE {known('goods')} ORDER BY goods.household_no, goods.product_code"
    )
    rows = db.execute(sql, {"k": known_at or END_OF_TIME}).fetchall()
    frame = pd.DataFrame.from_records(rows, columns=list(COLUMNS))
    return frame.sort_values("subject", kind="stable", ignore_index=True)
