"""Thousands of spoilt files and texts into everything that reads some: no traceback, no hang, nothing written.

Each input is answered within `SECONDS` of processor time, or it is a hang. A find is kept in `FINDS` as the smallest input that
Hypothesis can shrink it to; `tests/test_fuzzed_finds.py` holds those that were mended.
"""

from __future__ import annotations

import os
import resource
import signal
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from time import process_time
from types import FrameType

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from data.store import reading
from office.starting import start_demonstration
from soak.fuzz_seeds import seeds
from soak.fuzz_targets import Target, targets
from soak.mutating import mutated, mutated_package
from soak.trial import Line, longest, none_of

SECONDS = 10.0
MEMORY = 6 * 1024**3
# How many inputs a target gets: of import files and rule files 5,000 each, of what is slow to answer fewer.
INPUTS: Mapping[str, int] = {
    "csv": 2_000,
    "xlsx": 2_000,
    "xls": 1_000,
    "rules": 5_000,
    "programme": 60,
    "cases": 1_000,
    "facts": 500,
    "pack": 200,
    "backup": 200,
    "address": 3_000,
    "sign-in": 3_000,
}
PACKAGES = ("xlsx", "pack")


class Hang(BaseException):
    """No answer in time; no `except Exception` on the way may swallow it."""


@dataclass
class Told:
    """What one target was given and how it answered."""

    name: str
    inputs: int = 0
    finds: dict[str, bytes] = field(default_factory=dict)  # by what was raised and where
    hangs: int = 0
    seconds: list[float] = field(default_factory=list)


def run(seconds: float | None) -> Iterator[Line]:
    """Every target on a demonstration database; `seconds`: about so long altogether."""
    with tempfile.TemporaryDirectory(prefix="fuzzing-") as folder:
        office = Path(folder) / "office.db"
        start_demonstration(office, households=8)
        before = _state(office)
        share = 1.0 if seconds is None else min(1.0, seconds / 900)
        told = []
        for one in fuzz(office, {name: max(20, int(n * share)) for name, n in INPUTS.items()}):
            yield none_of(
                f"{one.name}: tracebacks" + "".join(f"; {f}" for f in one.finds), len(one.finds), one.inputs
            )
            told.append(one)
        yield from _lines(told, before == _state(office))
        _keep(told, Path(os.environ.get("FUZZ_FINDS", folder)))


def fuzz(office: Path, inputs: Mapping[str, int]) -> Iterator[Told]:
    """Each target with so many inputs."""
    with suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    known = seeds(office)
    with targets(office) as all_targets:
        for name, number in inputs.items():
            yield fuzz_one(name, all_targets[name], known[name], number)


def fuzz_one(name: str, target: Target, good: Sequence[bytes], number: int) -> Told:
    """One target; a find ends nothing, the next inputs are tried all the same."""
    told = Told(name)
    strategy = mutated_package(good) if name in PACKAGES else mutated(good)

    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.one_of(strategy, mutated(good)))
    def tried(content: bytes) -> None:
        told.inputs += 1
        begun = process_time()
        try:
            with within(SECONDS):
                target(content)
        except Hang:
            told.hangs += 1
            told.finds.setdefault("hang", content)
        except Exception as error:
            where = _where(error)
            if len(content) < len(told.finds.get(where, content + b"x")):
                told.finds[where] = content
        told.seconds.append(process_time() - begun)

    tried()
    return told


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises Hang in this thread when the time is over."""

    def over(_signal: int, _frame: FrameType | None) -> None:
        raise Hang

    before = signal.signal(signal.SIGPROF, over)
    # Time of the processor: others may keep it busy. And again every second: raised inside a callback of the collector, it would be ignored
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _where(error: BaseException) -> str:
    """What was raised, and the last line of ours or a library's that raised it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {place}"


def _state(office: Path) -> tuple[str, int]:
    """The whole file, and how long its chain is."""
    with reading(office) as db:
        entries = int(db.execute("SELECT count(*) FROM chain").fetchone()[0])
    return sha256(office.read_bytes()).hexdigest(), entries


def _lines(told: Sequence[Told], unchanged: bool) -> Iterator[Line]:
    inputs = sum(one.inputs for one in told)
    yield none_of("hangs (no answer in 10 s of processor time)", sum(one.hangs for one in told), inputs)
    yield longest("one answer", [second for one in told for second in one.seconds], SECONDS)
    yield Line("the database afterwards", "the same" if unchanged else "another", "the same", unchanged)


def _keep(told: Sequence[Told], folder: Path) -> None:
    """The smallest input of each find, for a regression test."""
    for one in told:
        for number, content in enumerate(one.finds.values()):
            (folder / f"{one.name}-{number}").write_bytes(content)
