"""Why the list changed, in words and as a table: the sentence of each benefit, the reason of each name, the Excel file."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from data.casework.acts import act
from data.lists import Cell, ListColumn, list_xlsx
from data.personal_notice import Taken
from data.store import Database
from office.answering import names_of_goods, while_all_stands
from office.because import because_words
from office.casework.asked import KIND_WORDS
from office.casework.in_force import STATE_WORDS
from office.rulekeeping.draft_words import verdict_or_not
from office.rulekeeping.list_changes import ACT, BOTH, DATA, PARTS, RULE, ListChanges, Name, Recorded
from office.rulekeeping.list_data import WHAT
from rules.program import Words
from rules.slip import UNITS, in_unit, zh_day

PART_WORDS: Mapping[str, Words] = {
    RULE: Words("规则", "rules"),
    DATA: Words("数据", "data"),
    BOTH: Words("两者", "both"),
    ACT: Words("处理", "acts"),
}
SHORT = 12  # characters of a digest that tell two texts apart


def summary_words(found: ListChanges, benefit: str) -> Words:
    """How many more and fewer have the best answer, and what made all the changes; one sentence."""
    best = {side.program.better[-1] for side in (found.before, found.after)}
    moves = found.moves(benefit)
    more = sum(n for (was, now), n in moves.items() if now in best and was not in best)
    fewer = sum(n for (was, now), n in moves.items() if was in best and now not in best)
    parts = found.parts(benefit)
    zh = "、".join(f"{PART_WORDS[part].zh} {parts[part]}" for part in PARTS)
    en = ", ".join(f"{PART_WORDS[part].en} {parts[part]}" for part in PARTS)
    first, total, title = found.before.run.id, sum(parts.values()), title_words(found, benefit)
    return Words(
        f"{title.zh}：符合的比第 {first} 次多 {more}、少 {fewer}；有变化的共 {total}：{zh}。",
        f"{title.en}: {more} more and {fewer} fewer are eligible than in run {first}; {total} changed: {en}.",
    )


def title_words(found: ListChanges, benefit: str) -> Words:
    """What a benefit is called, by the side that has it."""
    benefits = {**found.before.program.benefits, **found.after.program.benefits}
    return benefits[benefit].title if benefit in benefits else Words(benefit, benefit)


def rules_words(found: ListChanges) -> list[Words]:
    """What of the rules is another on the second side: the text, and each value; empty where nothing is."""
    before, after = found.before, found.after
    lines = []
    if before.run.digest != after.run.digest:
        short = f"{before.run.digest[:SHORT]} → {after.run.digest[:SHORT]}"
        lines.append(Words(f"规则文本：{short}", f"Text: {short}"))
    return lines + [
        line
        for name in {**before.run.parameters, **after.run.parameters}
        if (line := _value_words(before, after, name)) is not None
    ]


def _value_words(before: Recorded, after: Recorded, name: str) -> Words | None:
    was, now = (side.run.parameters.get(name) for side in (before, after))
    if was == now:
        return None
    parameter = after.program.parameters.get(name) or before.program.parameters[name]
    unit = UNITS.get(parameter.unit)
    sides = [Words("—", "–") if value is None else in_unit(value, unit) for value in (was, now)]
    return Words(
        f"{parameter.title.zh}：{sides[0].zh} → {sides[1].zh}",
        f"{parameter.title.en}: {sides[0].en} → {sides[1].en}",
    )


def why_words(db: Database, found: ListChanges, name: Name) -> Words:
    """Why one name changed."""
    if name.part == ACT:
        return _act_words(db, name)
    conditions = None
    if name.before is not None and name.after is not None:
        conditions = because_words(name.turns, found.after.program, found.before.program)
    what = [WHAT[one] for one in name.what]
    if name.part == RULE and conditions is None:
        what = [Words("这一项只有一边的规则有", "only one side's rules have this benefit")]
    parts = [*what, *([conditions] if conditions else [])]
    return Words("；".join(p.zh for p in parts), "; ".join(p.en for p in parts))


def _act_words(db: Database, name: Name) -> Words:
    states = [STATE_WORDS[state] for state in (name.state_before, name.state_after)]
    moved = Words(f"{states[0].zh} → {states[1].zh}", f"{states[0].en} → {states[1].en}")
    found = act(db, name.act) if name.act else None
    if found is None:
        return moved
    kind, paper = KIND_WORDS[found.kind], f"，{found.document_no}" if found.document_no else ""
    return Words(
        f"{moved.zh}（{zh_day(found.takes_effect)}起，{kind.zh}，{found.recorded_by}{paper}）"
        if found.takes_effect
        else moved.zh,
        f"{moved.en} ({kind.en} from {found.effective_on}, {found.recorded_by}{paper.replace('，', ', ')})",
    )


def names_table(db: Database, found: ListChanges) -> pd.DataFrame:
    """One row per name: the fields of Name, why (Words), and the names of the good."""
    asked = (found.before.run.id, found.after.run.id)
    return while_all_stands("list_names", db, asked, lambda: _names_table(db, found))


def _names_table(db: Database, found: ListChanges) -> pd.DataFrame:
    rows = [(*name, why_words(db, found, name)) for name in found.names]
    frame = pd.DataFrame(rows, columns=[*Name._fields, "why"], dtype=object)
    return frame.merge(names_of_goods(db), on="subject", how="left")


def list_changes_xlsx(
    found: ListChanges, table: pd.DataFrame, *, heads: bool, taken: Taken | None = None
) -> bytes:
    """The names in a table of `names_table` as an Excel file; heads of household only with `heads`."""
    widths = {"户编号/产品": 16, "产品": 12, "乡镇": 18, "村": 14}
    columns = [ListColumn(title, width) for title, width in widths.items()]
    columns += [ListColumn("户主姓名", 12)] if heads else []
    later = {
        "事项": 22,
        "上次": 14,
        "这次": 14,
        "现行（上次）": 14,
        "现行（这次）": 14,
        "属于": 10,
        "为什么": 60,
    }
    columns += [ListColumn(title, width) for title, width in later.items()]
    lines = [_line(found, row, heads) for row in table.to_dict("records")]
    return list_xlsx("名单为何变化", columns, lines, _about(found, len(lines)), taken)


def _line(found: ListChanges, row: Mapping[Hashable, Any], heads: bool) -> list[Cell]:
    places = ("subject", "product_name", "township_name", "village_name", *(("head_name",) if heads else ()))
    return [
        *(str(row[name]) for name in places),
        title_words(found, str(row["benefit"])).zh,
        *(verdict_or_not(row[side]).zh for side in ("before", "after")),
        *(STATE_WORDS[str(row[side])].zh for side in ("state_before", "state_after")),
        PART_WORDS[str(row["part"])].zh,
        row["why"].zh,
    ]


def _about(found: ListChanges, rows: int) -> Sequence[tuple[str, str]]:
    sides = (("上次", found.before.run), ("这次", found.after.run))
    told = [
        (
            title,
            f"第 {run.id} 次存档：判定日 {zh_day(run.as_of)}，{run.recorded_by}；规则摘要 {run.digest}",
        )
        for title, run in sides
    ]
    summaries = [("结果", summary_words(found, benefit).zh) for benefit in found.benefits]
    rules = [("规则变化", line.zh) for line in rules_words(found)] or [("规则变化", "没有")]
    method = (
        "属于",
        "只有新规则就会使旧数据的结论改变的属于“规则”，只有新数据就会使旧规则的结论改变的属于“数据”，"
        "两样各自都会或合起来才会的属于“两者”，结论不变而现行状态不同的属于“处理”。每个名字只在一处。",
    )
    return [*told, *summaries, *rules, method, ("行数", str(rows))]
