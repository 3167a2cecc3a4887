"""The tables of casework (step 2): what people did, handed out, settled, published and printed.

Every table is append-only and every row belongs to one chain entry. What must be impossible through any
function is refused here already: taking away without the whole path and a second person, a balance below nothing.
"""

from __future__ import annotations

from data.casework.casework_parts import RECORDED, TODAY, bare, day, refuse, written
from data.casework.notice_tables import PUBLISHED
from data.casework.settlement_tables import SETTLEMENTS
from data.tables import append_only, continues, is_there

_SAME = "good_entity = NEW.good_entity AND benefit = NEW.benefit"
_STATE = f"(SELECT state FROM acts WHERE {_SAME} AND state IS NOT NULL ORDER BY id DESC LIMIT 1)"
_NOTICE = f"EXISTS (SELECT 1 FROM acts WHERE id = NEW.case_id AND kind = 'notify' AND {_SAME})"
_CLOSED = "EXISTS (SELECT 1 FROM acts WHERE case_id = NEW.case_id AND kind IN ('revoke', 'stop'))"
_VERDICT = "(SELECT verdict FROM decisions WHERE id = NEW.decision_id)"
_IN_CASE = "('deliver', 'hear', 'revoke', 'stop', 'deliver_decision', 'recover')"
_NOTHING, _WORDS = "type = 'null'", f"type = 'text' AND {written('value')}"
# No office gives less time than this to answer a notice: the least of `defence_working_days` in rules/procedure.toml.
LEAST_DEFENCE_DAYS = 3


def _said(what: str) -> str:
    """How often the details of the new act have a text of that kind; a statement has exactly one, empty or not."""
    return f"(SELECT count(*) FROM json_each(NEW.details) WHERE key = 'text' AND {what})"


def _step(kind: str) -> str:
    return f"EXISTS (SELECT 1 FROM acts WHERE case_id = NEW.case_id AND kind = '{kind}')"


