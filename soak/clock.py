"""The clock set back or forward: the chain's order holds, what is done bears a day that cannot lie before the last one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from data import chain
from data.checking import Checked
from data.importing import plan, write
from data.integrity import check
from data.problems import StoreProblem
from data.register import REGISTERS
from data.store import open_writer, reading
from soak.trial import Line, all_of, none_of

BEGUN = datetime(2021, 9, 30, 2, 0, tzinfo=UTC)
STEPS = (  # how the clock jumps before each entry
    *(timedelta(seconds=1), timedelta(hours=-1), timedelta(days=-400), timedelta(microseconds=-1)),
    *(timedelta(0), timedelta(days=800), timedelta(days=-3000), timedelta(minutes=5), timedelta(days=4000)),
)
ROUNDS = 20


class JumpingClock:
    """A clock that jumps before it tells the time."""

    def __init__(self) -> None:
        self.instant = BEGUN
        self._turn = 0

    def __call__(self) -> datetime:
        self.instant += STEPS[self._turn % len(STEPS)]
        self._turn += 1
        if not 2000 < self.instant.year < 2090:
            self.instant = BEGUN
        return self.instant


def run(seconds: float | None) -> Iterator[Line]:
    """Every jump twenty times over; takes a second."""
    with TemporaryDirectory(prefix="soak-") as folder:
        path, clock, refused = Path(folder) / "office.db", JumpingClock(), 0
        with open_writer(path, clock=clock, migrate=True) as writer:
            for number in range(ROUNDS * len(STEPS)):
                rows = [{"township_code": f"T{number}", "township_name": "示例镇"}]
                try:
                    with writer.transaction() as db:
                        ready = plan(db, REGISTERS["townships"], Checked.of(rows))
                        write(db, ready, at=writer.now(), by="示例录入员", reason=None, source="entered")
                except StoreProblem:
                    refused += 1
        with reading(path) as db:
            instants = [at for (at,) in db.execute("SELECT at FROM chain ORDER BY seq")]
            faults = len(check(db))
            kept = db.table("townships").count
            ordered = sum(later >= earlier for earlier, later in zip(instants, instants[1:], strict=False))
            seen = db.execute(
                "SELECT count(*) FROM townships WHERE recorded_at <= ?", [chain.head(db).at]
            ).fetchone()[0]
    yield all_of("entries whose instant does not lie before the last one's", ordered, len(instants) - 1)
    yield none_of(
        "entries lost or refused while the clock jumped", ROUNDS * len(STEPS) - kept + refused, kept
    )
    yield all_of("rows seen by whoever asks for all that is known", seen, kept)
    yield none_of("what does not hold afterwards", faults, 1)
