"""Checks the audit pack that this file lies in (or one that is named): python verify.py [PACK.zip or folder]

It needs Python 3.11 or newer and nothing else: no network, no database, no other package. What it does stands in
the folder `checking` beside it; how to read its answers stands in 说明.txt.
"""

import os
import sys

if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036  # whoever checks may have an older one
        sys.stderr.write("需要 Python 3.11 或更新的版本。 Python 3.11 or newer is needed.\n")
        sys.exit(2)
    sys.dont_write_bytecode = True  # the folder stays as it was unpacked
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path.insert(0, here)
    from importlib import import_module

    sys.exit(import_module("checking.main").main(sys.argv[1:], here))
