"""The texts of targets.toml and assessment.toml that a report was counted by: kept with it, so that it can be counted again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

from data.decisions import keep_program, program_text
from data.store import Database
from rules.load_assessment import ASSESSMENT
from rules.load_targets import TARGETS

STANDING = {"targets": TARGETS, "assessment": ASSESSMENT}


def digests(*names: str) -> dict[str, str]:
    """The digests of the files that count now, as a report names them; all of them where none is named."""
    return {name: STANDING[name].digest() for name in names or STANDING}


def keep_texts(db: Database, seq: int, *names: str) -> None:
    """Keep what stands in the files with the newest entry, a report's, inside its transaction."""
    for name in names or STANDING:
        text = STANDING[name]
        keep_program(db, text.digest(), name, text.read().decode(), seq)


def not_kept(db: Database, told: Mapping[str, str | None]) -> tuple[str, ...]:
    """The files of which neither what counts now nor what was kept has the digest that a report names."""
    return tuple(name for name, digest in told.items() if _text(db, name, digest) is None)


@contextmanager
def counting_by(db: Database, told: Mapping[str, str | None]) -> Iterator[None]:
    """For the length of the block the texts with these digests count. They must be there (`not_kept`)."""
    with ExitStack() as stack:
        for name, digest in told.items():
            text = _text(db, name, digest)
            if text is None:
                raise LookupError(f"{name} {digest} was not kept")
            stack.enter_context(STANDING[name].as_it_was(text))
        yield


def _text(db: Database, name: str, digest: str | None) -> str | None:
    if digest is None:
        return None
    standing = STANDING[name]
    return standing.read().decode() if digest == standing.digest() else program_text(db, digest)