ACTS = [
    f"""CREATE TABLE acts (
  id INTEGER PRIMARY KEY,
  good_entity INTEGER NOT NULL REFERENCES goods(id),
  subject TEXT NOT NULL,
  benefit TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('grant', 'withhold', 'reinstate', 'notify', 'deliver', 'hear', 'revoke',
    'deliver_decision', 'recover', 'stop')),
  {day("done_on")},
  case_id INTEGER REFERENCES acts(id),
  state TEXT CHECK (state IN ('granted', 'withheld', 'revoked')),
  {day("effective_on", needed=False)},
  overrides INTEGER NOT NULL CHECK (overrides IN (0, 1)),
  decision_id INTEGER REFERENCES decisions(id),
  {day("delivered_on", needed=False)},
  {day("defence_until", needed=False)},
  document_no TEXT,
  reason TEXT,
  details TEXT NOT NULL,
  {RECORDED},
  CHECK ((case_id IS NOT NULL) = (kind IN {_IN_CASE})),
  CHECK ((state IS NOT NULL) = (kind IN ('grant', 'withhold', 'reinstate', 'revoke'))),
  CHECK ((effective_on IS NOT NULL) = (state IS NOT NULL)),
  CHECK ((kind IN ('grant', 'reinstate')) = (state IS 'granted')),
  CHECK (kind <> 'withhold' OR state = 'withheld'),
  CHECK ((delivered_on IS NOT NULL) = (kind IN ('deliver', 'deliver_decision'))),
  CHECK ((defence_until IS NOT NULL) = (kind = 'deliver')),
  CHECK (delivered_on <= done_on),
  CHECK (defence_until >= date(delivered_on, '+{LEAST_DEFENCE_DAYS} days')),
  CHECK (decision_id IS NOT NULL OR kind IN ('deliver', 'hear', 'deliver_decision', 'recover', 'stop')),
  CHECK ((overrides = 0 AND kind NOT IN ('revoke', 'stop')) OR {written("reason")})
) STRICT""",
    "CREATE INDEX acts_good ON acts (good_entity, benefit, id)",
    "CREATE INDEX acts_case ON acts (case_id) WHERE case_id IS NOT NULL",
    "CREATE INDEX acts_subject ON acts (subject)",
    *append_only("acts"),
    continues("acts", is_there("acts", "id")),
    refuse(
        "acts",
        "follow_in_time",
        [
            f"NEW.done_on <> {TODAY}",
            f"NEW.done_on < (SELECT done_on FROM acts WHERE {_SAME} ORDER BY id DESC LIMIT 1)",
            "NEW.effective_on < NEW.done_on",
            # A day's parcels and slips stay whole: what is taken away counts from the next day at the earliest.
            "(NEW.kind = 'revoke' AND NEW.effective_on = NEW.done_on)",
            f"NEW.effective_on < (SELECT effective_on FROM acts WHERE {_SAME} AND state IS NOT NULL"
            " ORDER BY id DESC LIMIT 1)",
            "NEW.delivered_on < (SELECT max(done_on) FROM acts WHERE (id = NEW.case_id AND NEW.kind = 'deliver')"
            " OR (case_id = NEW.case_id AND kind = 'revoke' AND NEW.kind = 'deliver_decision'))",
        ],
        "an act is done today, and counts from no earlier day than the one before it",
    ),
    refuse(
        "acts",
        "begin_where_the_state_allows",
        [
            f"(NEW.kind = 'grant' AND coalesce({_STATE}, '') IN ('granted', 'revoked'))",
            f"(NEW.kind = 'withhold' AND {_STATE} IS NOT NULL)",
            f"(NEW.kind = 'reinstate' AND {_STATE} IS NOT 'revoked')",
            f"(NEW.kind = 'notify' AND ({_STATE} IS NOT 'granted' OR EXISTS (SELECT 1 FROM acts AS notice"
            " WHERE notice.kind = 'notify' AND notice.good_entity = NEW.good_entity"
            " AND notice.benefit = NEW.benefit AND NOT EXISTS (SELECT 1 FROM acts AS last"
            " WHERE last.case_id = notice.id AND last.kind IN ('revoke', 'stop')))))",
        ],
        "the state in force does not allow this act",
    ),
    refuse(
        "acts",
        "go_step_by_step",
        [
            f"NEW.kind IN {_IN_CASE} AND NOT {_NOTICE}",
            f"NEW.kind IN ('deliver', 'hear', 'revoke', 'stop') AND {_CLOSED}",
            f"NEW.kind = 'deliver' AND {_step('deliver')}",
            f"NEW.kind IN ('hear', 'revoke') AND NOT {_step('deliver')}",
            f"NEW.kind = 'revoke' AND NOT {_step('hear')}",
            f"(NEW.kind = 'hear' AND ({_said('true')} <> 1 OR {_said(_NOTHING)} + {_said(_WORDS)} <> 1))",
            # Until the period is over nobody can say that no statement was made.
            f"(NEW.kind = 'revoke' OR (NEW.kind = 'hear' AND {_said(_NOTHING)} = 1))"
            " AND NEW.done_on <= (SELECT defence_until FROM acts WHERE case_id = NEW.case_id AND kind = 'deliver')",
            f"NEW.kind IN ('deliver_decision', 'recover') AND NOT {_step('revoke')}",
            "NEW.kind IN ('deliver_decision', 'recover') AND EXISTS"
            " (SELECT 1 FROM acts WHERE case_id = NEW.case_id AND kind = NEW.kind)",
        ],
        "no step of the path is skipped or taken twice",
    ),
    refuse(
        "acts",
        "rest_on_a_decision",
        [
            "NEW.subject IS NOT (SELECT household_no || '/' || product_code FROM goods"
            " WHERE id = NEW.good_entity AND entity = id)",
            "NEW.decision_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM decisions JOIN runs ON runs.id = run_id"
            f" WHERE decisions.id = NEW.decision_id AND as_of = NEW.done_on AND {_SAME})",
            f"NEW.kind IN ('grant', 'reinstate') AND NEW.overrides = 0 AND {_VERDICT} IS NOT 'eligible'",
            f"NEW.kind IN ('withhold', 'notify') AND NEW.overrides = 0 AND {_VERDICT} IS 'eligible'",
            f"NEW.kind = 'revoke' AND {_VERDICT} IS NOT (SELECT decisions.verdict FROM decisions"
            " JOIN acts AS notice ON notice.decision_id = decisions.id WHERE notice.id = NEW.case_id)",
            "NEW.kind = 'revoke' AND NEW.overrides IS NOT (SELECT overrides FROM acts WHERE id = NEW.case_id)",
            f"NEW.kind = 'revoke' AND (NEW.state = 'revoked') <> ({_VERDICT} IS 'revoked')",
        ],
        "an act rests on a decision of its day about the same good; against it only as an override",
    ),
    refuse(
        "acts",
        "need_a_second_person",
        [
            "NEW.kind = 'revoke' AND EXISTS (SELECT 1 FROM acts AS notice WHERE notice.id = NEW.case_id"
            f" AND ({bare('notice.recorded_by')} = {bare('NEW.recorded_by')}"
            " OR EXISTS (SELECT 1 FROM people WHERE notice.recorded_by IN (login, name)"
            " AND NEW.recorded_by IN (login, name))))",
        ],
        "who proposed taking something away does not decide it",
    ),
]

# Where a quantity lies: a storage place, a good that was handed it, or outside (NULL on both sides of the pair).
_FROM = """(SELECT coalesce(sum(quantity), 0) FROM packaging_moves
    WHERE item_entity = NEW.item_entity AND to_place IS NEW.from_place AND to_good IS NEW.from_good)
  - (SELECT coalesce(sum(quantity), 0) FROM packaging_moves
    WHERE item_entity = NEW.item_entity AND from_place IS NEW.from_place AND from_good IS NEW.from_good)"""

# The act that grants the good its packaging on the day; nothing where another act is in force.
_GRANTED = """(SELECT CASE state WHEN 'granted' THEN id END FROM acts WHERE good_entity = NEW.to_good
    AND benefit = 'packaging' AND effective_on <= NEW.done_on ORDER BY id DESC LIMIT 1)"""

