"""Which programme decides, and with which values: the text published for the day, or a draft that was proved.

The published text stands in the database; the files that come with the software are what a new database publishes
first (`office/rulekeeping/publishing.py`). A database that has published nothing yet goes by the files.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data.decisions import program_text
from data.rulekeeping.publications import published_names, texts_in_force
from data.store import Database
from office.days import day_number
from office.refusal import Refused, refuse
from rules.answerable import CannotAsk
from rules.load import ProgramFaults, UnknownProgram, builtin, builtin_names, load
from rules.program import NotInForce, Program, Words
from rules.proof import prove, spaces_of
from rules.sandbox import ChildFailed, run_apart
from rules.subjects import must_be_answerable, parameters_also_needed

DEFAULT = "produce-support"
LARGEST = 1_000_000  # bytes of a programme file
BEGINNING = -1_000_000  # a day number before any calendar day that is asked
_PROVED: set[str] = set()  # digests of programmes proved without a fault by this process
_KEPT: dict[str, Program] = {}  # published texts by digest, as read by this process


def program_in_force(db: Database, day: date, name: str = DEFAULT, known_at: str | None = None) -> Program:
    """The text of a programme that decides on a day, as published by an instant (canonical UTC text; None: now).

    Raises Refused for an unknown programme, and for a text that has a fault or cannot be read any more.
    """
    found = [text for since, text in texts_over_time(db, name, known_at) if since <= day_number(day)]
    return found[-1]


def texts_over_time(
    db: Database, name: str = DEFAULT, known_at: str | None = None
) -> tuple[tuple[int, Program], ...]:
    """(first day number, programme) of the texts that decide one after the other; the first from the beginning on."""
    texts = texts_in_force(db, name, known_at)
    if not texts:
        return ((BEGINNING, program_named(name)),)
    return tuple(
        (day_number(date.fromisoformat(since)) if since else BEGINNING, program_kept(db, name, digest))
        for since, digest in texts
    )


def texts_between(
    db: Database, first: int, last: int, name: str = DEFAULT, known_at: str | None = None
) -> tuple[tuple[int, int, Program], ...]:
    """(first, last, programme) for the stretches of the day numbers `first`..`last` that one text decides."""
    texts = texts_over_time(db, name, known_at)
    ends = [since - 1 for since, _ in texts[1:]] + [last]
    stretches = (
        (max(first, since), min(last, end), program)
        for (since, program), end in zip(texts, ends, strict=True)
    )
    return tuple(stretch for stretch in stretches if stretch[0] <= stretch[1])


def counts_from(db: Database, program: Program) -> date | None:
    """The day from which a published text counts; None for the one that came with the software, and for a draft."""
    texts = texts_in_force(db, program.program)
    return next(
        (date.fromisoformat(since) for since, digest in texts if since and digest == program.digest), None
    )


def program_kept(db: Database, name: str, digest: str) -> Program:
    """The programme whose text was kept under a digest, proved. Raises Refused where there is none or it has a fault."""
    if digest not in _KEPT:
        text = program_text(db, digest)
        if text is None:
            raise refuse(f"没有留存摘要为 {digest} 的规则文本", f"no text with the digest {digest} was kept")
        _KEPT[digest] = loaded(text.encode("utf-8"), f"{name}.toml")
    _must_be_proved(_KEPT[digest])
    return _KEPT[digest]


def programs_in_force(db: Database, day: date) -> tuple[Program, ...]:
    """Every programme as it decides on a day, the one that decides goods first; each is proved, once per text."""
    return tuple(program_in_force(db, day, name) for name in program_names(db))


def program_titles(db: Database, day: date) -> dict[str, Words]:
    """What every programme is called on a day, in the same order."""
    return {program.program: program.title for program in programs_in_force(db, day)}


def program_names(db: Database) -> list[str]:
    """Every programme that decides, the one that decides goods first."""
    return _ordered(published_names(db) or builtin_names())


def program_named(name: str = DEFAULT) -> Program:
    """The programme in the file that comes with the software; one with a fault is never used."""
    try:
        program = builtin(name)
    except UnknownProgram as unknown:
        raise Refused(unknown.message) from None
    except ProgramFaults as faults:
        raise _faulty(faults) from None
    _must_be_proved(program)
    return program


def programs_with_the_software() -> tuple[Program, ...]:
    """Every programme as it comes with the software."""
    return tuple(program_named(name) for name in programs_on_disk())


def programs_on_disk() -> tuple[str, ...]:
    """The names of the programmes that come with the software, the one that decides goods first."""
    return tuple(_ordered(builtin_names()))


def _ordered(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (name != DEFAULT, name))


def program_from_file(path: Path) -> Program:
    """A draft from a file, loaded, proved and tried apart first; refused with every fault."""
    return program_from(read_program(path), path.name)


def program_from(data: bytes, name: str) -> Program:
    """A draft's bytes as a programme, loaded, proved and tried apart first; refused with every fault."""
    found = tried_apart("try", data, name)
    refuse_faults(found)
    if found["disagreement"]:
        raise refuse("两套判定引擎结果不一致，规则未被使用", found["disagreement"])
    program = loaded(data, name)
    _PROVED.add(program.digest)
    return program


