"""What somebody else named is shown as it is, leads nowhere, and is no path."""

from __future__ import annotations

import re

import pytest

from pages.parts.files import as_typed, plain_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("检验.xlsx", "检验.xlsx"),
        ("liste", "liste"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\win.ini", "win.ini"),
        ("a\0b\r\nc.csv", "abc.csv"),
        ("a\u202evsc.exe", "avsc.exe"),
        ("x" * 300 + ".csv", "x" * 60 + ".csv"),
        ("..", "file."),
        ('a";x="b.csv', "a;x=b.csv"),
        ("", "file"),
    ],
)
def test_a_files_name_is_shown_without_what_is_not_a_name(name: str, shown: str) -> None:
    assert plain_name(name) == shown


@pytest.mark.parametrize(
    "text",
    [
        "[重新登录](http://192.0.2.1)",
        "![](//192.0.2.1/x.png)",
        "http://192.0.2.1",
        "www.example.com",
        "<b>x",
        ":red[x]",
        "$x$",
    ],
)
def test_nothing_in_it_becomes_a_link_a_picture_or_a_colour(text: str) -> None:
    shown = as_typed(text)
    assert shown.replace("\\", "") == text
    assert not re.search(r"(?<!\\)[\[!:<$]|www\.", shown)


@pytest.mark.parametrize("text", ["备注", "2021-09-30", "联系人（选填）", "H0001/P01", "a_b", "1.5"])
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert as_typed(text) == text
