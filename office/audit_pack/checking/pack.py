"""The pack as it lies there, a zip or a folder: its description and the rows of its tables, read line by line."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, TypeVar

from .canonical import Cell
from .told import Unreadable

Read = TypeVar("Read")
FORMAT = "office-audit-pack-v1"
LONGEST_LINE = 64_000_000  # bytes; no row of ours comes near
_CELLS = {str, int, type(None)}  # true and false are none
_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
_READING = (
    *(OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError),
    *(RuntimeError, ValueError, RecursionError, MemoryError),
)


@dataclass(frozen=True)
class Table:
    """What the pack says of one table. `covered` are the columns under the digest, `recorded` those that say who
    recorded a row and when, `derived` those computed from another column."""

    name: str
    kind: str
    columns: tuple[str, ...]
    covered: tuple[str, ...]
    recorded: tuple[str, ...]
    derived: dict[str, dict[str, str]]
    count: int
    sha256: str

    def at(self, *names: str) -> tuple[int, ...]:
        """Where columns stand in a row."""
        return tuple(self.columns.index(name) for name in names)


class Pack:
    """An opened pack. Whatever cannot be read raises Unreadable."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._zip = self._opened() if not path.is_dir() else None
        self.about = self._manifest()
        self.tables = {table.name: table for table in map(self._described, self._list("tables"))}

    def rows(self, name: str) -> Iterator[list[Cell]]:
        """The rows of a table, in its order; each is checked for shape, and their number and bytes at the end."""
        table, place, number, digest = self.table(name), _file_of(name), 0, sha256()
        width = len(table.columns)
        with self._open(place) as file:
            try:
                while line := file.readline(LONGEST_LINE):
                    number += 1
                    digest.update(line)
                    row = json.loads(line.decode("utf-8"))
                    _must_be_a_row(row, width, f"{place} line {number}")
                    yield row
            except _READING as error:
                raise _cannot_read(f"{place} line {number}", error) from None
        if number != table.count or digest.hexdigest() != table.sha256:
            raise Unreadable(
                place,
                f"有 {number} 行；清单上写 {table.count} 行，或内容与清单上的摘要不符。审计包已损坏。",
                f"it has {number} rows; the list says {table.count}, or its bytes are not those listed."
                " The pack is damaged.",
            )

    def table(self, name: str) -> Table:
        """One table; every pack has those that are asked for."""
        if name not in self.tables:
            raise Unreadable(name, "审计包里没有这张表。", "The pack does not have this table.")
        return self.tables[name]

    def of_kind(self, kind: str) -> list[Table]:
        """The tables of one kind, in the order of the pack."""
        return [table for table in self.tables.values() if table.kind == kind]

    def text(self, place: str) -> bytes:
        """A whole small file."""
        with self._open(place) as file:
            return self._try(lambda: file.read(LONGEST_LINE), place)

    def texts_of_programmes(self) -> list[str]:
        """The names of the programme files beside the tables."""
        if self._zip is not None:
            names = self._zip.namelist()
        else:
            names = [f"programs/{path.name}" for path in sorted((self._path / "programs").glob("*.toml"))]
        return [name for name in names if name.startswith("programs/")]

    def _opened(self) -> zipfile.ZipFile:
        made = self._try(lambda: zipfile.ZipFile(self._path), self._path.name)
        names = made.namelist()
        if len(names) != len(set(names)):
            raise Unreadable(
                self._path.name, "包里有同名的文件。", "Two files in the pack have the same name."
            )
        return made

    def _manifest(self) -> dict[str, Any]:
        place = "manifest.json"
        about = self._try(lambda: json.loads(self.text(place).decode("utf-8")), place)
        if not isinstance(about, dict) or about.get("format") != FORMAT:
            raise Unreadable(place, f"不是 {FORMAT} 的清单。", f"It is not the list of a {FORMAT}.")
        return about

    def _list(self, key: str) -> list[Any]:
        found = self.about.get(key)
        if not isinstance(found, list):
            raise Unreadable("manifest.json", f"缺少 {key}。", f"{key} is missing.")
        return found

    def _described(self, told: Any) -> Table:
        try:
            columns, covered, recorded = (tuple(told[k]) for k in ("columns", "covered", "recorded"))
            table = Table(
                told["name"],
                told["kind"],
                columns,
                covered,
                recorded,
                dict(told["derived"]),
                told["count"],
                told["sha256"],
            )
            known = {*covered, *recorded, *table.derived}
            whole = _NAME.fullmatch(table.name) and known == set(columns)
        except (KeyError, TypeError, AttributeError):
            whole = False
        if not whole:
            raise Unreadable(
                "manifest.json", "对表的说明不完整。", "The description of a table is not whole."
            )
        return table

    @contextmanager
    def _open(self, place: str) -> Iterator[IO[bytes]]:
        try:
            file = self._zip.open(place) if self._zip is not None else (self._path / place).open("rb")
        except KeyError:
            raise Unreadable(place, "审计包里没有这个文件。", "The pack does not have this file.") from None
        except _READING as error:
            raise _cannot_read(place, error) from None
        with file:
            yield file

    def _try(self, read: Callable[[], Read], place: str) -> Read:
        try:
            return read()
        except _READING as error:
            raise _cannot_read(place, error) from None


def _must_be_a_row(row: Any, width: int, place: str) -> None:
    if not isinstance(row, list) or len(row) != width:
        raise Unreadable(place, "不是这张表的一行。", "It is not a row of this table.")
    if not {*map(type, row)} <= _CELLS:
        raise Unreadable(place, "有既非文字也非整数的值。", "A value is neither text nor a whole number.")


def _file_of(name: str) -> str:
    return "chain.jsonl" if name == "chain" else f"tables/{name}.jsonl"


def _cannot_read(place: str, error: BaseException) -> Unreadable:
    if isinstance(error, FileNotFoundError):
        return Unreadable(place, "没有这个文件。", "There is no such file.")
    what = f"{type(error).__name__}: {error}"
    return Unreadable(place, f"读不出来，文件已损坏或不完整（{what}）。", f"It cannot be read ({what}).")
