"""What of the list of goods is shown: the controls, each kept in the address, and the same in words."""

from __future__ import annotations

import streamlit as st

from office.choosing import Filters
from office.listing import Listing
from office.listing_words import reason_words
from office.worklist import LISTS
from pages.parts import address
from pages.parts.choices import one_or_all
from pages.parts.language import _, say
from pages.parts.looks import verdict_label
from pages.parts.states import override_words, state_label, under_way_words
from pages.parts.worklist import title_of
from rules.program import Answer, Program

NAMED = ("search", "township", "village", "product", "benefit", "verdict", "because", "list", "held")


def ask(listed: Listing, *, heads: bool) -> Filters:
    """Show the controls and give what they ask for; `heads`: the search looks at heads of household too."""
    program = listed.answers.program
    first, second = st.columns(4), st.columns(5)
    with first[0]:
        search = _search(heads)
    with first[1]:
        township = one_or_all("goods", "township", _("乡镇"), _townships(listed), drops=("village",))
    with first[2]:
        village = one_or_all("goods", "village", _("村"), _villages(listed, township))
    with first[3]:
        product = one_or_all("goods", "product", _("产品"), _products(listed))
    with second[0]:
        benefit = one_or_all("goods", "benefit", _("帮扶"), _benefits(program), every=_("任一项"))
    with second[1]:
        verdict = one_or_all(
            "goods", "verdict", _("判定"), {v: verdict_label(v) for v in reversed(program.better)}
        )
    with second[2]:
        because = one_or_all("goods", "because", _("条件"), _becauses(program, benefit))
    with second[3]:
        worklist = one_or_all("goods", "list", _("要办的事"), {name: title_of(name) for name in LISTS})
    with second[4]:
        held = one_or_all("goods", "held", _("现行"), _held())
    return Filters(search, township, village, product, benefit, verdict, because, worklist, held, heads)


def in_words(listed: Listing, filters: Filters) -> str:
    """What is asked for, in the language of the run; empty where everything is shown."""
    program = listed.answers.program
    found = {
        _("查找"): filters.search,
        _("乡镇"): _townships(listed).get(filters.township, ""),
        _("村"): _villages(listed, "").get(filters.village, ""),
        _("产品"): _products(listed).get(filters.product, ""),
        _("帮扶"): _benefits(program).get(filters.benefit, ""),
        _("判定"): verdict_label(filters.verdict) if filters.verdict else "",
        _("条件"): _becauses(program, "").get(filters.because, ""),
        _("要办的事"): title_of(filters.worklist) if filters.worklist else "",
        _("现行"): _held().get(filters.held, ""),
    }
    return _("；").join(f"{name} {value}" for name, value in found.items() if value)


def in_address() -> dict[str, str]:
    """The filters and the order as they stand in the address."""
    return {name: st.query_params[name] for name in (*NAMED, "sort") if name in st.query_params}


def clear() -> None:
    """Take every filter out of the address."""
    address.put(**dict.fromkeys(NAMED))


def _search(heads: bool) -> str:
    key = address.follow("goods_search", address.text("search"))
    what = _("编号、产品、村或户主姓名") if heads else _("编号、产品或村")
    st.text_input(_("查找"), key=key, placeholder=what, on_change=address.keep, args=("search", key, ""))
    return address.text("search")


def _townships(listed: Listing) -> dict[str, str]:
    return _words(listed, "township_code", "township_name", "")


def _villages(listed: Listing, township: str) -> dict[str, str]:
    return _words(listed, "village_code", "village_name", township)


def _products(listed: Listing) -> dict[str, str]:
    return _words(listed, "product_code", "product_name", "")


def _words(listed: Listing, code: str, name: str, township: str) -> dict[str, str]:
    """Codes that occur with their names, in the order of codes."""
    names = listed.names
    if township:
        names = names[names["township_code"] == township]
    pairs = names[[code, name]].drop_duplicates().sort_values(code)
    return dict(zip(pairs[code].tolist(), pairs[name].tolist(), strict=True))


def _benefits(program: Program) -> dict[str, str]:
    return {name: say(benefit.title) for name, benefit in program.benefits.items()}


def _held() -> dict[str, str]:
    """The states in force, and what can be said of one."""
    states = {state: state_label(state) for state in ("granted", "none", "withheld", "revoked")}
    return {**states, "overrides": override_words(), "under_way": under_way_words()}


def _becauses(program: Program, benefit: str) -> dict[str, str]:
    """Every finding that can stand against a good: a latch that is on, a condition that fails or is unknown."""
    asked = [benefit] if benefit in program.benefits else list(program.benefits)
    latches = dict.fromkeys(name for b in asked for name in program.latches_asked(b))
    conditions = dict.fromkeys(name for b in asked for name in program.conditions_asked(b))
    found: list[tuple[Answer, str]] = [("holds", name) for name in latches]
    for finding in ("fails", "unknown"):
        found += [(finding, name) for name in conditions]
    return {f"{finding}:{name}": say(reason_words(program, (finding, name))) for finding, name in found}
