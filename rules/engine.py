"""The only door to durable-rules: words in, findings out, and every oddity of the library kept outside.

What is guarded here, each measured on 2.0.28 (sizes and forms are guarded in `rulesets.py`):

* It does not import on Python 3.13 and later; that is said in words.
* Hosts start two timers that burn a core and act from other threads: never started. One lock for all.
* `post` fires one rule and drops the others: used where the first match is wanted, otherwise a fact is
  asserted and retracted.
* An error in an action is swallowed and left in the returned state; so the state is read every time,
  and actions only note a number.
* The clock is read to time actions out, and a step of it wedges the state for good: monotonic here.
* "Already observed" means that something was left behind: the host is thrown away, nothing is answered.
* Comparing different types has no fixed result: only words of the network are let in.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

if not (3, 11) <= sys.version_info < (3, 13):
    raise ImportError(
        "durable_rules 2.0.28 runs on Python 3.11 and 3.12 only; this is Python "
        f"{sys.version_info[0]}.{sys.version_info[1]}. Please run this software with 3.11 or 3.12. "
        "／ 规则引擎只能在 Python 3.11 或 3.12 上运行。"
    )

import durable.engine

from rules.flat import FINDING_WORDS, UNKNOWN_WORD, Network
from rules.program import Words
from rules.rulesets import KIND, Rule, RulesetPlan, layers, spread

Note = tuple[int, int]
Tell = Callable[["_Host", str, dict[str, str]], object]

CASE = "case"  # the kind of every message; the library's own state message has none and meets no rule
STATE = {"sid", "id", "$s"}  # what a returned state holds when all went well

durable.engine._unix_now = time.monotonic

_LOCK = threading.RLock()  # the library keeps what it knows of a case in one place for all threads


class EngineFault(RuntimeError):
    """The engine did not answer as it must; whatever was being decided is not decided."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.words = Words(f"规则引擎没有给出可靠的回答，未作判定：{what}", f"the rule engine failed: {what}")


class _Host(durable.engine.Host):
    def _run(self) -> None:
        """Timers are not started."""


class Asker:
    """The rulesets of a network and, if given, of the rows after it: registered once, asked often.

    Where every node is two-valued, one that neither holds nor fails is a fault.
    """

    def __init__(self, network: Network, rows: Sequence[Rule] = (), *, two_valued: bool = False) -> None:
        self._network = network
        self._layers = layers(network)
        self._rows = tuple(spread((row,) for row in rows))
        self._two_valued = two_valued
        self._noted: list[Note] = []
        self._host: _Host | None = None

    def findings(self, codes: Sequence[int]) -> list[int]:
        """The finding of every node (1 holds, 0 fails, -1 unknown) for the inputs' codes."""
        with _LOCK, self._discarded_on_a_fault():
            return self._findings(self._words(codes))

    def first_row(self, codes: Sequence[int]) -> int | None:
        """The first row that is met, None if none is."""
        with _LOCK, self._discarded_on_a_fault():
            words = self._words(codes)
            self._findings(words)
            for name, ruleset in self._named("rows", self._rows):
                if noted := self._told(name, ruleset, words, self._post):
                    ((row, _),) = noted
                    return row
            return None

    def close(self) -> None:
        """Give back what the library holds for these rulesets; the next question registers them anew.

        Their states stay behind (about 0.2 MB a ruleset): deleting a state in which nothing has fired
        frees memory that was never taken and ends the process.
        """
        with _LOCK:
            host, self._host = self._host, None
            for ruleset in host._ruleset_list if host else ():
                durable.engine.durable_rules_engine.delete_ruleset(ruleset._handle)

    def _words(self, codes: Sequence[int]) -> list[str]:
        """The word of each input, then of each node (not known yet). Types are exact: True is not 1."""
        inputs = self._network.inputs
        if len(codes) != len(inputs):
            raise EngineFault(f"a pattern of {len(codes)} codes instead of {len(inputs)}")
        for code, words in zip(codes, inputs, strict=True):
            if type(code) is not int or not -1 <= code < len(words) - 1:
                raise EngineFault(f"{code!r} is no code of a pattern")
        return [words[code] for code, words in zip(codes, inputs, strict=True)] + [
            UNKNOWN_WORD for _ in self._network.nodes
        ]

    def _findings(self, words: list[str]) -> list[int]:
        """Ask layer after layer; the words of the nodes are filled in on the way."""
        found = [-1] * len(self._network.nodes)
        first = len(self._network.inputs)
        for depth, layer in enumerate(self._layers):
            for name, ruleset in self._named(f"layer{depth}", layer):
                for number, finding in set(self._told(name, ruleset, words, self._assert)):
                    if found[number - first] != -1:
                        raise EngineFault(f"node {number} both holds and fails")
                    found[number - first], words[number] = finding, FINDING_WORDS[finding]
        if self._two_valued and -1 in found:
            raise EngineFault("a node neither holds nor fails")
        return found

    def _named(self, stage: str, rulesets: Sequence[RulesetPlan]) -> Iterator[tuple[str, RulesetPlan]]:
        for i, ruleset in enumerate(rulesets):
            yield f"{stage}_{i}", ruleset

    def _told(self, name: str, ruleset: RulesetPlan, words: list[str], tell: Tell) -> list[Note]:
        """What the rules of one ruleset noted when told the words of their fields."""
        message = {KIND: CASE, **{field: words[number] for number, field in ruleset.fields.items()}}
        self._noted.clear()
        try:
            state = tell(self._registered(), name, message)
        except durable.engine.MessageNotHandledException:
            if self._noted:
                raise EngineFault("a rule fired for a message that none handled") from None
            return []
        except durable.engine.MessageObservedException:
            raise EngineFault("an earlier message was left behind") from None
        if not isinstance(state, dict) or state.keys() != STATE or not self._noted:
            raise EngineFault(f"an action failed: {state}")
        return list(self._noted)

    @staticmethod
    def _assert(host: _Host, name: str, message: dict[str, str]) -> object:
        state = host.assert_fact(name, dict(message))
        host.retract_fact(name, message)
        return state

    @staticmethod
    def _post(host: _Host, name: str, message: dict[str, str]) -> object:
        return host.post(name, message)

    def _registered(self) -> _Host:
        if self._host is None:
            host = _Host()
            for depth, layer in enumerate(self._layers):
                self._register(host, f"layer{depth}", layer)
            self._register(host, "rows", self._rows)
            self._host = host
        return self._host

    def _register(self, host: _Host, stage: str, rulesets: Sequence[RulesetPlan]) -> None:
        for name, ruleset in self._named(stage, rulesets):
            definitions = ruleset.definitions(CASE)
            for definition, rule in zip(definitions.values(), ruleset.rules, strict=True):
                definition["run"] = self._noting(rule.note)
            host.register_rulesets({name: definitions})

    def _noting(self, note: Note) -> Callable[[Any], None]:
        def run(_: Any) -> None:
            self._noted.append(note)

        return run

    @contextmanager
    def _discarded_on_a_fault(self) -> Iterator[None]:
        """Nothing is asked again of a host that has once answered oddly; the next question gets a new one."""
        try:
            yield
        except EngineFault:
            self._host = None
            raise
        except BaseException as error:
            self._host = None
            if isinstance(error, Exception):
                raise EngineFault(f"{type(error).__name__}: {error}") from error
            raise
