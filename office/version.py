"""Which version this is: its number, and the digest of its source as installed, so that two copies can be compared."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

VERSION = "1.0.0"
ROOT = Path(__file__).resolve().parents[1]
# Everything that runs or decides. Not the manual, the tests or what a machine's own administrator writes.
FOLDERS = ("data", "office", "pages", "rules", "locale")
SINGLE = ("app.py", ".streamlit/config.toml", "requirements.txt", "constraints.txt")
MADE_WHILE_RUNNING = ("__pycache__",)
AS_THEY_STAND = (".docx",)  # of all others line ends do not count: Windows copies may have their own


@cache
def digest(root: Path = ROOT) -> str:
    """SHA-256 over every source file's name and content, taken once per process: what is running, not what is edited since."""
    whole = hashlib.sha256()
    for name, content in files(root).items():
        whole.update(f"{name}\0{content}\n".encode())
    return whole.hexdigest()


def files(root: Path = ROOT) -> dict[str, str]:
    """SHA-256 of every source file as it lies there now, by its place, in order."""
    found = {name: root / name for name in SINGLE}
    for folder in FOLDERS:
        found |= {
            path.relative_to(root).as_posix(): path for path in (root / folder).rglob("*") if _is_source(path)
        }
    return {name: _content(found[name]) for name in sorted(found) if found[name].is_file()}


def _is_source(path: Path) -> bool:
    return path.is_file() and not any(part in MADE_WHILE_RUNNING for part in path.parts)


def _content(path: Path) -> str:
    content = path.read_bytes()
    if path.suffix not in AS_THEY_STAND:
        content = content.replace(b"\r\n", b"\n")
    return hashlib.sha256(content).hexdigest()
