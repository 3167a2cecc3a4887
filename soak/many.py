"""Eight who write and four who read, at once, and a long import beside them: nobody sees an error, nobody waits long.

First as fast as the machine can: there nothing may go wrong, but how long a reading takes says only how much is asked
of the machine. Then as fast as people who never rest: two works a second each, and every time is promised.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random
from time import perf_counter, thread_time

from data import chain
from data.decisions import decisions_about
from data.integrity import check
from data.problems import Refused as StoreRefused
from data.reader_pool import ReaderPool
from data.register import REGISTERS
from data.store import Writer, open_writer, reading
from data.waiting import change_threads_often
from office.backup.hour import change_backup_hour
from office.days import now
from office.importing import carry_out, prepare_rows, source_of
from office.importing_apart import prepare_beside
from office.recording import decided_at, record
from office.refusal import Refused
from soak.setting import ADMINISTRATOR, CLERK, DAY, REVIEWER, base, goods_of, inspections, own_copy
from soak.trial import Line, in_ms, longest, none_of

WRITERS, READERS, SECONDS = 8, 4, 20.0
LARGE = 100_000
WAIT, READ = 2.0, 0.2  # seconds that are promised
_HOURS = count()
HURRIED, RESTLESS = 0.02, 0.5  # seconds from one work of a person to the next; a person is slower
LOOKS = 0.02  # between two readings of one person
RECORDS = 10  # every tenth work of one of them is to record all decisions: the office does so once a month


@dataclass
class Seen:
    """What all threads saw, together."""

    first: int = 0  # from which number on they count their works: no two enter the same row
    waited: list[float] = field(default_factory=list)
    read: list[float] = field(default_factory=list)
    written: int = 0
    stale: int = 0  # refused in words: somebody else was faster with the same register
    errors: list[str] = field(default_factory=list)


def run(seconds: float | None) -> Iterator[Line]:
    """20 seconds of the many alone, then as long as a 100,000-row import beside them takes."""
    length = min(SECONDS, seconds / 3) if seconds else SECONDS
    rows = LARGE if seconds is None else LARGE // 10
    with own_copy(base()) as path, open_writer(path) as writer:
        for first, name, pause in (
            (0, "as fast as it goes", HURRIED),
            (10_000, "16 works a second", RESTLESS),
        ):
            alone = Seen(first)
            before = _entries(path)
            _together(path, writer, alone, lambda: _sleep(length), "inspections", pause)
            yield from _lines(
                f"8 write, 4 read, {name}", alone, path, before, reads_promised=pause == RESTLESS
            )
        beside = Seen()
        before = _entries(path)
        held = _Import(path, writer, rows)
        _together(path, writer, beside, held, "products", RESTLESS)
        yield from _lines(f"beside an import of {rows:,} rows", beside, path, before + 1)
        yield Line(
            f"the import of {rows:,} rows itself",
            f"{in_ms(held.prepared)} to check, {in_ms(held.wrote)} to write, of which {in_ms(held.busy)} computing",
            "done",
            held.accepted == rows,
        )
        with reading(path) as db:
            yield none_of("what does not hold afterwards", len(check(db)), 1)


def _lines(name: str, seen: Seen, path: Path, before: int, *, reads_promised: bool = True) -> Iterator[Line]:
    yield none_of(
        f"{name}: errors ({seen.written:,} written, {seen.stale:,} told that somebody was faster)",
        len(seen.errors),
        seen.written + len(seen.read),
    )
    for error in seen.errors[:3]:
        yield Line(f"{name}: {error}", "found", "nothing", False)
    yield none_of(
        f"{name}: answered writes without an entry", abs(_entries(path) - before - seen.written), seen.written
    )
    yield longest(f"{name}: one write, waiting included", seen.waited, WAIT)
    reads = longest(f"{name}: one reading of a page", seen.read, READ)
    yield reads if reads_promised else replace(reads, must="said, not promised", ok=True)


def _entries(path: Path) -> int:
    with reading(path) as db:
        return chain.head(db).seq


def _sleep(seconds: float) -> None:
    threading.Event().wait(seconds)


def _together(
    path: Path,
    writer: Writer,
    seen: Seen,
    meanwhile: Callable[[], None],
    register: str,
    pause: float = HURRIED,
) -> None:
    """All of them, for as long as `meanwhile` runs; half of those who write enter rows of `register`.

    Beside the import not of its own: what was checked against a register that has changed since is refused, and a
    check of 100,000 rows takes longer than the next row of eight hurried people needs.
    """
    over = threading.Event()
    goods = goods_of(path)
    change_threads_often()
    people = [
        *(
            threading.Thread(target=_write, args=(n, path, writer, goods, register, seen, over, pause))
            for n in range(WRITERS)
        ),
        *(threading.Thread(target=_read, args=(n, path, goods, seen, over)) for n in range(READERS)),
    ]
    for one in people:
        one.start()
    try:
        meanwhile()
    finally:
        over.set()
        for one in people:
            one.join()


def _write(
    number: int,
    path: Path,
    writer: Writer,
    goods: list[tuple[str, str, str]],
    register: str,
    seen: Seen,
    over: threading.Event,
    pause: float,
) -> None:
    """One person who enters, records or sets something, again and again; what is refused as stale is done again."""
    draw, turn = Random(number), seen.first
    over.wait(pause * number / WRITERS)
    while not over.is_set():
        turn += 1
        next_one = perf_counter() + pause
        try:
            work = _work(number, turn, path, writer, draw.choice(goods), register)
            begun = perf_counter()
            work()
            seen.waited.append(perf_counter() - begun)
            seen.written += 1
        except (Refused, StoreRefused):
            seen.stale += 1
        except BaseException as error:
            seen.errors.append(f"{type(error).__name__}: {error}")
        over.wait(max(HURRIED, next_one - perf_counter()))


def _work(
    number: int, turn: int, path: Path, writer: Writer, good: tuple[str, str, str], register: str
) -> Callable[[], object]:
    """What a person does next: looked up and checked already, ready to be written."""
    if number == 0:
        hour = next(_HOURS) % 23  # never the one that is set: that would write nothing
        return lambda: change_backup_hour(writer, hour, doer=ADMINISTRATOR)
    with reading(path) as db:
        if number == 1 and turn % RECORDS == 1:
            answers = decided_at(db, DAY - timedelta(days=turn % 1000), now())
            return lambda: record(writer, answers, by=REVIEWER.name)
        name = "products" if number < 4 else register
        cells = _product(number, turn) if name == "products" else _sample(number, turn, good)
        report = prepare_rows(db, REGISTERS[name], [cells])
    return lambda: carry_out(writer, report, by=CLERK, source="entered", action="enter")


def _sample(number: int, turn: int, good: tuple[str, str, str]) -> dict[str, str]:
    return {
        "sample_no": f"M{number}-{turn:06}",
        "household_no": good[0],
        "product_code": good[1],
        "sampling_date": DAY.isoformat(),
        "method": "rapid",
        "conclusion": "pass",
        "item": "农药残留",
        "agency": "示例检测站",
    }


def _product(number: int, turn: int) -> dict[str, str]:
    return {
        "product_code": f"P{number}-{perf_counter():.6f}".replace(".", ""),
        "product_name": "示例产品",
        "category": "fruit",
        "standardised": "1",
    }


def _read(
    number: int, path: Path, goods: list[tuple[str, str, str]], seen: Seen, over: threading.Event
) -> None:
    """One person who looks, on a connection as pages have it: a register's newest rows, a good's decisions, the head."""
    draw, pool = Random(100 + number), ReaderPool()
    while not over.is_set():
        household, product, _ = draw.choice(goods)
        begun = perf_counter()
        try:
            with pool.lent(path) as db:
                db.execute("SELECT * FROM inspections ORDER BY id DESC LIMIT 50").fetchall()
                decisions_about(db, f"{household}/{product}")
                chain.head(db)
            seen.read.append(perf_counter() - begun)
        except BaseException as error:
            seen.errors.append(f"{type(error).__name__}: {error}")
        over.wait(LOOKS)
    pool.close()


class _Import:
    """The long import, in the thread of the one who does it."""

    def __init__(self, path: Path, writer: Writer, rows: int) -> None:
        self._path, self._writer = path, writer
        self._content = inspections(path, rows, "L")
        self.accepted, self.prepared, self.wrote, self.busy = 0, 0.0, 0.0, 0.0

    def __call__(self) -> None:
        """Checked and written; where somebody else was faster with the register, checked again, as a person would."""
        for _ in range(20):
            begun = perf_counter()
            with reading(self._path) as db:
                report = prepare_beside(db, self._path, REGISTERS["inspections"], "L.csv", self._content)
            self.prepared, begun = perf_counter() - begun, perf_counter()
            computing = thread_time()
            try:
                self.accepted = carry_out(
                    self._writer, report, by=CLERK, source=source_of(self._content)
                ).accepted
            except (Refused, StoreRefused):
                continue
            self.wrote, self.busy = perf_counter() - begun, thread_time() - computing
            return
