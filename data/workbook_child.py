"""Reading, for workbooks: the child process. Takes a file on standard input, writes its sheets to standard output.

A workbook from outside may be made to exhaust memory or time, so it is parsed here, under limits, and never in
the office's own process. What goes back is plain data (marshal): a list of sheets, or why there is none.
"""

from __future__ import annotations

import marshal
import sys
import warnings
from typing import Any

from data.faults import Unreadable
from data.words import Words

MOST_MEMORY = 1024**3
DAMAGED = Words(
    "工作簿已损坏或不完整，无法读取。请在 Excel 中打开并另存为新的 .xlsx 后再导入。",
    "The workbook is damaged or incomplete. Open it in Excel and save it as a new .xlsx.",
)
TOO_BIG = Words(
    "工作簿太大，超出了读取时允许的内存。请分成几个文件导入。",
    "The workbook needs more memory to read than is allowed. Split it into several files.",
)


def limit_memory() -> None:
    """Bound this process's memory where the system offers it (not on Windows: there only time is limited)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def answer(kind: str, content: bytes) -> tuple[str, Any]:
    """("sheets", list of dicts) or ("refused", (zh, en)). Any failure of a parser means a damaged file."""
    try:
        if kind == "xlsx":
            from data.sheets_xlsx import sheets
        else:
            from data.sheets_xls import sheets
        return "sheets", sheets(content)
    except Unreadable as refused:
        return "refused", (refused.words.zh, refused.words.en)
    except MemoryError:
        return "refused", (TOO_BIG.zh, TOO_BIG.en)
    except Exception:  # whatever a parser trips over, the answer to the office is the same
        return "refused", (DAMAGED.zh, DAMAGED.en)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    limit_memory()
    sys.stdout.buffer.write(marshal.dumps(answer(sys.argv[1], sys.stdin.buffer.read())))
