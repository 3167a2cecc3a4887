"""What every answer tells the browser: nothing from outside, nothing kept, nobody's frame."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send


def _policy(scripts: str, more: Iterable[str] = ()) -> str:
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            *more,
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


# 'unsafe-inline': Streamlit styles inline and our one script comes with the page; vega compiles no text.
CONTENT_SECURITY_POLICY = _policy(
    "'self' 'unsafe-inline' 'wasm-unsafe-eval'",
    ("media-src 'self' blob:", "worker-src 'self' blob:", "frame-src 'self' blob:"),
)
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
KEEPABLE = "/static/"  # Streamlit's own scripts and fonts: the same for everybody
ONLY_HTTPS = "max-age=31536000"


def policy_with_script(digest: str) -> str:
    """The policy of the door's own pages: one script, known by its digest, and no other."""
    return _policy(f"'{digest}'")


def guarded(send: Send, path: str, *, secure: bool) -> Send:
    """`send` that adds the headers to every answer; under HTTPS every cookie is for HTTPS only."""

    async def add(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("content-security-policy", CONTENT_SECURITY_POLICY)
            for name, value in HEADERS.items():
                headers[name] = value
            if not path.startswith(KEEPABLE):
                headers["cache-control"] = "no-store"
            if secure:
                headers["strict-transport-security"] = ONLY_HTTPS
                message["headers"] = [_secured(name, value) for name, value in message["headers"]]
        await send(message)

    return add


def _secured(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Streamlit's own cookies do not know of the proxy that speaks HTTPS for us."""
    if name.lower() != b"set-cookie" or b"; secure" in value.lower():
        return name, value
    return name, value + b"; Secure"
