"""Acts against the rules in words and as an Excel file: what was done, against what, and what came afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from data.lists import Cell, ListColumn, list_xlsx
from data.papers.filters import day as paper_day
from office.audit.overrides import ALWAYS, Asked, Found, Outcome, Overview, Share
from office.casework.asked import KIND_WORDS
from rules.program import Words
from rules.slip import verdict_words

CANNOT_SHOW = Words(
    "这些数只说明有多少次处理与规则的建议不同，不说明谁对谁错：规则看不到走访核实的情况，办得多、接手疑难多的人自然多。"
    "人员按姓名排列，不排名次，不作考核。",
    "These figures show how many acts differ from what the rules recommend, not who was right: the rules do not see what a"
    " visit shows, and who acts more, or takes the hard cases, has more. People stand in the order of their names; nobody"
    " is ranked or scored.",
)
COLUMNS = (
    ListColumn("处理编号", 10),
    ListColumn("办理日期", 12),
    ListColumn("户编号/产品编码", 16),
    ListColumn("产品名称", 14),
    ListColumn("乡镇", 18),
    ListColumn("帮扶", 20),
    ListColumn("办理", 14),
    ListColumn("规则当时的建议", 16),
    ListColumn("不同于哪个条件", 40),
    ListColumn("理由", 50),
    ListColumn("办理人", 14),
    ListColumn("其后检验合格（次）", 12),
    ListColumn("其后检验不合格（次）", 12),
    ListColumn("其后的处理", 26),
    ListColumn("规则现在的建议", 16),
    ListColumn("与现在的建议", 14),
)


def percent_words(share: Share) -> Words:
    """The share as whole percent; what is there but less than one is not nothing."""
    if share.percent is None:
        return Words("–", "–")
    if share.overrides and not share.percent:
        return Words("不到 1%", "below 1%")
    return Words(f"{share.percent}%", f"{share.percent}%")


def later_words(outcome: Outcome) -> Words:
    """The next act that changed what is in force."""
    later = outcome.later
    if later is None:
        return Words("没有", "none")
    kind = KIND_WORDS[later.kind]
    return Words(f"{later.done_on} {kind.zh}", f"{later.done_on} {kind.en}")


def now_words(outcome: Outcome) -> Words:
    """Whether the rules now recommend what was done."""
    if outcome.agrees is None:
        return Words("现在不判定", "not decided now")
    return Words("一致", "the same") if outcome.agrees else Words("仍不同", "still different")


def asked_words(
    asked: Asked, townships: Mapping[str, str], titles: Mapping[str, Words], found: Overview
) -> str:
    """What was asked for, as the sheet says it; empty where everything is shown."""
    condition, benefit = found.conditions.get(asked.condition), titles.get(asked.benefit)
    parts = (
        ("办理日自", asked.since if asked.since != ALWAYS[0] else ""),
        ("办理日至", asked.until if asked.until != ALWAYS[1] else ""),
        ("乡镇", townships.get(asked.township, asked.township)),
        ("帮扶", benefit.zh if benefit else asked.benefit),
        ("办理人", asked.person),
        ("不同于", condition.zh if condition else asked.condition),
    )
    return "；".join(f"{name} {value}" for name, value in parts if value)


def overrides_xlsx(found: Overview, titles: Mapping[str, Words], about: list[tuple[str, str]]) -> bytes:
    """The acts as they are shown, with a sheet that says what they are."""
    return list_xlsx("与规则不同的处理", COLUMNS, _rows(found, titles), about)


def about_sheet(found: Overview, day: str, asked: str) -> list[tuple[str, str]]:
    """What the Excel file says of itself; `asked` are the filters in words."""
    whole = found.whole
    shares = "；".join(
        f"{one.name} {one.overrides}/{one.acts}（{percent_words(one).zh}）" for one in found.shares
    )
    return [
        ("看到哪一天", paper_day(day)),
        ("筛选", asked or "全部"),
        ("与规则不同的处理", f"{len(found.found)} 次（列在表里）"),
        (
            "依据判定的处理共",
            f"{whole.acts} 次，其中与规则不同 {whole.overrides} 次（{percent_words(whole).zh}）",
        ),
        ("按办理人（按姓名排列）", shares),
        ("其后检验", "办理日以后、判定时的检验有效天数以内抽样的，到看到的那一天已有结果的"),
        ("说明", CANNOT_SHOW.zh),
    ]


def _rows(found: Overview, titles: Mapping[str, Words]) -> Iterator[list[Cell]]:
    for one in found.found:
        yield [*_act(one, titles), *_outcome(one.outcome)]


def _act(one: Found, titles: Mapping[str, Words]) -> list[Cell]:
    act = one.act
    return [
        act.id,
        act.done_on,
        act.subject,
        act.product_name,
        act.township_name,
        titles.get(act.benefit, Words(act.benefit, act.benefit)).zh,
        KIND_WORDS[act.kind].zh,
        verdict_words(one.kept.verdict).zh,
        one.because.zh,
        act.reason,
        act.recorded_by,
    ]


def _outcome(outcome: Outcome) -> list[Cell]:
    now = verdict_words(outcome.verdict).zh if outcome.verdict else None
    return [outcome.passes, outcome.fails, later_words(outcome).zh, now, now_words(outcome).zh]