def loaded(data: bytes, name: str) -> Program:
    """A programme's bytes as a programme; refused with every fault and its place."""
    try:
        return load(data, name)
    except ProgramFaults as faults:
        raise _faulty(faults) from None


def tried_apart(task: str, data: bytes, name: str, **more: Any) -> dict[str, Any]:
    """A task of a child process on a programme from outside; refused where the child gives up."""
    request = {"name": name, "data": base64.b64encode(data).decode(), **more}
    try:
        return run_apart(task, request)
    except ChildFailed as failed:
        raise Refused(failed.words) from None


def refuse_faults(found: Mapping[str, Any]) -> None:
    """Refuse a programme in whose check something was found, naming every fault and its place."""
    words = [_placed(f["file"], f["key"], Words(f["zh"], f["en"])) for f in found["load_faults"]]
    words += [_placed("", f["where"], Words(f["zh"], f["en"])) for f in found["proof_faults"]]
    if words:
        number = len(words)
        raise Refused(
            Words(f"规则有 {number} 处问题，未使用", f"the programme has {number} faults and is not used"),
            tuple(words),
        )


def _placed(file: str, key: str, words: Words) -> Words:
    place = " ".join(part for part in (file, key) if part)
    return Words(f"{place}：{words.zh}", f"{place}: {words.en}")


@dataclass(frozen=True)
class ProofSummary:
    """How many combinations of facts the proof of a programme went through, per benefit."""

    combinations: dict[str, int]


def proof_summary(program: Program) -> ProofSummary:
    """What the proof of a programme in use looked at. Raises Refused where it has a fault."""
    _must_be_proved(program)
    return ProofSummary(
        {name: sum(space.size for _, space in spaces_of(program, name)) for name in program.benefits}
    )


def read_program(path: Path) -> bytes:
    """The bytes of a programme file, refused where it cannot be read or is too large."""
    try:
        if path.stat().st_size > LARGEST:
            raise refuse(f"{path.name} 超过 1 MB，不是规则文件", f"{path.name} is larger than 1 MB")
        return path.read_bytes()
    except OSError as error:
        raise refuse(
            f"读不到 {path.name}：{error.strerror}", f"cannot read {path.name}: {error.strerror}"
        ) from None


def in_force_since(program: Program) -> date:
    """The first day on which every parameter that is needed has a value."""
    needed = {*program.needed_parameters, *parameters_also_needed(program)}
    return max((program.parameters[name].values[0].since for name in needed), default=date(1970, 1, 1))


def not_in_force(program: Program, day: date) -> Refused:
    """The refusal to decide before a programme's first values."""
    first = in_force_since(program).isoformat()
    return refuse(
        f"规则自 {first} 起施行，{day.isoformat()} 尚未施行，不能判定",
        f"the programme is in force from {first}; it cannot decide on {day.isoformat()}",
    )


def values_in_force(
    program: Program, day: date, changes: Mapping[str, str | int] | None = None
) -> dict[str, int]:
    """The parameter values on a day, with what-if values put in their place.

    Raises Refused where the programme is not in force, and for an unknown name, a value that is no
    whole number, or one out of its range.
    """
    try:
        must_be_answerable(program)
        values = program.values_on(day, parameters_also_needed(program))
    except CannotAsk as cannot:
        raise Refused(cannot.words) from None
    except NotInForce:
        raise not_in_force(program, day) from None
    return values | {name: _changed(program, name, value) for name, value in (changes or {}).items()}


def _changed(program: Program, name: str, value: str | int) -> int:
    parameter = program.parameters.get(name)
    if parameter is None:
        names = ", ".join(program.parameters)
        raise refuse(
            f"没有参数“{name}”；可用的有：{names}", f'there is no parameter "{name}"; there are: {names}'
        )
    text = str(value).strip()
    if not text.removeprefix("-").isdecimal() or not text.isascii():
        raise refuse(f"“{name}”须为整数，不是“{value}”", f'{name} must be a whole number, not "{value}"')
    if not parameter.low <= int(text) <= parameter.high:
        raise refuse(
            f"“{name}”须在 {parameter.low} 到 {parameter.high} 之间，不能是 {text}",
            f"{name} must lie between {parameter.low} and {parameter.high}, not {text}",
        )
    return int(text)


def _must_be_proved(program: Program) -> None:
    if program.digest not in _PROVED:
        faults = prove(program)
        if faults:
            raise Refused(faults[0].message, tuple(f.message for f in faults))
        _PROVED.add(program.digest)


def _faulty(faults: ProgramFaults) -> Refused:
    placed = tuple(_placed(f.file, f.key, f.message) for f in faults.faults)
    return Refused(placed[0], placed)
