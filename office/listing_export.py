"""The chosen goods as an Excel file for the office's own desk: Chinese titles and words, no formula."""

from __future__ import annotations

from collections.abc import Iterator

from data.lists import Cell, ListColumn, list_xlsx
from data.personal_notice import Taken
from office.casework.goods_in_force import GoodsInForce, Held
from office.casework.in_force import STATE_WORDS, STATES
from office.days import day_of
from office.listing import Listing
from office.listing_words import reasons_in_words
from office.nearness import FURTHER, NEVER
from rules.history import Ints
from rules.slip import CHOICES, verdict_words, zh_day


def goods_xlsx(
    listed: Listing,
    in_force: GoodsInForce,
    places: Ints,
    asked: str,
    *,
    heads: bool,
    taken: Taken | None = None,
) -> bytes:
    """The goods at these places, in their order. `asked` says in words what they were chosen by.

    The heads of household stand in it only with `heads`.
    """
    return list_xlsx(
        "资格清单",
        _columns(listed, heads),
        _rows(listed, in_force, places, heads),
        _about(listed, places, asked),
        taken,
    )


def _columns(listed: Listing, heads: bool) -> list[ListColumn]:
    benefits = listed.answers.program.benefits.values()
    return [
        ListColumn("户编号", 10),
        ListColumn("产品编码", 10),
        ListColumn("产品名称", 14),
        ListColumn("乡镇", 18),
        ListColumn("村", 14),
        *([ListColumn("户主姓名", 14)] if heads else []),
        *(ListColumn(benefit.title.zh, 18) for benefit in benefits),
        *(ListColumn(f"现行：{benefit.title.zh}", 24) for benefit in benefits),
        ListColumn("理由", 50),
        ListColumn("最近检验日期", 14),
        ListColumn("最近检验结论", 14),
        ListColumn("资格还剩（天）", 14),
        ListColumn("再几次不合格即取消（次）", 24),
    ]


def _rows(listed: Listing, in_force: GoodsInForce, places: Ints, heads: bool) -> Iterator[list[Cell]]:
    names = listed.names
    before = [
        names[c].tolist()
        for c in ("household_no", "product_code", "product_name", "township_name", "village_name")
    ]
    before += [names["head_name"].tolist()] if heads else []
    verdicts = [listed.answers.verdicts(benefit).tolist() for benefit in listed.answers.program.benefits]
    chosen = places.tolist()
    for at, reasons in zip(chosen, reasons_in_words(listed, chosen), strict=True):
        yield [
            *(column[at] for column in before),
            *(verdict_words(column[at]).zh for column in verdicts),
            *(_state(held, at) for held in in_force.held.values()),
            reasons.zh,
            *_last_inspection(listed, at),
            _number(int(listed.days_left[at])),
            _failures(int(listed.failures[at])),
        ]


def _state(held: Held, at: int) -> str:
    marks = [
        words
        for words, marked in (("与规则的建议不同", held.overrides[at]), ("在办", held.under_way[at]))
        if marked
    ]
    return "，".join([STATE_WORDS[STATES[held.state[at]]].zh, *marks])


def _last_inspection(listed: Listing, at: int) -> tuple[str | None, str | None]:
    day = int(listed.last_day[at])
    if day == NEVER:
        return None, None
    return day_of(day).isoformat(), CHOICES["fail" if listed.last_failed[at] else "pass"].zh


def _number(number: int) -> int | None:
    return None if number == NEVER else number


def _failures(number: int) -> Cell:
    return f"超过 {FURTHER}" if number == NEVER else number


def _about(listed: Listing, places: Ints, asked: str) -> list[tuple[str, str]]:
    answers = listed.answers
    values = "；".join(
        f"{answers.program.parameters[name].title.zh} {value}" for name, value in answers.values.items()
    )
    return [
        ("判定日期", zh_day(answers.gathered.as_of)),
        ("行数", str(places.size)),
        ("筛选", asked or "全部"),
        ("规则", f"{answers.program.title.zh}（{answers.program.source}）"),
        ("规则摘要", answers.program.digest),
        ("执行数值", values),
        ("说明", "判定是规则给出的建议，现行是办公室办理的结果。空白表示没有或不适用。"),
    ]
