"""A rule file other than a programme: what stands in it now, or, for the length of a block, what stood in it once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path


class StandingText:
    """The bytes of one file that count. `as_it_was` is for counting an old report again; other threads keep the file's."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._once: ContextVar[bytes | None] = ContextVar(file.name, default=None)

    def read(self) -> bytes:
        """What counts, read again each time: the file may have changed."""
        once = self._once.get()
        return self.file.read_bytes() if once is None else once

    def digest(self) -> str:
        """SHA-256 of what counts."""
        return sha256(self.read()).hexdigest()

    @contextmanager
    def as_it_was(self, text: str) -> Iterator[None]:
        """For the length of the block, in this thread, an earlier text counts instead of the file."""
        token = self._once.set(text.encode())
        try:
            yield
        finally:
            self._once.reset(token)
