"""What stands on the bulletin and on the assessment (see `office/paperwork/papers.py`): townships and counts, nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from office.paperwork.papers import Paper, Reading
from rules.program import Words


@dataclass(frozen=True, kw_only=True)
class Series:
    """One row of figures of a chart; None: no data."""

    name: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart as numbers (`data/papers/charts.py`): values are whole, 10^scale of them make one `unit`."""

    kind: Literal["columns", "stacked", "bars"]
    title: str
    unit: str
    scale: int
    categories: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, kw_only=True)
class TownshipMonth:
    """One township's month, or the county's: 分 and counts; amounts None where nothing was reported.

    `change` and `year_change` say how the total stands to the month before and to the same month last year.
    """

    township: str
    sold: int | None
    bought: int | None
    services: int | None
    total: int | None
    orders: int | None
    before: int | None
    change: str
    year_before: int | None
    year_change: str
    due: int
    in_time: int
    late: int
    missing: int
    led: int


@dataclass(frozen=True, kw_only=True)
class Help:
    """Inspections, verdicts and subsidies of the month, as counts. Verdicts None: no programme was in force."""

    samples: int
    passed: int
    failed: int
    pending: int
    goods: int | None
    eligible_packaging: int | None
    eligible_logistics: int | None
    claims_settled: int
    households_settled: int
    settled: int


@dataclass(frozen=True, kw_only=True)
class TargetLine:
    """A target on the month's last day, in words."""

    title: str
    clause: str
    actual: str
    goal: str
    deadline: str
    status: str


@dataclass(frozen=True, kw_only=True)
class StationLine:
    """A station's return that is to be looked at, and why."""

    township: str
    station: str
    what: str


@dataclass(frozen=True, kw_only=True)
class Changed:
    """One figure that differs from the edition before."""

    place: str
    figure: str
    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class Bulletin(Paper):
    """电商扶贫统计通报 of a month (`month` in words). `replaces` is the number of the edition before ("": there is none)."""

    kind = "bulletin"
    series = "通报"
    title = Words("统计通报", "statistical bulletin")
    month: str
    edition: int
    replaces: str
    changes: tuple[Changed, ...]
    known_at: str
    townships: tuple[TownshipMonth, ...]
    whole: TownshipMonth
    return_day: int
    check_day: int
    help: Help
    targets: tuple[TargetLine, ...]
    missing: tuple[StationLine, ...]
    late: tuple[StationLine, ...]
    odd: tuple[StationLine, ...]
    corrected: tuple[StationLine, ...]
    corrected_late: int
    closed: tuple[StationLine, ...]
    months_chart: Chart
    townships_chart: Chart
    targets_chart: Chart
    problems: str
    requirements: str


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    """One item of the assessment: what it looks at and what it rests on. Points in words, to the hundredth."""

    title: str
    text: str
    weight: str
    full: str
    clause: str
    reading: Reading


@dataclass(frozen=True, kw_only=True)
class TownshipPoints:
    """A township's points in the order of the items, and what they come to; `veto` says of one in force, else ""."""

    township: str
    points: tuple[str, ...]
    total: str
    before_veto: str
    veto: str


@dataclass(frozen=True, kw_only=True)
class Computation:
    """How one township came to its points of one item: figure, what it is compared with, and how many rows are behind."""

    township: str
    item: str
    figure: str
    of: str
    weight: str
    points: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class AssessmentPaper(Paper):
    """电商扶贫考核结果 of a period: townships in the order of their codes, never of their points."""

    kind = "assessment"
    series = "考核"
    title = Words("考核结果", "assessment")
    period_from: date
    period_to: date
    edition: int
    replaces: str
    changes: tuple[Changed, ...]
    known_at: str
    items: tuple[ItemLine, ...]
    townships: tuple[TownshipPoints, ...]
    computations: tuple[Computation, ...]
    digest: str
    remark: str
