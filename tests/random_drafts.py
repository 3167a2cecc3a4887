"""Random changes of the programme that decides goods: other values, new dated ones, fewer conditions, other verdicts."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

from hypothesis import strategies as st

from office.programs import loaded, program_named
from rules.program import Program
from tests.generated_programs import toml_of

VALUES = {
    "inspection_validity_days": (30, 60, 120, 180, 365),
    "long_term_consecutive_failures": (1, 2, 3, 5),
    "long_term_failures_in_window": (1, 2, 3, 6),
    "long_term_failure_percent": (10, 50, 100),
    "failure_window_days": (30, 90, 365),
    "readmission_passes": (1, 2, 4),
}
DAYS = (date(2021, 2, 1), date(2021, 4, 15), date(2021, 6, 1))
SELDOM = st.sampled_from((False, False, False, True))


@st.composite
def drafts(draw: st.DrawFn) -> Program:
    """The programme with some things changed, at times with nothing."""
    spec: dict[str, Any] = tomllib.loads(program_named().text)
    for name, values in VALUES.items():
        dated = spec["parameters"][name]["values"]
        if draw(SELDOM):
            dated[0]["value"] = draw(st.sampled_from(values))
        if draw(SELDOM):
            dated.append({"from": draw(st.sampled_from(DAYS)), "value": draw(st.sampled_from(values))})
    for name in draw(st.sets(st.sampled_from(sorted(spec["conditions"])), max_size=2)):
        for benefit in spec["benefits"].values():
            holds = benefit["verdicts"][1]["when"]["holds"]
            if name in holds and len(holds) > 1 and draw(st.booleans()):
                holds.remove(name)
                benefit.get("readings", {}).pop(name, None)
    if draw(SELDOM):
        _rename(spec, "cannot_decide", "unclear")
    if draw(SELDOM):
        del spec["benefits"]["logistics"]
    return loaded(toml_of(spec).encode(), "draft.toml")


def _rename(spec: dict[str, Any], verdict: str, other: str) -> None:
    spec["better"] = [other if one == verdict else one for one in spec["better"]]
    for benefit in spec["benefits"].values():
        for row in benefit["verdicts"]:
            row["verdict"] = other if row["verdict"] == verdict else row["verdict"]
