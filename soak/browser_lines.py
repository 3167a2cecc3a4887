"""What ten people at once came to: errors, acts against the database, how long pages took, how memory went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from data.store import Database
from soak.browser_people import Office
from soak.trial import Line, all_of, in_ms, none_of

MOST_SECONDS, MOST_GROWTH = 2.0, 0.05
FOUND = {
    "import": "SELECT count(*) FROM inspections WHERE sample_no = ?",
    "entry": "SELECT count(*) FROM inspections WHERE sample_no = ?",
    "act": "SELECT count(*) FROM acts WHERE subject || ' ' || benefit = ? AND kind = 'grant'",
    "scenario": "SELECT count(*) FROM scenarios WHERE name = ?",
}


def lines_of(
    db: Database,
    office: Office,
    since: int,
    memory: Sequence[tuple[float, float]],
    broken: int,
    *,
    quick: bool,
) -> Iterator[Line]:
    """The lines of the trial; `since`: the chain's last number before; `broken`: pages that broke off by the server's
    log; `quick`: how soon a page is there is promised, not only said."""
    steps = sum(map(len, office.took.values()))
    yield none_of("errors shown to one of ten people", len(office.wrong) + broken, steps)
    yield none_of("errors in a browser's console", len(office.console), steps)
    yield none_of("pieces of work that could not be done to their end", len(office.gave_up), steps)
    yield all_of("acts that somebody was told were done, in the database", *_kept(db, office, since))
    yield _quick(office) if quick else replace(_quick(office), must="said, not promised", ok=True)
    yield _level(memory)
    for words in (*office.wrong, *office.console, *office.gave_up)[:20]:
        yield Line(f"seen: {words.replace('|', '/')}", "–", "–", None)


def _kept(db: Database, office: Office, since: int) -> tuple[int, int]:
    """How many of the acts are there, each exactly once, and of how many. Recordings are counted as runs are."""
    single = [one for one in office.done if one[0] in FOUND]
    there = sum(db.execute(FOUND[kind], [about]).fetchone()[0] == 1 for kind, about in single)
    recorded = sum(kind == "decide" for kind, _ in office.done)
    runs = db.execute("SELECT count(*) FROM chain WHERE action = 'decide' AND seq > ?", [since]).fetchone()[0]
    return there + min(recorded, runs), len(single) + recorded


def _quick(office: Office) -> Line:
    every = [one for some in office.took.values() for one in some]
    slowest = max(office.took, key=lambda kind: _p95(office.took[kind]), default="")
    said = (
        f"p95 {in_ms(_p95(every))}, median {in_ms(float(np.median(every)))} of {len(every):,} steps;"
        f" slowest kind: {slowest}, p95 {in_ms(_p95(office.took[slowest]))}"
        if every
        else "nothing measured"
    )
    return Line(
        "from a hand's movement to a page that is done",
        said,
        f"p95 < {in_ms(MOST_SECONDS)}",
        bool(every) and _p95(every) < MOST_SECONDS,
    )


def by_kind(office: Office) -> str:
    """How long each kind of step took, for whoever looks for the slow one."""
    rows = sorted(office.took.items(), key=lambda pair: -_p95(pair[1]))
    told = Counter(kind for kind, _ in office.done)
    return "\n".join(
        [f"{kind}: {len(some)}, median {np.median(some):.2f}, p95 {_p95(some):.2f} s" for kind, some in rows]
        + [f"done: {dict(told)}"]
    )


def _level(memory: Sequence[tuple[float, float]]) -> Line:
    """A straight line through the second half: what it would add in that half again."""
    half = [one for one in memory if one[0] >= memory[-1][0] / 2] if memory else []
    must = f"≤ {MOST_GROWTH:.0%} in that half"
    if len(half) < 3:
        return Line("the server's memory levels off", "too short to tell", must, None)
    at, size = np.array(half).T
    slope = float(np.polyfit(at, size, 1)[0])
    grown = slope * (at[-1] - at[0]) / float(size.mean())
    said = (
        f"{size.mean():,.0f} MB in the second half, growing {grown:+.1%} in it (from {memory[0][1]:,.0f} MB)"
    )
    return Line("the server's memory levels off", said, must, grown <= MOST_GROWTH)


def _p95(some: Sequence[float]) -> float:
    return float(np.percentile(some, 95)) if some else 0.0
