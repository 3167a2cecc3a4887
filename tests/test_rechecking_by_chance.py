"""Random histories, recorded, corrected later, recorded again: what is learnt late never makes an old decision differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from data.canonical import instant_text
from data.store import open_writer
from office.deciding import decide_all
from office.gathering import gather
from office.programs import program_named, values_in_force
from office.rechecking.whole import recheck
from office.recording import record_in
from tests.casework import Clock
from tests.entering import enter, enter_county, good, household, sample

BEGIN = date(2021, 1, 4)
SUBJECTS = (("H1", "P1"), ("H1", "P2"), ("H2", "P1"))


@dataclass(frozen=True)
class Step:
    """Something that happens `after` days later: a sample, a re-inspection, a correction, a change of a register, a run."""

    after: int
    kind: str
    which: int
    back: int
    conclusion: str


steps = st.builds(
    Step,
    st.integers(0, 40),
    st.sampled_from(
        ["sample", "sample", "again", "correct", "leave", "fit", "record", "record one", "record past"]
    ),
    st.integers(0, 7),
    st.integers(0, 60),
    st.sampled_from(["pass", "fail", "fail", "pending"]),
)


class History:
    """Carries out steps; each at its own instant."""

    def __init__(self, file: Path) -> None:
        self.day, self.samples = BEGIN, dict[str, dict[str, object]]()
        self.clock = Clock(BEGIN)
        self.writer = open_writer(file, clock=lambda: self.clock(), migrate=True)
        enter_county(self.writer)

    def do(self, step: Step) -> None:
        if step.after:
            self.day += timedelta(days=step.after)
            self.clock = Clock(self.day)
        {
            "sample": self.sample,
            "again": self.again,
            "correct": self.correct,
            "leave": self.leave,
            "fit": self.fit,
            "record": self.record,
            "record one": self.record,
            "record past": self.record,
        }[step.kind](step)

    def sample(self, step: Step) -> None:
        household_no, product = SUBJECTS[step.which % 3]
        number, taken = f"S{len(self.samples):03}", self.day - timedelta(days=step.back)
        row = sample(
            number, taken.isoformat(), step.conclusion, household_no=household_no, product_code=product
        )
        self.samples[number] = row
        enter(self.writer, "inspections", [row])

    def again(self, step: Step) -> None:
        originals = [row for row in self.samples.values() if not row.get("reinspection_of")]
        if originals and step.conclusion != "pending":
            original = originals[step.which % len(originals)]
            number = f"R{len(self.samples):03}"
            row = {**original, "sample_no": number, "reinspection_of": original["sample_no"]}
            row |= {"conclusion": step.conclusion, "method": "quantitative"}
            row |= {"sampling_date": self.day.isoformat(), "result_date": self.day.isoformat()}
            self.samples[number] = row
            enter(self.writer, "inspections", [row])

    def correct(self, step: Step) -> None:
        numbers = [number for number, row in self.samples.items() if not row.get("reinspection_of")]
        if numbers:
            number = numbers[step.which % len(numbers)]
            fresh = {**self.samples[number], "conclusion": step.conclusion}
            if fresh != self.samples[number]:
                self.samples[number] = fresh
                enter(self.writer, "inspections", [fresh], reason="更正")

    def leave(self, step: Step) -> None:
        left = (self.day - timedelta(days=step.back)).isoformat()
        enter(self.writer, "households", [household(f"H{step.which % 2 + 1}", left_on=left)], reason="退出")

    def fit(self, step: Step) -> None:
        household_no, product = SUBJECTS[step.which % 3]
        fit = {"pass": 1, "fail": 0, "pending": None}[step.conclusion]
        enter(self.writer, "goods", [good(household_no, product, fit_for_online_sale=fit)], reason="核实")

    def record(self, step: Step) -> None:
        """All goods or one, of today or of an earlier day, with what is known now or was known days ago."""
        program, at = program_named(), self.clock()
        past = step.kind == "record past"
        day = max(self.day - timedelta(days=step.back), BEGIN) if past else self.day
        known = instant_text(at - timedelta(days=step.which)) if past else instant_text(at)
        scope = "/".join(SUBJECTS[step.which % 3]) if step.kind == "record one" else ""
        with self.writer.transaction() as db:
            gathered = gather(db, day, known, scope or None)
            if gathered.goods.subject.size:
                answers = decide_all(gathered, program, values_in_force(program, day))
                record_in(db, answers, by="周审核", at=at, scope=scope)


@settings(max_examples=25, deadline=None)
@given(st.lists(steps, min_size=3, max_size=14))
def test_what_is_learnt_late_never_makes_a_recorded_decision_differ(some: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "office.db"
        history = History(file)
        with history.writer:
            for step in [*some, Step(0, "record", 0, 0, "pass")]:
                history.do(step)
        found = recheck(file, children=0)
    assert [(one.place, one.message.zh) for one in found.differences] == []
    assert found.rechecked > 0
