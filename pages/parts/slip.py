"""The decision slip of one benefit: the verdict, what would change it, and every condition with its grounds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape

import streamlit as st

from office.casework.in_force import InForce
from office.deciding import reasons
from office.explaining import Slip
from office.latches import latch_rules
from pages.parts.acts_head import state_html
from pages.parts.language import _, lang, say
from pages.parts.looks import FINDINGS, OTHER, VERDICTS, Look, day_words, verdict_words
from rules.program import Program
from rules.slip import FINDINGS as FINDING_WORDS
from rules.slip import Line, Side, change_words

BAD, QUIET = FINDINGS["fails"], Look("#5b6672", "○")

STYLE = """
<style>
.slip { border: 1px solid #d5dce5; border-radius: 4px; padding: .6rem .8rem .4rem; line-height: 1.5; }
.slip-head { display: flex; justify-content: space-between; align-items: baseline; gap: .75rem;
  border-bottom: 1px solid #d5dce5; padding-bottom: .35rem; margin-bottom: .35rem; }
.slip-title { font-weight: 700; font-size: 1.05rem; }
.slip-verdict { font-weight: 700; font-size: 1.15rem; white-space: nowrap; }
.slip-why, .slip-changes { margin: 0 0 .35rem; padding: 0; }
.slip-changes li { margin: 0 0 .1rem 1.1rem; }
.slip-line { display: grid; grid-template-columns: 1fr auto; gap: 0 .75rem; padding: .35rem 0;
  border-top: 1px solid #e8edf3; break-inside: avoid; }
.slip-name { font-weight: 600; }
.slip-finding { font-weight: 600; white-space: nowrap; text-align: right; }
.slip-side, .slip-cite { grid-column: 1 / -1; font-size: .9rem; }
.slip-cite { color: #46525f; }
.slip-badge { display: inline-block; border: 1px solid #8aa0b8; border-radius: 3px; padding: 0 .3rem;
  font-size: .8rem; white-space: nowrap; }
.slip-badge.office { border-color: #8f5f00; color: #6d4800; background: #fff6e0; }
.slip-label { color: #46525f; }
</style>
"""


def show_slip(
    program: Program, slip: Slip, values: Mapping[str, int], since: date | None, held: InForce
) -> None:
    """One benefit's slip. `since`: from when the verdict has stood, None where that is not known; `held`: in force."""
    st.html(STYLE + slip_html(program, slip, values, since, held))


def slip_html(
    program: Program, slip: Slip, values: Mapping[str, int], since: date | None, held: InForce
) -> str:
    """The slip as HTML; every word that is not ours is escaped."""
    decision = slip.decision
    look = VERDICTS.get(decision.verdict, OTHER)
    verdict = f"{look.sign} {escape(verdict_words(decision.verdict))}"
    title = escape(say(program.benefits[decision.benefit].title))
    lines = "".join(_line(program, line, values) for line in slip.lines)
    return (
        f'<section class="slip" aria-label="{title}"><div class="slip-head"><span class="slip-title">{title}</span>'
        f'<span class="slip-verdict" style="color:{look.colour}">{verdict}</span></div>'
        f"{_held(held)}{_why(program, slip, since)}{_changes(program, slip)}{lines}</section>"
    )


def _held(held: InForce) -> str:
    """What is in force beside the verdict, with the mark of an act against the rules."""
    return (
        f'<div class="slip-held"><span class="slip-label">{_("现行")}{_("：")}</span>{state_html(held)}</div>'
    )


def _why(program: Program, slip: Slip, since: date | None) -> str:
    names = reasons(program, slip.decision)
    told = [_reason(program, name, slip.decision.findings[name]) for name in names]
    why = _("原因：") + _("；").join(told) if told else _("各项条件都满足，没有取消的情形")
    stood = _("自{day}起").format(day=day_words(since, lang())) if since else ""
    return f'<p class="slip-why">{_("，").join(part for part in (why, stood) if part)}{_("。")}</p>'


def _reason(program: Program, name: str, finding: str) -> str:
    """A standing that is on, a condition that fails, or one that is not known: never a bare condition."""
    if name in program.latches:
        return _("出现“{what}”").format(what=escape(say(program.latches[name].text)))
    words = {"fails": _("不满足“{what}”"), "unknown": _("不知道是否“{what}”"), "holds": _("满足“{what}”")}
    return words[finding].format(what=escape(say(program.conditions[name].text)))


def _changes(program: Program, slip: Slip) -> str:
    benefit = program.benefits[slip.decision.benefit].title
    told = [f"<li>{escape(say(change_words(change, benefit)))}</li>" for change in slip.changes]
    if not told:
        told = [f"<li>{_('再有四次以内的检验，都不会改变这个结论。')}</li>"]
    label = f'<span class="slip-label">{_("什么会改变结论")}</span>'
    return f'<div class="slip-changes">{label}<ul style="margin:0;padding:0">{"".join(told)}</ul></div>'


def _line(program: Program, line: Line, values: Mapping[str, int]) -> str:
    if not line.latch:
        return line_html(line)
    told = [f"<b>{escape(say(line.met.words))}</b>"] if line.met else []
    told.append(escape(say(latch_rules(program, line.name, values))))
    return line_html(line, "".join(f'<div class="slip-side">{one}</div>' for one in told))


def line_html(line: Line, rules: str = "") -> str:
    """One condition or standing with its values and grounds; `rules` is HTML in place of the values."""
    look, words = _finding(line)
    sides = rules or "".join(f'<div class="slip-side">{_side(side)}</div>' for side in line.sides)
    return (
        f'<div class="slip-line"><span class="slip-name">{escape(say(line.text))}</span>'
        f'<span class="slip-finding" style="color:{look.colour}">{look.sign} {words}</span>{sides}{_cite(line)}</div>'
    )


def _finding(line: Line) -> tuple[Look, str]:
    """A standing that is on takes something away: its words are not those of a condition."""
    if line.latch:
        return (BAD, _("出现此情形")) if line.finding == "holds" else (QUIET, _("无此情形"))
    return FINDINGS[line.finding], escape(say(FINDING_WORDS[line.finding]))


def _side(side: Side) -> str:
    found = f"{escape(say(side.title))}{_('：')}<b>{escape(say(side.value))}</b>"
    return f'{found} <span class="slip-label">· {_("要求：")}</span>{escape(say(side.needed))}'


def _badge(line: Line) -> str:
    """Whose reading it is, and what the leading group said of it."""
    if line.citation.reading == "text":
        return _("口径：方案原文")
    if line.said is None:
        return _("口径：办公室，待领导小组确认")
    return _("口径：办公室，") + escape(say(line.said.words))


def _cite(line: Line) -> str:
    cited = line.citation
    office = cited.reading == "office" and not (line.said and line.said.stands)
    badge = _badge(line)
    kind = "slip-badge office" if office else "slip-badge"
    quote = (
        f"{escape(cited.clause)}　“{escape(cited.quote)}”"
        if lang() == "zh"
        else (f"Clause {escape(cited.clause)}: <span lang='zh'>“{escape(cited.quote)}”</span>")
    )
    return f'<div class="slip-cite">{quote} <span class="{kind}">{badge}</span></div>'
