"""Certificates over the years: those of before, their renewals, the new ones, and what is applied for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from data.seed.registers.scene import Entry, Scene, ended, iso, told
from data.seed.registers.supply import Supplier


@dataclass(frozen=True)
class Certificate:
    """One certificate; `issued` None while it is applied for. `product` is the number of a product."""

    number: str
    kind: str
    product: int | None
    applied: date | None
    issued: date | None
    expires: date | None = None
    renewal_of: str | None = None
    withdrawn: date | None = None


def _each_year(
    number: str, kind: str, product: int, first: date, years: int, times: int
) -> Iterator[Certificate]:
    """A certificate and its renewals, each for so many years."""
    before = None
    for nth in range(times):
        issued = date(first.year + nth * years, first.month, first.day)
        expires = date(issued.year + years, issued.month, issued.day)
        applied = date(issued.year, issued.month - 2, 8) if nth else None
        current = f"{number}-{nth + 1}"
        yield Certificate(current, kind, product, applied, issued, expires, before)
        before = current


# New 二品一标 since the plan was signed: three, with two more on their way (and a licence that is none of them).
CERTIFICATES: tuple[Certificate, ...] = (
    Certificate("DB2015-01", "geographical", 1, None, date(2015, 8, 20)),
    Certificate("DB2017-01", "geographical", 7, None, date(2017, 12, 11)),
    *_each_year("LS2015-01", "green", 1, date(2015, 12, 5), 3, 2),
    *_each_year("LS2017-02", "green", 3, date(2017, 10, 16), 3, 2),
    *_each_year("YJ2016-01", "organic", 4, date(2016, 11, 20), 1, 5),
    *_each_year("YJ2018-02", "organic", 6, date(2018, 4, 18), 1, 2),
    Certificate("LS2020-03", "green", 2, date(2020, 3, 30), date(2020, 7, 15), date(2023, 7, 15)),
    Certificate("DB2020-03", "geographical", 10, date(2020, 5, 11), date(2020, 12, 9)),
    Certificate("LS2021-04", "green", 17, date(2021, 1, 12), date(2021, 5, 20), date(2024, 5, 20)),
    Certificate("SQ2021-01", "green", 8, date(2021, 6, 22), None),
    Certificate("SQ2021-02", "organic", 11, date(2021, 8, 3), None),
    Certificate("SQ2021-03", "pollution_free", 12, date(2021, 9, 6), None),
    Certificate("WGH2017-01", "pollution_free", 12, None, date(2017, 6, 9), date(2020, 6, 9)),
    Certificate("WGH2018-02", "pollution_free", 13, None, date(2018, 6, 21), date(2021, 6, 21)),
    Certificate("WGH2019-03", "pollution_free", 14, date(2019, 2, 18), date(2019, 6, 3), date(2022, 6, 3)),
    # Category 199 exists nowhere: well-formed and plainly invented.
    Certificate("SC19965312800011", "sc", 26, date(2017, 9, 4), date(2018, 1, 15), date(2023, 1, 15)),
    Certificate("SC19965312800022", "sc", 24, date(2019, 3, 4), date(2019, 7, 1), date(2024, 7, 1)),
    Certificate(
        "SC19965312800033",
        "sc",
        None,
        None,
        date(2016, 9, 12),
        date(2021, 9, 12),
        withdrawn=date(2020, 10, 20),
    ),
)


def told_of_certificates(scene: Scene, everyone: Sequence[Supplier]) -> Iterator[Entry]:
    """Each entered when issued or, while there is no answer, when applied for; all of one product by one supplier."""
    rng = scene.rng("certificates")
    early = [supplier for supplier in everyone if supplier.registered < date(2015, 8, 1)] or list(
        everyone[:1]
    )
    holders: dict[str, str] = {}
    for certificate in CERTIFICATES:
        chosen = rng.choice([one for one in early if one.still] or early).code
        holder = holders.get(certificate.renewal_of or "") or chosen
        holders[certificate.number] = holder
        row: dict[str, str | int | None] = {
            "certificate_no": certificate.number,
            "kind": certificate.kind,
            "supplier_code": holder,
            "product_code": f"P{certificate.product:02d}" if certificate.product else None,
            "applied_on": iso(certificate.applied),
            "issued_on": iso(certificate.issued),
            "expires_on": iso(certificate.expires),
            "withdrawn_on": None,
            "renewal_of": certificate.renewal_of,
        }
        known = max(
            certificate.issued or certificate.applied or date.min, max(one.registered for one in early)
        )
        ends = ended("withdrawn_on", certificate.withdrawn, "登记注销日期")
        yield from told("certifications", row, known, *ends)
