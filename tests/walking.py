"""Walk pages as somebody sees them: every byte that went to the browser, and every file that a button would make."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from streamlit.elements.widgets.button import ButtonMixin
from streamlit.testing.v1 import AppTest

Offered = list[tuple[str, Any]]


def sent(app: AppTest) -> bytes:
    """All elements of the page as the browser gets them, tables and charts included."""
    nodes = [node for block in (app.main, app.sidebar) for node in _below(block)]
    return b"\n".join(
        node.proto.SerializeToString() for node in nodes if getattr(node, "proto", None) is not None
    )


def _below(block: Any) -> Iterator[Any]:
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from _below(child)


def offered_files(monkeypatch: pytest.MonkeyPatch) -> Offered:
    """From now on every download button leaves its file's name and its bytes in this list, made where it stands."""
    found: Offered = []
    original: Callable[..., bool] = ButtonMixin._download_button

    def noted(self: Any, label: str, data: Any, file_name: str | None = None, **more: Any) -> bool:
        if not more.get("disabled"):
            found.append((file_name or label, data() if callable(data) else data))
        return original(self, label, data, file_name=file_name, **more)

    monkeypatch.setattr(ButtonMixin, "_download_button", noted)
    return found


def text_inside(content: Any) -> str:
    """What a file holds as one text: the parts of a workbook or a document, or the file itself."""
    data = content.encode() if isinstance(content, str) else bytes(content)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as package:
            return "\n".join(text_inside(package.read(name)) for name in package.namelist())
    return data.decode("utf-8", "replace")


def as_sent(name: str) -> tuple[bytes, ...]:
    """A name as it could stand in what the browser gets: as it is, or escaped in JSON."""
    return name.encode(), json.dumps(name).strip('"').encode()
