"""The differences of a re-check as an Excel workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from data.chain import Difference
from data.lists import Cell, ListColumn, list_xlsx
from data.words import Words
from office.rechecking.differing import Differing
from office.rechecking.whole import Rechecked
from office.refusal import InWords

TITLES = (
    (Words("位置", "Place"), 26),
    (Words("对象", "About"), 16),
    (Words("帮扶", "Support"), 18),
    (Words("哪一项", "Which part"), 36),
    (Words("存档为", "Recorded as"), 24),
    (Words("重算为", "Now"), 24),
    (Words("重算依据", "Decided again from"), 16),
    (Words("说明", "In words"), 80),
)

PLACES = {
    "decisions": Words("判定", "decision"),
    "runs": Words("存档", "run"),
    "programs": Words("规则文本", "programme"),
    "settlements": Words("结算", "settlement"),
    "settlement_lines": Words("结算行", "settlement line"),
    "reported_figures": Words("上报数据", "reported figure"),
    "bulletins": Words("通报", "bulletin"),
    "assessments": Words("考核", "assessment"),
    "acts": Words("处理", "act"),
    "chain": Words("记录链", "chain entry"),
}

FROM = {
    "": Words("", ""),
    "frozen": Words("存档的事实", "frozen facts"),
    "registers": Words("当时的台账", "registers of then"),
}
SHOWN = 12  # characters of a number or digest in a place

Say = Callable[[InWords], str]


def place_words(place: str) -> Words:
    """`decisions 123` as people say it; a place that has no words stays as it is."""
    table, _, number = place.partition(" ")
    words = PLACES.get(table)
    return (
        Words(f"{words.zh} {number[:SHOWN]}", f"{words.en} {number[:SHOWN]}")
        if words
        else Words(place, place)
    )


def cells(one: Difference, say: Say) -> tuple[str, ...]:
    """One difference as a row of the table, in the order of `TITLES`."""
    if not isinstance(one, Differing):
        return (say(place_words(one.place)), "", "", "", "", "", "", say(one.message))
    parts = (one.benefit, one.what, one.was, one.now, FROM[one.side], one.message)
    return (say(place_words(one.place)), one.subject, *map(say, parts))


def differences_xlsx(found: Rechecked, say: Say) -> bytes:
    """Every difference that was kept; the second sheet says of what chain, and how many there are in all."""
    columns = [ListColumn(say(title), width) for title, width in TITLES]
    rows: list[Sequence[Cell]] = [cells(one, say) for one in found.differences]
    about = [
        (say(Words("链首", "Chain head")), f"{found.entries} · {found.head}"),
        (say(Words("重新判定的判定", "Decisions decided again")), str(found.rechecked)),
        (say(Words("不符之处", "Differences")), str(found.total)),
        (say(Words("其中列出", "Of which listed")), str(len(found.differences))),
    ]
    about += [(say(Words("说明", "Note")), say(note)) for note in found.notes]
    return list_xlsx(say(Words("不符之处", "Differences")), columns, rows, about)
