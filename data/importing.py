"""From checked rows to the register: first a plan that finds every fault against what is registered, then the writing.

All or nothing: a plan with one fault is never written. One chain entry per import carries the digest of its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain as joined
from itertools import repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from data import chain
from data.canonical import Cell, rows_digest
from data.comparing import (
    Row,
    RowsOfFile,
    against_register,
    differences,
    read_rows,
    references_of,
    same_key_twice,
    with_what_stands,
)
from data.faults import Fault, Place
from data.laid_ready import FEW, laid_ready, pour
from data.many_rows import insert
from data.problems import Refused
from data.register import Register
from data.reinspections import reinspection_faults
from data.renewals import renewal_faults
from data.tables import digest_columns, reference_column, written_columns
from data.versions import Key, current_rows

if TYPE_CHECKING:
    from data.checking import Checked


class RegisterChanged(Refused):
    """Rows of the register came after the file was compared with it."""

    def __init__(self) -> None:
        super().__init__(
            "登记簿在检查之后又有变动。没有写入任何内容，请重新检查该文件。",
            "The register has changed since the file was checked. Nothing was written; check the file again.",
        )


@dataclass(frozen=True)
class Change:
    """A correction to be written: the registered values, the new ones, and where they stand in the file."""

    entity: int
    version: int  # the number the new version gets
    before: Row
    after: Row
    place: Place


@dataclass(frozen=True)
class Plan:
    """What an import would do. `rows` counts the file's rows; values stand in the order of the register's columns.

    `parents` gives, per entity column, the entity of every key that the rows name (a new row of the same file
    has none yet); `as_of_seq` is the newest register entry the plan was compared with, `next_id` the number that the
    register's next row had then: while no register changes it stays so.
    """

    register: Register
    rows: int
    new: Sequence[Row]
    changed: Sequence[Change]
    unchanged: int
    faults: list[Fault]
    parents: dict[str, dict[Key, int]]
    as_of_seq: int
    next_id: int


@dataclass(frozen=True)
class Ready:
    """A plan's rows as they will stand in the table, without the recording columns, numbered onwards, and their digest.

    Many of them are `laid` ready (`data.laid_ready`) and stand in `rows` no more.
    """

    rows: Sequence[tuple[Cell, ...]]
    digest: str
    laid: bytes | None = None


def plan(db: Database, register: Register, checked: Checked, *, update: bool = False) -> Plan:
    """Compare checked rows with the register; with `update` a row whose key exists becomes its new version."""
    as_of_seq = chain.evidence_seq(db)  # first: what is recorded while we read makes the plan stale
    next_id = db.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {register.name}").fetchone()[0]
    rows = read_rows(register, checked.columns, checked.places, checked.unusable)
    first, repeated, twice = same_key_twice(rows)
    registered = current_rows(db, register, first.keys())
    rows = with_what_stands(rows, registered, checked.absent)
    new, differing = against_register(rows, first, registered)
    changed = differing if update else []
    # A row whose key is at fault, or stands there twice, is asked what it names as well.
    doubtful = rows.unusable_in(register.key).union(twice).difference(new, differing)
    parents, missing = references_of(db, rows, [*new, *differing, *doubtful])
    faults = [*twice.values(), *missing]
    faults += [] if update else differences(rows, {*differing, *twice}, registered)
    faults += reinspection_faults(db, rows, first, registered, set(changed))
    faults += renewal_faults(db, rows, first)
    return Plan(
        register=register,
        rows=len(rows.values),
        new=_originals_first(register, [rows.values[at] for at in new]),
        changed=[_change(rows, at, registered[rows.keys[at]]) for at in changed],
        unchanged=len(first) - len(new) - len(differing) + len(repeated),
        faults=_in_file_order(rows, faults),
        parents=parents,
        as_of_seq=as_of_seq,
        next_id=next_id,
    )


def made_ready(plan: Plan) -> Ready:
    """The rows to write and their digest: what takes long about a large file, done before the writer is taken."""
    ready = _ready(plan)
    if len(ready.rows) < FEW:
        return ready
    return Ready((), ready.digest, laid_ready(digest_columns(plan.register), ready.rows))


def write(
    db: Database,
    plan: Plan,
    *,
    at: datetime,
    by: str,
    reason: str | None,
    source: str,
    ready: Ready | None = None,
) -> int | None:
    """Write a plan inside the caller's transaction; gives the chain entry's number, None if nothing changes.

    `ready` is `made_ready(plan)`, where that was done before; what is laid in it the transaction has taken over.
    Raises `Refused` if a correction has no reason or the register has changed since the plan was made.
    """
    _must_be_possible(db, plan, reason)
    if not (plan.new or plan.changed):
        return None
    ready = ready or _ready(plan)
    body = {
        "register": plan.register.name,
        "rows": plan.rows,
        "new": len(plan.new),
        "changed": len(plan.changed),
        "digest": ready.digest,
        "source": source,
        "reason": reason or None,
    }
    seq = chain.append(db, at=at, actor=by, action="import", body=body)
    recorded = (seq, chain.entry_at(db, seq), by, reason or None)
    columns = written_columns(plan.register)
    if ready.laid is None:
        insert(db.conn, plan.register.name, columns, ready.rows, recorded)
    else:
        pour(db.conn, plan.register.name, columns, recorded)
    return seq


def _ready(plan: Plan) -> Ready:
    rows = _stored(plan)
    return Ready(rows, rows_digest(rows))


def _in_file_order(rows: RowsOfFile, faults: list[Fault]) -> list[Fault]:
    if not faults:
        return []
    order = {(place.sheet, place.row): at for at, place in enumerate(rows.places)}
    return sorted(faults, key=lambda fault: order[fault.sheet, fault.row or 0])


def _must_be_possible(db: Database, plan: Plan, reason: str | None) -> None:
    if plan.faults:
        raise ValueError("a plan with faults is never written")
    if plan.changed and not (reason or "").strip():
        raise Refused(
            "更正需要写明理由。没有写入任何内容。", "A correction needs a reason. Nothing was written."
        )
    if _register_changed(db, plan):
        raise RegisterChanged()


def _register_changed(db: Database, plan: Plan) -> bool:
    """Whether rows of this register came since. Those of others change nothing: what a row names never goes away."""
    marks = ", ".join("?" * len(chain.REGISTER_ACTIONS))
    since = db.execute(
        f"SELECT 1 FROM chain WHERE seq > ? AND action IN ({marks}) AND json_extract(body, '$.register') = ? LIMIT 1",
        [plan.as_of_seq, *chain.REGISTER_ACTIONS, plan.register.name],
    )
    return since.fetchone() is not None


def _stored(plan: Plan) -> list[tuple[Cell, ...]]:
    register = plan.register
    own_key = itemgetter(*map(_names(register).index, register.key))
    ids = range(plan.next_id, plan.next_id + len(plan.new))
    versions: list[tuple[int, int, int]] = [
        *zip(ids, ids, repeat(1), strict=False),
        *((row_id, change.entity, change.version) for row_id, change in enumerate(plan.changed, ids.stop)),
    ]
    rows = [*plan.new, *(change.after for change in plan.changed)]
    own = dict(zip(map(own_key, plan.new), ids, strict=True))
    parents = [map(found.__getitem__, map(key, rows)) for key, found in _parents(plan, own)]
    entities: Iterable[tuple[Cell, ...]] = zip(*parents, strict=True) if parents else repeat((), len(rows))
    return [version + row + named for version, row, named in zip(versions, rows, entities, strict=True)]


def _parents(plan: Plan, ids: dict[Key, int]) -> Iterator[tuple[Any, dict[Any, int | None]]]:
    """Per reference: how to read its key off a row, and the entity of each key; a blank key has none."""
    names = _names(plan.register)
    for reference in plan.register.references:
        found = plan.parents[reference_column(plan.register, reference)]
        own = ids if reference.register == plan.register.name else {}
        yield itemgetter(*map(names.index, reference.columns)), {None: None, **own, **found}


def _originals_first(register: Register, rows: list[Row]) -> list[Row]:
    """A row that names another of its own register comes after that one, so that its parent is there."""
    own = [r.columns for r in register.references if r.register == register.name]
    if not own:
        return rows
    key = itemgetter(*map(_names(register).index, register.key))
    names = itemgetter(*map(_names(register).index, joined(*own)))
    if set(map(key, rows)).isdisjoint(map(names, rows)):
        return rows
    parent = {key(row): names(row) for row in rows}

    def generation(row: Row) -> int:
        seen, named = {key(row)}, names(row)
        while named is not None and named not in seen:  # a circle is a fault that has been told
            seen.add(named)
            named = parent.get(named)
        return len(seen)

    return sorted(rows, key=generation)


def _change(rows: RowsOfFile, at: int, registered: tuple[int, int, Row]) -> Change:
    entity, version, before = registered
    return Change(entity, version + 1, before, rows.values[at], rows.places[at])


def _names(register: Register) -> list[str]:
    return [column.name for column in register.columns]
