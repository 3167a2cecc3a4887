"""The tables of public notices (公示): what hung on the wall, and what was said to it.

What may not be published is refused here already: a line says what was granted and is in force on the day of
posting, or what a confirmed settlement pays, and it has no room for anything else.
"""

from __future__ import annotations

from data.casework.casework_parts import RECORDED, TODAY, day, refuse, written
from data.tables import append_only, continues, is_there

# json_each works in a schema that is not trusted; SQLite 3.40 refuses its other JSON functions there.
# What a line may say, and nothing more; `rests_on` are the acts or settlement lines behind it.
_LINE = "('township', 'village', 'name', 'household_end', 'item', 'count', 'amount', 'rests_on')"
_RESTS_ON = "json_each(NEW.entries) AS line, json_each(line.value, '$.rests_on') AS behind"

PUBLISHED = [
    f"""CREATE TABLE public_notices (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('packaging', 'settlement')),
  settlement_id INTEGER REFERENCES settlements(id),
  {day("period_from")},
  {day("period_to")},
  {day("posted_on")},
  days INTEGER NOT NULL CHECK (days BETWEEN 1 AND 60),
  {day("ends_on")},
  place TEXT NOT NULL CHECK ({written("place")}),
  phone TEXT NOT NULL CHECK ({written("phone")}),
  entries TEXT NOT NULL CHECK (length(entries) > 2),
  {RECORDED},
  CHECK ((settlement_id IS NOT NULL) = (kind = 'settlement')),
  CHECK (period_from <= period_to AND period_to <= posted_on),
  CHECK (ends_on = date(posted_on, '+' || (days - 1) || ' days'))
) STRICT""",
    f"""CREATE TABLE public_notice_steps (
  id INTEGER PRIMARY KEY,
  notice_id INTEGER NOT NULL REFERENCES public_notices(id),
  kind TEXT NOT NULL CHECK (kind IN ('objection', 'answer', 'withdraw', 'close')),
  {day("done_on")},
  answers INTEGER REFERENCES public_notice_steps(id),
  text TEXT NOT NULL CHECK ({written("text")}),
  {RECORDED},
  CHECK ((answers IS NOT NULL) = (kind = 'answer'))
) STRICT""",
    "CREATE INDEX public_notice_steps_notice ON public_notice_steps (notice_id)",
    *(s for table in ("public_notices", "public_notice_steps") for s in append_only(table)),
    continues("public_notices", is_there("public_notices", "id"), is_there("public_notices", "number")),
    continues("public_notice_steps", is_there("public_notice_steps", "id")),
    refuse(
        "public_notices",
        "say_only_what_was_given",
        [
            f"NEW.posted_on > {TODAY}",
            "EXISTS (SELECT 1 FROM json_each(NEW.entries) AS line, json_each(line.value) AS said"
            f" WHERE said.key NOT IN {_LINE})",
            "EXISTS (SELECT 1 FROM json_each(NEW.entries) AS line"
            " WHERE NOT EXISTS (SELECT 1 FROM json_each(line.value, '$.rests_on')))",
            f"(NEW.kind = 'packaging' AND EXISTS (SELECT 1 FROM {_RESTS_ON}"
            " LEFT JOIN acts AS given ON given.id = behind.value"
            " WHERE given.state IS NOT 'granted' OR given.benefit <> 'packaging' OR given.id IS NOT"
            " (SELECT id FROM acts WHERE good_entity = given.good_entity AND benefit = 'packaging'"
            " AND state IS NOT NULL AND effective_on <= NEW.posted_on ORDER BY id DESC LIMIT 1)))",
            f"(NEW.kind = 'settlement' AND EXISTS (SELECT 1 FROM {_RESTS_ON}"
            " LEFT JOIN settlement_lines AS paid ON paid.id = behind.value"
            " WHERE paid.settlement_id IS NOT NEW.settlement_id OR paid.paid = 0))",
            "(NEW.kind = 'settlement' AND EXISTS (SELECT 1 FROM json_each(NEW.entries) AS line,"
            " json_each(line.value) AS said WHERE said.key = 'amount' AND (said.value <= 0 OR said.value IS NOT"
            " (SELECT sum(paid) FROM json_each(line.value, '$.rests_on') AS behind"
            " JOIN settlement_lines ON settlement_lines.id = behind.value))))",
            "(NEW.kind = 'settlement' AND NOT EXISTS (SELECT 1 FROM settlement_steps"
            " WHERE settlement_id = NEW.settlement_id AND kind = 'confirm'))",
            "(NEW.kind = 'settlement' AND EXISTS (SELECT 1 FROM public_notices AS earlier"
            " WHERE earlier.settlement_id = NEW.settlement_id AND NOT EXISTS (SELECT 1 FROM public_notice_steps"
            " WHERE notice_id = earlier.id AND kind = 'withdraw')))",
        ],
        "a notice says what was granted and is in force, or what a confirmed settlement pays, once",
    ),
    refuse(
        "public_notice_steps",
        "in_order",
        [
            f"NEW.done_on > {TODAY}",
            "NEW.done_on < (SELECT posted_on FROM public_notices WHERE id = NEW.notice_id)",
            "NEW.done_on < (SELECT max(done_on) FROM public_notice_steps WHERE notice_id = NEW.notice_id)",
            "EXISTS (SELECT 1 FROM public_notice_steps"
            " WHERE notice_id = NEW.notice_id AND kind IN ('withdraw', 'close'))",
            "(NEW.kind = 'answer' AND NOT EXISTS (SELECT 1 FROM public_notice_steps"
            " WHERE id = NEW.answers AND notice_id = NEW.notice_id AND kind = 'objection'))",
            "(NEW.kind = 'answer' AND EXISTS (SELECT 1 FROM public_notice_steps WHERE answers = NEW.answers))",
            "(NEW.kind = 'close' AND NEW.done_on <= (SELECT ends_on FROM public_notices WHERE id = NEW.notice_id))",
            "(NEW.kind = 'close' AND EXISTS (SELECT 1 FROM public_notice_steps AS objection"
            " WHERE objection.notice_id = NEW.notice_id AND objection.kind = 'objection' AND NOT EXISTS"
            " (SELECT 1 FROM public_notice_steps WHERE answers = objection.id)))",
        ],
        "a notice is closed after its period with every objection answered, and then nothing follows",
    ),
]
