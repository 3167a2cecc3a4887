"""Everything that a page says, it says in both languages."""

from __future__ import annotations

import ast
import json
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from pages.parts import language
from tests.conftest import OpenPage
from tests.serving import ROOT
from tests.words_in_pages import marked, words_of

UNMARKED = {"中文", "年", "月", "日"}  # a language's own name; a date is written by code
TEMPLATE = ROOT / "locale" / "messages.pot"
USED = words_of(ROOT / "pages")


def test_every_word_on_the_pages_has_its_english() -> None:
    missing = [
        f"{place}: {words}" for words, place in USED.items() if (words, False) not in language.english()
    ]
    empty = [words for (words, _one), said in language.english().items() if not said.strip()]
    assert (missing, empty) == ([], []), "run `make translations` and fill in locale/en/LC_MESSAGES/office.po"


def test_the_catalogue_holds_nothing_fuzzy_and_nothing_that_no_page_says() -> None:
    with language.CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    said = {m.id if isinstance(m.id, str) else m.id[0]: m.fuzzy for m in catalogue if m.id}
    assert [words for words, fuzzy in said.items() if fuzzy] == []
    assert sorted(set(said) - set(USED)) == []


def test_the_template_is_up_to_date() -> None:
    with TEMPLATE.open("rb") as file:
        template = {m.id if isinstance(m.id, str) else m.id[0] for m in read_po(file) if m.id}
    assert template == set(USED), "run `make translations`"


def test_no_english_carries_chinese_writing() -> None:
    assert [said for said in language.english().values() if _chinese(said)] == []


def test_places_to_fill_in_are_the_same_in_both_languages() -> None:
    differing = [
        words for (words, _one), said in language.english().items() if _places(words) != _places(said)
    ]
    assert differing == []


@pytest.mark.parametrize("path", sorted((ROOT / "pages").rglob("*.py")), ids=lambda p: p.name)
def test_no_chinese_stands_on_a_page_unmarked(path: Path) -> None:
    """Chinese text in a page's code is marked with `_()`; what is stored or shown as data is not ours to mark."""
    source = path.read_text("utf-8")
    inside = {words for _line, _marker, words in marked(source)} | UNMARKED
    strangers = [
        f"line {line}: {text}" for line, text in _texts(source) if _chinese(text) and text not in inside
    ]
    assert strangers == []


def test_numbers_bend_english_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        language, "english", lambda: {("{n} 户", True): "{n} household", ("{n} 户", False): "{n} households"}
    )
    monkeypatch.setattr(language, "lang", lambda: "en")
    assert [language._n("{n} 户", n) for n in (0, 1, 1234)] == [
        "0 households",
        "1 household",
        "1,234 households",
    ]
    monkeypatch.setattr(language, "lang", lambda: "zh")
    assert language._n("{n} 户", 1) == "1 户"


def test_the_address_decides_the_language(empty_app_test: OpenPage) -> None:
    assert empty_app_test("rules", "clerk", lang="en").title[0].value == "Rules"
    assert empty_app_test("rules", "clerk").title[0].value == "规则"
    assert empty_app_test("rules", "clerk", lang="fr").title[0].value == "规则"


def test_the_language_stays_when_the_address_loses_it(empty_app_test: OpenPage) -> None:
    app = empty_app_test("today", "clerk", lang="en")
    del app.query_params["lang"]
    assert app.run().title[0].value == "Today"


@pytest.mark.parametrize("page", ["today", "goods", "good", "inspections", "rules"])
def test_each_page_opens_in_english_without_a_chinese_word_of_its_own(
    empty_app_test: OpenPage, page: str
) -> None:
    app = empty_app_test(page, "clerk", lang="en")
    shown = [*app.title, *app.header, *app.subheader, *app.info, *app.markdown, *app.caption, *app.button]
    words = [getattr(element, "label", None) or element.value for element in shown]
    assert not app.exception
    assert words and [text for text in words if _chinese(str(text))] == []


def test_streamlits_own_texts_are_bound_to_the_pinned_version() -> None:
    """They are translated by their English words: with another version each has to be looked at again."""
    pins = (ROOT / "requirements.txt").read_text("utf-8")
    assert "streamlit==1.67.0 " in pins
    words = json.loads((ROOT / "pages" / "parts" / "chrome.json").read_text("utf-8"))
    assert len(words) > 50 and all(_chinese(said) for said in words.values())


def _places(words: str) -> list[str]:
    return sorted(
        name for _text, name, _spec, _conversion in string.Formatter().parse(words) if name is not None
    )


def _chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def _texts(source: str) -> list[tuple[int, str]]:
    """String constants of a file, without docstrings."""
    tree = ast.parse(source)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]
