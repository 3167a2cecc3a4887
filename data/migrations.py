"""The numbered steps that make and change the database. A step once released is never edited; add the next.

The register tables of each step come from the definitions in `data/registers/`; a test holds their text, so a
definition whose table would look different asks for a new step here. `transform()` of sqlite-utils is never
used: it drops triggers without a word.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlite_utils import Database, Migrations

from data.canonical import rows_digest
from data.casework.casework_tables import CASEWORK
from data.chain import append, genesis, head
from data.protection.protection_tables import PROTECTION
from data.register import REGISTERS
from data.reporting.reporting_tables import REPORTING
from data.rulekeeping.rulekeeping_tables import RULEKEEPING
from data.tables import append_only, continues, is_there, register_table

APPLICATION_ID = 0x4F464331  # "OFC1": tells our file from any other SQLite database
SCHEMA = 5  # the number of the last step, kept in PRAGMA user_version

migrations = Migrations("office")

THIRD_REGISTERS = (
    *("bodies", "officers", "assignments", "supervisions", "poor_village_periods"),
    *("stations", "station_households", "station_returns"),
    *("suppliers", "standards", "certifications", "production_bases", "catalogue_entries"),
    *("trace_batches", "trace_movements"),
    *("village_networks", "broadband_counts", "couriers", "outlets", "outlet_villages", "cold_stores"),
    "outlet_rewards",
    *("training_plans", "practice_bases", "training_sessions", "participants", "attendances"),
    *("village_leaders", "followups"),
    *("channels", "listings", "counters", "purchases", "promotions"),
    *("shops", "pairings", "shop_sales"),
    *("household_loans", "enterprise_loans", "household_interest", "enterprise_interest", "finance_agents"),
    *("demonstration_villages", "jobs", "publicity_items", "payouts", "funds"),
)
SECOND_REGISTERS = ("storage_places", "packaging_items", "shipments")
FIRST_REGISTERS = ("townships", "villages", "households", "products", "goods", "inspections")

CHAIN = [
    """CREATE TABLE chain (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  body TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
) STRICT""",
    *append_only("chain"),
    # A hash that is already there is refused here too: INSERT OR REPLACE would take the older row away.
    """CREATE TRIGGER chain_continues BEFORE INSERT ON chain
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM chain)
  OR NEW.prev IS NOT coalesce((SELECT hash FROM chain ORDER BY seq DESC LIMIT 1),
                              (SELECT value FROM settings WHERE key = 'genesis'))
  OR NEW.at < (SELECT at FROM chain ORDER BY seq DESC LIMIT 1)
  OR EXISTS (SELECT 1 FROM chain WHERE hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'chain: an entry continues the last number, hash and instant'); END""",
]

KEPT = "('install_id', 'genesis')"
SETTINGS = [
    "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    *(
        f"""CREATE TRIGGER settings_{verb.lower()}_fixed BEFORE {verb} ON settings
WHEN {when}
BEGIN SELECT RAISE(ABORT, 'settings: the installation keeps its number'); END"""
        for verb, when in (
            ("INSERT", f"NEW.key IN {KEPT} AND {is_there('settings', 'key')}"),
            ("UPDATE", f"OLD.key IN {KEPT} OR NEW.key IN {KEPT}"),  # UPDATE OR REPLACE takes a row away
            ("DELETE", f"OLD.key IN {KEPT}"),
        )
    ),
]

DECISIONS = [
    """CREATE TABLE programs (
  digest TEXT PRIMARY KEY,
  program TEXT NOT NULL,
  text TEXT NOT NULL,
  recorded_seq INTEGER NOT NULL REFERENCES chain(seq)
) STRICT""",
    """CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  program TEXT NOT NULL,
  digest TEXT NOT NULL REFERENCES programs(digest),
  as_of TEXT NOT NULL CHECK (as_of IS date(as_of, '+0 days')),
  known_at TEXT NOT NULL,
  known_seq INTEGER NOT NULL,
  parameters TEXT NOT NULL,
  engines TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  recorded_seq INTEGER NOT NULL REFERENCES chain(seq),
  goods INTEGER NOT NULL,
  decisions INTEGER NOT NULL,
  rows_digest TEXT NOT NULL,
  UNIQUE (digest, as_of, parameters, known_seq)
) STRICT""",
    """CREATE TABLE decisions (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  good_entity INTEGER NOT NULL REFERENCES goods(id),
  subject TEXT NOT NULL,
  benefit TEXT NOT NULL,
  verdict TEXT NOT NULL,
  row INTEGER NOT NULL,
  findings TEXT NOT NULL,
  facts TEXT NOT NULL,
  evidence TEXT NOT NULL,
  UNIQUE (run_id, subject, benefit)
) STRICT""",
    "CREATE INDEX decisions_subject ON decisions (subject)",
    *(statement for table in ("programs", "runs", "decisions") for statement in append_only(table)),
    continues("programs", is_there("programs", "digest"), numbered=False),
    continues("runs", is_there("runs", "digest", "as_of", "parameters", "known_seq")),
    f"""CREATE TRIGGER decisions_continues BEFORE INSERT ON decisions
