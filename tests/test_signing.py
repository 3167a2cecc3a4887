"""Names and sentences as they are kept: what nobody sees is none, and none reads otherwise than it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.store import open_writer
from office.casework.asked import Doer
from office.paperwork.letterhead import change_letterhead, letterhead
from office.refusal import Refused
from office.signing import kept_text, named
from rules.program import Words

REASON = Words("理由", "the reason")


@pytest.mark.parametrize(
    "blank", ["", " \u3000", "\u200b", "\u3164", "\u2800", "\u115f\u1160", "\ufe0f", "\u034f\u200b"]
)
def test_what_nobody_sees_is_no_reason_and_no_name(blank: str) -> None:
    with pytest.raises(Refused):
        kept_text(blank, REASON)
    with pytest.raises(Refused):
        named(blank)


@pytest.mark.parametrize("hidden", ["\u3164", "\u2800", "\u034f", "\u200b"])
def test_a_name_holds_nothing_that_nobody_sees(hidden: str) -> None:
    with pytest.raises(Refused):
        named(f"示例{hidden}人")


@pytest.mark.parametrize("turning", ["\u202e", "\u202a", "\u2066", "\u2069", "\ufffe", "\uffff"])
def test_a_sentence_cannot_be_made_to_read_otherwise(turning: str) -> None:
    with pytest.raises(Refused):
        kept_text(f"给予{turning}不予", REASON)


@pytest.mark.parametrize(
    "text", ["核对到户。", "第一行\n第二行", "ئۆي\u200c ئىگىسى", "示例👍🏽", "葛\U000e0100城"]
)
def test_what_people_write_is_kept(text: str) -> None:
    assert kept_text(text, REASON) == text


@pytest.mark.parametrize("text", ["示\u200b例办", "\u202e示例", "\u3164"])
def test_a_letterhead_holds_nothing_that_nobody_sees(tmp_path: Path, text: str) -> None:
    with open_writer(tmp_path / "o.db", migrate=True) as writer:
        with pytest.raises(Refused):
            change_letterhead(writer, {"address": text}, doer=Doer("示例管理员"))
        change_letterhead(writer, {"address": "示例路\n1 号"}, doer=Doer("示例管理员"))
        with writer.transaction() as db:
            assert letterhead(db).address == "示例路 1 号"
