"""Certificates that are new, and goods inspected within the period of validity (clauses 三(三), 三(八))."""

from __future__ import annotations

import numpy as np

from rules.county_rows import CERTIFICATES, FAR, NONE, CountyRows
from rules.indicators.stocks import Spans, Stock
from rules.target import Target, day_number

# 二品一标: 绿色食品, 有机, 农产品地理标志; neither 无公害 nor SC
COUNTED = tuple(CERTIFICATES.index(kind) for kind in ("green", "organic", "geographical"))


def new_certificates(rows: CountyRows, day: int, target: Target) -> Stock:
    """二品一标 issued from the first day on, not withdrawn, no renewal; those applied for are still missing."""
    certificates = rows.certificates
    begin = day_number(target.counted_from.day) if target.counted_from else -FAR
    kind = np.isin(certificates.kind, COUNTED) & ~certificates.renews
    new = kind & (certificates.issued >= begin)
    applied = np.minimum(certificates.applied, certificates.issued)
    spans = Spans(
        "certifications",
        certificates.entity,
        np.arange(certificates.entity.size),
        certificates.issued,
        certificates.withdrawn,
    )
    waiting = new & (applied <= day) & (day < certificates.issued) & (day < certificates.withdrawn)
    return Stock(
        "certifications",
        certificates.entity,
        certificates.township,
        np.full(certificates.entity.size, NONE),
        np.where(new, applied, FAR),
        certificates.withdrawn,
        (spans,),
        not certificates.entity.size,
        {"in_progress": int(waiting.sum())},
    )


def goods_inspected(rows: CountyRows, day: int, target: Target) -> Stock:
    """Goods of registered poor households, and which of them were inspected within the programme's days of validity."""
    goods, inspected = rows.goods, rows.inspected
    valid = rows.inspection_validity
    until = inspected.sampled + (valid or 0) + 1
    spans = Spans("inspections", inspected.entity, inspected.good, inspected.known, until)
    township = np.append(rows.villages.township, NONE)[goods.village]
    return Stock(
        "goods",
        goods.entity,
        township,
        goods.village,
        np.maximum(goods.registered, goods.poor_from),
        goods.poor_until,
        (spans,),
        valid is None or not inspected.entity.size,
    )
