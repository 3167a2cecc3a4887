"""What takes in files or texts from outside, each as a function of bytes that either answers in words or breaks.

A refusal in words is an answer. Everything else that is raised is a find. Workbooks are parsed in this process here,
as `data.workbook_child` does in its child, so that thousands can be tried.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from data import workbooks
from data.faults import Unreadable
from data.problems import StoreProblem
from data.raw import Raw
from data.register import REGISTERS
from data.store import Database, reading
from data.words import Words
from data.workbook_child import answer
from office.audit_pack.checking.main import check as check_pack
from office.backup.foreseeing import foresee
from office.evaluating import _table
from office.importing import prepare
from office.programs import program_from
from office.refusal import Refused
from office.rulekeeping.drafting import text_of
from office.rulekeeping.trying_cases import cases_in
from pages.parts import address
from pages.signin.checks import in_language, tokens_agree, way_back
from rules.faults import ProgramFaults
from rules.load import load
from rules.load_assessment import read_assessment
from rules.load_targets import read_targets
from rules.procedure import read_procedure

Target = Callable[[bytes], None]
NAMES = tuple(REGISTERS)
CHOICES = ("list", "import", "示例")


class Broken(AssertionError):
    """An answer that is none: no words, or an address that leads away."""


@contextmanager
def in_this_process() -> Iterator[None]:
    """Workbooks are parsed here instead of in a child of its own."""

    def here(kind: str, content: bytes) -> Raw:
        verdict, found = answer(kind, content)
        if verdict == "refused":
            raise Unreadable(Words(*found))
        return workbooks._raw(found)

    with patch.object(workbooks, "_in_child", here):
        yield


def importing(db: Database, name: str) -> Target:
    """An upload of a file of that name into a register that its first byte chooses (most into 检验)."""

    def imported(content: bytes) -> None:
        chosen = NAMES[len(content) % len(NAMES)] if len(content) % 3 == 0 else "inspections"
        report = prepare(db, REGISTERS[chosen], name, content)
        if not all(fault.message.zh and fault.message.en for fault in report.faults):
            raise Broken("a fault without words")

    return imported


def refused_in_words(read: Callable[[bytes], object]) -> Target:
    """A reader whose refusals are the house's own."""

    def tried(content: bytes) -> None:
        try:
            read(content)
        except ProgramFaults as faults:
            if not faults.faults or not all(one.message.zh and one.message.en for one in faults.faults):
                raise Broken("a fault without words") from faults
        except (Refused, StoreProblem) as refused:
            if not refused.words.zh or not refused.words.en:
                raise Broken("a refusal without words") from refused

    return tried


def rule_file(content: bytes) -> None:
    """Any of the five kinds of rule files; which one, its own words say, or its length."""
    for word, read in RULE_FILES.items():
        if word in content[:3_000]:
            read(content, "draft.toml")
            return
    list(RULE_FILES.values())[len(content) % len(RULE_FILES)](content, "draft.toml")


RULE_FILES: Mapping[bytes, Callable[[bytes, str], object]] = {
    b"program =": load,
    b"defence_working_days": read_procedure,
    b"indicator": read_targets,
    b"weight": read_assessment,
}


def cases_file(content: bytes) -> None:
    """A file of cases, as `cases add` and the page take it."""
    cases_in(text_of(content))


def whole_programme(content: bytes) -> None:
    """A programme as an upload is taken: loaded, proved and run in its child."""
    program_from(content, "draft.toml")


def in_a_file(read: Callable[[Path], object], ending: str) -> Callable[[bytes], object]:
    """A reader of files gets the bytes in one."""

    def written(content: bytes) -> object:
        with tempfile.TemporaryDirectory(prefix="fuzzing-") as folder:
            path = Path(folder) / f"file{ending}"
            path.write_bytes(content)
            return read(path)

    return written


def pack(path: Path) -> None:
    """The audit pack's own checker, which answers with a result whatever it is given."""
    result = check_pack(path)
    if not all(one.zh and one.en for one in result.differences):
        raise Broken("a difference without words")


def copy_of(office: Path) -> Callable[[bytes], object]:
    """A backup file held against the database in use."""
    return in_a_file(lambda path: foresee(path, office), ".db")


def addresses(content: bytes) -> None:
    """The address of a page: every reader, and what is written back reads again."""
    found = content.decode("utf-8", "surrogateescape")
    told: list[str] = []
    fake = SimpleNamespace(
        query_params={"x": found},
        session_state={"working_day": date(2021, 9, 30)},
        info=lambda w, **_: told.append(w),
    )
    with patch.object(address, "st", fake), patch.object(address, "_", lambda words: words):
        for read in (
            lambda: address.text("x"),
            lambda: address.day("x", date(2021, 9, 30)),
            lambda: address.number("x", 1, 1, 10**6),
            lambda: address.one_of("x", CHOICES, None),
            lambda: address.some_of("x", CHOICES),
        ):
            fake.query_params["x"] = found
            value: Any = read()
            if isinstance(value, str) and len(value) > address.LONGEST_TEXT:
                raise Broken("a text as long as one likes")


def sign_in_form(content: bytes) -> None:
    """What the sign-in form brings: the way back stays with us in either language, tokens are compared whole."""
    text = content.decode("utf-8", "replace")
    for wish in (text, "/" + text, "/x?" + text):
        for way in (way_back(wish), in_language(way_back(wish), "en")):
            if not way.startswith("/") or way.startswith("//") or "\\" in way or "\n" in way or "\r" in way:
                raise Broken(f"the way back leads to {way!r}")
    if tokens_agree(text, text + "x") or tokens_agree("", ""):
        raise Broken("two tokens that are not the same agree")


@contextmanager
def targets(office: Path) -> Iterator[dict[str, Target]]:
    """Every target by its name, on an office's database that is only read."""
    with reading(office) as db, in_this_process():
        yield {
            "csv": importing(db, "liste.csv"),
            "xlsx": importing(db, "liste.xlsx"),
            "xls": importing(db, "liste.xls"),
            "rules": refused_in_words(rule_file),
            "programme": refused_in_words(whole_programme),
            "cases": refused_in_words(cases_file),
            "facts": refused_in_words(in_a_file(_table, ".csv")),
            "pack": in_a_file(pack, ".zip"),  # type: ignore[dict-item]
            "backup": refused_in_words(copy_of(office)),
            "address": addresses,
            "sign-in": sign_in_form,
        }
