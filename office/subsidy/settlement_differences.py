"""How two drawings-up of the same settlement differ, line by line, in words."""

from __future__ import annotations

from collections.abc import Iterable

from data.casework.settlements import Line
from data.papers.filters import yuan
from rules.program import Words
from rules.slip import verdict_words


def differences(before: Iterable[Line], now: Iterable[Line]) -> tuple[Words, ...]:
    """One sentence for each line that is not the same, in the order of claim numbers; none: they agree wholly."""
    then, since = _by_claim(before), _by_claim(now)
    keys = sorted(then.keys() | since.keys())
    return tuple(_said(then.get(key), since.get(key)) for key in keys if then.get(key) != since.get(key))


def _by_claim(lines: Iterable[Line]) -> dict[tuple[str, str, str], Line]:
    return {(line.claim_no, line.household_no, line.shipped_on[:4]): line for line in lines}


def _said(then: Line | None, now: Line | None) -> Words:
    if then is None and now is not None:
        return Words(
            f"{now.claim_no}：起草以后新增，{_state(now).zh}",
            f"{now.claim_no}: new since the draft, {_state(now).en}",
        )
    if now is None and then is not None:
        return Words(f"{then.claim_no}：不再属于这次结算", f"{then.claim_no}: no longer part of it")
    assert then is not None and now is not None
    if _state(then) == _state(now):
        return Words(
            f"{now.claim_no}：结论和金额不变，所依据的事实有变化",
            f"{now.claim_no}: same verdict and amounts, on other facts",
        )
    return Words(
        f"{now.claim_no}：起草时{_state(then).zh}，现在{_state(now).zh}",
        f"{now.claim_no}: {_state(then).en} in the draft, {_state(now).en} now",
    )


def _state(line: Line) -> Words:
    verdict = verdict_words(line.verdict)
    return Words(
        f"{verdict.zh}，应付 {yuan(line.due)} 元、实付 {yuan(line.paid)} 元",
        f"{verdict.en}, due {yuan(line.due)}, paid {yuan(line.paid)} yuan",
    )
