"""Claims of grants to be checked: for each an outlet or loan of its own that is payable but for what is said about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from data.register import register
from data.store import Writer
from tests.entering import enter, household

Row = dict[str, Any]
Case = Mapping[str, Any]
LOANS = {"household_interest": "household_loans", "enterprise_interest": "enterprise_loans"}
NUMBERS = {"outlet_rewards": "reward_no", "household_interest": "claim_no", "enterprise_interest": "claim_no"}


def enter_county(writer: Writer) -> None:
    """A township, a centre that runs stations, a channel for shops: what every case shares."""
    enter(writer, "townships", [{"township_code": "T1", "township_name": "示例镇"}])
    enter(writer, "villages", [village("V0")])
    enter(
        writer,
        "channels",
        [_row("channels", channel_code="Q1", channel_name="示例平台", kind="platform", since="2018-01-01")],
    )
    station: Row = {
        "station_code": "Z1",
        "station_name": "示例站",
        "level": "township",
        "township_code": "T1",
    }
    station |= {"opened_on": "2018-01-01", "sells": 1, "buys": 1, "parcels": 1, "pays": 1}
    enter(writer, "stations", [_row("stations", **station)])


def village(code: str, **other: Any) -> Row:
    return {"village_code": code, "township_code": "T1", "village_name": "示例村", "poor_village": 1, **other}


def enter_reward(writer: Writer, number: str, case: Case) -> None:
    """One claim for an outlet at a station in a poor village, and its `others`; rows by `village`, `courier`, `outlet`, `claim`."""
    enter(writer, "villages", [village(f"V-{number}", **case.get("village", {}))])
    if periods := case.get("periods", []):
        rows = [{"village_code": f"V-{number}", "left_on": None, **one} for one in periods]
        enter(writer, "poor_village_periods", rows)
    courier: Row = {"courier_code": f"K-{number}", "courier_name": "示例快递", "since": "2018-01-01"}
    enter(writer, "couriers", [_row("couriers", **(courier | case.get("courier", {})))])
    outlet: Row = {
        "outlet_code": f"W-{number}",
        "outlet_name": "示例网点",
        "level": "village",
        "courier_code": f"K-{number}",
        "township_code": "T1",
        "village_code": f"V-{number}",
        "station_code": "Z1",
        "opened_on": "2020-01-01",
    }
    enter(writer, "outlets", [_row("outlets", **(outlet | told(case.get("outlet", {}))))])
    enter(writer, "outlet_rewards", [reward(number, nth, one) for nth, one in enumerate(claims(case))])


def reward(number: str, nth: int, about: Case) -> Row:
    claim: Row = {
        "reward_no": f"{number}-{'B' if nth == 0 else f'A{nth}'}",
        "outlet_code": f"W-{number}",
        "period_from": "2021-01-01",
        "period_to": "2021-03-31",
        "claimed_on": "2021-04-10",
        "parcels": 1000,
        "shopfront": 1,
        "other_reward": 0,
    }
    return _row("outlet_rewards", **(claim | named(number, "reward_no", about)))


def enter_household_interest(writer: Writer, number: str, case: Case) -> None:
    """One claim for a loan of 50,000 yuan over two years, and its `others`; rows by `household`, `loan`, `claim`."""
    poor = household(f"H-{number}", village_code="V0", **case.get("household", {}))
    enter(writer, "households", [poor])
    loan = {"loan_no": f"D-{number}", "household_no": f"H-{number}", "principal": 5_000_000}
    _enter_interest(writer, "household_interest", number, case, loan)


def enter_enterprise_interest(writer: Writer, number: str, case: Case) -> None:
    """One claim for a loan of 300,000 yuan to an enterprise; with `shop` to a shop of that owner instead."""
    loan: Row = {"loan_no": f"D-{number}", "principal": 30_000_000, "poor_share": 60}
    if "shop" in case:
        shop: Row = {
            "shop_code": f"S-{number}",
            "shop_name": "示例网店",
            "channel_code": "Q1",
            "opened_on": "2019-01-01",
        }
        if case["shop"] == "household":
            enter(writer, "households", [household(f"H-{number}", village_code="V0")])
            shop["household_no"] = f"H-{number}"
        enter(writer, "shops", [_row("shops", **shop, owner=case["shop"])])
        loan["shop_code"] = f"S-{number}"
    else:
        supplier: Row = {
            "supplier_code": f"G-{number}",
            "supplier_name": "示例企业",
            "kind": case.get("supplier", "enterprise"),
        }
        enter(writer, "suppliers", [_row("suppliers", **supplier, registered_on="2019-01-01")])
        loan["supplier_code"] = f"G-{number}"
    _enter_interest(writer, "enterprise_interest", number, case, loan)


def _enter_interest(writer: Writer, name: str, number: str, case: Case, loan: Row) -> None:
    loan |= {"bank": "示例银行", "purpose": "produce", "lent_on": "2020-07-01", "due_on": "2022-06-30"}
    loan |= {"rate": 475, "secured": 0}
    enter(writer, LOANS[name], [_row(LOANS[name], **(loan | told(case.get("loan", {}))))])
    rows = [interest(name, number, nth, one) for nth, one in enumerate(claims(case))]
    enter(writer, name, rows)


def interest(name: str, number: str, nth: int, about: Case) -> Row:
    claim: Row = {
        "claim_no": f"{number}-{'B' if nth == 0 else f'A{nth}'}",
        "loan_no": f"D-{number}",
        "period_from": "2021-01-01",
        "period_to": "2021-03-31",
        "overdue_days": 0,
        "interest": 10_000_000,
        "claimed_on": "2021-04-10",
        "other_subsidy": 0,
    }
    return _row(name, **(claim | named(number, "claim_no", about)))


def claims(case: Case) -> Sequence[Case]:
    """The claim that is asked about, and the others."""
    return [case.get("claim", {}), *case.get("others", [])]


def told(about: Case) -> Row:
    """What is said about a row; `blank` is nothing."""
    return {name: None if value == "blank" else value for name, value in about.items()}


def named(number: str, key: str, about: Case) -> Row:
    """The same for a claim, whose own number begins with the case's."""
    found = told(about)
    return found | ({key: f"{number}-{found[key]}"} if key in found else {})


def _row(name: str, **values: Any) -> Row:
    """A row with every column of the register; what is not given is blank."""
    return {column.name: None for column in register(name).columns} | values


ENTER = {
    "outlet_rewards": enter_reward,
    "household_interest": enter_household_interest,
    "enterprise_interest": enter_enterprise_interest,
}
