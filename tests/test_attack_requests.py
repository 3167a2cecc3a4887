"""Requests that no browser sends: smuggling, splitting, oversized, slow, and addresses with tricks."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.visitor import OpenPage, Visitor


@pytest.fixture
def clerk(server: Visitor) -> Visitor:
    visitor = Visitor(server.host, server.port)
    visitor.sign_in("clerk")
    return visitor


def raw(
    server: Visitor, sent: bytes, *, seconds: float = 8.0, then: bytes = b"", pause: float = 0.0
) -> bytes:
    """What comes back for these bytes, until the server closes or nothing more comes."""
    with socket.create_connection((server.host, server.port), timeout=seconds) as line:
        line.sendall(sent)
        if then:
            time.sleep(pause)
            line.sendall(then)
        came = b""
        try:
            while part := line.recv(65536):
                came += part
        except (TimeoutError, ConnectionResetError):
            pass
    return came


def statuses(came: bytes) -> list[int]:
    """The answers' status codes, in order."""
    return [int(code) for code in re.findall(rb"HTTP/1\.1 (\d{3}) ", came)]


def lines(server: Visitor, *more: str, first: str = "GET /goods HTTP/1.1", body: str = "") -> bytes:
    host = f"Host: {server.host}:{server.port}"
    return ("\r\n".join([first, host, "Connection: close", *more, "", ""]) + body).encode("latin-1")


OUR_FOLDER = re.escape(str(Path(__file__).resolve().parents[1]))
SMUGGLED = "GET /_stcore/metrics HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Length: 5", "Transfer-Encoding: chunked"),
        ("Content-Length: 5", "Content-Length: 50"),
        ("Content-Length: +5",),
        ("Content-Length: 0x5",),
        ("Content-Length: -1",),
        ("Transfer-Encoding: chunked, identity",),
        ("Transfer-Encoding: xchunked",),
        ("Transfer-Encoding : chunked",),
        ("Transfer-Encoding:\x0bchunked",),
        ("Content-Length: 5 5",),
    ],
)
def test_a_request_whose_end_is_unclear_is_refused_and_nothing_behind_it_is_answered(
    server: Visitor, headers: tuple[str, ...]
) -> None:
    came = raw(
        server,
        lines(server, *headers, first="POST /sign-in HTTP/1.1", body=f"0\r\n\r\n{SMUGGLED}"),
        seconds=4,
    )
    assert len(statuses(came)) <= 1 and statuses(came) in ([400], [403], [413], [501], []), came[:200]
    assert b"cache_memory_bytes" not in came and b"Traceback" not in came


@pytest.mark.parametrize(
    "headers",
    [
        ("Host: elsewhere.example",),
        ("Host : 127.0.0.1",),
        ("X: a\x00b",),
        ("X: a\rSet-Cookie: office_session=x",),
        ("no colon at all",),
        (" folded: yes",),
    ],
)
def test_headers_that_are_none_are_refused(server: Visitor, headers: tuple[str, ...]) -> None:
    assert statuses(raw(server, lines(server, *headers), seconds=4)) in ([400], [401]), headers
    doubled = (
        b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n"
    )
    assert statuses(raw(server, doubled, seconds=4)) == [400]


@pytest.mark.parametrize(
    "host",
    [
        "elsewhere.example",
        "127.0.0.1.elsewhere.example",
        "localhost@elsewhere.example",
        "127.0.0.1:80@x",
        "[::1",
        "",
        "a b",
        "192.168.1.5",
        "0.0.0.0",
        "127.1",
        "2130706433",
        "localhost.",
        "LOCALHOST:99999",
    ],
)
def test_no_name_but_ours_is_answered(server: Visitor, host: str) -> None:
    """A foreign name may be made to point here: then a foreign page would have our origin."""
    sent = f"GET /sign-in HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
    came = raw(server, sent, seconds=4)
    assert statuses(came) == [400], came[:100]
    assert b"demo-clerk" not in came


def test_a_page_under_a_foreign_name_gets_no_connection(server: Visitor, clerk: Visitor) -> None:
    sent = (
        "GET /_stcore/stream HTTP/1.1\r\nHost: elsewhere.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nOrigin: http://elsewhere.example\r\n"
        f"Cookie: office_session={clerk.cookies['office_session']}\r\n\r\n"
    )
    assert statuses(raw(server, sent.encode(), seconds=4)) == [403]


@pytest.mark.parametrize(
    "path",
    ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%5c..%5cwindows", "/%252e%252e%252fetc", "/%00", "/a%00b",
     "/static/../../../app.py", "/static/%2e%2e/%2e%2e/app.py", "/static/..%2f..%2fapp.py", "/static//etc/passwd",
     "//etc/passwd", "/\\\\server\\share", "/%5c%5cserver%5cshare", "/static/C:%5cwindows", "/%0d%0aSet-Cookie:%20a=b",
     "/" + "a" * 2001, "/goods?" + "a" * 8001, "/component/../../app.py", "/%c0%ae%c0%ae/etc/passwd", "/.streamlit/config.toml",
     "/app.py", "/var/office.db", "/.git/config"],
)  # fmt: skip
def test_no_address_reads_a_file_of_the_machine_or_splits_an_answer(clerk: Visitor, path: str) -> None:
    came = clerk.ask("GET", path)
    assert came.status in (400, 404)
    assert "root:" not in came.text and "st.App" not in came.text and "[server]" not in came.text
    assert "a" not in came.cookies
    assert Visitor(clerk.host, clerk.port).ask("GET", path).status in (400, 401)


