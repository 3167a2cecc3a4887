"""Programme files → Program: reads the TOML strictly and reports every fault at once."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from rules.faults import LoadFault, Notes, ProgramFaults, told
from rules.parse_benefits import Answers, read_benefit
from rules.parse_conditions import note_clashes, read_conditions, read_latch
from rules.parse_facts import read_fact, read_parameter
from rules.parse_tests import asking
from rules.place import Place, is_name
from rules.program import Condition, Fact, Parameter, Program, Words

__all__ = ["LoadFault", "ProgramFaults", "UnknownProgram", "builtin", "load", "load_file", "parsed"]

LARGEST_FILE = 1_000_000  # bytes
_MOST_DOTS = 2_000  # in one line; reading a dotted key takes time with the square of its parts
_PROGRAMS = Path(__file__).parent / "programs"
_REQUIRED = ("program", "title", "source", "subject", "better", "benefits")
_SECTIONS = ("parameters", "events", "event_conditions", "latches", "facts", "conditions")


class UnknownProgram(LookupError):
    """No programme of this name comes with the software."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name, known)
        self.message = told(
            "没有名为{}的方案，可用的有：{}", "there is no programme named {}; there are: {}", name, known
        )

    def __str__(self) -> str:
        return self.message.en


def load(data: bytes, name: str) -> Program:
    """The programme that stands in `data`; `name` is the file's name in messages.

    Raises ProgramFaults with every fault: file, dotted key, what was expected.
    """
    notes = Notes(name)
    raw = parsed(data, notes)
    program = _assembled(Place(notes, "", raw), data) if raw is not None else None
    if program is None or notes.faults:
        raise ProgramFaults(tuple(notes.faults))
    return program


def load_file(path: str | Path) -> Program:
    """The programme of a file. Raises ProgramFaults, also where it cannot be read."""
    notes = Notes(Path(path).name)
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        notes.add("", told("文件无法读取：{}", "the file cannot be read: {}", Words(reason, reason)))
        raise ProgramFaults(tuple(notes.faults)) from error
    return load(data, notes.file)


def builtin_names() -> tuple[str, ...]:
    """The programmes that come with the software."""
    return tuple(sorted(path.stem for path in _PROGRAMS.glob("*.toml")))


def builtin(name: str = "produce-support") -> Program:
    """A programme that comes with the software, read again only when its file has changed."""
    known = builtin_names()
    if name not in known:
        raise UnknownProgram(name, known)
    path = _PROGRAMS / f"{name}.toml"
    return _remembered(path.read_bytes(), path.name)


@lru_cache(maxsize=16)
def _remembered(data: bytes, name: str) -> Program:
    return load(data, name)


def parsed(data: bytes, notes: Notes) -> dict[str, object] | None:
    """The file as TOML values; None where it is no TOML (noted with its line)."""
    if len(data) > LARGEST_FILE:
        notes.add("", told("文件过大，最多 {} 字节", "the file is too large, at most {} bytes", LARGEST_FILE))
        return None
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        notes.add(f"line {line}", told("第 {} 行不是 UTF-8 文字", "line {} is not UTF-8 text", line))
        return None
    for number, line_text in enumerate(text.split("\n"), 1):
        if line_text.count(".") > _MOST_DOTS:
            notes.add(f"line {number}", told("第 {} 行的点号过多", "line {} has too many dots", number))
            return None
    return _toml(text, notes)


def _toml(text: str, notes: Notes) -> dict[str, object] | None:
    try:
        return tomllib.loads(text)
    except RecursionError:
        notes.add("", told("嵌套过深", "nested too deep"))
    except ValueError as error:  # also a number of more digits than Python converts
        reason = str(error)
        at = re.search(r"at line (\d+)", reason)
        line = int(at[1]) if at else text.count("\n") + 1 if "end of document" in reason else None
        key, zh, en = (f"line {line}", f"第 {line} 行", f"line {line}") if line else ("", "文件", "the file")
        said = (Words(zh, en), Words(reason, reason))
        notes.add(key, told("{}不是合法的 TOML：{}", "{} is not valid TOML: {}", *said))
    return None


def _assembled(root: Place, data: bytes) -> Program:
    """The whole programme. Where a fault was noted, parts of it are stand-ins."""
    top = root.table(_REQUIRED, _SECTIONS)
    places = {key: top[key].entries() for key in (*_SECTIONS, "benefits")}
    _note_missing(root, top, places)
    parameters = {name: read_parameter(name, place) for name, place in places["parameters"].items()}
    events, event_conditions = _asked("events", "event_conditions", places, parameters)
    facts, conditions = _asked("facts", "conditions", places, parameters)
    latches = {name: read_latch(name, place, event_conditions) for name, place in places["latches"].items()}
    note_clashes(places["latches"], places["facts"], conditions)
    better = _better(top["better"])
    answers = Answers(dict.fromkeys(better), conditions, latches, {**conditions, **latches})
    return Program(
        program=_program_name(top["program"]),
        title=top["title"].words(),
        source=top["source"].text(),
        subject=top["subject"].text(),
        better=better,
        parameters=parameters,
        events=events,
        event_conditions=event_conditions,
        latches=latches,
        facts=facts,
        conditions=conditions,
        benefits={name: read_benefit(name, place, answers) for name, place in places["benefits"].items()},
        digest=hashlib.sha256(data).hexdigest(),
        text=data.decode("utf-8"),
    )


def _asked(
    facts: str,
    conditions: str,
    places: Mapping[str, Mapping[str, Place]],
    parameters: Mapping[str, Parameter],
) -> tuple[dict[str, Fact], dict[str, Condition]]:
    """The facts (of a day or of an event) and the conditions that test them."""
    read = {name: read_fact(name, place, of_event=facts == "events") for name, place in places[facts].items()}
    found = read_conditions(places[conditions], asking(read, parameters, places[conditions]))
    return {name: fact for name, fact in read.items() if fact is not None}, found


def _program_name(place: Place) -> str:
    name = place.text()
    if name and not is_name(name):
        zh, en = "名称{}只能由文字、数字、_ 和 - 组成", "the name {} may only have letters, digits, _ and -"
        place.fault(zh, en, name)
    return name


def _better(place: Place) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for item in place.items(Words("全部结论，从最差到最好", "every verdict, worst first")):
        verdict = item.text(100)
        if verdict and verdict in found:
            item.fault("{}重复", "{} stands twice", verdict)
        found[verdict] = None
    return tuple(found)


def _note_missing(root: Place, top: Mapping[str, Place], places: Mapping[str, Mapping[str, Place]]) -> None:
    """Sections may be absent where nothing needs them; benefits never."""
    if top["benefits"].value == {}:
        top["benefits"].fault("至少应有一项", "at least one benefit is needed")
    needed = (
        ("facts", places["conditions"], Words("条件要问事实", "conditions ask facts")),
        ("events", places["event_conditions"], Words("事件条件要问事件", "event conditions ask events")),
        ("event_conditions", places["latches"], Words("锁存要问事件条件", "latches ask event conditions")),
        ("conditions", {} if places["latches"] else {"": root}, Words("没有可问的条件", "nothing to ask")),
    )
    for key, asked_by, why in needed:
        if asked_by and not top[key].there:
            top[key].fault("缺少这个键：{}", "this key is missing: {}", why)
