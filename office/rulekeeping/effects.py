"""What an alternative would do, in words and figures: the answer to "what if the plan is read otherwise"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from data.papers.filters import yuan
from office.cited import Cited, value_words
from rules.alternatives import Alternative
from rules.program import Words
from rules.slip import UNITS, in_unit

MONTHS = 12  # claims are looked at as far back; also in the words below
LEFT_OUT = Words("不要这一条", "left out")
WHY_LEFT_OUT = Words("如果方案没有这个意思", "if the plan does not mean it")


@dataclass(frozen=True)
class Effect:
    """One alternative of a reading: `value` in words, `why` somebody could read the plan so, what it `does`.

    `figures` are the whole numbers behind the words: `BENEFIT.gain`, `BENEFIT.lose` (goods), `claims` (changed),
    `before` and `after` (分), `status` (1: changed); empty where nothing is counted.
    """

    value: Words
    why: Words
    does: Words
    figures: Mapping[str, int] = field(default_factory=dict)

    @property
    def changes(self) -> bool:
        """Whether anybody would be answered otherwise."""
        return any(number for name, number in self.figures.items() if name not in ("before", "after"))


def a_year_before(day: date) -> date:
    """The same day of the year before; of a leap day the last of February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def alternative_words(part: Cited, one: Alternative) -> Words:
    """The alternative's value with its unit."""
    if isinstance(one.value, date):
        return Words(one.value.isoformat(), one.value.isoformat())
    if part.parameter is not None:
        return value_words(part.parameter, one.value)
    if part.kind == "looks_back":
        return in_unit(one.value, UNITS["month"])
    return in_unit(one.value, Words("%", "%"))


def goods_words(titles: Mapping[str, Words], moves: Mapping[str, tuple[int, int]]) -> Words:
    """How many goods gain and lose, benefit by benefit; one sentence where none does."""
    if not any(gain or lose for gain, lose in moves.values()):
        return Words("没有农产品变化", "no good changes")
    zh, en = [], []
    for benefit, (gain, lose) in moves.items():
        if gain or lose:
            title = titles[benefit]
            zh.append(f"{title.zh}：" + "，".join(_some(("变好 {} 个", gain), ("变差 {} 个", lose))))
            en.append(f"{title.en}: " + ", ".join(_some(("{} better", gain), ("{} worse", lose))))
    return Words("；".join(zh), "; ".join(en))


def _some(*told: tuple[str, int]) -> list[str]:
    return [words.format(number) for words, number in told if number]


def money_words(number: int, before: int, after: int) -> Words:
    """How many of the last months' claims change, and what all of them come to before and after."""
    if not number and before == after:
        return Words("近12个月的申报没有变化", f"no claim of the last {MONTHS} months changes")
    sign = "+" if after > before else ""
    return Words(
        f"近12个月的申报：{number} 件变化，{yuan(before)}元 → {yuan(after)}元（{sign}{yuan(after - before)}元）",
        f"claims of the last {MONTHS} months: {number} change, {yuan(before)} → {yuan(after)} yuan"
        f" ({sign}{yuan(after - before)})",
    )


def summary_words(effects: tuple[Effect, ...]) -> Words:
    """All alternatives of a reading in one line; empty where there is none."""
    return Words(
        "　".join(f"【{one.value.zh}】{one.does.zh}" for one in effects),
        " · ".join(f"[{one.value.en}] {one.does.en}" for one in effects),
    )
