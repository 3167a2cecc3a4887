"""A target's status in words."""

from __future__ import annotations

from collections.abc import Mapping

from rules.program import Words
from rules.target import Status

STATUS_WORDS: Mapping[Status, Words] = {
    "met": Words("已完成", "met"),
    "on_track": Words("进展正常", "on track"),
    "at_risk": Words("有风险", "at risk"),
    "missed": Words("未按期完成", "missed"),
    "no_data": Words("没有数据", "no data"),
}
