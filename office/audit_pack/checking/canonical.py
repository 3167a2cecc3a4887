"""How a value becomes bytes before it is hashed: canonical JSON (RFC 8785) of texts, whole numbers and null."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

Cell = str | int | None

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def json_text(value: Any) -> str:
    """Canonical text of a JSON value without fractions: names in the order of their UTF-16 units."""
    return encode(_sorted(value))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value, key=_units)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def _units(name: str) -> bytes:
    return name.encode("utf-16-be", "surrogatepass")


def hashed(text: str) -> str:
    """SHA-256 of a text; a byte that is no UTF-8 stands in it as a lone surrogate and has a hash too."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def rows_digest(rows: Iterable[Sequence[Cell]]) -> str:
    """SHA-256 over the rows, each one JSON array, joined by newlines; no rows: of nothing."""
    digest, joint = sha256(), b""
    for row in rows:
        digest.update(joint + encode(row).encode("utf-8", "surrogatepass"))
        joint = b"\n"
    return digest.hexdigest()
