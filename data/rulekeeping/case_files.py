"""The cases that come with the project (tests/cases/*.toml), where they are there: their names, and what they rest on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "tests" / "cases"


@dataclass(frozen=True)
class NamedCase:
    """One case: its sentence, the conditions and values that it names, the verdicts it expects ("": of the one benefit)."""

    name: str
    names: frozenset[str]
    expects: tuple[tuple[str, str], ...]
    saved: bool = False


def cases_in_files(program: str, folder: Path = FOLDER) -> tuple[NamedCase, ...]:
    """The project's cases of a programme, in the file's order; none where the file is not there or cannot be read."""
    try:
        raw = tomllib.loads((folder / f"{program}.toml").read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return ()
    found = raw.get("case")
    cases = found if isinstance(found, list) else []
    return tuple(case for one in cases if isinstance(one, dict) and (case := named_case(one)) is not None)


def named_case(raw: dict[str, Any], *, saved: bool = False) -> NamedCase | None:
    """A case as the file writes it; None where it has no name."""
    name = raw.get("name")
    if not isinstance(name, str) or not name.strip():
        return None
    because, changed = raw.get("because"), raw.get("set")
    names = {one for one in because if isinstance(one, str)} if isinstance(because, list) else set()
    names |= set(changed) if isinstance(changed, dict) else set()
    expect = raw.get("expect")
    if isinstance(expect, dict):
        expects = tuple((str(benefit), str(verdict)) for benefit, verdict in expect.items())
    else:
        expects = (("", expect),) if isinstance(expect, str) else ()
    return NamedCase(name, frozenset(names), expects, saved)
