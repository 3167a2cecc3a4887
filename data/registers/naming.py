"""Columns that name a row of another register: the same titles and examples wherever they stand.

`about` says, in both languages, what the named row is to this one; that it must be registered is added here.
"""

from __future__ import annotations

from typing import Any

from data.registers.fields import code


def a_township(zh: str, en: str, *, required: bool = True) -> Any:
    return _named("乡镇编码", "Township code", "653128100", zh, en, required)


def a_village(
    zh: str, en: str, title: tuple[str, str] = ("村编码", "Village code"), *, required: bool = True
) -> Any:
    return _named(*title, "V001", zh, en, required)


def a_household(zh: str, en: str, *, required: bool = True) -> Any:
    return _named("户编号", "Household no.", "H0001", zh, en, required)


def a_product(zh: str, en: str, *, required: bool = True) -> Any:
    return _named("产品编码", "Product code", "P01", zh, en, required)


def a_body(
    zh: str, en: str, title: tuple[str, str] = ("机构编码", "Body code"), *, required: bool = True
) -> Any:
    return _named(*title, "J001", zh, en, required)


def a_station(
    zh: str, en: str, title: tuple[str, str] = ("站点编码", "Station code"), *, required: bool = True
) -> Any:
    return _named(*title, "Z001", zh, en, required)


def a_supplier(zh: str, en: str, *, required: bool = True) -> Any:
    return _named("主体编码", "Supplier code", "G001", zh, en, required)


def a_channel(zh: str, en: str, *, required: bool = True) -> Any:
    return _named("渠道编码", "Channel code", "Q01", zh, en, required)


def a_shop(zh: str, en: str, *, required: bool = True) -> Any:
    return _named("网店编码", "Shop code", "D0001", zh, en, required)


def a_participant(zh: str, en: str, *, required: bool = True) -> Any:
    return _named("人员编号", "Person no.", "R0001", zh, en, required)


def _named(title_zh: str, title_en: str, example: str, zh: str, en: str, required: bool) -> Any:
    about = f"{zh}；须已登记", f"{en}; must be registered"
    return code(title_zh, title_en, about, example, required=required)
