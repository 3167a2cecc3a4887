"""The launcher: `streamlit run app.py`. One writer, the door in front of everything, then the pages."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from data.register import REGISTERS
from data.store import StoreProblem
from office import running
from pages.parts import frame
from pages.signin.gate import SESSION_HEADER, Gate
from pages.signin.routes import ROUTES

HERE = Path(__file__).resolve().parent


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Settings checked, writer open, heavy libraries loaded and out of the collector's sight."""
    _settings_were_read()
    _open_database()
    _load_everything()
    gc.collect()
    gc.freeze()  # Streamlit collects after every run; frozen, that takes a fraction of the time
    try:
        yield {}
    finally:
        running.stop()


def _settings_were_read() -> None:
    """Without .streamlit/config.toml the door's header would not be trusted and telemetry would be on."""
    trusted = st.get_option("server.trustedUserHeaders")
    if trusted != {SESSION_HEADER.decode(): "sid"} or st.get_option("browser.gatherUsageStats"):
        _give_up("没有读到 .streamlit/config.toml。请在本软件的文件夹里运行。", "config.toml was not read.")


def _open_database() -> None:
    try:
        running.start()
    except StoreProblem as problem:
        _give_up(problem.words.zh, problem.words.en)


def _load_everything() -> None:
    """So that the first page is as quick as the tenth."""
    for name in ("pandas", "altair", "pandera", "office.deciding", "rules.engine"):
        import_module(name)
    import altair
    import pandas

    list(REGISTERS.values())  # each is read at its first use
    altair.Chart(pandas.DataFrame({"a": [1]})).mark_bar().encode(x="a").to_dict()


def _give_up(zh: str, en: str) -> None:
    """Say why in plain words, without a traceback above it."""
    logging.getLogger("uvicorn.error").disabled = True
    print(f"\n{zh}\n{en}\n", file=sys.stderr)
    raise SystemExit(1)


app = st.App(
    HERE / "pages" / "contents.py",
    lifespan=lifespan,
    routes=ROUTES,
    middleware=[Middleware(Gate)],
    on_script_error=frame.failed,
)
