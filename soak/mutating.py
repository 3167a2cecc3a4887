"""Files with something done to them: Hypothesis chooses a good file and a few edits, and shrinks what breaks."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

PIECES: tuple[bytes, ...] = (
    *(bytes([one]) for one in (0, 1, 9, 10, 13, 0x1A, 0x22, 0x27, 0x2C, 0x3B, 0x5B, 0x7F, 0x80, 0xFE, 0xFF)),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x81\x30\x81\x30"),
    *("=1+1 ＝1 合格 合计 ， ； ｜ ９９ ½ ² 〇 é ﷽ \U0001f468 \u202e \u2028 \u0000".encode().split(b" ")),
    *(b"1e309 -1 NaN inf 2021-02-30 9999999999999999999999 0x1F 1_000 010 true None".split(b" ")),
    *(b"\r\n\r\n", b'"""', b"''''", b"[[", b"]]", b"{", b"}", b" = ", b"sep=;\n", b"\n# "),
    *(b"<", b"</row>", b'<row r="9999999999">', b'<c r="XFE1" t="s"><v>-1</v></c>', b"]]>", b"&x;", b"<!--"),
    *(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///dev/zero">]>', b't="e"', b'r="A0"', b'r=""', b'r="1A"'),
    *(b"A" * 3_000, b"," * 200, b"\n" * 300, b"." * 3_000, b"[" * 400, b"'" * 2_100),
)


@dataclass(frozen=True)
class Edit:
    """At this share of the file, that many bytes become this."""

    at: int
    taken: int
    put: bytes


EDITS = st.lists(
    st.builds(
        Edit,
        st.integers(0, 9_999),
        st.one_of(st.integers(0, 4), st.integers(0, 300), st.just(10**9)),
        st.one_of(st.just(b""), st.sampled_from(PIECES), st.binary(max_size=12)),
    ),
    min_size=1,
    max_size=5,
)


def edited(content: bytes, edits: Sequence[Edit]) -> bytes:
    for one in edits:
        at = one.at * len(content) // 10_000
        content = content[:at] + one.put + content[at + one.taken :]
    return content


def spliced(content: bytes, other: bytes, cut: int, from_: int) -> bytes:
    """The beginning of one file, the end of another."""
    return content[: cut * len(content) // 10_000] + other[from_ * len(other) // 10_000 :]


@st.composite
def mutated(draw: st.DrawFn, seeds: Sequence[bytes]) -> bytes:
    """One of the seeds, edited; one in eight is two of them spliced."""
    content = draw(st.sampled_from(seeds))
    if draw(st.integers(0, 7)) == 7:
        other = draw(st.sampled_from(seeds))
        content = spliced(content, other, draw(st.integers(0, 9_999)), draw(st.integers(0, 9_999)))
    return edited(content, draw(EDITS))


@st.composite
def mutated_package(draw: st.DrawFn, seeds: Sequence[bytes]) -> bytes:
    """A zip package with edits in its parts, and now and then in itself."""
    content = draw(st.sampled_from(seeds))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change: Callable[[bytes], bytes] = lambda part: edited(part, draw(EDITS))  # noqa: E731
    for name in draw(st.lists(st.sampled_from(sorted(parts)), min_size=1, max_size=3, unique=True)):
        parts[name] = change(parts[name])
    if draw(st.integers(0, 9)) == 9:
        gone = draw(st.sampled_from(sorted(parts)))
        parts[draw(st.sampled_from([f"../{gone}", gone.upper(), f"/{gone}", "xl/vbaProject.bin", ""]))] = (
            parts.pop(gone)
        )
    again = packed(parts)
    return edited(again, draw(EDITS)) if draw(st.integers(0, 9)) == 9 else again


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name or "x"), part)
    return out.getvalue()
