"""What of the rules waits on Today: changes for a second person, and files that differ from what is published."""

from __future__ import annotations

from data.store import Database
from office.rulekeeping.publishing import differing_on_disk, proposals
from pages.parts.language import _n
from pages.parts.today_lines import line


def waiting(db: Database, *, links: bool) -> list[str]:
    """One line each, only where there is something; `links`: the page of rule changes may be opened."""
    page, to = "rule_changes" if links else "", {"view": "publish"}
    lines = []
    if open_ones := proposals(db):
        words = _n("{n} 项规则修改等待另一位审核员公布", len(open_ones))
        lines.append(line(words, ":material/edit_note:", page, to))
    if differing := differing_on_disk(db):
        words = _n("{n} 套规则的文件与已公布的不同，判定仍按已公布的", len(differing))
        lines.append(line(words, ":material/difference:", page, to))
    return lines
