"""What a programme may ask of a subject is what the registers hold of it; anything else is refused in words."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rules.program import Fact, Program, Words
from rules.table import UNKNOWN, Ints


class CannotAsk(ValueError):
    """The programme asks something that the registers do not hold, or is about another subject."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def must_match(key: str, asked: Mapping[str, Fact], known: Mapping[str, Fact]) -> None:
    """Refuse (CannotAsk) facts that are not known, or known as another type; `key` is their table in the file."""
    for name, fact in asked.items():
        _must_match(f"{key}.{name}", fact, known.get(name), tuple(known))


def must_have(program: Program, parameters: tuple[str, ...], what: Words) -> None:
    """Refuse (CannotAsk) a programme without a parameter that `what` of it needs."""
    for name in parameters:
        if name not in program.parameters:
            raise CannotAsk(
                Words(
                    f"{what.zh}，但没有参数「{name}」",
                    f'{what.en} but the programme has no parameter "{name}"',
                )
            )


def renumbered(asked: Fact, known: Fact, column: Ints) -> Ints:
    """A column numbered as `known` lists its choices, numbered as the programme lists them."""
    if asked.kind != "choice" or asked.choices == known.choices:
        return column
    numbers = np.array([*(asked.choices.index(word) for word in known.choices), UNKNOWN], dtype=np.int64)
    return numbers[column]  # unknown is -1, the last place


def _must_match(key: str, asked: Fact, known: Fact | None, names: tuple[str, ...]) -> None:
    if known is None:
        listed = ", ".join(names) or "–"
        raise CannotAsk(
            Words(
                f"{key}：登记簿里没有这一事实；可用的有 {listed}",
                f"{key}: the registers hold no such fact; there are {listed}",
            )
        )
    if asked.kind != known.kind or set(asked.choices) != set(known.choices):
        kind = known.kind + (f" [{', '.join(known.choices)}]" if known.choices else "")
        raise CannotAsk(Words(f"{key}：类型应为 {kind}", f"{key}: must be {kind}"))
    if known.may_be_unknown and not asked.may_be_unknown:
        raise CannotAsk(
            Words(
                f"{key}：可能未知，须写 may_be_unknown = true",
                f"{key}: can be unknown, so may_be_unknown must be true",
            )
        )
