"""What a run and a settlement say at their head: the text published for the day, and what had been recorded by then."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .chain import Entry
from .pack import Pack
from .published import Published
from .told import Difference


class Heads:
    """Looks at one head after the other."""

    def __init__(self, pack: Pack, entries: Sequence[Entry]) -> None:
        self._published = Published(pack)
        imports = [entry for entry in entries if entry.action in ("import", "correction")]
        self._at, self._seq = [one.at for one in imports], [0, *(one.seq for one in imports)]

    def faults(self, place: str, told: Mapping[str, Any], day: str) -> Iterator[Difference]:
        """What does not hold of one; `day` is the day whose rules decided."""
        in_force = self._published.in_force(told["program"], day, told["known_at"])
        if in_force not in (None, told["digest"]):
            zh = f"digest：{day} 施行的已公布文本是 {in_force}，这里是 {told['digest']}。"
            en = f"digest: the text published for {day} is {in_force}, here {told['digest']}."
            yield Difference(place, zh, en)
        if told["known_at"] > told["recorded_at"]:
            zh = f"known_at：登记于 {told['recorded_at']}，却称按 {told['known_at']} 为止的台账。"
            en = (
                f"known_at: recorded at {told['recorded_at']}, yet with what was known at {told['known_at']}."
            )
            yield Difference(place, zh, en)
        seq = self._seq[bisect_right(self._at, told["known_at"])]
        if seq != told["known_seq"]:
            zh = (
                f"known_seq：到 {told['known_at']} 为止的台账是第 {seq} 条，这里是第 {told['known_seq']} 条。"
            )
            en = f"known_seq: by {told['known_at']} the registers stood at entry {seq}, here {told['known_seq']}."
            yield Difference(place, zh, en)
