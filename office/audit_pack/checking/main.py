"""The checker's command line: what is looked at in which order, and how the answer is said."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from .acts import check_acts, wanted_decisions
from .chain import Entry, read_chain
from .deciding import Programmes, Progress, check_decisions
from .pack import Pack
from .records import check_records
from .said import check_said
from .settling import check_lines
from .told import Difference, Unreadable

_NUMBER, _MARK = re.compile(r"[0-9]{1,15}"), re.compile(r"[0-9a-f]{16,64}")
HOLDS, DIFFERS, USAGE = 0, 1, 2


@dataclass
class Result:
    """What was found; `entries` of the chain held. `stopped`: what comes after could not be looked at."""

    differences: list[Difference] = field(default_factory=list)
    entries: int = 0
    head: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    stopped: bool = False


def check(
    path: Path,
    anchor: tuple[int, str] | None = None,
    most: int = 1,
    progress: Progress = lambda done, total: None,
) -> Result:
    """Everything in the pack, the most basic first: each stage rests on the one before it, and is the last to speak
    where something does not hold."""
    result = Result()
    try:
        pack = Pack(path)
        result.counts = {name: table.count for name, table in pack.tables.items()}
        entries, broken = read_chain(pack, anchor)
        result.entries, result.head = len(entries), entries[-1].hash if entries else ""
        for stage in _stages(pack, entries, broken, progress):
            result.differences.extend(islice(stage, most))
            if result.differences:
                break
    except Unreadable as unreadable:
        result.differences.append(unreadable.difference)
        result.stopped = True
    except Exception as error:  # rows that no database of ours could hold, with hashes that fit
        what = f"{type(error).__name__}: {error}"
        zh, en = (
            f"内容不合常理，检查不能继续（{what}）。",
            f"What stands there cannot be; the check stops ({what}).",
        )
        result.differences.append(Difference("审计包 / the pack", zh, en))
        result.stopped = True
    return result


def _stages(
    pack: Pack, entries: list[Entry], broken: Difference | None, progress: Progress
) -> Iterator[Iterator[Difference]]:
    yield iter([broken] if broken else [])
    yield check_records(pack, entries)
    programmes, decisions = Programmes(pack), wanted_decisions(pack)
    yield check_decisions(pack, entries, programmes, decisions, progress)
    yield check_lines(pack, entries, programmes)
    yield check_acts(pack, decisions)
    yield check_said(pack, entries, programmes)


def main(arguments: list[str], here: str) -> int:
    """Check the pack named, or the one that this checker lies in; says what was found and gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    args = _parser().parse_args(arguments)
    anchor = _anchor(args.anchor)
    if args.anchor and anchor is None:
        print("--anchor 后面写链号的数和那一串，一串至少 16 个字符，例如：", file=sys.stderr)
        print(
            "after --anchor write the number and the hash of the paper, at least 16 characters:",
            file=sys.stderr,
        )
        print("    python verify.py --anchor 120 0123456789abcdef", file=sys.stderr)
        return USAGE
    result = check(Path(args.pack or here), anchor, max(1, args.all), _progress)
    if result.differences:
        return _differs(result, args.all)
    _holds(result, anchor)
    return HOLDS


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="verify.py", description="核对审计包。Checks an audit pack.")
    parser.add_argument(
        "pack", nargs="?", help="审计包（zip 或解开的文件夹）/ the zip or the unpacked folder"
    )
    parser.add_argument(
        "--anchor",
        nargs=2,
        metavar=("N", "HASH"),
        help="纸面上印的第几条和链首 / the entry's number and hash printed on a paper",
    )
    parser.add_argument(
        "--all", type=int, default=1, metavar="N", help="最多列出几处（默认 1）/ how many differences to list"
    )
    return parser


def _anchor(given: list[str] | None) -> tuple[int, str] | None:
    """The number and hash of a paper; blanks and capitals do not matter. None where they cannot be those."""
    if not given:
        return None
    number, mark = given[0].strip(), "".join(given[1].split()).lower()
    return (int(number), mark) if _NUMBER.fullmatch(number) and _MARK.fullmatch(mark) else None


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} / {total}", end="", file=sys.stderr, flush=True)


def _differs(result: Result, asked: int) -> int:
    print("不相符。第一处： / Something does not hold. The first:")
    for difference in result.differences:
        print(f"  {difference}")
    if len(result.differences) >= max(1, asked) and not result.stopped:
        print("  （可能还有；用 --all N 多列几处 / there may be more: --all N lists them）")
    return DIFFERS


def _holds(result: Result, anchor: tuple[int, str] | None) -> None:
    rows = sum(result.counts.values())
    decisions, acts, lines = (result.counts.get(n, 0) for n in ("decisions", "acts", "settlement_lines"))
    print(
        f"全部相符。链 {result.entries} 条，共 {rows} 行；{decisions} 条判定、{lines} 行结算都重新判定过，{acts} 次处理都核对过。"
    )
    print(
        f"Everything holds: {result.entries} entries, {rows} rows; {decisions} decisions and {lines} settlement lines"
        f" decided again, {acts} acts checked."
    )
    print(f"链首 / head: {result.entries} {result.head}")
    if anchor:
        print(f"与纸面上第 {anchor[0]} 条相符。 / Entry {anchor[0]} is the one on the paper.")
