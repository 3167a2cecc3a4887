"""What a request may carry: not more than its door allows, and not by the drop."""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

SILENCE_SECONDS = 20.0  # longest wait for the next part
FORM_SECONDS = 30.0  # for everything that is not an upload
UPLOAD_SECONDS = 600.0
SMALL = 64 * 1024


def announces_too_much(headers: Headers, most: int) -> bool:
    """Whether the request says beforehand that it carries more than `most` bytes, or says it unclearly."""
    said = headers.getlist("content-length")
    return bool(said) and (len(said) > 1 or not said[0].isdecimal() or int(said[0]) > most)


def limited(receive: Receive, most: int) -> Receive:
    """`receive` that stops with 413 or 408 once the body is too large or too slow."""
    came, whole = 0, False
    last = asyncio.get_running_loop().time() + (FORM_SECONDS if most <= SMALL else UPLOAD_SECONDS)

    async def next_part() -> Message:
        nonlocal came, whole
        if whole:
            return await receive()  # from now on only the word that the browser has gone
        left = min(SILENCE_SECONDS, last - asyncio.get_running_loop().time())
        try:
            message = await asyncio.wait_for(receive(), max(left, 0.0))
        except TimeoutError:
            raise HTTPException(408) from None
        came += len(message.get("body", b""))
        whole = message["type"] != "http.request" or not message.get("more_body", False)
        if came > most:
            raise HTTPException(413)
        return message

    return next_part
