"""A renewal fits the certificate it renews, whichever comes first, and no correction breaks the two apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.integrity import check
from data.register import REGISTERS
from data.store import Writer, open_writer
from data.versions import as_known
from office.importing import carry_out
from tests.register_rows import BY, Row, enter_rows, example_row, reported, rows_for

CERTIFICATIONS = REGISTERS["certifications"]


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    with open_writer(tmp_path / "office.db", migrate=True) as writer:
        rows = rows_for("certifications")
        del rows["certifications"]
        enter_rows(writer, rows)
        yield writer
        with writer.transaction() as db:
            assert check(db) == []


def certificate(number: str, issued: str = "2020-08-15", renewal_of: str = "", **other: str) -> Row:
    cells = {"certificate_no": number, "issued_on": issued, "expires_on": "", "applied_on": ""}
    return example_row("certifications", renewal_of=renewal_of, **cells, **other)


def faults(writer: Writer, *rows: Row, update: bool = False) -> list[tuple[int | None, str, str]]:
    found = reported(writer, "certifications", *rows, update=update).faults
    assert all(fault.message.zh and fault.message.en for fault in found)
    return [(fault.row, fault.column, fault.value) for fault in found]


def registered(writer: Writer, *rows: Row, reason: str | None = None) -> None:
    report = reported(writer, "certifications", *rows, update=reason is not None)
    assert report.good, report.faults
    carry_out(writer, report, by=BY, reason=reason, source="entry-form")


def originals(writer: Writer) -> dict[str, int | None]:
    with writer.transaction() as db:
        return {row["certificate_no"]: row["original_entity"] for row in as_known(db, CERTIFICATIONS)}


def test_a_chain_of_renewals_goes_in_whatever_its_order(writer: Writer) -> None:
    registered(
        writer,
        certificate("C3", "2020-08-15", "C2"),
        certificate("C2", "2017-08-15", "C1"),
        certificate("C1", "2014-08-15"),
    )
    assert originals(writer) == {"C1": None, "C2": 1, "C3": 2}


@pytest.mark.parametrize("registered_before", [True, False])
def test_a_renewal_is_of_the_same_kind_and_not_issued_before(writer: Writer, registered_before: bool) -> None:
    original = certificate("C1", "2019-08-15")
    if registered_before:
        registered(writer, original)
    first = () if registered_before else (original,)
    at = len(first) + 1
    same_day = certificate("C2", "2019-08-15", "C1")
    assert faults(writer, *first, same_day) == []
    assert faults(writer, *first, certificate("C2", "2019-08-14", "C1")) == [(at, "发证日期", "2019-08-14")]
    other = certificate("C2", "2019-08-15", "C1", kind="有机")
    assert faults(writer, *first, other) == [(at, "认证类别", "有机")]


def test_what_it_renews_must_be_registered_and_not_itself(writer: Writer) -> None:
    assert faults(writer, certificate("C2", renewal_of="C9")) == [(1, "续展的原证书编号", "C9")]
    assert faults(writer, certificate("C2", renewal_of="C2")) == [(1, "续展的原证书编号", "C2")]


def test_certificates_that_renew_each_other_are_refused(writer: Writer) -> None:
    circle = (certificate("C1", renewal_of="C2"), certificate("C2", renewal_of="C1"))
    assert faults(writer, *circle) == [(1, "续展的原证书编号", "C2"), (2, "续展的原证书编号", "C1")]
    registered(writer, certificate("C1"), certificate("C2", renewal_of="C1"))
    assert faults(writer, certificate("C1", renewal_of="C2"), update=True) == [(1, "续展的原证书编号", "C2")]


def test_a_correction_of_the_original_may_not_break_its_renewal(writer: Writer) -> None:
    registered(writer, certificate("C1", "2019-08-15"), certificate("C2", "2020-08-15", "C1"))
    assert faults(writer, certificate("C1", kind="有机"), update=True) == [(1, "认证类别", "有机")]
    assert faults(writer, certificate("C1", "2020-08-16"), update=True) == [(1, "发证日期", "2020-08-16")]
    registered(writer, certificate("C1", "2020-08-15"), reason="示例")
    both = (certificate("C1", "2020-08-15", kind="有机"), certificate("C2", "2020-08-15", "C1", kind="有机"))
    registered(writer, *both, reason="示例")
