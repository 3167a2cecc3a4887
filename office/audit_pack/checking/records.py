"""The rows that the chain speaks of: every row in an entry, every entry's rows with the digest that it gives them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from .canonical import Cell, hashed, json_text, rows_digest
from .chain import Entry
from .pack import Pack, Table
from .told import Difference, shown

FIXED = ("install_id", "genesis")
WITH_OWN_BODY = ("import", "decide", "setting")  # the others that bring rows give a digest per table
EPOCH = date(1970, 1, 1).toordinal()


def check_records(pack: Pack, entries: Sequence[Entry]) -> Iterator[Difference]:
    """What does not hold, table by table in the order of the pack."""
    yield from _registers(pack, entries)
    yield from _runs(pack, entries)
    yield from _casework(pack, entries)
    yield from _programs(pack)  # after what names them: an altered name is the place
    yield from _settings(pack, entries)


def _registers(pack: Pack, entries: Sequence[Entry]) -> Iterator[Difference]:
    imports: dict[str, dict[int, Entry]] = {table.name: {} for table in pack.of_kind("register")}
    for entry in entries:
        if entry.action == "import":
            of_register = imports.get(str(entry.body.get("register")))
            if of_register is None:
                yield _of("chain", entry.seq, "所说的登记簿不在包里。", "The register it names is not here.")
            else:
                of_register[entry.seq] = entry
    for name, expected in imports.items():
        told = {
            seq: (
                e.body.get("digest"),
                _whole(e.body.get("new")) + _whole(e.body.get("changed")),
                (e.at, e.actor, e.body.get("reason")),
            )
            for seq, e in expected.items()
        }
        yield from _grouped(pack, pack.table(name), told)


def _casework(pack: Pack, entries: Sequence[Entry]) -> Iterator[Difference]:
    told: dict[str, dict[int, Any]] = {table.name: {} for table in pack.of_kind("casework")}
    for entry in entries:
        # A sign-in or a migration brings no rows; a body that should name rows and does not leaves them unclaimed.
        given = {} if entry.action in WITH_OWN_BODY else entry.body.get("rows", {})
        for name, said in given.items() if isinstance(given, dict) else [("", None)]:
            if name not in told or not isinstance(said, dict):
                yield _of("chain", entry.seq, "所说的表不在包里。", "A table it names is not here.")
            else:
                told[name][entry.seq] = (said.get("digest"), said.get("count"), (entry.at, entry.actor))
    for name, expected in told.items():
        yield from _grouped(pack, pack.table(name), expected)


def _grouped(
    pack: Pack, table: Table, expected: dict[int, tuple[Any, Any, tuple[Any, ...]]]
) -> Iterator[Difference]:
    """The rows of each entry: their digest, their number, and who recorded them when."""
    missing = dict(expected)
    covered, recorded = len(table.covered), len(table.covered) + len(table.recorded)
    for seq, group in groupby(pack.rows(table.name), key=lambda row: row[covered]):
        rows = list(group)
        place = f"{table.name}, chain {shown(seq)}{_which(rows)}"
        told = missing.pop(seq, None) if isinstance(seq, int) else None
        if told is None:
            zh, en = "recorded_seq：有未经登记的行。", "recorded_seq: there are rows that no entry brought."
            yield Difference(place, zh, en)
            continue
        digest, count, who = told
        if rows_digest(row[:covered] for row in rows) != digest or len(rows) != count:
            zh, en = "这次登记的行被改动过。", "rows of this entry were altered."
            yield Difference(place, f"{', '.join(table.covered)}：{zh}", f"one of its covered columns: {en}")
        yield from _recorded_otherwise(table, rows, who, covered, recorded)
        yield from _derived(table, rows)
    for seq in sorted(missing):
        yield _of(table.name, seq, "这次登记的行不见了。", "The rows of this entry are missing.")


def _recorded_otherwise(
    table: Table, rows: list[list[Cell]], who: tuple[Any, ...], covered: int, recorded: int
) -> Iterator[Difference]:
    for row in rows:
        for name, cell, said in zip(table.recorded[1:], row[covered + 1 : recorded], who, strict=True):
            if cell != said:
                yield Difference(
                    f"{table.name} {shown(row[0])}",
                    f"{name}：登记的时间、人或理由被改动过（链上是 {shown(said)}，这里是 {shown(cell)}）。",
                    f"{name}: who, when or why was altered (the chain says {shown(said)}, here {shown(cell)}).",
                )
                return


def _derived(table: Table, rows: list[list[Cell]]) -> Iterator[Difference]:
    """Columns that the database computes from another one and keeps beside it."""
    for name, told in table.derived.items():
        at, of = table.at(name, told["of"])
        for row in rows:
            if row[at] != (value := _computed(told["as"], row[of])):
                yield Difference(
                    f"{table.name} {shown(row[0])}",
                    f"{name}：应由 {told['of']} 算得 {shown(value)}，这里是 {shown(row[at])}。",
                    f"{name}: {told['of']} gives {shown(value)}, here is {shown(row[at])}.",
                )
                return


def _computed(kind: str, value: Cell) -> int | None:
    try:
        if kind == "month":
            year, month = str(value).split("-")
            return int(year) * 12 + int(month) - 1 if value is not None else None
        return None if value is None else date.fromisoformat(str(value)).toordinal() - EPOCH
    except ValueError:
        return None


def _runs(pack: Pack, entries: Sequence[Entry]) -> Iterator[Difference]:
    """Every run is what its entry says, and its decisions have the digest that the entry gives them."""
    table = pack.table("runs")
    expected = {e.seq: _run_of(e, table) for e in entries if e.action == "decide"}
    found = {row[table.columns.index("recorded_seq")]: row for row in pack.rows("runs")}
    for seq in sorted({*expected, *(seq for seq in found if isinstance(seq, int))}):
        yield from _compared(table, seq, expected.get(seq), found.get(seq))
    digest_at, number_at = table.at("rows_digest", "decisions")
    told = {row[0]: (seq, row[digest_at], row[number_at]) for seq, row in expected.items()}
    for run, group in groupby(pack.rows("decisions"), key=lambda row: row[1]):
        counted = _Counted(group)
        seq, digest, number = told.pop(run, (0, "", 0))
        if rows_digest(counted) != digest or counted.number != number:
            yield Difference(
                f"decisions, run {shown(run)}, chain {seq} (id {shown(counted.first)}–{shown(counted.last)})",
                "此次判定的结果被改动过。",
                "Decisions of this run were altered.",
            )
    for seq, digest, number in told.values():
        if number or digest != rows_digest(()):
            yield _of("decisions", seq, "此次判定的结果不见了。", "The decisions of this run are missing.")


class _Counted:
    """Rows passed on one by one, their number and the first and last id noted."""

    def __init__(self, rows: Iterable[list[Cell]]) -> None:
        self._rows, self.number = rows, 0
        self.first: Cell = None
        self.last: Cell = None

    def __iter__(self) -> Iterator[list[Cell]]:
        for row in self._rows:
            self.first = row[0] if self.number == 0 else self.first
            self.last, self.number = row[0], self.number + 1
            yield row


def _run_of(entry: Entry, table: Table) -> list[Any]:
    """The row of `runs` that an entry stands for."""
    said = {"scope": "", **entry.body}
    own = {
        **{name: json_text(said.get(name)) for name in ("parameters", "engines")},
        "id": said.get("run"),
        "recorded_by": entry.actor,
        "recorded_at": entry.at,
        "recorded_seq": entry.seq,
    }
    return [own.get(name, said.get(name)) for name in table.columns]


def _compared(
    table: Table, seq: int, expected: list[Any] | None, found: list[Cell] | None
) -> Iterator[Difference]:
    if expected is None:
        yield _of("runs", seq, "有未经登记的判定批次。", "There is a run that no entry brought.")
    elif found is None:
        yield _of("runs", seq, "此次判定的记录不见了。", "The record of this run is missing.")
    else:
        for name, was, now in zip(table.columns, expected, found, strict=True):
            if was != now:
                zh = f"{name}：链上是 {shown(was)}，这里是 {shown(now)}。"
                en = f"{name}: the chain says {shown(was)}, here is {shown(now)}."
                yield Difference(f"runs {shown(found[0])}, chain {seq}", zh, en)
                return


def _programs(pack: Pack) -> Iterator[Difference]:
    """Every programme's text has its digest, and came with the first entry that used it."""
    first, reported = _first_used(pack), set(_of_reports(pack))
    digest, program, text, seq = pack.table("programs").at("digest", "program", "text", "recorded_seq")
    found: set[Cell] = set()
    for row in pack.rows("programs"):
        place = f"programs {shown(row[digest])}"
        found.add(row[digest])
        if hashed(str(row[text])) != row[digest]:
            zh, en = "规则文件的文本被改动过。", "the programme's text was altered."
            yield Difference(place, f"text, digest：{zh}", f"text, digest: {en}")
        elif (
            row[seq] != first.get(named := (row[digest], row[program])) and (*named, row[seq]) not in reported
        ):
            zh = "program、recorded_seq：此规则文件与最先使用它的判定、结算、公布或上报不符。"
            en = (
                "program, recorded_seq: it fits no run, settlement, publication or report that used it first."
            )
            yield Difference(place, zh, en)
    for used, name in first:
        if used not in found:
            zh, en = f"规则 {name} 的文本不见了。", f"The text of {name} is missing."
            yield Difference(f"programs {shown(used)}", zh, en)
    yield from _programme_files(pack, {str(name) for name in found})


