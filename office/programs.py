"""Which programme decides, and with which values: the published one, or a draft that was proved."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from office.refusal import Refused, refuse
from rules.answerable import CannotAsk
from rules.load import ProgramFaults, UnknownProgram, builtin, builtin_names, load
from rules.program import NotInForce, Program, Words
from rules.proof import prove, spaces_of
from rules.sandbox import ChildFailed, run_apart
from rules.subjects import must_be_answerable, parameters_also_needed

DEFAULT = "produce-support"
LARGEST = 1_000_000  # bytes of a programme file
_PROVED: set[str] = set()  # digests of programmes proved without a fault by this process


def program_named(name: str = DEFAULT) -> Program:
    """A published programme; one with a fault is never used."""
    try:
        program = builtin(name)
    except UnknownProgram as unknown:
        raise Refused(unknown.message) from None
    except ProgramFaults as faults:
        raise _faulty(faults) from None
    _must_be_proved(program)
    return program


def published_programs() -> tuple[Program, ...]:
    """Every published programme, the one that decides goods first; each is proved, which takes a moment the first time."""
    return tuple(program_named(name) for name in _published_names())


def published_titles() -> dict[str, Words]:
    """What every published programme is called, in the same order; none is proved for it."""
    try:
        return {name: builtin(name).title for name in _published_names()}
    except ProgramFaults as faults:
        raise _faulty(faults) from None


def _published_names() -> list[str]:
    return sorted(builtin_names(), key=lambda name: (name != DEFAULT, name))


def program_from_file(path: Path) -> Program:
    """A draft from a file, loaded, proved and tried apart first; refused with every fault."""
    data = read_program(path)
    found = tried_apart("try", data, path.name)
    refuse_faults(found)
    if found["disagreement"]:
        raise refuse("两套判定引擎结果不一致，规则未被使用", found["disagreement"])
    program = loaded(data, path.name)
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
