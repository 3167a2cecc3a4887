"""Names and sentences as they are kept: never blank, over-long, or with a number that is not ours to keep."""

from __future__ import annotations

import unicodedata

from data.personal import personal_number
from office.refusal import InWords, Refused, refuse

LONGEST = 60
LONGEST_TEXT = 2000
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"  # makes a line read otherwise, or is no letter
BLANKS = "\u034f\u115f\u1160\u2800\u3164\uffa0"  # letters and marks by their category that show nothing


def named(by: str) -> str:
    """The name as it is kept. Raises Refused for a blank, an over-long one, or one that holds an ID number."""
    name = " ".join(by.split())
    if not name:
        raise refuse("请写明经办人姓名", "say who does it: a name is needed")
    if len(name) > LONGEST:
        raise refuse(f"经办人姓名最多 {LONGEST} 个字", f"a name has at most {LONGEST} characters")
    _must_be_ours_to_keep(name)
    if not any(letter.isalpha() for letter in name) or any(map(_unseen, name)):
        raise refuse(
            "姓名里要有文字，不能有看不见的字符，请重新输入",
            "a name has letters and no invisible characters: enter it again",
        )
    return name


def kept_text(text: str | None, what: InWords, longest: int = LONGEST_TEXT) -> str:
    """A sentence as it is kept. Raises Refused, naming `what` it is, as `named` does for a name."""
    kept = (text or "").strip()
    if all(_unseen(letter) or letter.isspace() or unicodedata.category(letter) == "Mn" for letter in kept):
        raise refuse(f"请写明{what.zh}", f"{what.en} is needed")
    if len(kept) > longest:
        raise refuse(f"{what.zh}最多 {longest} 个字", f"{what.en} has at most {longest} characters")
    _must_be_ours_to_keep(kept)
    return kept


def kept_name(text: str | None, what: InWords, longest: int = LONGEST) -> str:
    """The name of a thing as it is kept: on one line, and nothing in it that nobody sees. Raises Refused."""
    name = " ".join(kept_text(text, what, longest).split())
    if any(map(_unseen, name)):
        raise refuse(
            f"{what.zh}里有看不见的字符，请重新输入", f"{what.en} holds invisible characters: enter it again"
        )
    return name


def _unseen(letter: str) -> bool:
    """Whether nobody sees it on paper: a joiner or mark without width, by which two equal names would differ."""
    return unicodedata.category(letter) == "Cf" or letter in BLANKS


def _must_be_ours_to_keep(text: str) -> None:
    if any(
        letter in TURNING or (unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\r\t")
        for letter in text
    ):
        raise refuse(
            "含有看不见的控制字符，请重新输入", "it holds invisible control characters: enter it again"
        )
    if (refused := personal_number(unicodedata.normalize("NFKC", text), is_code=False)) is not None:
        raise Refused(refused)
