"""On which line of a programme's text a dotted key stands, so that a fault leads to its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEADER = re.compile(r"^\s*(\[\[|\[)\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([\w\-.\"' ]+?)\s*=")
_LINE = re.compile(r"^line (\d+)$")
_PART = re.compile(r'"[^"]*"|\'[^\']*\'|[^.]+')
Path = tuple[str, ...]


def line_of(text: str, key: str) -> int | None:
    """The line (from 1) of the key, or of the nearest table around it; None where nothing of it stands there.

    `line 12` is how a fault names a line itself.
    """
    if found := _LINE.match(key):
        return int(found[1])
    wanted = _path(key)
    best, line = 0, None
    for number, path in _paths(text):
        length = _common(path, wanted)
        if length > best and length == len(path):
            best, line = length, number
    return line


def _paths(text: str) -> Iterator[tuple[int, Path]]:
    """Every line that begins a table or a key, with the whole path of it."""
    table: Path = ()
    counted: dict[Path, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            table = _path(header[2])
            if header[1] == "[[":
                counted[table] = counted.get(table, 0) + 1
                table = (*table[:-1], f"{table[-1]}[{counted[table]}]")
            yield number, table
        elif key := _KEY.match(line):
            yield number, (*table, *_path(key[1]))


def _path(key: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in _PART.findall(key))


def _common(path: Path, wanted: Path) -> int:
    """How many parts the two share from the beginning; a list's key stands for its items."""
    length = 0
    for mine, asked in zip(path, wanted, strict=False):
        if mine != asked and mine != asked.partition("[")[0]:
            break
        length += 1
    return length
