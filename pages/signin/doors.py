"""Every address there is, and who may use it how. What is not listed is for nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Who = Literal["anybody", "signed_in", "owner", "nobody"]
READ = frozenset({"GET", "HEAD"})
LONGEST_PATH, LONGEST_QUERY = 2_000, 8_000
FORM_BYTES = 16 * 1024
UPLOAD_BYTES = 52 * 1024 * 1024  # a file of 50 MB and what a browser wraps around it
PAGE_NAME = r"[a-z_]+"
_SEGMENT = r"[^/]+"


@dataclass(frozen=True)
class Door:
    """`owner`: only the sign-in for whose open page the file was made. `nobody`: not in use here.

    `is_life`: using it shows that somebody is there; what a browser asks by itself does not.
    """

    path: re.Pattern[str]
    who: Who
    methods: frozenset[str] = READ
    most_bytes: int = 0
    is_life: bool = False


def _door(path: str, who: Who, *more: str, most_bytes: int = 0, is_life: bool = False) -> Door:
    return Door(re.compile(path), who, READ | set(more), most_bytes, is_life)


DOORS = (
    _door(r"/health", "anybody"),
    _door(r"/sign-in(/code|/first)?", "anybody", "POST", most_bytes=FORM_BYTES),
    _door(r"/sign-in/identity(/back)?", "anybody"),
    _door(r"/auth/logout", "signed_in"),
    _door(rf"/language/{_SEGMENT}", "signed_in"),
    _door(r"/_stcore/(health|host-config)", "signed_in"),
    _door(
        rf"/_stcore/upload_file/{_SEGMENT}/{_SEGMENT}",
        "owner",
        "PUT",
        "DELETE",
        most_bytes=UPLOAD_BYTES,
        is_life=True,
    ),
    _door(r"/media/.*", "owner", is_life=True),
    _door(r"/static/.*", "signed_in"),
    _door(r"/favicon\.png|/manifest\.json", "signed_in"),
    _door(rf"/({PAGE_NAME})?", "signed_in", is_life=True),  # the pages
    # And nothing else, though Streamlit has more: counts of its inside, components, its own sign-in.
)
NO_DOOR = Door(re.compile(""), "nobody")
STREAM = "/_stcore/stream"  # the one websocket


def door_of(path: str) -> Door:
    """The first door that the address fits; one for nobody where it fits none."""
    return next((door for door in DOORS if door.path.fullmatch(path)), NO_DOOR)


def is_tidy(path: str, query: bytes) -> bool:
    """No climbing, no backslash, nothing doubly encoded, no control characters, no endless address."""
    if len(path) > LONGEST_PATH or len(query) > LONGEST_QUERY or not path.isprintable():
        return False
    return "\\" not in path and "//" not in path and "%" not in path and ".." not in path.split("/")
