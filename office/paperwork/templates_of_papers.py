"""The office's own templates: copies to edit, and whether each can be filled in before somebody waits for a paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from data.casework.documents import own_templates
from data.papers.rendering import TemplateProblem, digest, kinds, render, template
from data.store import Database
from office.paperwork.papers_of_goods_and_money import PAPERS
from office.refusal import InWords

_CHAIN = {"number": 1, "hash": "0123456789abcdef"}


@dataclass(frozen=True)
class Checked:
    """A template in force: whether it is the office's own, and why it cannot be used, if so."""

    kind: str
    own: bool
    fault: InWords | None


def shipped_templates() -> Mapping[str, bytes]:
    """Every template as it comes with the application, by file name."""
    return {f"{kind}.docx": template(kind) for kind in kinds()}


def check_templates(db: Database) -> list[Checked]:
    """Fill in every template in force with a paper that has everything and with one that has only what it must."""
    own = own_templates(db)
    return [_checked(kind, own) for kind in kinds()]


def sample(kind: str, *, full: bool) -> dict[str, Any]:
    """A paper's context made of its fields' types; without `full`, everything that may be blank is."""
    numbered = {"number": "示例〔2021〕1号" if full else "", "chain": _CHAIN}
    return {**_fields(PAPERS[kind], full), **numbered}


def _checked(kind: str, own: Any) -> Checked:
    is_own = False
    try:
        in_force = template(kind, own)
        is_own = digest(in_force) != digest(template(kind))
        for full in (True, False):
            render(kind, sample(kind, full=full), in_force)
    except TemplateProblem as problem:
        return Checked(kind, is_own, problem.words)
    return Checked(kind, is_own, None)


def _fields(of: type, full: bool) -> dict[str, Any]:
    return {
        name: "2021-03-16T02:00:00.000000Z" if name == "known_at" else _value(hint, full)
        for name, hint in get_type_hints(of).items()
        if name not in ("kind", "series", "title") or of not in PAPERS.values()
    }


def _value(hint: Any, full: bool) -> Any:
    if is_dataclass(hint):
        return _fields(hint, full) if isinstance(hint, type) else None
    if get_origin(hint) is Literal:
        return get_args(hint)[0 if full else -1]
    if get_origin(hint) is tuple:
        return [_value(get_args(hint)[0], full)] if full else []
    if get_origin(hint) is UnionType:
        return _value(next(one for one in get_args(hint) if one is not NoneType), full) if full else None
    return {str: "示例" if full else "", int: 1, bool: full, date: "2021-03-16"}[hint]
