"""Who gains and who loses by township: bars to the right and to the left of nothing."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from office.rulekeeping.draft_effects import DIRECTIONS, GAIN, LOSS
from pages.parts.language import _, say
from pages.parts.looks import QUIET, VERDICTS

SIGNS = {GAIN: "▲", LOSS: "▼"}
BAR, FRAME = 24, 70  # pixels of a township, and of legend and axis


def direction_label(direction: str) -> str:
    """Sign and word: colour is never alone."""
    return f"{SIGNS.get(direction, '·')} {say(DIRECTIONS[direction])}"


def direction_words() -> dict[str, str]:
    """The titles of columns that count goods of each direction."""
    return {one: _("{direction}（个）").format(direction=direction_label(one)) for one in DIRECTIONS}


def direction_chart(groups: pd.DataFrame) -> Any:
    """One line per township of a table of `by_place`."""
    names = groups["name"].tolist()
    frame = groups.melt(["code", "name"], [GAIN, LOSS], "direction", "goods")
    frame = frame[frame["goods"] > 0].copy()
    frame["label"] = frame["direction"].map(direction_label)
    signs = frame["direction"].map({GAIN: 1, LOSS: -1}).astype("int64")
    frame["signed"] = frame["goods"] * signs
    span = max([5, *frame["goods"].tolist()])
    colours = alt.Scale(
        domain=[direction_label(GAIN), direction_label(LOSS)],
        range=[VERDICTS["eligible"].colour, VERDICTS["revoked"].colour],
    )
    x = alt.X(
        "signed:Q",
        scale=alt.Scale(domain=[-span, span]),
        title=_("产品数（右：变好，左：变差）"),
        axis=alt.Axis(labelExpr="format(abs(datum.value), ',d')", tickMinStep=1),
    )
    y = alt.Y("name:N", title=None, sort=names)
    bars = (
        alt.Chart(frame)
        .mark_bar(height=alt.RelativeBandSize(band=0.7))
        .encode(
            x=x,
            y=y,
            color=alt.Color("label:N", title=None, scale=colours),
            tooltip=[
                alt.Tooltip("name:N", title=_("乡镇")),
                alt.Tooltip("label:N", title=_("变化")),
                alt.Tooltip("goods:Q", title=_("产品数"), format=","),
            ],
        )
    )
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=QUIET).encode(x="zero:Q")
    return alt.layer(bars, zero).properties(height=BAR * len(names) + FRAME)