@pytest.mark.parametrize(
    "wish",
    [
        "//elsewhere.example",
        "https://elsewhere.example",
        "/%5celsewhere.example",
        "/%0d%0aX:1",
        "javascript:x",
    ],
)
def test_the_way_back_after_signing_in_leads_nowhere_else(server: Visitor, wish: str) -> None:
    visitor = Visitor(server.host, server.port)
    shown = visitor.page(f"/sign-in?next={wish}").text
    hidden = dict(re.findall(r'name="(csrf|next|lang)" value="([^"]*)"', shown))
    came = visitor.send_form({**hidden, "login": "demo-clerk"})
    assert came.status == 303 and came.headers["location"] == "/"
    came = visitor.send_form({**visitor.form(), "next": wish, "login": "demo-clerk"})
    assert came.headers["location"] == "/" or came.headers["location"].startswith("/%")
    assert "x" not in came.headers


@pytest.mark.parametrize("cookie", ["office_lang=<script>", "office_lang=../../x", "office_lang=" + "z" * 3000,
                                    "office_lang=en; office_lang=zh", "office_lang=\x80\xff", "=;;;", "office_lang"])  # fmt: skip
def test_junk_in_the_language_cookie_gives_chinese_or_english_and_no_error(
    server: Visitor, cookie: str
) -> None:
    visitor = Visitor(server.host, server.port)
    came = visitor.ask("GET", "/sign-in", cookie=cookie)
    assert came.status == 200 and "<script>" not in came.text.replace("<script>document", "")
    assert '<html lang="zh-CN">' in came.text or '<html lang="en">' in came.text


def test_a_form_that_is_too_large_is_refused_however_it_comes(server: Visitor) -> None:
    big = "login=" + "x" * 20_000
    kind = "Content-Type: application/x-www-form-urlencoded"
    first = "POST /sign-in HTTP/1.1"
    said = raw(server, lines(server, kind, f"Content-Length: {len(big)}", first=first, body=big))
    assert statuses(said) == [413]
    chunks = f"{len(big):x}\r\n{big}\r\n0\r\n\r\n"
    unsaid = raw(server, lines(server, kind, "Transfer-Encoding: chunked", first=first, body=chunks))
    assert statuses(unsaid) == [413]


def test_a_page_takes_no_body_at_all(server: Visitor, clerk: Visitor) -> None:
    cookie = f"Cookie: office_session={clerk.cookies['office_session']}"
    came = raw(server, lines(server, cookie, "Content-Length: 10", body="0123456789"))
    assert statuses(came) == [413]


def test_headers_without_end_are_refused(server: Visitor) -> None:
    came = raw(server, lines(server, *(f"X-{n}: {'y' * 900}" for n in range(200))))
    assert statuses(came) in ([400], [431], [])
    assert Visitor(server.host, server.port).ask("GET", "/health").text == "ok"


def test_a_form_that_comes_by_the_drop_is_given_up(server: Visitor) -> None:
    """And while it drips, everybody else is served."""
    kind = "Content-Type: application/x-www-form-urlencoded"
    slow = lines(server, kind, "Content-Length: 100", first="POST /sign-in HTTP/1.1", body="login=")
    begun = time.monotonic()
    with socket.create_connection((server.host, server.port), timeout=60) as line:
        line.sendall(slow)
        assert Visitor(server.host, server.port).ask("GET", "/health").text == "ok"
        came = line.recv(65536)
    assert statuses(came) == [408] and 15 < time.monotonic() - begun < 50


def test_no_answer_tells_what_is_inside(server: Visitor, clerk: Visitor) -> None:
    for visitor in (Visitor(server.host, server.port), clerk):
        for path in ("/nowhere", "/_stcore/metrics", "/media/x", "/sign-in/code?lang=<x>", "/language/%00"):
            came = visitor.ask("GET", path, accept="text/html")
            assert came.status < 500, path
            assert not re.search(rf"Traceback|\.py\b|site-packages|{OUR_FOLDER}|sqlite", came.text), path


@pytest.fixture
def page(clerk: Visitor) -> Iterator[OpenPage]:
    opened = OpenPage(clerk)
    opened.run()
    yield opened
    opened.close()


@pytest.mark.parametrize("junk", [b"", b"\xff" * 10, b"x" * 1000, "text"])
def test_junk_on_an_open_page_ends_that_page_and_nothing_else(
    server: Visitor, page: OpenPage, clerk: Visitor, junk: bytes | str
) -> None:
    page.connection.send(junk)
    time.sleep(0.2)
    other = OpenPage(clerk)
    assert other.run("rules")[-1].WhichOneof("type") == "script_finished"
    other.close()
