"""Every day of the time machine's chart can be pointed at: what it says is what the story says of that day."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from office.then_and_now.stretches import Held, ThenAndNow
from pages.parts.time_machine import NOTHING, _day_by_day, _each_day

FIRST = date(2021, 2, 25)
SPANS = st.tuples(st.integers(-5, 30), st.integers(-2, 12), st.sampled_from(["in_force", "ended"]))


@given(st.lists(SPANS, max_size=6), st.integers(1, 25))
def test_each_day_has_the_label_of_the_first_stretch_that_holds_it(
    spans: list[tuple[int, int, str]], count: int
) -> None:
    held = tuple(
        Held(FIRST + timedelta(days=start), FIRST + timedelta(days=start + length), state)
        for start, length, state in spans
    )
    story = ThenAndNow(FIRST, FIRST + timedelta(days=count - 1), held, (), (), ())
    told = _day_by_day(story, count, held, lambda one: one.state)
    found = [story.on(FIRST + timedelta(days=n))[0] for n in range(count)]
    assert told == [one.state if one else NOTHING for one in found]


def test_a_row_is_one_whole_day() -> None:
    frame = _each_day(ThenAndNow(FIRST, FIRST + timedelta(days=5), (), (), (), ())).data
    assert isinstance(frame, pd.DataFrame)
    assert list(frame["on"]) == [f"2021-02-{n}" for n in (25, 26, 27, 28)] + ["2021-03-01", "2021-03-02"]
    assert list(frame["since"])[1:] == list(frame["end"])[:-1]
    assert list(frame.iloc[-1][["since", "end"]]) == ["2021-03-02T00:00:00", "2021-03-03T00:00:00"]
    assert set(frame["held"]) == set(frame["then"]) == set(frame["now"]) == {NOTHING}
