"""Before the first visitor: every module loaded, and what is loaded out of the collector's sight.

Streamlit collects garbage after every run of a page and looks at every object for it: at those of modules that came
late as well, which took longer than many a page.
"""

from __future__ import annotations

import gc
import pkgutil
from importlib import import_module

import altair
import pandas
from altair.utils import schemapi

from data.register import REGISTERS
from pages import parts
from pages.parts.busy import tell_who_waits


def load_everything() -> None:
    """So that the first page is as quick as the tenth, and who waits is told."""
    tell_who_waits()
    for found in pkgutil.iter_modules(parts.__path__, f"{parts.__name__}."):
        import_module(found.name)  # with all of office/, rules/ and data/ that pages use
    list(REGISTERS.values())  # each is read at its first use
    # The schema of charts is for those who write them: tests check every chart against it, visitors need not wait for it.
    schemapi.DEBUG_MODE = False
    altair.Chart(pandas.DataFrame({"a": [1]})).mark_bar().encode(x="a").to_dict()
    settle()


def settle() -> None:
    """What lives now lives on: the collector need not look at it after every run."""
    gc.collect()
    gc.freeze()
