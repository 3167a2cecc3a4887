"""A draft's text → what is wrong with it: faults of the file with their lines, or what the proof found.

Reading and proving happen in a child process; the answer for a text is kept, so that a page may ask at every run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from data.canonical import sha256_of
from office.programs import LARGEST, loaded, tried_apart
from office.refusal import InWords, Refused, refuse
from office.rulekeeping.fault_lines import line_of
from rules.answerable import CannotAsk
from rules.program import Program, Scalar, Words
from rules.subjects import must_be_answerable

LISTED = 100  # gaps of one benefit that a page is told one by one
_FILE = "draft.toml"
_KEPT_TEXTS = 64


@dataclass(frozen=True)
class DraftFault:
    """One fault of the file: its line (None: of the whole file), its dotted key, and what was expected."""

    line: int | None
    key: str
    words: InWords


@dataclass(frozen=True)
class Found:
    """One fault of the proof: a kind of rules.proof_words, its place, and facts that show it ({} if none do)."""

    kind: str
    where: str
    line: int | None
    example: Mapping[str, Scalar]
    words: InWords


@dataclass(frozen=True)
class Checked:
    """What a text is: `program` where it can be read, `faults` of the file where not, `found` by the proof.

    `unchecked` says why nothing is known of it: the check took too long or ended.
    """

    text: str
    digest: str
    program: Program | None
    faults: tuple[DraftFault, ...] = ()
    found: tuple[Found, ...] = ()
    unchecked: InWords | None = None

    @property
    def sound(self) -> bool:
        """Whether it could be proposed as it stands."""
        return self.program is not None and not (self.faults or self.found or self.unchecked)


def check_draft(text: str) -> Checked:
    """What a draft's text is; it never raises for what stands in the text."""
    try:
        return _checked(text)
    except Refused as refused:  # not kept: the next time it may be known
        return Checked(text, sha256_of(_bytes(text)), None, unchecked=refused.words)


@lru_cache(maxsize=_KEPT_TEXTS)
def _checked(text: str) -> Checked:
    data = _bytes(text)
    digest = sha256_of(data)
    if len(data) > LARGEST:
        raise refuse("规则文件超过 1 MB", "a programme file has at most 1 MB")
    told = tried_apart("prove", data, _FILE, listed=LISTED)
    if told["load_faults"]:
        return Checked(text, digest, None, tuple(_fault(text, f) for f in told["load_faults"]))
    program = loaded(data, _FILE)
    found = tuple(_found(text, fault) for fault in told["proof_faults"])
    return Checked(text, digest, program, _not_answerable(text, program), found)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _fault(text: str, told: Mapping[str, Any]) -> DraftFault:
    return DraftFault(line_of(text, told["key"]), told["key"], Words(told["zh"], told["en"]))


def _found(text: str, told: Mapping[str, Any]) -> Found:
    words = Words(told["zh"], told["en"])
    return Found(told["kind"], told["where"], line_of(text, told["where"]), told["example"], words)


def _not_answerable(text: str, program: Program) -> tuple[DraftFault, ...]:
    """What the programme asks that the registers do not hold."""
    try:
        must_be_answerable(program)
    except CannotAsk as cannot:
        key = cannot.words.en.partition(":")[0]
        return (DraftFault(line_of(text, key), key, cannot.words),)
    return ()
