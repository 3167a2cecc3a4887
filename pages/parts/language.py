"""The two languages of the interface: Chinese is the source, English comes from the catalogue."""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

import streamlit as st
from babel.messages.pofile import read_po
from streamlit.runtime.scriptrunner import get_script_run_ctx

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = ("zh", "en")
OTHER: dict[Lang, tuple[Lang, str]] = {"zh": ("en", "English"), "en": ("zh", "中文")}  # with its own name
LANGUAGE_COOKIE = "office_lang"
CATALOGUE = Path(__file__).resolve().parents[2] / "locale" / "en" / "LC_MESSAGES" / "office.po"


class InBothLanguages(Protocol):
    """Words that carry both languages, as `data` and `rules` give them."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


# The language of the visit that this thread works for. It changes only with a whole new load of the page, which is
# another visit; a table asks for it a thousand times a run, and the address is slow to read.
_KNOWN: ContextVar[tuple[str, Lang] | None] = ContextVar("language of the visit", default=None)


def lang() -> Lang:
    """The language of this run: the address decides, then this visit, then the cookie."""
    run = get_script_run_ctx(suppress_warning=True)
    if run is None:
        return _wished()
    known = _KNOWN.get()
    if known is None or known[0] != run.session_id:
        known = run.session_id, _wished()
        _KNOWN.set(known)
    return known[1]


def _wished() -> Lang:
    for wish in (
        st.query_params.get("lang"),
        st.session_state.get("lang"),
        st.context.cookies.get(LANGUAGE_COOKIE),
    ):
        found = as_language(wish)
        if found is not None:
            return found
    return "zh"


def as_language(wish: object) -> Lang | None:
    """`wish` if it is one of the languages."""
    return next((known for known in LANGUAGES if known == wish), None)


def _(words: str) -> str:
    """Chinese words in the language of this run. Called when a page runs, never on import."""
    return translate(words, lang())


def _n(words: str, n: int) -> str:
    """The same for words around a number: `_n("{n} 户", 3)`; English has two forms."""
    form = words
    if lang() == "en":
        form = english().get((words, n == 1)) or words
    return form.format(n=f"{n:,}")


def say(words: InBothLanguages) -> str:
    """Words that came with both languages, in the language of this run."""
    return in_language(lang(), words)


def in_language(language: Lang, words: InBothLanguages) -> str:
    """The same in a language that is known: for files, which are made apart from the run that offers them."""
    return words.zh if language == "zh" else words.en


def translate(words: str, language: Lang) -> str:
    """Chinese words in `language`; what the catalogue lacks stays Chinese (a test finds it)."""
    return words if language == "zh" else english().get((words, False)) or words


@cache
def english() -> dict[tuple[str, bool], str]:
    """The English of every source string; True asks for the form for exactly one."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    found: dict[tuple[str, bool], str] = {}
    for message in catalogue:
        source = message.id if isinstance(message.id, str) else message.id[0]
        said = message.string or ""
        forms = (said,) if isinstance(said, str) else tuple(said)
        if source and not message.fuzzy:
            found[source, True], found[source, False] = forms[0], forms[-1]
    return found
