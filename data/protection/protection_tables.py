"""The tables of step 5: accounts as versions, their secrets, sign-ins; what is personal and who was shown it; backups.

`accounts`, `personal_steps` and `backups` are append-only and written with `data.casework.ledger.record`. `people` is a
view: the newest version of every account. Secrets, open sign-ins and counted failures change and stand outside the
chain; the digest of a secret stands in it, so that one put there behind the application's back is found.
"""

from __future__ import annotations

from data.casework.casework_parts import RECORDED, bare, day, refuse, written
from data.tables import append_only, continues, is_there

ROLE = "role TEXT NOT NULL CHECK (role IN ('clerk', 'reviewer', 'auditor', 'administrator'))"

# Every state that an account was in. Its name is what is written under everything its person does: it stays.
ACCOUNTS = [
    f"""CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  login TEXT NOT NULL CHECK ({written("login")}),
  name TEXT NOT NULL CHECK ({written("name")}),
  {ROLE},
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  kind TEXT NOT NULL CHECK (kind IN
    ('take_over', 'add', 'role', 'disable', 'enable', 'give_code', 'set_password')),
  password_digest TEXT,
  code_digest TEXT,
  reason TEXT,
  {RECORDED},
  CHECK (kind <> 'disable' OR active = 0),
  CHECK (kind NOT IN ('add', 'enable', 'give_code', 'set_password') OR active = 1)
) STRICT""",
    "CREATE INDEX accounts_login ON accounts (login, id)",
    *append_only("accounts"),
    continues("accounts", is_there("accounts", "id")),
    refuse(
        "accounts",
        "keep_their_names",
        [
            "(NEW.kind IN ('take_over', 'add')) = EXISTS (SELECT 1 FROM accounts WHERE login = NEW.login)",
            "EXISTS (SELECT 1 FROM accounts WHERE login = NEW.login AND name <> NEW.name)",
            f"NEW.kind = 'add' AND EXISTS (SELECT 1 FROM accounts WHERE login <> NEW.login"
            f" AND ({bare('NEW.name')} IN ({bare('login')}, {bare('name')})"
            f" OR {bare('NEW.login')} IN ({bare('login')}, {bare('name')})))",
        ],
        "an account is added once, keeps its name, and no two share a name or a login",
    ),
    """CREATE VIEW people (login, name, role, active) AS
SELECT login, name, role, active FROM accounts AS a
WHERE id = (SELECT max(id) FROM accounts WHERE login = a.login)""",
]

SIGN_INS = [
    """CREATE TABLE credentials (
  login TEXT PRIMARY KEY,
  password TEXT,
  code TEXT,
  code_until TEXT,
  CHECK ((code IS NULL) = (code_until IS NULL))
) STRICT""",
    """CREATE TABLE web_sessions (
  token_hash TEXT PRIMARY KEY,
  login TEXT NOT NULL,
  means TEXT NOT NULL CHECK (means IN ('demonstration', 'password', 'oidc')),
  created_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  ended_at TEXT
) STRICT""",
    "CREATE INDEX web_sessions_login ON web_sessions (login)",
    """CREATE TABLE sign_in_failures (
  login TEXT PRIMARY KEY,
  failures INTEGER NOT NULL CHECK (failures >= 0),
  last_at TEXT NOT NULL,
  locked_until TEXT
) STRICT""",
]

# Looking at what is personal, handing a household its own data, its wishes for correction and what became of them.
PERSONAL = [
    f"""CREATE TABLE personal_steps (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('show', 'extract', 'ask', 'correct', 'decline')),
  register TEXT NOT NULL,
  household_no TEXT,
  fields TEXT NOT NULL,
  rows INTEGER NOT NULL CHECK (rows >= 0),
  answers INTEGER REFERENCES personal_steps(id),
  reason TEXT NOT NULL CHECK ({written("reason")}),
  {day("done_on")},
  {RECORDED},
  CHECK ((answers IS NOT NULL) = (kind IN ('correct', 'decline')))
) STRICT""",
    *append_only("personal_steps"),
    continues("personal_steps", is_there("personal_steps", "id")),
    refuse(
        "personal_steps",
        "answer_once",
        [
            "NEW.answers IS NOT NULL AND (SELECT kind FROM personal_steps WHERE id = NEW.answers) IS NOT 'ask'",
            "NEW.answers IS NOT NULL AND EXISTS (SELECT 1 FROM personal_steps WHERE answers = NEW.answers)",
        ],
        "a wish for correction is answered, and once",
    ),
]

BACKUPS = [
    f"""CREATE TABLE backups (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('make', 'fail', 'try', 'restore', 'forget')),
  cause TEXT NOT NULL CHECK (cause IN ('daily', 'asked', 'before_upgrade', 'command')),
  file TEXT NOT NULL,
  bytes INTEGER,
  sha256 TEXT,
  head_seq INTEGER,
  head_hash TEXT,
  counts TEXT,
  copies INTEGER,
  seconds INTEGER,
  note TEXT,
  {RECORDED}
) STRICT""",
    *append_only("backups"),
    continues("backups", is_there("backups", "id")),
]

PROTECTION = [*ACCOUNTS, *SIGN_INS, *PERSONAL, *BACKUPS]
