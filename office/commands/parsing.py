"""The parser's shape, shared by the modules of commands, and what file arguments need."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.raw import MOST_BYTES
from office.refusal import refuse

Command = Callable[[Namespace], int]


@dataclass(frozen=True)
class Commands:
    """Where a module of commands adds its own."""

    subparsers: Any

    def command(self, name: str, run: Command, zh: str, en: str) -> ArgumentParser:
        """A new command with `--json`; `run` gets the parsed arguments and gives the exit code."""
        parser: ArgumentParser = self.subparsers.add_parser(
            name, help=f"{zh} / {en}", description=f"{zh}。{en}."
        )
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 文档 / one JSON document")
        parser.set_defaults(run=run)
        return parser


def name_and_value(text: str) -> tuple[str, str]:
    """`NAME=VALUE` of a what-if."""
    name, equals, value = text.partition("=")
    if not (equals and name.strip() and value.strip()):
        raise ArgumentTypeError(f"NAME=VALUE, not {text!r}")
    return name.strip(), value.strip()


def what_if_values(args: Namespace) -> dict[str, str]:
    """The what-if values; one named twice is refused."""
    found: dict[str, str] = {}
    for name, value in args.set:
        if name in found:
            raise refuse(f"“{name}”给了两个值", f"{name} is given two values")
        found[name] = value
    return found


def existing_bytes(path: Path) -> bytes:
    """A file's bytes; refused in words where it cannot be read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise refuse(
                f"{path.name} 超过 50 MB，未读取", f"{path.name} is larger than 50 MB and was not read"
            )
        return path.read_bytes()
    except OSError as error:
        raise refuse(f"读不到 {path}：{error.strerror}", f"cannot read {path}: {error.strerror}") from None


def write_bytes(path: Path, content: bytes) -> None:
    """Write a whole file; refused in words where that fails."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise refuse(f"写不到 {path}：{error.strerror}", f"cannot write {path}: {error.strerror}") from None


def make_folder(path: Path) -> None:
    """The folder of a file to be made; refused in words where that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refuse(
            f"建不了文件夹 {path.parent}：{error.strerror}", f"cannot make {path.parent}: {error.strerror}"
        ) from None
