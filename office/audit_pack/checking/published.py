"""Which text of a programme decided on a day, by what had been published at an instant."""

from __future__ import annotations

from typing import NamedTuple

from .pack import Pack


class Text(NamedTuple):
    """A published text. `since` "": from the beginning; `published_at` "": it came with the software."""

    since: str
    step: int
    published_at: str
    digest: str


class Published:
    """The texts of every programme, in the order in which they count."""

    def __init__(self, pack: Pack) -> None:
        steps = pack.table("publication_steps")
        kind, of, at = steps.at("kind", "publication_id", "recorded_at")
        published = {
            row[of]: (row[0], str(row[at])) for row in pack.rows(steps.name) if row[kind] == "publish"
        }
        table = pack.table("publications")
        program, digest, kind, since = table.at("program", "digest", "kind", "effective_on")
        self._texts: dict[str, list[Text]] = {}
        for row in pack.rows(table.name):
            step, when = published.get(row[0], (0, ""))
            if row[kind] == "baseline" or when:
                text = Text(str(row[since] or ""), int(step or 0), when, str(row[digest]))
                self._texts.setdefault(str(row[program]), []).append(text)

    def in_force(self, program: str, day: str, known_at: str) -> str | None:
        """The digest of the text that decided; None where nothing had been published (the files decided then)."""
        texts = [
            text
            for text in sorted(self._texts.get(program, ()))
            if text.since <= day and text.published_at <= known_at
        ]
        return texts[-1].digest if texts else None
