"""The page of one traced batch: its whole chain, what is missing said so, nobody named, and unknown codes met calmly."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from office import running
from office.registry.tracing import trace, valid_on
from tests.conftest import OpenPage
from tests.register_rows import enter_rows, example_row, rows_for
from tests.test_page_registers import said

CODE = "ZS2021-0001"
BLANK_BATCH = dict.fromkeys(("sample_no", "conformity_no", "certificate_no", "packed_on"), "")


def certificate(**other: str | None) -> dict[str, str | None]:
    return {"issued_on": "2020-05-01", "expires_on": "2021-04-30", "withdrawn_on": None, **other}


@pytest.mark.parametrize(
    ("day", "other", "expected"),
    [
        ("2020-04-30", {}, "not_valid"),
        ("2020-05-01", {}, "valid"),
        ("2021-04-30", {}, "valid"),
        ("2021-05-01", {}, "not_valid"),
        ("2099-01-01", {"expires_on": None}, "valid"),
        ("2020-08-31", {"withdrawn_on": "2020-09-01"}, "valid"),
        ("2020-09-01", {"withdrawn_on": "2020-09-01"}, "not_valid"),
        ("2020-09-01", {"issued_on": None}, "not_valid"),
        (None, {}, "unknown"),
    ],
)
def test_a_certificate_is_valid_from_issue_to_its_last_day(
    day: str | None, other: dict[str, str | None], expected: str
) -> None:
    assert valid_on(certificate(**other), day) == expected
    assert valid_on(None, "2020-09-01") == "unknown"


def test_a_whole_chain_is_shown_with_nobody_named_and_no_full_waybill(empty_app_test: OpenPage) -> None:
    enter_rows(running.writer(), rows_for("trace_movements"))
    app = empty_app_test("trace", "clerk", code=CODE)
    words = plain(app)
    assert not app.exception
    for known in ("示*", "末四位 0001", "S2021-0001", "HG2021-0001", "LB2020-0001", "去向 1"):
        assert known in words, known
    assert "示例户主" not in words and example_row("shipments")["waybill_no"] not in words
    assert words.count("看登记") >= 7 and "看物流申报" in words


def test_what_is_missing_is_said_to_be_unknown(empty_app_test: OpenPage) -> None:
    enter_rows(running.writer(), rows_for("trace_batches", **BLANK_BATCH))
    app = empty_app_test("trace", "auditor", code=CODE)
    assert not app.exception and plain(app).count("不详：") == 5
    with running.reader() as db:
        chain = trace(db, CODE)
    assert chain and (chain.inspection, chain.certificate, chain.movements) == (None, None, ())
    assert chain.validity == "unknown"


def test_a_sample_of_another_good_is_not_taken_for_the_batchs_own(empty_app_test: OpenPage) -> None:
    rows = rows_for("trace_batches")
    enter_rows(running.writer(), {name: row for name, row in rows.items() if name != "trace_batches"})
    for name, other in (("products", {"product_code": "P02"}), ("goods", {"product_code": "P02"})):
        enter_rows(running.writer(), {name: example_row(name, **other)})
    enter_rows(running.writer(), {"trace_batches": example_row("trace_batches", product_code="P02")})
    app = empty_app_test("trace", "clerk", code=CODE)
    assert any("核对样品编号" in told.value for told in app.warning)


@pytest.mark.parametrize("code", ["XX", "' OR 1=1 --", "<b>x</b>", "示例户主"])
def test_an_unknown_code_is_met_calmly_with_the_batches_there_are(
    empty_app_test: OpenPage, code: str
) -> None:
    enter_rows(running.writer(), rows_for("trace_batches"))
    app = empty_app_test("trace", "clerk", code=code)
    assert not app.exception and any("没有追溯码为" in told.value for told in app.info)
    assert list(app.dataframe[0].value["追溯码"]) == [CODE]


def test_a_part_of_a_code_finds_the_batch_and_choosing_it_opens_it(empty_app_test: OpenPage) -> None:
    enter_rows(running.writer(), rows_for("trace_batches"))
    app = empty_app_test("trace", "clerk", code="2021-0001")
    assert any("相近" in told.value for told in app.info) and len(app.dataframe[0].value) == 1
    app.text_input(key="trace_code").set_value(CODE).run()
    assert app.query_params["code"] == CODE and CODE in plain(app)


def test_where_no_batch_is_registered_it_says_how_to_begin(empty_app_test: OpenPage) -> None:
    app = empty_app_test("trace", "clerk")
    assert not app.exception and any("还没有登记" in told.value for told in app.info)


def plain(app: AppTest) -> str:
    """What the page says, without the signs that keep it from being read as Markdown."""
    return said(app).replace("\\", "")