WHEN (SELECT recorded_seq FROM runs WHERE id = NEW.run_id) IS NOT (SELECT max(seq) FROM chain)
  OR NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM decisions)
  OR {is_there("decisions", "run_id", "subject", "benefit")}
BEGIN SELECT RAISE(ABORT, 'decisions: a row belongs to the newest run and has the next number'); END""",
]

# Step 2: a run about one good has that good as its scope, one about all of them ''.
SCOPED = {
    "runs": (
        """CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  program TEXT NOT NULL,
  digest TEXT NOT NULL REFERENCES programs(digest),
  scope TEXT NOT NULL,
  as_of TEXT NOT NULL CHECK (as_of IS date(as_of, '+0 days')),
  known_at TEXT NOT NULL,
  known_seq INTEGER NOT NULL,
  parameters TEXT NOT NULL,
  engines TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  recorded_seq INTEGER NOT NULL REFERENCES chain(seq),
  goods INTEGER NOT NULL,
  decisions INTEGER NOT NULL,
  rows_digest TEXT NOT NULL,
  UNIQUE (digest, scope, as_of, parameters, known_seq)
) STRICT""",
        [
            *append_only("runs"),
            continues("runs", is_there("runs", "digest", "scope", "as_of", "parameters", "known_seq")),
        ],
    ),
    "decisions": (
        DECISIONS[2],
        ["CREATE INDEX decisions_subject ON decisions (subject)", *append_only("decisions"), DECISIONS[-1]],
    ),
}

PEOPLE = [
    """CREATE TABLE people (
  login TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('clerk', 'reviewer', 'auditor', 'administrator')),
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT""",
    """CREATE TABLE web_sessions (
  token_hash TEXT PRIMARY KEY,
  login TEXT NOT NULL REFERENCES people(login),
  created_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  ended_at TEXT
) STRICT""",
]


@migrations()
def m0001_registers_chain_and_decisions(db: Database) -> None:
    registers = [sql for name in FIRST_REGISTERS for sql in register_table(REGISTERS[name])]
    for statement in [*SETTINGS, *CHAIN, *registers, *DECISIONS, *PEOPLE]:
        db.execute(statement)
    install_id = secrets.token_hex(16)
    db.table("settings").insert_all(
        [{"key": "install_id", "value": install_id}, {"key": "genesis", "value": genesis(install_id)}]
    )
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute("PRAGMA user_version = 1")


@migrations()
def m0002_casework(db: Database) -> None:
    """A run may be about one good only (`scope`), and what the office does about decisions has its tables.

    SQLite cannot take a UNIQUE away, so runs and decisions are made anew, the child gone before its parent.
    """
    for table in SCOPED:
        db.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
    for table, (create, _) in SCOPED.items():
        db.execute(create)
        columns = ", ".join(db.table(f"{table}_before").columns_dict)
        scope = ("scope, ", "'', ") if table == "runs" else ("", "")
        db.execute(
            f"INSERT INTO {table} ({scope[0]}{columns}) SELECT {scope[1]}{columns} FROM {table}_before"
        )
    for table in reversed(SCOPED):
        db.execute(f"DROP TABLE {table}_before")
    protecting = [statement for _, statements in SCOPED.values() for statement in statements]
    registers = [sql for name in SECOND_REGISTERS for sql in register_table(REGISTERS[name])]
    for statement in [*protecting, *registers, *CASEWORK]:
        db.execute(statement)
    db.execute("PRAGMA user_version = 2")


@migrations()
def m0003_all_registers_and_reporting(db: Database) -> None:
    """The plan's other registers, and what is reported, projected, announced and assessed."""
    registers = [sql for name in THIRD_REGISTERS for sql in register_table(REGISTERS[name])]
    for statement in [*registers, *REPORTING]:
        db.execute(statement)
    db.execute("PRAGMA user_version = 3")


@migrations()
def m0004_rules_and_audit(db: Database) -> None:
    """Rules drafted, published and confirmed; samples, findings and re-checks."""
    for statement in RULEKEEPING:
        db.execute(statement)
    db.execute("PRAGMA user_version = 4")


@migrations()
def m0005_accounts_and_protection(db: Database) -> None:
    """Accounts as versions under the chain; open sign-ins end, for their table is made anew."""
    before = db.execute("SELECT login, name, role, active FROM people ORDER BY login").fetchall()
    db.execute("DROP TABLE web_sessions")
    db.execute("DROP TABLE people")
    for statement in PROTECTION:
        db.execute(statement)
    if before:
        rows = [
            (number, *person, "take_over", None, None, None) for number, person in enumerate(before, start=1)
        ]
        told = {"rows": {"accounts": {"count": len(rows), "digest": rows_digest(rows)}}}
        at = head(db).at
        seq = append(db, at=datetime.fromisoformat(at), actor="system", action="account", body=told)
        for row in rows:
            db.execute(f"INSERT INTO accounts VALUES ({', '.join('?' * 12)})", [*row, seq, at, "system"])
    db.execute("PRAGMA user_version = 5")
