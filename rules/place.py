"""One value of a programme file with its dotted key: read as what is expected, or noted as a fault."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import cast

from rules.faults import LARGEST, Notes, joined, told
from rules.program import Words

ABSENT = object()  # the value of a key that is not there; reading it notes nothing more
LONGEST_NAME = 100
_KINDS: tuple[tuple[type, Words], ...] = (
    (bool, Words("是否值 (true/false)", "true or false")),
    (int, Words("整数", "a whole number")),
    (float, Words("小数", "a decimal number")),
    (str, Words("文字", "text")),
    (dict, Words("表", "a table")),
    (list, Words("列表", "a list")),
    (date, Words("日期或时间", "a date or time")),
)


@dataclass(frozen=True)
class Place:
    """A value where it stands. Readers give a harmless stand-in for a value that is faulty or absent."""

    notes: Notes
    key: str
    value: object

    @property
    def there(self) -> bool:
        """Whether the file has this key."""
        return self.value is not ABSENT

    def fault(self, zh: str, en: str, *parts: object) -> None:
        """Notes that something is wrong here."""
        self.notes.add(self.key, told(zh, en, *parts))

    def expected(self, what: Words) -> None:
        """Notes that another kind of value was expected."""
        self.fault("应为{}，现为{}", "expected {}, found {}", what, _kind(self.value))

    def table(self, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Place]:
        """The places of all known keys; unknown and missing keys are noted."""
        known = (*required, *optional)
        raw = self._raw_table()
        for key in raw if raw is not None else ():
            if key not in known:
                hint = self.notes.near(key, known)
                self.child(key).fault("未知的键{}", "unknown key{}", hint)
        for key in required:
            if raw is not None and key not in raw:
                self.child(key).fault("缺少这个键", "this key is missing")
        return {key: self._below(key, (raw or {}).get(key, ABSENT)) for key in known}

    def entries(self) -> dict[str, Place]:
        """The places of a table whose keys are names of the author's own; each name is checked."""
        found = {name: self._below(name, value) for name, value in (self._raw_table() or {}).items()}
        for name, place in found.items():
            if not is_name(name):
                place.fault(
                    "名称{}只能由文字、数字、_ 和 - 组成，1 至 {} 个字符",
                    "the name {} may only have letters, digits, _ and -, 1 to {} characters",
                    name,
                    LONGEST_NAME,
                )
        return found

    def items(self, what: Words) -> list[Place]:
        """The places of a list's items (counted from 1); an empty list is noted."""
        if not self.there:
            return []
        if not isinstance(self.value, list):
            self.expected(what)
            return []
        if not self.value:
            self.fault("列表为空，应有{}", "the list is empty, expected {}", what)
        return [Place(self.notes, f"{self.key}[{i}]", item) for i, item in enumerate(self.value, 1)]

    def text(self, longest: int | None = None) -> str:
        """Text that is not blank."""
        if not self._is(str):
            return ""
        text = cast(str, self.value)
        if not text.strip():
            self.fault("文字为空", "the text is blank")
        elif longest is not None and len(text) > longest:
            self.fault("文字过长，最多 {} 个字符", "the text is too long, at most {} characters", longest)
        return text

    def words(self) -> Words:
        """`{ zh, en }`."""
        part = self.table(("zh", "en"))
        return Words(part["zh"].text(), part["en"].text())

    def whole(self) -> int | None:
        """A whole number from 0 to 2^53 − 1; true and false are none."""
        if not self._is(int):
            return None
        number = cast(int, self.value)
        if 0 <= number <= LARGEST:
            return number
        self.fault(
            "应为 0 至 {} 的整数，现为 {}", "expected a whole number from 0 to {}, found {}", LARGEST, number
        )
        return None

    def flag(self) -> bool:
        """true or false."""
        return cast(bool, self.value) if self._is(bool) else False

    def day(self) -> date | None:
        """A date without a time."""
        return cast(date, self.value) if self._is(date) else None

    def one_of(self, known: Collection[str]) -> str | None:
        """One of the known words or names."""
        if not self._is(str):
            return None
        word = cast(str, self.value)
        if word in known:
            return word
        self.fault("应为{}之一，现为{}{}", "expected one of {}, found {}{}", *self._known(word, known))
        return None

    def child(self, key: str) -> Place:
        """The place of a key below this one, for a fault of the key itself."""
        return self._below(key, ABSENT)

    def _known(self, word: str, known: Collection[str]) -> tuple[object, ...]:
        """The first known names, the word found, and the name it is close to."""
        few: list[object] = [*islice(known, 12)]
        if len(known) > len(few):
            few.append(Words("…", "…"))
        return (few or Words("（无）", "(none)"), word, self.notes.near(word, known))

    def _raw_table(self) -> dict[str, object] | None:
        if not self.there:
            return None
        if not isinstance(self.value, dict):
            self.expected(_kind({}))
            return None
        return self.value

    def _is(self, kind: type) -> bool:
        if self.there and type(self.value) is not kind:
            self.expected(_kind_named(kind))
            return False
        return self.there

    def _below(self, key: str, value: object) -> Place:
        own = key if is_name(key) else told("{}", "{}", key).en
        return Place(self.notes, f"{self.key}.{own}" if self.key else own, value)


def is_name(text: str) -> bool:
    """Whether `text` may be a name: letters of any script, digits, `_`, `-`."""
    return 0 < len(text) <= LONGEST_NAME and all(
        c in "_-" or unicodedata.category(c)[0] == "L" or unicodedata.category(c) == "Nd" for c in text
    )


def _kind_named(kind: type) -> Words:
    if kind is date:
        return Words("日期（如 2020-03-16）", "a date such as 2020-03-16")
    return next(words for known, words in _KINDS if known is kind)


def _kind(value: object) -> Words:
    for kind, words in _KINDS:
        if isinstance(value, kind):
            shown = told("（{}）", " ({})", value) if kind in (int, bool, str, date) else Words("", "")
            return joined(words, shown)
    return Words("时间", "a time")
