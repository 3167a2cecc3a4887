"""Make the audit pack: one zip with everything recorded, written row by row; the same database gives the same bytes."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from data.auditing.protected import Protected, as_it_lies, count_of, last_entry, protected_tables, rows_of
from data.store import Database
from office.audit_pack.explaining import explained

FORMAT = "office-audit-pack-v1"
HERE = Path(__file__).parent
CHECKER = ("verify.py", *(f"checking/{path.name}" for path in sorted((HERE / "checking").glob("*.py"))))
NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
_DIGEST = re.compile(r"[0-9a-f]{64}")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_ROWS_AT_ONCE = 1_000


@dataclass(frozen=True)
class Packed:
    """What a pack holds: rows per table, and the chain's newest entry."""

    counts: dict[str, int]
    seq: int
    head: str


def build(db: Database, target: IO[bytes], *, level: int = 6) -> Packed:
    """Write the pack of everything recorded to a file open for writing; `level` is how hard it is compressed.

    Whatever lies in the tables goes in as it is, altered or not: finding that is the checker's business.
    Raises Refused where the database cannot be read.
    """
    with as_it_lies(db), _zip(target, level) as zipped:
        head = last_entry(db)
        for name in CHECKER:
            _put(zipped, name, (HERE / name).read_bytes())
        described = [_table(db, table, zipped) for table in protected_tables()]
        about = {"format": FORMAT, "head": head, "tables": described}
        text = json.dumps(about, ensure_ascii=True, indent=1)
        _put(zipped, "manifest.json", text.encode("utf-8"))
        counts = {told["name"]: told["count"] for told in described}
        _put(zipped, "说明.txt", explained(counts, head).encode("utf-8-sig", "backslashreplace"))
    return Packed(counts, head["seq"], str(head["hash"]))


def held(db: Database) -> Packed:
    """What a pack made now would hold."""
    head = last_entry(db)
    counts = {table.name: count_of(db, table) for table in protected_tables() if table.kind != "register"}
    return Packed(counts, head["seq"], str(head["hash"]))


def packed_bytes(db: Database) -> bytes:
    """The pack for a browser: made in a file, because it may be large, and read as a whole."""
    with TemporaryFile() as target:
        build(db, target)
        target.seek(0)
        return target.read()


@contextmanager
def _zip(target: IO[bytes], level: int) -> Iterator[zipfile.ZipFile]:
    kind = zipfile.ZIP_DEFLATED if level else zipfile.ZIP_STORED
    with zipfile.ZipFile(target, "w", kind, compresslevel=level or None) as zipped:
        yield zipped


def _table(db: Database, table: Protected, zipped: zipfile.ZipFile) -> dict[str, Any]:
    """Write one table, one JSON array a line, and describe it; programmes lie beside it as files too."""
    place = "chain.jsonl" if table.kind == "chain" else f"tables/{table.name}.jsonl"
    count, digest, texts = 0, sha256(), dict[str, str]()
    with zipped.open(_member(place, zipped), "w", force_zip64=True) as file:
        block: list[bytes] = []
        for row in rows_of(db, table):
            block.append(_line(row))
            count += 1
            if table.kind == "programs" and _DIGEST.fullmatch(str(row[0])):
                texts[str(row[0])] = str(row[2])
            if len(block) == _ROWS_AT_ONCE:
                _write(file, digest, block)
                block = []
        _write(file, digest, block)
    for name, text in texts.items():
        _put(zipped, f"programs/{name}.toml", text.encode("utf-8", "surrogateescape"))
    return {
        "name": table.name,
        "kind": table.kind,
        "columns": table.columns,
        "covered": table.covered,
        "recorded": table.recorded,
        "derived": table.derived,
        "count": count,
        "sha256": digest.hexdigest(),
    }


def _write(file: IO[bytes], digest: Any, block: list[bytes]) -> None:
    data = b"".join(block)
    digest.update(data)
    file.write(data)


def _line(row: tuple[Any, ...]) -> bytes:
    text = _encode(row)
    try:
        return f"{text}\n".encode()
    except UnicodeEncodeError:  # a byte that is no UTF-8: written out as \\udcxx
        return f"{json.dumps(row, separators=(',', ':'))}\n".encode("ascii")


def _put(zipped: zipfile.ZipFile, name: str, data: bytes) -> None:
    zipped.writestr(_member(name, zipped), data)


def _member(name: str, zipped: zipfile.ZipFile) -> zipfile.ZipInfo:
    """An entry that says nothing of when and where it was made."""
    info = zipfile.ZipInfo(name, NO_TIME)
    info.compress_type = zipped.compression
    info._compresslevel = zipped.compresslevel  # type: ignore[attr-defined]  # `open` takes it from nowhere else
    info.create_system = 3  # the same on every system
    info.external_attr = 0o644 << 16
    return info
