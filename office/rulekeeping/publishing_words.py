"""What the states of a publication are called."""

from __future__ import annotations

from collections.abc import Mapping

from rules.program import Words

STATES: Mapping[str, Words] = {
    "baseline": Words("随软件提供", "came with the software"),
    "proposed": Words("待公布", "waits to be published"),
    "published": Words("已公布", "published"),
    "dropped": Words("已撤下", "dropped"),
}
