"""How the command line answers: one JSON document on standard output, or words; refusals on standard error."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any

from office.refusal import InWords, Refused

DONE, REFUSED, USAGE = 0, 1, 2


def say(args: Namespace, words: InWords) -> str:
    """The words in the language of this run."""
    return words.en if args.lang == "en" else words.zh


def tell(args: Namespace, zh: str, en: str) -> None:
    """One line for a person: on standard output, or beside a JSON document on standard error."""
    print(en if args.lang == "en" else zh, file=sys.stderr if args.json else sys.stdout)


def answer(document: dict[str, Any]) -> None:
    """The one JSON document of a run."""
    print(json.dumps(document, ensure_ascii=False))


def refusal(args: Namespace, refused: Refused) -> int:
    """Say why nothing was done: on standard error, with `--json` also as the document."""
    lines = [
        say(args, refused.words),
        *(say(args, fault) for fault in refused.faults if fault != refused.words),
    ]
    if args.json:
        answer({"error": lines[0], "faults": lines[1:]})
    print("\n  ".join(lines), file=sys.stderr)
    return REFUSED
