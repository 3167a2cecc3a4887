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
MOST_SECONDS = 120  # of the processor; the parent looks at the clock
MOST_SHEETS = 100
DAMAGED = Words(
    "工作簿已损坏或不完整，无法读取。请在 Excel 中打开并另存为新的 .xlsx 后再导入。",
    "The workbook is damaged or incomplete. Open it in Excel and save it as a new .xlsx.",
)
TOO_BIG = Words(
    "工作簿太大，超出了读取时允许的内存。请分成几个文件导入。",
    "The workbook needs more memory to read than is allowed. Split it into several files.",
)


ENCRYPTED = Words(
    "文件设有打开密码。请在 Excel 中取消密码并另存后再导入。",
    "The file is protected by a password. Save it without one and import it again.",
)
TOO_MANY_SHEETS = Words(
    f"工作簿的工作表超过 {MOST_SHEETS} 张，未读取。请把要导入的工作表另存为单独的文件。",
    f"The workbook has more than {MOST_SHEETS} sheets; it was not read. Save those to import as a file of their own.",
)


def limit_process() -> None:
    """Bound memory and processor time, and let it write no file, where the system offers it (not on Windows: there
    only the parent's clock limits it)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


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
    limit_process()
    sys.stdout.buffer.write(marshal.dumps(answer(sys.argv[1], sys.stdin.buffer.read())))
