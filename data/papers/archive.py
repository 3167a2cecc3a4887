"""A .docx as the same bytes for the same content: its zip with one date and its properties told, not taken."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

ONE_DATE = (1980, 1, 1, 0, 0, 0)
CREATED = datetime(1980, 1, 1, tzinfo=UTC)  # what a file inside a paper says of itself


def saved(document: Any, *, title: str, author: str, at: datetime) -> bytes:
    """The document's bytes. Its properties say `title`, `author` and `at`, whoever edited the template."""
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.created = properties.modified = at
    properties.comments = properties.keywords = properties.subject = properties.category = ""
    properties.revision = 1
    content = BytesIO()
    document.save(content)
    return dated(content.getvalue())


def dated(archive: bytes) -> bytes:
    """The same archive with the same date on every part."""
    out = BytesIO()
    with ZipFile(BytesIO(archive)) as before, ZipFile(out, "w") as after:
        for part in before.infolist():
            after.writestr(ZipInfo(part.filename, ONE_DATE), before.read(part), ZIP_DEFLATED)
    return out.getvalue()
