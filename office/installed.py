"""What this copy runs on: Python, SQLite and every library, as pinned and as installed, each with its licence."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from data.store import SQLITE_VERSION
from office.version import ROOT

_SHORT = {  # as SPDX writes what the packages say in their own words
    "bsd license": "BSD-3-Clause",
    "bsd": "BSD-3-Clause",
    "3-clause bsd license": "BSD-3-Clause",
    "mit license": "MIT",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "psfl": "PSF-2.0",
}


@dataclass(frozen=True)
class Part:
    """One thing that the application runs on. `pinned` is "" where nothing pins it, `installed` where it is missing."""

    name: str
    installed: str
    pinned: str
    licence: str
    direct: bool  # asked for by the application itself, not by a library

    @property
    def as_pinned(self) -> bool:
        """Whether it is the version that the tests ran with."""
        return self.installed == self.pinned or not self.pinned


@cache
def parts() -> tuple[Part, ...]:
    """Everything below the application, direct ones first, then by name."""
    pins = {**_pins(ROOT / "constraints.txt"), **_pins(ROOT / "requirements.txt")}
    direct = _pins(ROOT / "requirements.txt")
    found = [
        Part("Python", platform.python_version(), "", "PSF-2.0", True),
        Part("SQLite", SQLITE_VERSION, "", "public domain", True),
    ]
    for name, installed in sorted(_with_all_they_need(list(direct)).items()):
        version = installed.version if installed else ""
        found.append(Part(name, version, pins.get(name, ""), _licence(installed), name in direct))
    return tuple(sorted(found, key=lambda part: not part.direct))


def _pins(file: Path) -> dict[str, str]:
    """`name==version` lines by plain name; nothing where the file is not there."""
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    pairs = (line.split("#")[0].strip().split("==") for line in lines)
    return {_plain(pair[0]): pair[1] for pair in pairs if len(pair) == 2}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _with_all_they_need(names: list[str]) -> dict[str, metadata.Distribution | None]:
    found: dict[str, metadata.Distribution | None] = {}
    while names:
        if (name := names.pop()) not in found:
            found[name] = _installed(name)
            names += _needed_by(found[name])
    return found


def _installed(name: str) -> metadata.Distribution | None:
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None


def _needed_by(installed: metadata.Distribution | None) -> Iterator[str]:
    for line in (installed.requires if installed else None) or ():
        asked = Requirement(line)
        if asked.marker is None or asked.marker.evaluate({"extra": ""}):
            yield _plain(asked.name)


def _licence(installed: metadata.Distribution | None) -> str:
    """As the package states it, in SPDX's short form where we know it."""
    if installed is None:
        return ""
    told = installed.metadata
    expressed, own = told.get_all("License-Expression") or [], told.get_all("License") or []
    short = [text for text in own if 0 < len(text) <= 30]  # others paste the whole text there
    kinds = [
        line.split(" :: ")[-1] for line in told.get_all("Classifier") or () if line.startswith("License ::")
    ]
    words = next(iter([*expressed, *short, *kinds, *(text.split("\n")[0] for text in own)]), "")
    return _SHORT.get(words.lower(), words)
