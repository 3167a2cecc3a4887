"""A file that holds what is personal says so in its name, in the language of the run."""

from __future__ import annotations

from data.personal_notice import MARK, marked
from pages.parts.language import say


def file_marked(file_name: str, *, personal: bool) -> str:
    """贫困户（含个人信息）.xlsx; the name as it is where nothing in the file is personal."""
    return marked(file_name, say(MARK)) if personal else file_name
