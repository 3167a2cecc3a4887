"""The state of a page lives in its address: typed reading, writing, and links that keep day and language.

The address is the truth. A control shows what the address says (`follow`) and writes its own
value back before the page runs again (`keep`), so that reload, Back and a sent link all agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal, NoReturn, TypeVar

import streamlit as st

from pages.parts.files import as_typed
from pages.parts.language import _

Value = str | int | date | Sequence[str] | None
Default = TypeVar("Default")

KEPT = ("day", "lang")  # what every link of ours carries along
PAGE = "frame_page"  # in the session: the page that this run shows
FIRST = "today"  # the page at the address without a name
LONGEST_TEXT = 100  # characters of a text in the address, and of the field that writes it there
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
PAGE_FILES = {
    name: f"{name}.py"
    for name in (
        "today",
        "tasks",
        "goods",
        "good",
        "inspections",
        "packaging",
        "logistics",
        "notices",
        "targets",
        "registers",
        "trace",
        "grants",
        "reports",
        "clauses",
        "rules",
        "rule_changes",
        "audit",
        "personal",
        "people",
        "system",
        "account",
        "about",
    )
}


def text(name: str, default: str = "", longest: int = LONGEST_TEXT) -> str:
    """A short text, trimmed."""
    found = st.query_params.get(name, default).strip()
    return found if len(found) <= longest else _broken(name, found, default)


def day(name: str, default: date) -> date:
    """A day, written 2021-09-30."""
    found = st.query_params.get(name)
    if found is None:
        return default
    try:
        read = date.fromisoformat(found)
    except ValueError:
        return _broken(name, found, default)
    return read if FIRST_DAY <= read <= LAST_DAY and len(found) == 10 else _broken(name, found, default)


def number(name: str, default: int, low: int, high: int) -> int:
    """A whole number within low..high."""
    found = st.query_params.get(name)
    if found is None:
        return default
    try:
        read = int(found) if found.isascii() else None
    except ValueError:
        read = None
    return read if read is not None and low <= read <= high else _broken(name, found, default)


def one_of(name: str, choices: Sequence[str], default: Default) -> str | Default:
    """One of `choices`."""
    found = st.query_params.get(name)
    if found is None or found in choices:
        return default if found is None else found
    return _broken(name, found, default)


def some_of(name: str, choices: Sequence[str]) -> list[str]:
    """Several of `choices`, separated by commas; unknown ones are left out with a note."""
    asked = [part for part in st.query_params.get(name, "").split(",") if part]
    known = [part for part in choices if part in asked]
    strangers = [part for part in asked if part not in choices]
    if strangers:
        _broken(name, ",".join(strangers), None)
        put(**{name: known})
    return known


def the_day() -> date:
    """The working day that this page is seen on: the address's, else the office's own."""
    return day("day", st.session_state["working_day"])


def put(**values: Value) -> None:
    """Write values into the address; None or nothing chosen takes the name out."""
    for name, value in values.items():
        if value is None or value == "" or (not isinstance(value, str | int | date) and not value):
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = written(value)


def written(value: str | int | date | Sequence[str]) -> str:
    """A value as it stands in an address."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str | int) else ",".join(value)


def follow(key: str, value: Any) -> str:
    """Let the control `key` show `value` (from the address); gives the key back."""
    st.session_state[key] = value
    return key


def keep(name: str, key: str, default: Value = None) -> None:
    """For `on_change`: write what the control `key` holds under `name`; the default is not written."""
    value = st.session_state.get(key)
    put(**{name: None if value == default else value})


def kept() -> dict[str, str]:
    """What a link to another page carries along from this address."""
    return {name: st.query_params[name] for name in KEPT if name in st.query_params}


def link(page: str, label: str, *, icon: str | None = None, **params: Value) -> None:
    """A link to another page of ours, keeping day and language; to the page one is on it leads as `here` does."""
    if page == st.session_state.get(PAGE):
        asked = "&".join(f"{name}={value}" for name, value in query(params).items())
        here(label, f"{page}_to_{label}_{asked}", params, icon=icon, keeping=())
    else:
        st.page_link(PAGE_FILES[page], label=label, icon=icon, query_params=query(params))


def here(
    label: str,
    key: str,
    to: Mapping[str, Value],
    *,
    icon: str | None = None,
    plain: bool = True,
    keeping: Sequence[str] | None = None,
) -> None:
    """A way to another view of this page, written into the address in one step, so that Back and a sent link agree.

    Streamlit's own link to the page one is on would change the page and leave the address as it was. `keeping`: what
    of the address stays besides day and language, None: everything. `plain`: without a frame, as a link.
    """
    kind: Literal["tertiary", "secondary"] = "tertiary" if plain else "secondary"
    st.button(label, key=key, type=kind, icon=icon, on_click=turn_to, args=(keeping, to))


def turn_to(keeping: Sequence[str] | None, to: Mapping[str, Value]) -> None:
    """Write the whole address anew, in one step: what `here` does when it is chosen."""
    stays = {
        name: value for name, value in st.query_params.items() if keeping is None or name in (*KEPT, *keeping)
    }
    asked = {name: written(value) for name, value in to.items() if value not in (None, "")}
    st.query_params.from_dict({name: value for name, value in stays.items() if name not in to} | asked)


def go(page: str, **params: Value) -> NoReturn:
    """Change to another page of ours, keeping day and language."""
    st.switch_page(PAGE_FILES[page], query_params=query(params))


def query(params: Mapping[str, Value]) -> dict[str, str]:
    """What stands after the name of a page: what every link keeps, and `params`."""
    asked = {name: written(value) for name, value in params.items() if value is not None}
    return {**kept(), **asked}


def _broken(name: str, found: str, default: Default) -> Default:
    """Say calmly that a value of the address was left aside, once: it is taken out."""
    st.query_params.pop(name, None)
    shown = found if len(found) <= 30 else found[:30] + "…"
    st.info(
        _("地址中的“{name}={value}”不能用，已不予理会。").format(name=name, value=as_typed(shown)),
        icon=":material/info:",
    )
    return default
