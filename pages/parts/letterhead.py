"""What is missing on the office's own lines, said before a paper is issued, with who enters it."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from office import running
from office.paperwork.letterhead import LINES, missing
from pages.parts.language import _, say

COMMAND = "python -m office documents letterhead"


def say_missing(asked_here: Collection[str] = ()) -> None:
    """One calm line where papers will have a blank; nothing where all is entered or asked for on the page itself."""
    with running.reader() as db:
        names = [say(LINES[line]) for line in missing(db) if line not in asked_here]
    if names:
        st.caption(
            _("文书上的{what}还没有设置，印出来是空的，可以手写；由管理员用命令 `{command}` 设置。").format(
                what=_("、").join(names), command=COMMAND
            )
        )
