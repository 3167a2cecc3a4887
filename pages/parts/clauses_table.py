"""The plan part by part as one piece of HTML: its words on the left, what carries them out on the right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import groupby

import streamlit as st

from office.plan_coverage import KINDS, Carried, Coverage, Held, RulePart, section_of
from office.rule_book import PROCEDURE
from office.targets.measuring import Standing
from office.targets.status_words import STATUS_WORDS
from pages.parts.clauses_links import anchor
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import STATUSES
from rules.plan import clauses

FEW = 4  # rules of one book that are written out; the others are on the page 规则

CSS = """
<style>
.plan h2 { font-size: 1.15rem; padding: .9rem 0 .4rem; margin: 0; border-top: 2px solid #d5dce5; }
.plan h3 { font-size: 1rem; padding: .9rem 0 .35rem; margin: 0; }
.plan h2 + h3 { padding-top: .2rem; }
.plan-part { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 7fr); gap: 1.5rem;
  padding: .5rem 0; border-top: 1px solid #e8edf3; }
.plan-says { line-height: 1.65; }
.plan-gloss { color: #46525f; font-size: .9rem; line-height: 1.45; margin-top: .15rem; }
.plan > .plan-note { padding-bottom: .4rem; }
.plan-note { color: #6d4800; font-size: .88rem; line-height: 1.5; margin-top: .25rem; }
.plan-by { display: grid; grid-template-columns: 4.6rem 1fr; gap: .1rem .6rem; align-items: baseline; font-size: .95rem;
  line-height: 1.6; align-content: start; margin: 0; }
.plan-by dt { color: #5b6672; font-size: .86rem; font-weight: 400; }
.plan-by dd { margin: 0; }
.plan-by dd > span { display: inline-block; margin-right: 1rem; }
.plan-rows { font-variant-numeric: tabular-nums; }
.plan-empty { color: #8f5f00; }
.plan-quiet { color: #5b6672; }
</style>
"""


def section_words() -> dict[str, str]:
    """The plan's parts with their printed titles."""
    titles = (
        _("序"),
        _("一 目标任务"),
        _("二 基本原则"),
        _("三（原文缺标题）"),
        _("四 重点工作"),
        _("五 相关要求"),
    )
    sections = dict.fromkeys(section_of(one.name) for one in clauses())
    return dict(zip(sections, titles, strict=True))


def table(found: Coverage, shown: Iterable[Carried], open_pages: Mapping[str, str]) -> None:
    """Every part shown, under its clause and section."""
    words, body = section_words(), ""
    for section, of_section in groupby(shown, key=lambda one: section_of(one.part.clause)):
        body += f"<h2>{escape(words[section])}</h2>"
        for name, parts in groupby(of_section, key=lambda one: one.part.clause):
            body += _clause(found, name, list(parts), open_pages)
    st.html(f'<div class="plan">{body}</div>')


def _clause(found: Coverage, name: str, parts: list[Carried], open_pages: Mapping[str, str]) -> str:
    """A clause with its own title, if it has one, and the parts of it that are shown."""
    title = found.heading(name)
    rows = "".join(_part(one, open_pages) for one in parts if one.part is not title)
    if title is None:
        return rows if name == section_of(name) else f"<h3>{escape(name)}</h3>{rows}"
    gloss = f" · {escape(title.english)}" if lang() == "en" else ""
    note = "".join(_note(one) for one in parts if one.part is title)
    return f'<h3>{escape(name)} <span lang="zh">{escape(title.quote.rstrip("。"))}</span>{gloss}</h3>{note}{rows}'


def _part(one: Carried, open_pages: Mapping[str, str]) -> str:
    part = one.part
    says = f'<div class="plan-says" lang="zh">{escape(part.quote)}</div>'
    if lang() == "en":
        says += f'<div class="plan-gloss">{escape(part.english)}</div>'
    says += _note(one)
    lines = "".join(f"<dt>{escape(label)}</dt><dd>{what}</dd>" for label, what in _by(one, open_pages))
    return f'<div class="plan-part"><div>{says}</div><dl class="plan-by">{lines}</dl></div>'


def _note(one: Carried) -> str:
    """What the part leaves open, if something."""
    note = one.part.note
    return "" if note is None else f'<div class="plan-note">※ {escape(say(note))}</div>'


def _by(one: Carried, open_pages: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What carries the part out, line by line: a label and its HTML."""
    if one.part.kind != "carried_out":
        why = f"：{say(one.part.why)}" if one.part.why else ""
        yield say(KINDS[one.part.kind]), f'<span class="plan-quiet">{escape(why.lstrip("："))}</span>'
    if one.registers:
        yield _("台账"), "".join(_held(held, open_pages) for held in one.registers)
    for book, rules in groupby(one.rules, key=lambda rule: (rule.book, rule.program)):
        yield _("规则"), _rules(say(book[0]), book[1], list(rules), open_pages)
    if one.targets:
        yield _("目标"), "".join(_target(standing, open_pages) for standing in one.targets)
    pages = [anchor(name, open_pages[name]) for name in one.part.pages if name in open_pages]
    if pages:
        yield _("页面"), "".join(f"<span>{page}</span>" for page in pages)


def _held(held: Held, open_pages: Mapping[str, str]) -> str:
    title = say(held.title)
    name = anchor("registers", title, register=held.name) if "registers" in open_pages else escape(title)
    if held.rows:
        return (
            f'<span>{name} <span class="plan-rows plan-quiet">{escape(_n("{n} 行", held.rows))}</span></span>'
        )
    return f'<span>{name} <span class="plan-empty">○ {escape(_("还没有数据"))}</span></span>'


def _rules(book: str, program: str, rules: list[RulePart], open_pages: Mapping[str, str]) -> str:
    """A book of rules and the first of its parts that quote these words."""
    texts = list(dict.fromkeys(say(rule.text) for rule in rules))
    if program:
        name = anchor("rules", book, view="plan", program=program)
    elif rules[0].book is PROCEDURE:
        name = anchor("rules", book, view="values")
    else:
        name = anchor("reports", book) if "reports" in open_pages else escape(book)
    more = f" {_n('…… 共 {n} 处', len(texts))}" if len(texts) > FEW else ""
    said = _("；").join(texts[:FEW])
    return f'{name} <span class="plan-quiet">{escape(said)}{escape(more)}</span>'


def _target(standing: Standing, open_pages: Mapping[str, str]) -> str:
    look = STATUSES[standing.status]
    title = say(standing.target.title)
    name = (
        anchor("targets", title, view="target", target=standing.target.name)
        if "targets" in open_pages
        else escape(title)
    )
    words = escape(f"{look.sign} {say(STATUS_WORDS[standing.status])}")
    return f'<span>{name} <span style="color:{look.colour}">{words}</span></span>'
