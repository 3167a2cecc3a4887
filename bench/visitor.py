"""A plain visitor of the application without a browser: its addresses, its sign-in form, the connection of an open page."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol


@dataclass
class Answer:
    """What came back: status, headers by lower-case name (the last of each), cookies set, text."""

    status: int
    headers: dict[str, str]
    cookies: dict[str, str]
    text: str


@dataclass
class Visitor:
    """Somebody with a cookie jar and no browser."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return f"http://{self.host}:{self.port}"

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> Answer:
        """One request; header names with `_` for `-`. Cookies that come back are kept."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies and "cookie" not in sent:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = http.client.HTTPConnection(self.host, self.port, timeout=20)
        connection.request(method, path, body, sent)
        came = connection.getresponse()
        text = came.read().decode("utf-8", "replace")
        pairs = came.getheaders()
        connection.close()
        set_now = dict(
            value.split(";")[0].split("=", 1) for name, value in pairs if name.lower() == "set-cookie"
        )
        self.cookies = {k: v for k, v in {**self.cookies, **set_now}.items() if v not in ("", '""')}
        return Answer(came.status, {name.lower(): value for name, value in pairs}, set_now, text)

    def page(self, path: str, **headers: str) -> Answer:
        """What a browser's navigation would get, without following it."""
        return self.ask("GET", path, accept="text/html", **headers)

    def form(self, back: str = "/", lang: str = "zh") -> dict[str, str]:
        """The hidden fields of the sign-in form."""
        shown = self.page(f"/sign-in?lang={lang}&next={quote(back, safe='')}").text
        return dict(re.findall(r'name="(csrf|next|lang)" value="([^"]*)"', shown))

    def send_form(self, fields: dict[str, str], **headers: str) -> Answer:
        """Post the sign-in form as one of our own pages would."""
        more = {"origin": self.origin, "content-type": "application/x-www-form-urlencoded", **headers}
        return self.ask("POST", "/sign-in", urlencode(fields), **more)

    def sign_in(self, role: str, back: str = "/") -> Answer:
        """Come in as the invented person of that role."""
        answer = self.send_form({**self.form(back), "login": f"demo-{role}"})
        assert answer.status == 303, answer.text
        return answer


class OpenPage:
    """The connection of an open page, without a browser: what the script sends, message by message."""

    def __init__(self, visitor: Visitor, **headers: str) -> None:
        cookie = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
        self._opening = connect(
            f"ws://{visitor.host}:{visitor.port}/_stcore/stream",
            additional_headers={"Cookie": cookie, **headers} if cookie else headers,
            subprotocols=[Subprotocol("streamlit")],
            origin=Origin(visitor.origin),
            open_timeout=10,
        )
        self.connection = self._opening.__enter__()

    def run(self, page: str = "", query: str = "", page_hash: str = "") -> list[ForwardMsg]:
        """Ask for a page by its address; everything up to the end of the run."""
        state = ClientState(query_string=query, page_name=page, page_script_hash=page_hash)
        self.connection.send(BackMsg(rerun_script=state).SerializeToString())
        return self.until("script_finished", "auth_redirect")

    def until(self, *kinds: str) -> list[ForwardMsg]:
        """Every message up to the first of these kinds."""
        came: list[ForwardMsg] = []
        while not came or came[-1].WhichOneof("type") not in kinds:
            came.append(self.next())
        return came

    def next(self, seconds: float = 20.0) -> ForwardMsg:
        """The next message. Raises TimeoutError, or ConnectionClosed when the page was shut."""
        message = ForwardMsg()
        message.ParseFromString(bytes(self.connection.recv(timeout=seconds, decode=False)))
        return message

    def close(self) -> None:
        self._opening.__exit__(None, None, None)


def texts(messages: list[ForwardMsg]) -> str:
    """All words that these messages put on the screen, as one text."""
    return (
        "".join(str(message.delta.new_element) for message in messages)
        .encode()
        .decode("unicode_escape")
        .encode("latin-1", "ignore")
        .decode("utf-8", "ignore")
    )
