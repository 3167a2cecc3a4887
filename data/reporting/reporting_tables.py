"""The tables of reporting (step 3): figures that were reported, scenarios, bulletins, assessments, vetoes.

All append-only, all written with `data.casework.ledger.record`. A later edition or version is a new row; nothing is changed.
"""

from __future__ import annotations

from data.casework.casework_parts import RECORDED, TODAY, day, refuse, written
from data.tables import append_only, continues, is_there

_MONTH = "{0} TEXT NOT NULL CHECK ({0} || '-01' IS date({0} || '-01', '+0 days'))"


def _numbered(table: str, *columns: str, after: str = "1") -> str:
    """The condition that a row does not have the next number of its kind (`columns`), counted by `after`."""
    same = " AND ".join(f"{column} = NEW.{column}" for column in columns)
    return f"NEW.{after} IS NOT (SELECT coalesce(max({after}), 0) + 1 FROM {table} WHERE {same})"


# A figure of a target as it was reported and signed for: never changed by what becomes known later.
REPORTED = [
    f"""CREATE TABLE reported_figures (
  id INTEGER PRIMARY KEY,
  target TEXT NOT NULL,
  {day("as_of")},
  known_at TEXT NOT NULL,
  {day("done_on")},
  digest TEXT NOT NULL,
  figures TEXT NOT NULL,
  remark TEXT,
  {RECORDED}
) STRICT""",
    "CREATE INDEX reported_figures_target ON reported_figures (target, as_of, id)",
    *append_only("reported_figures"),
    continues("reported_figures", is_there("reported_figures", "id")),
    refuse(
        "reported_figures",
        "of_a_day_gone_by",
        [f"NEW.done_on <> {TODAY}", "NEW.as_of > NEW.done_on"],
        "a figure is reported today, of a day that has come",
    ),
]

# Lever values under a name; a new version replaces the last in what is offered, `removed` takes the name away.
SCENARIOS = [
    f"""CREATE TABLE scenarios (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK ({written("name")}),
  version INTEGER NOT NULL CHECK (version >= 1),
  removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
  levers TEXT NOT NULL,
  note TEXT,
  {RECORDED},
  UNIQUE (name, version)
) STRICT""",
    *append_only("scenarios"),
    continues(
        "scenarios", is_there("scenarios", "name", "version"), _numbered("scenarios", "name", after="version")
    ),
]

# A monthly bulletin or an assessment as it was issued. The paper is a row of `documents`; `context` is what it rests on.
BULLETINS = [
    f"""CREATE TABLE bulletins (
  id INTEGER PRIMARY KEY,
  {_MONTH.format("month")},
  edition INTEGER NOT NULL CHECK (edition >= 1),
  number TEXT NOT NULL UNIQUE,
  {day("done_on")},
  known_at TEXT NOT NULL,
  context TEXT NOT NULL,
  changes TEXT NOT NULL,
  remark TEXT,
  {RECORDED},
  UNIQUE (month, edition)
) STRICT""",
    *append_only("bulletins"),
    continues(
        "bulletins",
        is_there("bulletins", "month", "edition"),
        _numbered("bulletins", "month", after="edition"),
    ),
    refuse("bulletins", "of_today", [f"NEW.done_on <> {TODAY}"], "a bulletin is issued today"),
]

ASSESSMENTS = [
    f"""CREATE TABLE assessments (
  id INTEGER PRIMARY KEY,
  {day("period_from")},
  {day("period_to")},
  edition INTEGER NOT NULL CHECK (edition >= 1),
  number TEXT NOT NULL UNIQUE,
  {day("done_on")},
  known_at TEXT NOT NULL,
  digest TEXT NOT NULL,
  scores TEXT NOT NULL,
  changes TEXT NOT NULL,
  remark TEXT,
  {RECORDED},
  UNIQUE (period_from, period_to, edition),
  CHECK (period_from <= period_to)
) STRICT""",
    *append_only("assessments"),
    continues(
        "assessments",
        is_there("assessments", "period_from", "period_to", "edition"),
        _numbered("assessments", "period_from", "period_to", after="edition"),
    ),
    refuse("assessments", "of_today", [f"NEW.done_on <> {TODAY}"], "an assessment is issued today"),
]

# 弄虚作假: an act with its reason puts a township's score of a year to nothing; another lifts it.
VETOES = [
    f"""CREATE TABLE vetoes (
  id INTEGER PRIMARY KEY,
  township_code TEXT NOT NULL,
  year INTEGER NOT NULL CHECK (year BETWEEN 1990 AND 2100),
  kind TEXT NOT NULL CHECK (kind IN ('impose', 'lift')),
  {day("done_on")},
  reason TEXT NOT NULL CHECK ({written("reason")}),
  document_no TEXT,
  {RECORDED}
) STRICT""",
    "CREATE INDEX vetoes_township ON vetoes (township_code, year, id)",
    *append_only("vetoes"),
    continues("vetoes", is_there("vetoes", "id")),
    refuse(
        "vetoes",
        "in_turn",
        [
            f"NEW.done_on <> {TODAY}",
            "NOT EXISTS (SELECT 1 FROM townships WHERE township_code = NEW.township_code)",
            "(NEW.kind = 'lift') <> ((SELECT kind FROM vetoes WHERE township_code = NEW.township_code"
            " AND year = NEW.year ORDER BY id DESC LIMIT 1) IS 'impose')",
        ],
        "a veto is imposed on a township that has none that year, and lifted where there is one",
    ),
]

REPORTING = [*REPORTED, *SCENARIOS, *BULLETINS, *ASSESSMENTS, *VETOES]
