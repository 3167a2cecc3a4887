"""Downloads and uploads: only the sign-in for whose page they were made can reach them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.DownloadButton_pb2 import DownloadButton

from bench.visitor import Answer, OpenPage, Visitor
from tests.serving import ROOT

BOUNDARY = "a-boundary"


class Desk:
    """Somebody signed in with one page open."""

    def __init__(self, server: Visitor, role: str) -> None:
        self.visitor = Visitor(server.host, server.port)
        self.visitor.sign_in(role)
        self.page = OpenPage(self.visitor)
        self.shown = self.page.run("goods")

    @property
    def session(self) -> str:
        """What Streamlit calls the page."""
        return next(m.new_session.initialize.session_id for m in self.shown if m.HasField("new_session"))

    def button(self) -> DownloadButton:
        """The page's first download button."""
        elements = (m.delta.new_element for m in self.shown if m.HasField("delta"))
        return next(e.download_button for e in elements if e.HasField("download_button"))

    def file(self) -> str:
        """The address of the file that the page makes for a click on it."""
        made = self.ask_for(self.button().deferred_file_id)
        assert made
        return made

    def ask_for(self, file: str) -> str | None:
        """Have the page make a file, as the browser does at a click."""
        asked = BackMsg()
        asked.backend_operation_request.request_id = uuid.uuid4().hex
        asked.backend_operation_request.session_id = self.session
        asked.backend_operation_request.deferred_file.file_id = file
        self.page.connection.send(asked.SerializeToString())
        answer = self.page.until("backend_operation_response", "heartbeat_ack")[-1]
        return str(answer.backend_operation_response.deferred_file.url) or None

    def upload(self, session: str, method: str = "PUT", file: str = "f1", **headers: str) -> Answer:
        """Put a file to a page's address, with the token that Streamlit wants."""
        self.visitor.ask("GET", "/_stcore/health")  # gives the token's cookie
        body = (
            f'--{BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="../../x.csv"\r\n'
            f"content-type: text/csv\r\n\r\na,b\r\n--{BOUNDARY}--\r\n"
        )
        sent = {
            "origin": self.visitor.origin,
            "content-type": f"multipart/form-data; boundary={BOUNDARY}",
            "x-xsrftoken": self.visitor.cookies["_streamlit_xsrf"],
            **headers,
        }
        return self.visitor.ask(method, f"/_stcore/upload_file/{session}/{file}", body, **sent)


@pytest.fixture
def clerk(server: Visitor) -> Iterator[Desk]:
    desk = Desk(server, "clerk")
    yield desk
    desk.page.close()


@pytest.fixture
def auditor(server: Visitor) -> Iterator[Desk]:
    desk = Desk(server, "auditor")
    yield desk
    desk.page.close()


def test_a_file_is_for_the_sign_in_whose_page_made_it_and_for_no_other(clerk: Desk, auditor: Desk) -> None:
    address = clerk.file()
    assert address.startswith("/media/")
    assert clerk.visitor.ask("GET", address).status == 200
    assert clerk.visitor.ask("HEAD", address).status == 200
    assert auditor.visitor.ask("GET", address).status == 404
    assert Visitor(clerk.visitor.host, clerk.visitor.port).ask("GET", address).status == 401


def test_a_second_sign_in_of_the_same_person_does_not_reach_the_files_of_the_first(
    clerk: Desk, server: Visitor
) -> None:
    address, again = clerk.file(), Visitor(server.host, server.port)
    again.sign_in("clerk")
    assert again.ask("GET", address).status == 404
    assert clerk.visitor.ask("GET", address).status == 200


def test_after_signing_out_a_file_is_gone_for_its_maker_too(clerk: Desk) -> None:
    address, before = clerk.file(), dict(clerk.visitor.cookies)
    clerk.visitor.page("/auth/logout")
    assert clerk.visitor.ask("GET", address).status == 401
    assert Visitor(clerk.visitor.host, clerk.visitor.port, before).ask("GET", address).status == 401


def test_a_file_can_be_fetched_while_its_page_runs_again(clerk: Desk) -> None:
    """A click often makes the page run anew, and the browser fetches at the same time."""
    for _again in range(3):
        address = clerk.file()
        clerk.page.connection.send(BackMsg(rerun_script=ClientState(page_name="goods")).SerializeToString())
        assert clerk.visitor.ask("GET", address).status == 200
        clerk.shown = clerk.page.until("script_finished")


def test_a_file_that_another_was_offered_is_not_even_made(clerk: Desk, auditor: Desk) -> None:
    """Streamlit would make it for whoever names its number."""
    answer = auditor.ask_for(clerk.button().deferred_file_id)
    assert answer is None
    assert clerk.file(), "its owner gets it still"


