"""What the tables of casework are made of: who recorded a row, the office's day, columns of days, refusals."""

from __future__ import annotations

# What is no writing: tabs and line ends, blanks of any width (full, narrow, none) and the mark of a file's beginning.
_BLANKS = "char(9, 10, 11, 12, 13, 32, 160, 8203, 12288, 65279)"


def written(column: str) -> str:
    """The condition that something stands there."""
    return f"trim(coalesce({column}, ''), {_BLANKS}) <> ''"


RECORDED = f"""recorded_seq INTEGER NOT NULL REFERENCES chain(seq),
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL CHECK ({written("recorded_by")})"""

# The office's day of an entry: the day here of its instant, in a demonstration at most the stored one
# (data/settings.py `day_of_entry`).
TODAY = (
    "min(date(NEW.recorded_at, '+8 hours'),"
    " coalesce((SELECT value FROM settings WHERE key = 'working_day'), '9999-12-31'))"
)


def day(column: str, *, needed: bool = True) -> str:
    return f"{column} TEXT{' NOT NULL' if needed else ''} CHECK ({column} IS date({column}, '+0 days'))"


def bare(name: str) -> str:
    """A name without case and blanks; `office.casework.doers` knows more spellings of one person."""
    return f"lower(replace(replace({name}, ' ', ''), '　', ''))"


def refuse(table: str, name: str, when: list[str], message: str) -> str:
    return (
        f"CREATE TRIGGER {table}_{name} BEFORE INSERT ON {table}\nWHEN "
        + "\n  OR ".join(when)
        + f"\nBEGIN SELECT RAISE(ABORT, '{table}: {message}'); END"
    )
