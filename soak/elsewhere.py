"""People whose browsers run on machines of their own: the open connection of a page, and what the server sends over it.

Ten browsers on the two cores of the server measure how fast two cores draw ten screens. In an office each has a
computer; what the server owes them is a page that is sent to its end.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from random import Random
from time import perf_counter
from urllib.parse import urlsplit

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.visitor import OpenPage, Visitor
from soak.browser_people import THINKS, Office

KIND = "a page sent to a browser elsewhere"
WHAT_IF, REGISTER = "view=what-if&targets=training,county_transactions", "register=station_returns"
EVERYBODYS: tuple[tuple[str, str], ...] = (
    ("today", ""),
    ("targets", ""),
    ("targets", WHAT_IF),
    ("targets", "target=training"),
    ("clauses", ""),
    ("rules", ""),
)
CASE_WORK: tuple[tuple[str, str], ...] = (
    *EVERYBODYS,
    ("tasks", ""),
    ("goods", ""),
    ("goods", "search=H00"),
    ("inspections", ""),
    ("packaging", ""),
    ("logistics", ""),
    ("grants", ""),
    ("notices", ""),
    ("registers", ""),
    ("registers", REGISTER),
    ("trace", ""),
    ("reports", ""),
    ("reports", "view=assessment"),
    ("rules", "view=what-if"),
)
PLACES: Mapping[str, Sequence[tuple[str, str]]] = {
    "demo-clerk": CASE_WORK,
    "demo-reviewer": CASE_WORK,
    "demo-auditor": (*CASE_WORK, ("audit", ""), ("audit", "view=changes"), ("audit", "view=overrides")),
    "demo-administrator": (*EVERYBODYS, ("people", ""), ("system", ""), ("personal", "")),
}


@contextmanager
def working_elsewhere(
    address: str, logins: Sequence[str], office: Office, goods: Sequence[tuple[str, str]]
) -> Iterator[None]:
    """These people open one page after the other for the length of the block; what they saw goes to `office`."""
    over = threading.Event()
    people = [
        threading.Thread(target=_works, args=(address, login, number, office, goods, over))
        for number, login in enumerate(logins)
    ]
    for one in people:
        one.start()
    try:
        yield
    finally:
        over.set()
        for one in people:
            one.join()


def _works(
    address: str,
    login: str,
    number: int,
    office: Office,
    goods: Sequence[tuple[str, str]],
    over: threading.Event,
) -> None:
    draw, place = Random(100 + number), urlsplit(address)
    visitor = Visitor(str(place.hostname), int(place.port or 80))
    visitor.sign_in(login.removeprefix("demo-"))
    page = OpenPage(visitor)
    while not over.wait(draw.uniform(*THINKS)):
        name, query = draw.choice([*PLACES[login], *_of_a_good(login, draw, goods)])
        begun = perf_counter()
        try:
            came = page.run(name, query)
        except Exception as error:
            office.gave_up.append(f"{login} {name}: {type(error).__name__} {error}"[:300])
            page.close()
            page = OpenPage(visitor)
            continue
        office.took.setdefault(KIND, []).append(perf_counter() - begun)
        office.wrong.extend(f"{login} on {name}?{query}: {words}"[:300] for words in _errors(came))
    page.close()


def _of_a_good(login: str, draw: Random, goods: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    if login == "demo-administrator":
        return []
    subject, benefit = draw.choice(goods)
    return [("good", f"subject={subject}&benefit={benefit}")] * 3


def _errors(came: Sequence[ForwardMsg]) -> Iterator[str]:
    """Each exception and each red message, and a run that did not come to its end."""
    for message in came:
        element = message.delta.new_element
        if element.HasField("exception"):
            yield element.exception.message
        elif element.alert.format == Alert.ERROR:
            yield element.alert.body
    if came[-1].script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
        yield "the run was not finished"
