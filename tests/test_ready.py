"""Before the first visitor everything is loaded; the language is asked for once a visit; charts are still checked in tests."""

from __future__ import annotations

import gc
import pkgutil
import sys
from collections.abc import Iterator

import altair as alt
import pandas as pd
import pytest
from altair.utils import schemapi
from streamlit.testing.v1 import AppTest

from data.waiting import tell_always
from pages import parts
from pages.parts.looks import _Written
from pages.parts.ready import load_everything


@pytest.fixture
def loaded() -> Iterator[None]:
    before = schemapi.DEBUG_MODE
    load_everything()
    yield
    schemapi.DEBUG_MODE = before
    tell_always(None)
    gc.unfreeze()


def test_every_part_of_the_pages_is_loaded_and_out_of_the_collectors_sight(loaded: None) -> None:
    wanted = {found.name for found in pkgutil.iter_modules(parts.__path__, f"{parts.__name__}.")}
    assert wanted <= set(sys.modules)
    assert gc.get_freeze_count() > 100_000
    assert not schemapi.DEBUG_MODE


def test_a_faulty_chart_is_found_where_charts_are_checked() -> None:
    chart = alt.Chart(pd.DataFrame({"a": [1]})).mark_bar().encode(x="a")
    assert _Written(chart).to_dict()["mark"] == {"type": "bar"}
    chart.mark = "no such mark"
    with pytest.raises(schemapi.SchemaValidationError):
        _Written(chart).to_dict()


def _page() -> None:
    import streamlit as st

    from pages.parts import language

    st.write(language.lang())
    asked = []
    wished = language._wished
    language._wished = lambda: asked.append(1) or wished()  # type: ignore[func-returns-value]
    try:
        for _again in range(3):
            language.lang()
    finally:
        language._wished = wished
    st.write(str(len(asked)))


def test_the_language_is_read_from_the_address_once_a_run() -> None:
    page = AppTest.from_function(_page)
    assert [one.value for one in page.run().markdown] == ["zh", "0"]
    page.query_params["lang"] = "en"
    assert [one.value for one in page.run().markdown] == ["en", "0"]
