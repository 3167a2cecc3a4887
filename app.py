"""The launcher: `streamlit run app.py`. One writer, the door in front of everything, then the pages."""

from __future__ import annotations

import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from data.store import StoreProblem
from office import log, running
from office.accounts import first
from office.backup.daily import Daily
from office.doctor.whole import remember_the_clock
from office.refusal import Refused
from office.version import VERSION, digest
from pages.parts import frame
from pages.parts.ready import load_everything
from pages.signin import identity_settings, where
from pages.signin.gate import SESSION_HEADER, Gate
from pages.signin.routes import ROUTES

HERE = Path(__file__).resolve().parent


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Settings checked, log and writer open, everything loaded, the daily backup watched for."""
    _settings_were_read()
    _open_everything()
    load_everything()
    remember_the_clock()
    daily = Daily()
    daily.start()
    _tell_the_setup_code()
    log.event("started", version=VERSION, digest=digest()[:12])
    try:
        yield {}
    finally:
        daily.stop()
        running.stop()
        log.event("stopped")
        log.stop()


def _settings_were_read() -> None:
    """Without .streamlit/config.toml the door's header would not be trusted and telemetry would be on."""
    trusted = st.get_option("server.trustedUserHeaders")
    if trusted != {SESSION_HEADER.decode(): "sid"} or st.get_option("browser.gatherUsageStats"):
        _give_up("没有读到 .streamlit/config.toml。请在本软件的文件夹里运行。", "config.toml was not read.")
    if where.is_wrong():
        _give_up(
            "环境变量 OFFICE_ADDRESS 应当是大家输入的地址，例如 https://office.example ，后面没有别的内容。",
            "OFFICE_ADDRESS should be the address that people type, such as https://office.example with nothing after it.",
        )
    if identity_settings.is_half_given():
        _give_up(
            "OFFICE_OIDC_ISSUER、OFFICE_OIDC_CLIENT_ID、OFFICE_OIDC_SECRET 要一起设置，地址要用 https。",
            "Set OFFICE_OIDC_ISSUER, OFFICE_OIDC_CLIENT_ID and OFFICE_OIDC_SECRET together; the issuer needs https.",
        )


def _open_everything() -> None:
    try:
        running.start()
        log.start()
    except (StoreProblem, Refused) as problem:
        running.stop()
        _give_up(problem.words.zh, problem.words.en)


def _tell_the_setup_code() -> None:
    """On the terminal, never in the log: whoever sits at the machine makes the first administrator."""
    if not first.needed():
        return
    code = first.setup_code()
    print(
        f"\n还没有管理员。请在浏览器里打开本系统，用这个设立代码设第一位管理员：{code}"
        f"\nThere is no administrator yet. Open the office in a browser and make the first one with this code: {code}\n",
        file=sys.stderr,
        flush=True,
    )


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
