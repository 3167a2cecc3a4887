"""`python -m soak.guided TARGET [-max_total_time=120 …]`: one target of `fuzz_targets` under libFuzzer (atheris).

Our own reading and parsing code is instrumented, so that inputs which reach new branches are kept and changed further;
the good files are the corpus it begins with. libFuzzer prints executions (`exec/s`, `Done … runs`) and edges (`cov:`).
A traceback ends it and leaves the input beside as `crash-…`. Not among the trials of `python -m soak`: atheris takes the process over.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-untyped]

TARGETS = ("csv", "xlsx", "rules", "cases", "facts", "pack", "address", "sign-in")
INSTRUMENTED = [
    *(
        f"data.{name}"
        for name in ("csv_text", "cells", "checking", "converting", "dates", "header", "not_data")
    ),
    *(
        f"data.{name}"
        for name in ("numbers", "personal", "shape", "sheets_xlsx", "workbook_parts", "fact_tables")
    ),
    *(
        f"rules.{name}"
        for name in ("load", "place", "faults", "parse_facts", "parse_tests", "parse_conditions")
    ),
    *("rules.parse_benefits", "rules.load_targets", "rules.load_assessment", "rules.procedure", "tomllib"),
    *(
        "office.audit_pack.checking",
        "office.rulekeeping.trying_cases",
        "pages.signin.checks",
        "pages.parts.address",
    ),
]

with atheris.instrument_imports(include=INSTRUMENTED):
    from office.starting import start_demonstration
    from soak.fuzz_seeds import seeds
    from soak.fuzz_targets import targets


def main() -> None:
    """Runs until libFuzzer's own limits (-max_total_time, -runs) or the first find."""
    name, *options = sys.argv[1:]
    if name not in TARGETS:
        raise SystemExit(f"one of: {', '.join(TARGETS)}")
    with tempfile.TemporaryDirectory(prefix="guided-") as folder:
        office, corpus = Path(folder) / "office.db", Path(folder) / "corpus"
        start_demonstration(office, households=8)
        corpus.mkdir()
        for number, content in enumerate(seeds(office)[name]):
            (corpus / str(number)).write_bytes(content)
        with targets(office) as all_targets:
            limits = ["-timeout=10", "-rss_limit_mb=4096", "-max_len=60000"]
            atheris.Setup([sys.argv[0], *limits, *options, str(corpus)], all_targets[name])
            atheris.Fuzz()


if __name__ == "__main__":
    main()
