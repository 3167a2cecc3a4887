"""A sample in words: what was asked, how it was drawn, and how anybody draws it again."""

from __future__ import annotations

from collections.abc import Mapping

from data.rulekeeping.populations import Frame, Kept, rules_of_runs, townships_named
from data.rulekeeping.samples import Sample
from data.store import Database
from office.audit.again import what_spoke_against
from office.audit.sampling import RESTS_WORDS, STRATA_WORDS, frame_of
from office.listing_words import reason_words
from office.programs import program_kept
from rules.program import Program, Words
from rules.slip import verdict_words

EVERYTHING = Words("全部存档的判定", "every recorded decision")
HOW = Words(
    "把“种子|判定编号”（竖线半角，UTF-8）逐个算 SHA-256，写成十六进制小写，从小到大排，取前面的若干条；分层的，每层各取若干条。"
    "总体摘要是总体的判定编号从小到大、一行一个（末行后不换行）的 SHA-256。",
    "Take SHA-256 of the UTF-8 text “seed|decision number” for each decision of the population, write it in lower-case hex,"
    " sort, and take the first so many; with strata, so many of each. The population's digest is SHA-256 of its decision"
    " numbers, ascending, one a line, without a line end after the last.",
)


def benefit_titles(db: Database) -> dict[str, Words]:
    """What the benefits are called, from the newest rule that decided about each."""
    found: dict[str, Words] = {}
    for name, digest in rules_of_runs(db):
        found |= {b: benefit.title for b, benefit in program_kept(db, name, digest).benefits.items()}
    return found


def _period(since: str, until: str) -> Words:
    if not until:
        return Words(f"{since} 起", f"from {since}")
    if not since:
        return Words(f"到 {until} 为止", f"until {until}")
    return Words(f"{since} 至 {until}", f"{since} to {until}")


def asked_words(
    frame: Frame, titles: Mapping[str, Words], townships: Mapping[str, str]
) -> list[tuple[Words, Words]]:
    """Each thing asked of the population, with its words; empty where everything is in it."""
    found: list[tuple[Words, Words]] = []
    if frame.since or frame.until:
        found.append((Words("判定日", "days decided about"), _period(frame.since, frame.until)))
    if frame.program:
        found.append((Words("规则", "rule"), _plain(frame.program)))
    if frame.benefit:
        found.append((Words("帮扶", "benefit"), titles.get(frame.benefit, _plain(frame.benefit))))
    if frame.township:
        name = townships.get(frame.township, frame.township)
        found.append((Words("乡镇", "township"), _plain(name)))
    if frame.verdict:
        found.append((Words("判定", "verdict"), verdict_words(frame.verdict)))
    if frame.rests:
        found.append((Words("处理", "acts"), RESTS_WORDS[frame.rests]))
    if frame.person:
        found.append((Words("存档或办理人", "who recorded or acted"), _plain(frame.person)))
    return found


def in_one_line(asked: list[tuple[Words, Words]]) -> Words:
    """The same as one sentence."""
    if not asked:
        return EVERYTHING
    return Words(
        "；".join(f"{title.zh}：{words.zh}" for title, words in asked),
        "; ".join(f"{title.en}: {words.en}" for title, words in asked),
    )


def sample_words(db: Database, sample: Sample) -> Words:
    """What a sample was drawn from, as one sentence."""
    return in_one_line(asked_words(frame_of(sample), benefit_titles(db), townships_named(db)))


def size_words(sample: Sample) -> Words:
    """How many were asked for, and how many were drawn."""
    strata, drawn = str(sample.asked["strata"]), len(sample.drawn)
    if strata:
        each = STRATA_WORDS[strata]
        return Words(
            f"{each.zh} {sample.size} 条，共抽 {drawn} 条", f"{each.en}: {sample.size}; {drawn} drawn"
        )
    return Words(f"要 {sample.size} 条，抽 {drawn} 条", f"{sample.size} asked, {drawn} drawn")


def because(db: Database, kept: Kept) -> Words:
    """Why a recorded verdict was so, in words; what speaks against it, or that nothing does."""
    program = program_kept(db, kept.program, kept.digest)
    return findings_words(program, kept.findings, what_spoke_against(program, kept))


def findings_words(program: Program, findings: Mapping[str, str], names: tuple[str, ...]) -> Words:
    """Conditions and standings with what was found of them."""
    if not names:
        return Words("各项条件都满足", "every condition is met")
    said = [
        reason_words(program, ("unknown" if findings[name] == "unknown" else "fails", name)) for name in names
    ]
    return Words("；".join(one.zh for one in said), "; ".join(one.en for one in said))


def _plain(text: str) -> Words:
    return Words(text, text)
