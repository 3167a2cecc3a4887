"""A household wishes something corrected: the wish is noted, the form of the register mends it, and it is answered."""

from __future__ import annotations

from data.protection.personal_steps import ANSWERS, PersonalStep, answer_to, step
from data.register import REGISTERS, Register
from data.register_lists import entity_of
from data.store import Database, Writer
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import now
from office.personal.noting import Noted, note_in
from office.refusal import refuse
from office.registry.linking import key_from
from office.signing import kept_text
from rules.program import Words

LONGEST_WISH = 500
WISH = Words("要求更正什么", "what is to be corrected")


def ask(writer: Writer, household_no: str, register: str, key: str, wish: str, *, doer: Doer) -> PersonalStep:
    """Note a household's wish about a row (`key` as in an address) of a register. Raises Refused."""
    with writer.transaction() as db:
        allowed(db, doer, "answer_correction")  # first of all: who may not, hears nothing of any household
        _must_be_registered(db, REGISTERS["households"], household_no)
        if register not in REGISTERS:
            raise refuse(
                f"没有名为“{register}”的台账，没有记下。",
                f"there is no register {register!r}; nothing was noted",
            )
        _must_be_registered(db, REGISTERS[register], key)
        text = kept_text(wish, WISH, LONGEST_WISH)
        noted = Noted("ask", register, key, 1, text, household_no)
        return note_in(db, noted, doer=doer, at=now(), longest=LONGEST_WISH)


def answer(writer: Writer, wish: int, kind: str, reason: str, *, doer: Doer) -> PersonalStep:
    """Say what became of a wish, once: `correct` or `decline`, with how or why. Raises Refused."""
    if kind not in ANSWERS:
        raise ValueError(f"{kind} answers no wish")
    with writer.transaction() as db:
        allowed(db, doer, "answer_correction")
        asked = step(db, wish)
        if asked is None or asked.kind != "ask":
            raise refuse(f"没有第 {wish} 号更正要求。", f"there is no wish for correction no. {wish}")
        if (earlier := answer_to(db, wish)) is not None:
            raise refuse(
                f"这一要求已由 {earlier.recorded_by} 答复，没有再写。请刷新页面。",
                f"{earlier.recorded_by} has answered this wish already; nothing was written. Load the page again.",
            )
        noted = Noted(kind, asked.register, asked.fields, 1, reason, asked.household_no, wish)
        return note_in(db, noted, doer=doer, at=now(), longest=LONGEST_WISH)


def _must_be_registered(db: Database, register: Register, key: str) -> None:
    parts = key_from(register, key)
    if parts is None or entity_of(db, register, parts) is None:
        shown = key[:40].replace("~", "/")
        raise refuse(
            f"“{register.title.zh}”中没有 {shown}，没有记下。请核对编号。",
            f'there is no {shown} in "{register.title.en}"; nothing was noted. Check the number.',
        )
