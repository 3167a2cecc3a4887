"""The tables of step 4: drafts and cases of rules, publications, confirmed readings, samples, findings, re-checks.

All append-only, all written with `data.casework.ledger.record`. Who proposed a rule never publishes it; a published
rule never counts from a day gone by, and never from an earlier day than the rule published before it.
"""

from __future__ import annotations

from data.casework.casework_parts import RECORDED, TODAY, bare, day, refuse, written
from data.tables import append_only, continues, is_there

_PROPOSAL = "SELECT {0} FROM publications WHERE id = NEW.publication_id"


def _versions(table: str, *columns: str) -> str:
    """The trigger of a table whose rows are the numbered versions of something named by `columns`."""
    same = " AND ".join(f"{column} = NEW.{column}" for column in columns)
    next_one = f"NEW.version IS NOT (SELECT coalesce(max(version), 0) + 1 FROM {table} WHERE {same})"
    return continues(table, is_there(table, *columns, "version"), next_one)


# A programme being changed: every saved state of it under its name; `removed` takes the name away.
DRAFTS = [
    f"""CREATE TABLE rule_drafts (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK ({written("name")}),
  program TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
  based_on TEXT NOT NULL,
  text TEXT NOT NULL,
  note TEXT,
  {RECORDED},
  UNIQUE (name, version)
) STRICT""",
    *append_only("rule_drafts"),
    _versions("rule_drafts", "name"),
]

# A case that every draft of a programme is tried on.
CASES = [
    f"""CREATE TABLE rule_cases (
  id INTEGER PRIMARY KEY,
  program TEXT NOT NULL,
  name TEXT NOT NULL CHECK ({written("name")}),
  version INTEGER NOT NULL CHECK (version >= 1),
  removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
  text TEXT NOT NULL,
  {RECORDED},
  UNIQUE (program, name, version)
) STRICT""",
    *append_only("rule_cases"),
    _versions("rule_cases", "program", "name"),
]

# What decides: the text that came with the software (baseline), then what was proposed and published by another person.
PUBLICATIONS = [
    f"""CREATE TABLE publications (
  id INTEGER PRIMARY KEY,
  program TEXT NOT NULL,
  digest TEXT NOT NULL REFERENCES programs(digest) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL CHECK (kind IN ('baseline', 'proposal')),
  {day("effective_on", needed=False)},
  based_on TEXT,
  {day("done_on")},
  reason TEXT NOT NULL CHECK ({written("reason")}),
  document_no TEXT,
  {RECORDED},
  CHECK ((effective_on IS NULL) = (kind = 'baseline')),
  CHECK ((based_on IS NULL) = (kind = 'baseline')),
  CHECK (effective_on >= done_on)
) STRICT""",
    *append_only("publications"),
    continues("publications", is_there("publications", "id")),
    refuse(
        "publications",
        "in_turn",
        [
            f"NEW.kind = 'proposal' AND NEW.done_on <> {TODAY}",
            "(NEW.kind = 'baseline') = EXISTS (SELECT 1 FROM publications WHERE program = NEW.program)",
            "NEW.kind = 'proposal' AND EXISTS (SELECT 1 FROM publications AS p WHERE p.program = NEW.program"
            " AND p.kind = 'proposal' AND NOT EXISTS"
            " (SELECT 1 FROM publication_steps WHERE publication_id = p.id))",
        ],
        "a programme begins with its baseline, and one change is proposed at a time, today",
    ),
]

PUBLICATION_STEPS = [
    f"""CREATE TABLE publication_steps (
  id INTEGER PRIMARY KEY,
  publication_id INTEGER NOT NULL UNIQUE REFERENCES publications(id),
  kind TEXT NOT NULL CHECK (kind IN ('publish', 'drop')),
  {day("done_on")},
  document_no TEXT,
  reason TEXT,
  {RECORDED},
  CHECK (kind = 'publish' OR {written("reason")})
) STRICT""",
    *append_only("publication_steps"),
    continues(
        "publication_steps",
        is_there("publication_steps", "id"),
        is_there("publication_steps", "publication_id"),
    ),
    refuse(
        "publication_steps",
        "by_a_second_person",
        [
            f"NEW.done_on <> {TODAY}",
            f"({_PROPOSAL.format('kind')}) IS NOT 'proposal'",
            f"NEW.kind = 'publish' AND {bare('NEW.recorded_by')} IS ({_PROPOSAL.format(bare('recorded_by'))})",
            f"NEW.kind = 'publish' AND ({_PROPOSAL.format('effective_on')}) < NEW.done_on",
            "NEW.kind = 'publish' AND ("
            + _PROPOSAL.format("effective_on")
            + ") < (SELECT max(p.effective_on)"
            " FROM publications AS p JOIN publication_steps AS s ON s.publication_id = p.id"
            f" WHERE s.kind = 'publish' AND p.program = ({_PROPOSAL.format('program')}))",
        ],
        "a proposal is published by another person, from today on, and not before the rule published last",
    ),
]

