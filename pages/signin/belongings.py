"""Files and uploads belong to the sign-in whose open page they were made for, and to nobody else.

Streamlit serves a file to whoever knows its address. A file's address goes out over the page's
own connection, so what was offered there is what that sign-in may fetch.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator

from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime

MEDIA, UPLOADS = "/media/", "/_stcore/upload_file/"
FILES_REMEMBERED, SIGN_INS_REMEMBERED = 2_000, 1_000

# What a message that offers a file holds in any case: its address, or the kind of its button.
_MARKS = (MEDIA.encode(), b"$$ID-")

_LOCK = threading.Lock()
_TOLD: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()  # of each sign-in, the latest last


def note(sid: str, sent: bytes) -> None:
    """Remember the files that this message offers to a page of the sign-in."""
    if not any(mark in sent for mark in _MARKS):
        return
    message = ForwardMsg()
    message.ParseFromString(sent)
    with _LOCK:
        told = _TOLD.setdefault(sid, OrderedDict())
        _TOLD.move_to_end(sid)
        for file in filter(None, _files(message)):
            told[file] = None
            told.move_to_end(file)
        while len(told) > FILES_REMEMBERED:
            told.popitem(last=False)
        while len(_TOLD) > SIGN_INS_REMEMBERED:
            _TOLD.popitem(last=False)


def was_offered(sid: str, file: str) -> bool:
    """Whether a page of this sign-in was offered the file, by the number it has before or after it is made."""
    with _LOCK:
        return file in _TOLD.get(sid, ())


def is_owner(sid: str, path: str) -> bool:
    """Whether the file or the upload at `path` belongs to a page of this sign-in."""
    if path.startswith(MEDIA):
        return was_offered(sid, _file_of(path))
    page = Runtime.instance().get_app_session(path.removeprefix(UPLOADS).split("/")[0])
    return page is not None and page.matches_user_info({"sid": sid})


def _files(message: ForwardMsg) -> Iterator[str]:
    """Only fields that Streamlit fills itself: what people typed is in none of them."""
    yield _file_of(message.backend_operation_response.deferred_file.url)
    yield _file_of(message.logo.image)
    yield from _of_element(message.delta.new_element)
    for element in message.delta.new_transient.elements:
        yield from _of_element(element)


def _of_element(element: Element) -> Iterator[str]:
    yield element.download_button.deferred_file_id  # made only once it is asked for
    yield _file_of(element.download_button.url)
    yield _file_of(element.audio.url)
    yield _file_of(element.video.url)
    yield from (_file_of(image.url) for image in element.imgs.imgs)


def _file_of(address: str) -> str:
    """The file's number in its address /media/NUMBER.EXTENSION; empty for any other address."""
    return address.removeprefix(MEDIA).split(".")[0] if address.startswith(MEDIA) else ""
