"""Some of the goods that were gathered, with their inspections."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from data.evidence import SamplesRead

OF_AGAIN = ("again_id", "again_result", "again_conclusion")


def samples_of(samples: SamplesRead, goods: np.ndarray) -> SamplesRead:
    """The inspections of the goods at these places (ascending), numbered by their new places."""
    kept = np.isin(samples.good, goods)
    row = np.cumsum(kept) - 1
    again = kept[samples.again_of]
    columns = {
        field.name: getattr(samples, field.name)[kept]
        for field in fields(samples)
        if field.name not in ("good", "again_of", *OF_AGAIN)
    }
    return SamplesRead(
        **columns,
        **{name: getattr(samples, name)[again] for name in OF_AGAIN},
        good=np.searchsorted(goods, samples.good[kept]),
        again_of=row[samples.again_of[again]],
    )
