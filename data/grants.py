"""Claims of grants out of their registers: rewards for outlets, interest of households, interest of enterprises.

Each claim comes with what the registers say of the outlet or loan that it is for, all as known at an instant K, in one
statement for all claims.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from data.as_numbers import day_number_or
from data.versions import END_OF_TIME, known

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Texts = NDArray[np.object_]

NONE = -1  # unknown, or no such row
FAR = 200_000  # the day number of what has not ended


def _day(column: str) -> str:
    """The day number of a date column; FAR where it is blank."""
    return day_number_or(column, FAR)


def _or_unknown(column: str) -> str:
    return f"coalesce({column}, {NONE})"


@dataclass(frozen=True)
class _Source:
    """How the claims of one register are read; the columns are SQL over the register and what it is joined with.

    `number`: the claim's number; `rests_on`: the registers whose rows count, that of the outlet or loan first.
    """

    number: str
    rests_on: tuple[str, ...]
    joins: Mapping[str, str]  # register → the column of its entity; LEFT where it may be missing
    numbers: Mapping[str, str]
    texts: Mapping[str, str]


_PLACE = {"township_code": "townships.township_code", "township_name": "townships.township_name"}


def _loan(table: str) -> dict[str, str]:
    return {
        "secured": _or_unknown(f"{table}.secured"),
        "principal": f"{table}.principal",
        "rate": f"{table}.rate",
        "lent": _day(f"{table}.lent_on"),
        "due": _day(f"{table}.due_on"),
        "repaid": _day(f"{table}.repaid_on"),
    }


def _interest(table: str) -> dict[str, str]:
    return {
        "overdue": f"{table}.overdue_days",
        "paid": f"{table}.interest",
        "other_subsidy": _or_unknown(f"{table}.other_subsidy"),
    }


# A village with periods is poor within them, one without by its own mark: on the last day that is claimed for.
_HAS_PERIODS = (
    "EXISTS (SELECT 1 FROM poor_village_periods WHERE village_entity = outlets.village_entity"
    f" AND {known('poor_village_periods')}{{0}})"
)
_POOR_THEN = (
    " AND listed_on <= outlet_rewards.period_to AND (left_on IS NULL OR left_on > outlet_rewards.period_to)"
)
_POOR = (
    f"CASE WHEN outlets.village_entity IS NULL THEN {NONE}"
    f" WHEN {_HAS_PERIODS.format('')} THEN {_HAS_PERIODS.format(_POOR_THEN)} ELSE villages.poor_village END"
)
_REGISTERED = (
    "households.registered_on <= household_loans.lent_on"
    " AND (households.left_on IS NULL OR household_loans.lent_on < households.left_on)"
)
_BORROWER = (
    "CASE WHEN suppliers.kind = 'other' THEN 'other_supplier' WHEN suppliers.kind IS NOT NULL THEN 'enterprise'"
    " WHEN shops.owner = 'household' THEN 'household_shop' ELSE 'shop' END"
)

_SOURCES: Mapping[str, _Source] = {
    "outlet_rewards": _Source(
        number="reward_no",
        rests_on=("outlets", "couriers", "villages"),
        joins={
            "outlets": "outlet_rewards.outlet_entity",
            "couriers": "outlets.courier_entity",
            "LEFT villages": "outlets.village_entity",
            "LEFT townships": "coalesce(outlets.township_entity, villages.township_entity)",
        },
        numbers={
            "in_poor_village": _POOR,
            "serves_station": "outlets.station_entity IS NOT NULL",
            "shopfront": _or_unknown("outlet_rewards.shopfront"),
            "opened": _day("outlets.opened_on"),
            "closed": _day("outlets.closed_on"),
            "courier_from": _day("couriers.since"),
            "courier_until": _day("couriers.until"),
            "parcels": "outlet_rewards.parcels",
            "other_reward": _or_unknown("outlet_rewards.other_reward"),
        },
        texts={
            "level": "outlets.level",
            "owner_no": "outlets.outlet_code",
            "owner_name": "outlets.outlet_name",
            "courier_name": "couriers.courier_name",
            "village_name": "villages.village_name",
            **_PLACE,
        },
    ),
    "household_interest": _Source(
        number="claim_no",
        rests_on=("household_loans", "households"),
        joins={
            "household_loans": "household_interest.household_loan_entity",
            "households": "household_loans.household_entity",
            "villages": "households.village_entity",
            "townships": "villages.township_entity",
        },
        numbers={
            **_loan("household_loans"),
            **_interest("household_interest"),
            "registered": _REGISTERED,
        },
        texts={
            "purpose": "household_loans.purpose",
            "owner_no": "household_loans.loan_no",
            "owner_name": "households.household_no",
            "head_name": "households.head_name",
            "bank": "household_loans.bank",
            "village_name": "villages.village_name",
            **_PLACE,
        },
    ),
    "enterprise_interest": _Source(
        number="claim_no",
        rests_on=("enterprise_loans", "suppliers", "shops"),
        joins={
            "enterprise_loans": "enterprise_interest.enterprise_loan_entity",
            "LEFT suppliers": "enterprise_loans.supplier_entity",
            "LEFT shops": "enterprise_loans.shop_entity",
            "LEFT villages": "shops.village_entity",
            "LEFT townships": "coalesce(suppliers.township_entity, villages.township_entity)",
        },
        numbers={
            **_loan("enterprise_loans"),
            **_interest("enterprise_interest"),
            "poor_share": _or_unknown("enterprise_loans.poor_share"),
        },
        texts={
            "purpose": "enterprise_loans.purpose",
            "borrower": _BORROWER,
            "owner_no": "enterprise_loans.loan_no",
            "owner_name": "coalesce(suppliers.supplier_name, shops.shop_name)",
            "bank": "enterprise_loans.bank",
            "village_name": "villages.village_name",
            **_PLACE,
        },
    ),
}


@dataclass(frozen=True)
class GrantsRead:
    """Claims of one register as known at an instant, in the order of their entry; all columns run over them.

    `owner`: the entity of the outlet or loan; `first`, `last`, `claimed`: day numbers; `numbers`: -1 where unknown, FAR for
    a day that has not come; `texts`: None where blank; `rows`: per register the row version that counts, -1 where none.
    """

    register: str
    entity: Ints
    row: Ints
    claim_no: Texts
    owner: Ints
    first: Ints
    last: Ints
    claimed: Ints
    numbers: Mapping[str, Ints]
    texts: Mapping[str, Texts]
    rows: Mapping[str, Ints]

    def at(self, places: Ints | Bools) -> GrantsRead:
        """Some of the claims."""
        single = ("entity", "row", "claim_no", "owner", "first", "last", "claimed")
        changed: dict[str, Any] = {name: getattr(self, name)[places] for name in single}
        for name in ("numbers", "texts", "rows"):
            changed[name] = {key: column[places] for key, column in getattr(self, name).items()}
        return replace(self, **changed)


def read_grants(db: Database, name: str, known_at: str | None = None) -> GrantsRead:
    """Every claim of a register (`outlet_rewards`, `household_interest`, `enterprise_interest`) as known at an instant."""
    source = _SOURCES[name]
    own = {
        "entity": f"{name}.entity",
        "row": f"{name}.id",
        "owner": f"{source.rests_on[0]}.entity",
        "first": _day(f"{name}.period_from"),
        "last": _day(f"{name}.period_to"),
        "claimed": _day(f"{name}.claimed_on"),
    }
    rows = {table: _or_unknown(f"{table}.id") for table in source.rests_on}
    texts = {"claim_no": f"{name}.{source.number}", **source.texts}
    asked = [*own.values(), *source.numbers.values(), *rows.values(), *texts.values()]
    sql = (
        f"SELECT {', '.join(asked)} FROM {name} {_joined(source)} WHERE {known(name)} ORDER BY {name}.entity"
    )
    found = db.execute(sql, {"k": known_at or END_OF_TIME}).fetchall()
    columns = iter(zip(*found, strict=True) if found else [()] * len(asked))

    def numbers(names: Mapping[str, str]) -> dict[str, Ints]:
        return {key: np.array(next(columns), dtype=np.int64) for key in names}

    common, counted, behind = numbers(own), numbers(source.numbers), numbers(rows)
    words: dict[str, Texts] = {key: np.array(next(columns), dtype=object) for key in texts}
    return GrantsRead(
        register=name, claim_no=words.pop("claim_no"), numbers=counted, texts=words, rows=behind, **common
    )


def _joined(source: _Source) -> str:
    """Each joined register in the version that was known."""
    found = []
    for name, entity in source.joins.items():
        left, table = ("LEFT ", name.removeprefix("LEFT ")) if name.startswith("LEFT ") else ("", name)
        found.append(f"{left}JOIN {table} ON {table}.entity = {entity} AND {known(table)}")
    return " ".join(found)
