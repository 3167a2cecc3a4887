"""The connection of an open page: each message needs the session to live, in both directions."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import Message, Receive, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from office import sessions
from pages.signin.belongings import note, was_offered
from pages.signin.open_pages import Ending, opened

LOOK_AGAIN_SECONDS = 10.0
POLICY_VIOLATION = 1008
THE_DOOR = "/sign-in"
# In place of a message that is not for us: it changes nothing.
NOTHING: Message = {"type": "websocket.receive", "bytes": BackMsg(app_heartbeat=True).SerializeToString()}


@contextmanager
def watched(sid: str, receive: Receive, send: Send) -> Iterator[tuple[Receive, Send]]:
    """`receive` and `send` of a page that is open while the session lives; then it goes to the door."""
    with opened(sid) as ending:
        yield _inward(sid, receive, send, ending), _outward(sid, send, ending)


def _outward(sid: str, send: Send, ending: Ending) -> Send:
    async def pass_on(message: Message) -> None:
        if message["type"] == "websocket.send":
            if ending.at_once:
                return
            note(sid, message.get("bytes") or b"")
        await send(message)

    return pass_on


def _inward(sid: str, receive: Receive, send: Send, ending: Ending) -> Receive:
    opening = True

    async def next_message() -> Message:
        nonlocal opening
        if opening:
            opening = False
            return await receive()
        coming = asyncio.ensure_future(receive())
        told = asyncio.ensure_future(ending.told.wait())
        try:
            while True:
                await asyncio.wait(
                    {coming, told}, timeout=LOOK_AGAIN_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
                if coming.done() and not told.done():
                    if (passed := _passed(sid, coming.result())) is not None:
                        return passed
                elif not told.done() and sessions.look_up(sid) is not None:
                    continue
                return await _to_the_door(send)
        finally:
            coming.cancel()
            told.cancel()

    return next_message


def _passed(sid: str, message: Message) -> Message | None:
    """The message as the page may have it; None once the session is gone."""
    if message["type"] == "websocket.disconnect":
        return message
    if sessions.look_up(sid) is None:
        return None
    asked = BackMsg()
    try:
        asked.ParseFromString(message.get("bytes") or b"")
    except Exception:  # what protobuf raises differs by its build; Streamlit closes such a connection itself
        return message
    if _shows_somebody(asked):
        sessions.touch(sid)
    return message if _is_in_use(sid, asked) else NOTHING


def _shows_somebody(asked: BackMsg) -> bool:
    """Whether somebody did something; a page that reloads a part of itself shows nobody at the desk."""
    return asked.WhichOneof("type") != "app_heartbeat" and not asked.rerun_script.is_auto_rerun


def _is_in_use(sid: str, asked: BackMsg) -> bool:
    """What our pages need; Streamlit would also clear caches, install things, and make anybody's file."""
    wish = asked.backend_operation_request
    match asked.WhichOneof("type"):
        case "rerun_script" | "stop_script" | "file_urls_request" | "app_heartbeat":
            return True
        case "backend_operation_request":
            kind = wish.WhichOneof("payload")
            return kind == "dataframe_chunk" or (
                kind == "deferred_file" and was_offered(sid, wish.deferred_file.file_id)
            )
    return False


async def _to_the_door(send: Send) -> Message:
    message = ForwardMsg()
    message.auth_redirect.url = THE_DOOR
    await send({"type": "websocket.send", "bytes": message.SerializeToString()})
    await send({"type": "websocket.close", "code": POLICY_VIOLATION})
    return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
