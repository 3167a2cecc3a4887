"""What is worked out from a day's answers, kept for as long as somebody looks at those same answers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from office.deciding import Answers

Made = TypeVar("Made")
MOST = 4  # days, or sets of what-if values, looked at in turn


class Kept(Generic[Made]):
    """`make(answers, …)`, once for each answers object; answers are frozen, so what follows from them is too."""

    def __init__(self, make: Callable[..., Made]) -> None:
        self._make = make
        self._made: list[tuple[Answers, Made]] = []
        self._lock = threading.Lock()

    def of(self, answers: Answers, *reading: object) -> Made:
        """What was made from exactly these answers before, else made now; `reading` is what to read it with."""
        with self._lock:
            for known, made in self._made:
                if known is answers:
                    return made
            made = self._make(answers, *reading)
            self._made = [*self._made[-(MOST - 1) :], (answers, made)]
            return made