def _programme_files(pack: Pack, kept: set[str]) -> Iterator[Difference]:
    """The files beside the tables: one for each text, its bytes those of its name, and no other."""
    places = pack.texts_of_programmes()
    for name in sorted(kept):
        if f"programs/{name}.toml" not in places:
            yield Difference(f"programs/{shown(name)}.toml", "没有这个文件。", "There is no such file.")
    for place in places:
        named = place.removeprefix("programs/").removesuffix(".toml")
        if place == "programs/":  # some programs that zip folders write them as members
            continue
        if named not in kept:
            zh, en = (
                "不是留存的规则文本，是后来放进来的。",
                "It is no text that was kept: it was put there later.",
            )
            yield Difference(shown(place), zh, en)
        elif hashed(_decoded(pack.text(place))) != named:
            zh, en = "此文件的内容与文件名（摘要）不符。", "Its bytes do not have the digest that names it."
            yield Difference(place, zh, en)


def _first_used(pack: Pack) -> dict[tuple[Cell, Cell], int]:
    """The first entry that used each (digest, programme): a run, a settlement or a publication."""
    first: dict[tuple[Cell, Cell], int] = {}
    for name in ("runs", "settlements", "publications"):
        digest, program, seq = pack.table(name).at("digest", "program", "recorded_seq")
        for row in pack.rows(name):
            key, number = (row[digest], row[program]), row[seq]
            if isinstance(number, int):
                first[key] = min(number, first.get(key, number))
    return first