PACKAGING = [
    f"""CREATE TABLE packaging_moves (
  id INTEGER PRIMARY KEY,
  slip_no TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('receive', 'transfer', 'issue', 'return', 'use_up', 'lost', 'write_off')),
  item_entity INTEGER NOT NULL REFERENCES packaging_items(id),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  from_place INTEGER REFERENCES storage_places(id),
  to_place INTEGER REFERENCES storage_places(id),
  from_good INTEGER REFERENCES goods(id),
  to_good INTEGER REFERENCES goods(id),
  subject TEXT,
  act_id INTEGER REFERENCES acts(id),
  {day("done_on")},
  reason TEXT,
  {RECORDED},
  CHECK (CASE kind
    WHEN 'receive' THEN from_place IS NULL AND from_good IS NULL AND to_place IS NOT NULL AND to_good IS NULL
    WHEN 'transfer' THEN from_place IS NOT NULL AND to_place IS NOT NULL AND from_place <> to_place
      AND from_good IS NULL AND to_good IS NULL
    WHEN 'issue' THEN from_place IS NOT NULL AND from_good IS NULL AND to_place IS NULL AND to_good IS NOT NULL
      AND act_id IS NOT NULL
    WHEN 'return' THEN from_place IS NULL AND from_good IS NOT NULL AND to_place IS NOT NULL AND to_good IS NULL
    WHEN 'use_up' THEN from_place IS NULL AND from_good IS NOT NULL AND to_place IS NULL AND to_good IS NULL
    ELSE to_place IS NULL AND to_good IS NULL AND (from_place IS NULL) <> (from_good IS NULL) END),
  CHECK ((subject IS NOT NULL) = (from_good IS NOT NULL OR to_good IS NOT NULL)),
  CHECK (kind NOT IN ('lost', 'write_off') OR {written("reason")})
) STRICT""",
    "CREATE INDEX packaging_moves_slip ON packaging_moves (slip_no)",
    "CREATE INDEX packaging_moves_into ON packaging_moves (item_entity, to_place, to_good)",
    "CREATE INDEX packaging_moves_out ON packaging_moves (item_entity, from_place, from_good)",
    "CREATE INDEX packaging_moves_subject ON packaging_moves (subject) WHERE subject IS NOT NULL",
    *append_only("packaging_moves"),
    continues("packaging_moves", is_there("packaging_moves", "id")),
    refuse(
        "packaging_moves",
        "never_below_nothing",
        [
            f"NEW.done_on <> {TODAY}",
            "NEW.done_on < (SELECT max(done_on) FROM packaging_moves WHERE item_entity = NEW.item_entity)",
            f"(coalesce(NEW.from_place, NEW.from_good) IS NOT NULL AND {_FROM} < NEW.quantity)",
        ],
        "no more leaves a place or a household than is there, and a move is of today",
    ),
    refuse(
        "packaging_moves",
        "only_to_goods_in_force",
        [
            f"(NEW.kind = 'issue' AND {_GRANTED} IS NOT NEW.act_id)",
        ],
        "packaging goes only to a good whose packaging is granted and in force",
    ),
    refuse(
        "packaging_moves",
        "say_what_is_so",
        [
            "NEW.subject IS NOT (SELECT household_no || '/' || product_code FROM goods"
            " WHERE id = coalesce(NEW.from_good, NEW.to_good) AND entity = id)",
            "NEW.item_entity IS NOT (SELECT entity FROM packaging_items WHERE id = NEW.item_entity)",
            "NEW.from_place IS NOT (SELECT entity FROM storage_places WHERE id = NEW.from_place)",
            "NEW.to_place IS NOT (SELECT entity FROM storage_places WHERE id = NEW.to_place)",
            "(NEW.kind = 'use_up' AND (SELECT item_kind FROM packaging_items WHERE entity = NEW.item_entity"
            " ORDER BY version DESC LIMIT 1) IS 'equipment')",
            "EXISTS (SELECT 1 FROM packaging_moves WHERE slip_no = NEW.slip_no AND recorded_seq <> NEW.recorded_seq)",
        ],
        "a move names its own good and slip, and equipment is not used up",
    ),
]

DOCUMENTS = [
    f"""CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  series TEXT NOT NULL,
  year INTEGER NOT NULL,
  serial INTEGER NOT NULL CHECK (serial >= 1),
  kind TEXT NOT NULL,
  about TEXT NOT NULL,
  subject TEXT,
  {day("done_on")},
  context TEXT NOT NULL,
  {RECORDED},
  UNIQUE (series, year, serial)
) STRICT""",
    "CREATE INDEX documents_about ON documents (about)",
    "CREATE INDEX documents_subject ON documents (subject) WHERE subject IS NOT NULL",
    *append_only("documents"),
    continues("documents", is_there("documents", "id"), is_there("documents", "number")),
]

CASEWORK = [*ACTS, *PACKAGING, *SETTLEMENTS, *PUBLISHED, *DOCUMENTS]