# What the leading group said of a reading; `stated` is the digest of what stood there.
CONFIRMATIONS = [
    f"""CREATE TABLE confirmations (
  id INTEGER PRIMARY KEY,
  file TEXT NOT NULL,
  part TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('confirm', 'look', 'withdraw')),
  stated TEXT NOT NULL,
  confirmed_by TEXT,
  {day("confirmed_on", needed=False)},
  document_no TEXT,
  remark TEXT,
  {day("done_on")},
  {RECORDED},
  CHECK (kind <> 'confirm' OR ({written("confirmed_by")} AND {written("document_no")} AND confirmed_on IS NOT NULL)),
  CHECK (kind <> 'withdraw' OR {written("remark")}),
  CHECK (confirmed_on <= done_on)
) STRICT""",
    "CREATE INDEX confirmations_part ON confirmations (file, part, id)",
    *append_only("confirmations"),
    continues("confirmations", is_there("confirmations", "id")),
    refuse("confirmations", "of_today", [f"NEW.done_on <> {TODAY}"], "a confirmation is entered today"),
]

# A sample drawn by a seed, and what was found looking at recorded decisions.
SAMPLES = [
    f"""CREATE TABLE audit_samples (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  seed TEXT NOT NULL CHECK ({written("seed")}),
  size INTEGER NOT NULL CHECK (size >= 1),
  population INTEGER NOT NULL CHECK (population >= 1),
  population_digest TEXT NOT NULL,
  asked TEXT NOT NULL,
  drawn TEXT NOT NULL,
  {day("done_on")},
  remark TEXT,
  {RECORDED}
) STRICT""",
    *append_only("audit_samples"),
    continues("audit_samples", is_there("audit_samples", "id"), is_there("audit_samples", "number")),
    refuse("audit_samples", "of_today", [f"NEW.done_on <> {TODAY}"], "a sample is drawn today"),
    f"""CREATE TABLE audit_findings (
  id INTEGER PRIMARY KEY,
  sample_id INTEGER REFERENCES audit_samples(id),
  decision_id INTEGER NOT NULL REFERENCES decisions(id),
  kind TEXT NOT NULL CHECK (kind IN ('in_order', 'finding', 'looked_at')),
  text TEXT,
  {day("done_on")},
  {RECORDED},
  CHECK ((sample_id IS NULL) = (kind = 'looked_at')),
  CHECK (kind = 'in_order' OR {written("text")})
) STRICT""",
    "CREATE INDEX audit_findings_decision ON audit_findings (decision_id, id)",
    "CREATE INDEX audit_findings_sample ON audit_findings (sample_id) WHERE sample_id IS NOT NULL",
    *append_only("audit_findings"),
    continues("audit_findings", is_there("audit_findings", "id")),
    refuse(
        "audit_findings",
        "of_today_and_drawn",
        [
            f"NEW.done_on <> {TODAY}",
            "NEW.sample_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM audit_samples AS s, json_each(s.drawn) AS d"
            " WHERE s.id = NEW.sample_id AND d.value = NEW.decision_id)",
        ],
        "a finding is noted today, about a decision of its sample",
    ),
]

# That everything recorded up to an entry of the chain was re-checked, and what was found.
RECHECKS = [
    f"""CREATE TABLE rechecks (
  id INTEGER PRIMARY KEY,
  head_seq INTEGER NOT NULL REFERENCES chain(seq),
  head_hash TEXT NOT NULL,
  decisions INTEGER NOT NULL CHECK (decisions >= 0),
  differences INTEGER NOT NULL CHECK (differences >= 0),
  first TEXT,
  seconds INTEGER NOT NULL CHECK (seconds >= 0),
  {day("done_on")},
  {RECORDED},
  CHECK ((first IS NULL) = (differences = 0))
) STRICT""",
    *append_only("rechecks"),
    continues("rechecks", is_there("rechecks", "id")),
    refuse("rechecks", "of_today", [f"NEW.done_on <> {TODAY}"], "a re-check is of today"),
]

RULEKEEPING = [*DRAFTS, *CASES, *PUBLICATIONS, *PUBLICATION_STEPS, *CONFIRMATIONS, *SAMPLES, *RECHECKS]
