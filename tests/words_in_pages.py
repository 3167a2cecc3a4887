"""Finds the interface's words in Python files, inside f-strings too, where Babel's own reader does not look.

`make translations` uses it through babel.cfg, the tests directly.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any

MARKERS = ("_", "_n")


def extract(
    file: IO[bytes], keywords: Collection[str], comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, str | tuple[str, str], list[str]]]:
    """Babel's interface: line, marker, words, comments; `_n` carries the words for both numbers."""
    for line, marker, words in marked(file.read().decode()):
        if marker in keywords:
            yield line, marker, (words, words) if marker == "_n" else words, []


def marked(source: str) -> Iterator[tuple[int, str, str]]:
    """Every `_("…")` and `_n("…", n)` of a file. Raises ValueError where the words are not a plain text."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS:
            words = node.args[0]
            if not isinstance(words, ast.Constant) or not isinstance(words.value, str):
                raise ValueError(f"line {node.lineno}: {node.func.id}() needs its words as they stand")
            yield node.lineno, node.func.id, words.value


def words_of(folder: Path) -> dict[str, str]:
    """Words of every file below `folder`, with the first file and line they stand in."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.py")):
        for line, _marker, words in marked(path.read_text("utf-8")):
            found.setdefault(words, f"{path.relative_to(folder.parent)}:{line}")
    return found