def _of_reports(pack: Pack) -> Iterator[tuple[Cell, Cell, Cell]]:
    """Digest, name and entry of every text that a report was counted by."""
    digest, seq = pack.table("reported_figures").at("digest", "recorded_seq")
    for row in pack.rows("reported_figures"):
        yield row[digest], "targets", row[seq]
    digest, seq, scores = pack.table("assessments").at("digest", "recorded_seq", "scores")
    for row in pack.rows("assessments"):
        yield row[digest], "assessment", row[seq]
        yield from ((found, name, row[seq]) for name, found in _told_digests(row[scores]))
    seq, context = pack.table("bulletins").at("recorded_seq", "context")
    for row in pack.rows("bulletins"):
        yield from ((found, name, row[seq]) for name, found in _told_digests(row[context]))


def _told_digests(text: Cell) -> list[tuple[str, Cell]]:
    try:
        return list(json.loads(str(text)).get("digests", {}).items())
    except (ValueError, AttributeError):
        return []


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _settings(pack: Pack, entries: Sequence[Entry]) -> Iterator[Difference]:
    """Every setting has the value that the chain gave it last."""
    expected = {e.body.get("key"): e.body.get("value") for e in entries if e.action == "setting"}
    found = {key: value for key, value in pack.rows("settings") if key not in FIXED}
    for key in sorted({*map(str, expected), *map(str, found)}):
        if expected.get(key) != found.get(key):
            zh = f"value：链上是 {shown(expected.get(key))}，这里是 {shown(found.get(key))}。"
            en = f"value: the chain says {shown(expected.get(key))}, here is {shown(found.get(key))}."
            yield Difference(f"settings {shown(key)}", zh, en)


def _which(rows: list[list[Cell]]) -> str:
    first, last = shown(rows[0][0]), shown(rows[-1][0])
    return f" (id {first})" if len(rows) == 1 else f" (id {first}–{last})"


def _of(table: str, seq: int, zh: str, en: str) -> Difference:
    return Difference(f"{table}, chain {seq}", zh, en)


def _whole(value: object) -> int:
    return value if type(value) is int else -1
