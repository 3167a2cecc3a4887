"""The tables of settlements: drafted, checked, confirmed, and from then on frozen.

What may not be is refused here already: a second draft beside an open one, a confirmation by the one who
drafted, a claim settled twice, a recovery of more than was paid, sums that are not those of the lines.
"""

from __future__ import annotations

from data.casework.casework_parts import RECORDED, TODAY, day, refuse, written
from data.tables import append_only, continues, is_there

_OPEN = "NOT EXISTS (SELECT 1 FROM settlement_steps WHERE settlement_id = {0}.id AND kind IN ('confirm', 'discard'))"
_CONFIRMED = (
    "EXISTS (SELECT 1 FROM settlement_steps WHERE settlement_id = {0}.settlement_id AND kind = 'confirm')"
)
_OF_SETTLEMENT = "FROM settlement_lines WHERE settlement_id = NEW.settlement_id"
_HEADER = "FROM settlements WHERE id = NEW.settlement_id"
_SAME_SHIPMENT = "shipment_entity = NEW.shipment_entity"
_SAME_YEAR = "substr(shipped_on, 1, 4) = substr(NEW.shipped_on, 1, 4)"

SETTLEMENTS = [
    # The programme's text is kept right after, with the same chain entry: its reference is looked at in the end.
    f"""CREATE TABLE settlements (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  program TEXT NOT NULL,
  digest TEXT NOT NULL REFERENCES programs(digest) DEFERRABLE INITIALLY DEFERRED,
  {day("claimed_until")},
  {day("done_on")},
  known_at TEXT NOT NULL,
  known_seq INTEGER NOT NULL,
  parameters TEXT NOT NULL,
  engines TEXT NOT NULL,
  pool INTEGER CHECK (pool >= 0),
  lines INTEGER NOT NULL CHECK (lines >= 1),
  due INTEGER NOT NULL,
  paid INTEGER NOT NULL,
  note TEXT,
  {RECORDED},
  CHECK (claimed_until <= done_on)
) STRICT""",
    f"""CREATE TABLE settlement_lines (
  id INTEGER PRIMARY KEY,
  settlement_id INTEGER NOT NULL REFERENCES settlements(id),
  kind TEXT NOT NULL CHECK (kind IN ('claim', 'adjustment')),
  shipment_entity INTEGER NOT NULL REFERENCES shipments(id),
  shipment_row INTEGER NOT NULL REFERENCES shipments(id),
  claim_no TEXT NOT NULL,
  subject TEXT NOT NULL,
  household_no TEXT NOT NULL,
  {day("shipped_on")},
  verdict TEXT NOT NULL CHECK (verdict IN ('payable', 'cannot_decide', 'refused')),
  row INTEGER NOT NULL,
  findings TEXT NOT NULL,
  facts TEXT NOT NULL,
  evidence TEXT NOT NULL,
  due INTEGER NOT NULL CHECK (due >= 0),
  capped INTEGER NOT NULL,
  paid INTEGER NOT NULL,
  adjusts INTEGER REFERENCES settlement_lines(id),
  {RECORDED},
  CHECK ((adjusts IS NOT NULL) = (kind = 'adjustment')),
  CHECK (kind = 'adjustment' OR verdict = 'payable' OR due = 0),
  CHECK (CASE WHEN kind = 'claim' THEN capped BETWEEN 0 AND due AND paid BETWEEN 0 AND capped
    WHEN capped < 0 THEN paid = capped
    ELSE capped > 0 AND paid BETWEEN 0 AND capped END),
  UNIQUE (settlement_id, shipment_entity, household_no, shipped_on)
) STRICT""",
    "CREATE INDEX settlement_lines_shipment ON settlement_lines (shipment_entity)",
    f"""CREATE TABLE settlement_steps (
  id INTEGER PRIMARY KEY,
  settlement_id INTEGER NOT NULL REFERENCES settlements(id),
  kind TEXT NOT NULL CHECK (kind IN ('check', 'confirm', 'discard')),
  {day("done_on")},
  document_no TEXT,
  reason TEXT,
  {RECORDED},
  CHECK (kind <> 'discard' OR {written("reason")}),
  UNIQUE (settlement_id, kind)
) STRICT""",
    *(s for table in ("settlements", "settlement_lines", "settlement_steps") for s in append_only(table)),
    continues("settlements", is_there("settlements", "id"), is_there("settlements", "number")),
    f"""CREATE TRIGGER settlement_lines_continues BEFORE INSERT ON settlement_lines
WHEN NEW.recorded_seq IS NOT (SELECT recorded_seq {_HEADER})
  OR NEW.recorded_seq IS NOT (SELECT max(seq) FROM chain)
  OR NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM settlement_lines)
  OR {is_there("settlement_lines", "settlement_id", "shipment_entity", "household_no", "shipped_on")}
BEGIN SELECT RAISE(ABORT, 'settlement_lines: a line belongs to the newest settlement and is the next one'); END""",
    continues(
        "settlement_steps",
        is_there("settlement_steps", "id"),
        is_there("settlement_steps", "settlement_id", "kind"),
    ),
    refuse(
        "settlements",
        "one_at_a_time",
        [
            f"NEW.done_on <> {TODAY}",
            f"EXISTS (SELECT 1 FROM settlements AS open WHERE {_OPEN.format('open')})",
        ],
        "one draft at a time, and none of a day to come",
    ),
    refuse(
        "settlement_lines",
        "settle_once",
        [
            "(NEW.kind = 'claim' AND EXISTS (SELECT 1 FROM settlement_lines AS before"
            f" WHERE {_SAME_SHIPMENT} AND kind = 'claim' AND verdict <> 'cannot_decide'"
            f" AND {_CONFIRMED.format('before')}))",
            "(NEW.kind = 'adjustment' AND NOT EXISTS (SELECT 1 FROM settlement_lines AS before"
            f" WHERE id = NEW.adjusts AND {_SAME_SHIPMENT} AND kind = 'claim' AND {_CONFIRMED.format('before')}))",
            "(NEW.paid < 0 AND NEW.paid + (SELECT coalesce(sum(paid), 0) FROM settlement_lines AS before"
            f" WHERE {_SAME_SHIPMENT} AND household_no = NEW.household_no AND {_SAME_YEAR} AND {_CONFIRMED.format('before')}) < 0)",
        ],
        "a claim is settled once, then adjusted, and never taken back below nothing",
    ),
    refuse(
        "settlement_steps",
        "in_order",
        [
            f"NEW.done_on <> {TODAY}",
            f"NEW.done_on < (SELECT done_on {_HEADER})",
            "EXISTS (SELECT 1 FROM settlement_steps WHERE settlement_id = NEW.settlement_id"
            " AND kind IN ('confirm', 'discard'))",
            "(NEW.kind = 'confirm' AND NOT EXISTS (SELECT 1 FROM settlement_steps"
            " WHERE settlement_id = NEW.settlement_id AND kind = 'check'))",
            "(NEW.kind IN ('check', 'confirm') AND lower(trim(NEW.recorded_by)) ="
            f" (SELECT lower(trim(recorded_by)) {_HEADER}))",
        ],
        "drafted, checked, confirmed: in this order, not by the one who drafted, and then frozen",
    ),
    refuse(
        "settlement_steps",
        "add_up",
        [
            f"(NEW.kind = 'confirm' AND (SELECT lines, paid {_HEADER}) IS NOT"
            f" (SELECT count(*), sum(paid) {_OF_SETTLEMENT}))",
            f"(NEW.kind = 'confirm' AND (SELECT sum(max(paid, 0)) {_OF_SETTLEMENT}) > (SELECT pool {_HEADER}))",
        ],
        "what is confirmed adds up, and stays within the pool",
    ),
]
