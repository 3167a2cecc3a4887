"""Whatever is done to a programme file, the loader answers with a programme or with its faults."""

from __future__ import annotations

import json
import tomllib
from datetime import date, time
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.load import ProgramFaults, load
from rules.program import Program
from rules.proof import prove

PROGRAMS = Path(__file__).parent / "programs"
EVERY_KEY = (PROGRAMS / "every-key.toml").read_text(encoding="utf-8")
WORDS = sorted(set(EVERY_KEY.replace("\n", " ").split(" ")))
PIECES = st.sampled_from(
    [*WORDS, "\n", "true", "-1", "1.5", "{}", "[]", '""', "2020-02-30", "\x00", "'''", "＝"]
)
ODD = st.recursive(
    st.booleans() | st.integers() | st.floats(-9, 9) | st.text(max_size=5) | st.dates() | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def read(data: bytes) -> Program | None:
    """The programme, or None where it was refused in words."""
    try:
        program = load(data, "draft.toml")
    except ProgramFaults as faults:
        assert faults.faults
        for fault in faults.faults:
            assert fault.message.zh and fault.message.en
            assert "{}" not in fault.message.zh + fault.message.en or "{}" in data.decode("utf-8", "replace")
        return None
    return program


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(EVERY_KEY)), st.integers(0, 40), st.lists(PIECES, max_size=3))
def test_a_file_with_something_cut_out_or_put_in_never_breaks_the_loader(
    at: int, length: int, pieces: list[str]
) -> None:
    text = EVERY_KEY[:at] + " ".join(pieces) + EVERY_KEY[at + length :]
    program = read(text.encode("utf-8", "surrogatepass"))
    if program is not None:
        prove(program)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    assert read(data) is None


def paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place of a TOML document."""
    below: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        below = list(value.items())
    elif isinstance(value, list):
        below = list(enumerate(value))
    return [path, *(p for key, inner in below for p in paths(inner, (*path, key)))]


PATHS = paths(tomllib.loads(EVERY_KEY))[1:]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(PATHS), ODD)
def test_any_value_in_any_place_is_taken_or_refused_with_its_key(
    path: tuple[str | int, ...], odd: object
) -> None:
    document: Any = tomllib.loads(EVERY_KEY)
    inner = document
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = odd
    program = read("".join(f"{key} = {toml(value)}\n" for key, value in document.items()).encode())
    if program is not None:
        prove(program)


def toml(value: object) -> str:
    """A value as TOML in one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {toml(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return value.isoformat() if isinstance(value, date | time) else json.dumps(value)
