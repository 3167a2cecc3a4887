"""A sample as an Excel file: its head with how to draw it again, the drawn decisions, what was found; no names."""

from __future__ import annotations

from collections.abc import Iterator

from data.lists import Cell, ListColumn, list_xlsx
from data.papers.filters import day, instant
from data.rulekeeping.populations import Kept, kept_decisions
from data.rulekeeping.samples import Finding, Sample, acts_resting_on, findings_of
from data.store import Database
from office.audit.findings import STATES, latest, state
from office.audit.sampling import frame_of
from office.audit.sampling_words import HOW, because, benefit_titles, sample_words, size_words
from office.casework.asked import KIND_WORDS
from rules.program import Words
from rules.slip import verdict_words

COLUMNS = (
    ListColumn("判定编号", 10),
    ListColumn("判定日", 12),
    ListColumn("户编号/产品编码", 16),
    ListColumn("产品名称", 14),
    ListColumn("乡镇", 18),
    ListColumn("帮扶", 20),
    ListColumn("判定", 12),
    ListColumn("原因", 44),
    ListColumn("存档人", 14),
    ListColumn("依据它的处理", 44),
    ListColumn("检查结果", 12),
    ListColumn("问题或说明", 50),
    ListColumn("记录人", 14),
    ListColumn("记录日期", 12),
    ListColumn("以前的记录", 50),
)


def sample_xlsx(db: Database, sample: Sample) -> bytes:
    """The whole sample as it stands."""
    return list_xlsx("抽样", COLUMNS, _rows(db, sample), _about(db, sample))


def _rows(db: Database, sample: Sample) -> Iterator[list[Cell]]:
    found, resting = findings_of(db, sample.id), acts_resting_on(db, sample.drawn)
    newest, titles = latest(found), benefit_titles(db)
    for number, kept in kept_decisions(db, sample.drawn, frame_of(sample).known_at).items():
        last = newest.get(number)
        earlier = [one for one in found if one.decision_id == number and one is not last]
        acts = "；".join(
            f"{one.done_on} {one.recorded_by} {KIND_WORDS[one.kind].zh}{'（与规则不同）' if one.overrides else ''}"
            for one in resting.get(number, [])
        )
        yield [
            *_decision(db, kept, titles),
            acts,
            STATES[state(last)].zh,
            *((last.text, last.recorded_by, last.done_on) if last else (None, None, None)),
            "；".join(map(_finding, earlier)),
        ]


def _decision(db: Database, kept: Kept, titles: dict[str, Words]) -> list[Cell]:
    return [
        kept.id,
        kept.as_of.isoformat(),
        kept.subject,
        kept.product_name,
        kept.township_name,
        titles[kept.benefit].zh,
        verdict_words(kept.verdict).zh,
        because(db, kept).zh,
        kept.recorded_by,
    ]


def _finding(one: Finding) -> str:
    said = f"：{one.text}" if one.text else ""
    return f"{one.done_on} {one.recorded_by} {STATES[one.kind].zh}{said}"


def _about(db: Database, sample: Sample) -> list[tuple[str, str]]:
    newest = latest(findings_of(db, sample.id)).values()
    problems = sum(one.kind == "finding" for one in newest)
    return [
        ("抽样编号", sample.number),
        ("抽样日期", day(sample.done_on)),
        ("抽样人", sample.recorded_by),
        ("抽自", sample_words(db, sample).zh),
        ("抽样数", size_words(sample).zh),
        ("总体", f"{sample.population} 条判定，编号不大于 {sample.asked['last']}"),
        ("截至何时所知", instant(str(sample.asked["known_at"]))),
        ("总体摘要", sample.population_digest),
        ("种子", sample.seed),
        ("怎样重抽", HOW.zh),
        ("进度", f"已看 {len(newest)} 条，共 {len(sample.drawn)} 条；发现问题 {problems} 条"),
        ("链号", str(sample.recorded_seq)),
        ("备注", sample.remark or ""),
        (
            "说明",
            "抽到的比例不能直接当作全部判定的比例，分层抽样尤其如此。同一条判定可以记录几次，以最近一次为准。",
        ),
    ]
