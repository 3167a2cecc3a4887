"""A programme beside the plan's sentences; of all rules the values over time, and the proof."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from office import running
from office.cited import KINDS, Chapter, Cited, range_words
from office.programs import counts_from, proof_summary
from office.rule_book import clauses_cited, resting_on, row_words, sentences_of
from office.rulekeeping.readings import Reading, book_on, readings_on, standing_words
from pages.parts import looks
from pages.parts.language import _, lang, say
from rules.program import Program

Known = Mapping[tuple[str, str], Reading]

# Days, ranges and words of one or two characters stay on one line; only the note is broken.
VALUES_CSS = """
<style>
[class*="st-key-rules_values_"] :is(th, td):nth-last-child(-n+5):not(:last-child) * {
  white-space: nowrap; overflow-wrap: normal; word-break: keep-all; }
</style>
"""


def titled(program: Program) -> None:
    """Which programme it is, and from which day its text counts, in one line."""
    with running.reader() as db:
        since = counts_from(db, program)
    words = (
        _("自{day}起施行").format(day=looks.day_words(since, lang())) if since else _("随软件提供，一直施行")
    )
    who = f"{escape(say(program.title))} · {escape(words)} · {_identity(program)}"
    st.html(f'<div class="office-who">{who}</div>')


def _identity(program: Program) -> str:
    """The plan's number and the digest of the programme's file, as HTML."""
    return f'<span lang="zh">{escape(program.source)}</span> · SHA-256 {program.digest[:16]}'


def _heading(chapter: Chapter) -> None:
    """A chapter's title with what it is below."""
    st.subheader(say(chapter.title), anchor=False)
    what = _identity(chapter.program) if chapter.program else _("判定不看这些取值，办理和文书才用。")
    st.html(f'<div class="office-who">{what}</div>')


def beside_the_plan(program: Program, day: date) -> None:
    """Each cited clause sentence by sentence, beside the parts of the programme that rest on it."""
    st.caption(
        _(
            "左边是方案原文，右边是据此写成的规则。“方案原文”是方案明说的；“办公室口径”是方案没有明说、由办公室暂定的。"
        )
    )
    _book, known = _read(day)
    for clause in clauses_cited(program):
        for sentence in sentences_of(clause):
            parts = [part for part in resting_on(program, sentence) if part.kind != "parameter"]
            if not parts:
                continue
            left, right = st.columns([2, 3], gap="medium")
            left.html(f'<div class="office-quote"><b>{clause}</b><br>{_marked(sentence, parts)}</div>')
            right.table(_parts_table(program.program, parts, known), border="horizontal")
    for benefit in program.benefits.values():
        st.subheader(say(benefit.title), anchor=False)
        st.caption(_("从上往下看，第一行相符的就是结果。"))
        rows = {
            _("行"): [str(number) for number, _row in enumerate(benefit.rows, 1)],
            _("结果"): [looks.verdict_label(row.verdict) for row in benefit.rows],
            _("什么情形"): [say(row_words(program, benefit, row)) for row in benefit.rows],
        }
        st.table(pd.DataFrame(rows).set_index(_("行")), border="horizontal")


def values_over_time(day: date) -> None:
    """Every value with its history, one table for each programme and one for the procedure."""
    st.caption(_("取值只增不改：要变动就添加一个新的取值和它开始的日期，旧的一直留着。"))
    st.html(VALUES_CSS)
    book, known = _read(day)
    for at, chapter in enumerate(book):
        _heading(chapter)
        with st.container(key=f"rules_values_{at}"):
            st.table(_values_table(chapter, day, known), border="horizontal")


def proofs(day: date) -> None:
    """How many situations each programme was gone through in, and what that proved."""
    st.success(_("没有发现问题：规则在下列每一种情形下都有且只有一个结果。"), icon=":material/verified:")
    for chapter in _read(day)[0]:
        if (program := chapter.program) is None:
            continue
        _heading(chapter)
        for benefit, combinations in proof_summary(program).combinations.items():
            title = say(program.benefits[benefit].title)
            st.write(
                _("{title}：逐一核对了 {n} 种情形。").format(title=title, n=looks.number_words(combinations))
            )
        st.markdown("\n".join(f"- {line}" for line in _proved(program)))


def _proved(program: Program) -> list[str]:
    """What was proved of a programme, sentence by sentence."""
    standing = [_("“长期不合格”既能出现也能消除，且不会由同一次检验同时触发。")] if program.latches else []
    return [
        _("没有判不出的情形，也没有永远轮不到的判定行。"),
        _("没有用不上的条件。"),
        _("没有“情况更差、结果反而更好”。"),
        *standing,
        _("每次判定都由两套各自独立的判定程序逐一核对，只要有一处不一致就停止，不记录任何结果。"),
    ]


def _values_table(chapter: Chapter, day: date, known: Known) -> pd.DataFrame:
    """Every value of every parameter, each from its day on; the one in force is marked."""
    rows = [
        {
            _("参数"): say(part.words),
            **({} if chapter.program else {_("类别"): say(KINDS[part.kind])}),
            _("取值"): say(stated.words),
            _("自何日起"): looks.day_words(stated.since, lang()) if stated.since else "",
            _("现行"): _("✔ 现行") if stated == part.stated_on(day) else "",
            _("允许范围"): say(range_words(part.parameter)) if part.parameter else "",
            _("口径"): _reading(chapter.file, part, known),
            _("说明"): stated.note,
        }
        for part in chapter.dated
        for stated in part.history
    ]
    return pd.DataFrame(rows).set_index(_("参数"))


def _parts_table(file: str, parts: list[Cited], known: Known) -> pd.DataFrame:
    rows = [
        {
            _("规则"): say(part.words),
            _("类别"): say(KINDS[part.kind]),
            _("口径"): _reading(file, part, known),
        }
        for part in parts
    ]
    return pd.DataFrame(rows).set_index(_("规则"))


def _reading(file: str, part: Cited, known: Known) -> str:
    """The plan's own words, or the office's reading with what the leading group said of it."""
    found = known.get((file, part.key))
    return _("方案原文") if found is None else _("办公室口径") + _("，") + say(standing_words(found))


def _read(day: date) -> tuple[tuple[Chapter, ...], Known]:
    """What the rules say on the day, and every office reading with its standing."""
    with running.reader() as db:
        book = book_on(db, day)
        return book, {(one.file, one.key): one for one in readings_on(db, book, day)}


def _marked(sentence: str, parts: list[Cited]) -> str:
    """The sentence with the longest quotes in it underlined."""
    text = escape(sentence)
    for quote in sorted({escape(part.citation.quote) for part in parts}, key=len, reverse=True):
        if quote in text and f"<u>{quote}" not in text:
            text = text.replace(quote, f"<u>{quote}</u>", 1)
    return text