@pytest.mark.parametrize("wish", ["install_skills", "dismiss_skills_nudge"])
def test_streamlits_own_wishes_change_nothing_on_the_machine(clerk: Desk, wish: str) -> None:
    asked = BackMsg()
    asked.backend_operation_request.request_id = uuid.uuid4().hex
    asked.backend_operation_request.session_id = clerk.session
    getattr(asked.backend_operation_request, wish).SetInParent()
    clerk.page.connection.send(asked.SerializeToString())
    answer = clerk.page.until("heartbeat_ack", "backend_operation_response")[-1]
    assert answer.WhichOneof("type") == "heartbeat_ack", "it never arrived"


@pytest.mark.parametrize(
    "sent", ["clear_cache", "load_git_info", "set_run_on_save", "debug_shutdown_runtime"]
)
def test_nobody_clears_what_all_share_or_stops_the_application(clerk: Desk, sent: str) -> None:
    asked = BackMsg()
    setattr(asked, sent, True)
    clerk.page.connection.send(asked.SerializeToString())
    clerk.page.until("heartbeat_ack")
    assert clerk.page.run("rules")[-1].WhichOneof("type") == "script_finished"


def test_typing_the_address_of_anothers_file_into_a_page_does_not_open_it(clerk: Desk, auditor: Desk) -> None:
    """The page sends back what was typed; that is not an address that Streamlit gave out."""
    address = clerk.file()
    shown = auditor.page.run("goods", query=f"search={quote(address)}&township={quote(address)}")
    assert any(message.HasField("delta") for message in shown)
    assert auditor.visitor.ask("GET", address).status == 404


@pytest.mark.parametrize(
    "trick",
    [
        "/media/../media/{file}",
        "/media/%2e%2e/media/{file}",
        "/media//{file}",
        "/media/./{file}",
        "//media/{file}",
        "/media/x.csv/../{file}",
        "/media/{file}%00.csv",
        "/MEDIA/{file}",
        "/media/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/media/..%5c..%5cetc%5cpasswd",
        "/media/%252e%252e/%252e%252e/etc/passwd",
        "/media//etc/passwd",
        "/media/" + "a" * 3000,
    ],
)
def test_no_trick_with_the_address_opens_anothers_file_or_one_of_the_machine(
    clerk: Desk, auditor: Desk, trick: str
) -> None:
    made = clerk.visitor.ask("GET", clerk.file()).text
    came = auditor.visitor.ask("GET", trick.format(file=clerk.file().removeprefix("/media/")))
    assert came.status in (400, 404)
    assert "root:" not in came.text and (not made or made not in came.text)


def test_an_upload_goes_into_ones_own_page(clerk: Desk) -> None:
    assert clerk.upload(clerk.session).status == 204
    assert clerk.upload(clerk.session, "DELETE").status == 204


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST", "OPTIONS", "GET"])
def test_nobody_uploads_into_anothers_page_or_takes_a_file_out_of_it(
    clerk: Desk, auditor: Desk, method: str
) -> None:
    assert clerk.upload(clerk.session).status == 204
    assert auditor.upload(clerk.session, method).status in (404, 405)


@pytest.mark.parametrize("session", ["unknown", "..", "%2e%2e", "a%2fb", "x" * 3000, "%00", "*"])
def test_an_upload_to_a_page_that_is_none_is_refused_like_anothers(clerk: Desk, session: str) -> None:
    assert clerk.upload(session).status in (400, 404, 405)


def test_an_upload_without_the_token_or_from_a_foreign_page_is_refused(clerk: Desk) -> None:
    assert clerk.upload(clerk.session, **{"x-xsrftoken": "x"}).status == 403
    assert clerk.upload(clerk.session, origin="http://elsewhere.example").status == 403
    assert clerk.upload(clerk.session, origin="null").status == 403


def test_an_upload_that_says_it_is_too_large_is_refused_before_it_is_read(clerk: Desk) -> None:
    too_much = str(53 * 1024 * 1024)
    assert clerk.upload(clerk.session, **{"content-length": too_much}).status == 413


def test_an_uploads_own_name_reaches_no_file_of_the_machine(clerk: Desk) -> None:
    """It is sent as ../../x.csv; Streamlit keeps uploads in memory under a number."""
    assert clerk.upload(clerk.session, file="..%2f..%2fx.csv").status in (400, 404)
    assert clerk.upload(clerk.session).status == 204
    assert not (ROOT / "x.csv").exists() and not (ROOT.parent / "x.csv").exists()
