"""Whether every text of rules that is kept still is what decided, settled, was published or reported with."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from data.canonical import sha256_of
from data.chain import Difference
from data.words import Words

# What a report was counted by is kept since step 5: older reports name texts that came with a later one, or are gone.
_TEXTS_OF_REPORTS = """SELECT digest, 'targets', recorded_seq FROM reported_figures
UNION SELECT digest, 'assessment', recorded_seq FROM assessments
UNION SELECT json_extract(scores, '$.digests.targets'), 'targets', recorded_seq FROM assessments
UNION SELECT value, key, bulletins.recorded_seq FROM bulletins, json_each(context, '$.digests')"""


def texts(db: Database) -> Iterator[Difference]:
    """Every text must have its digest and have come with the first run, settlement or publication of it, or a report."""
    used = {
        (row[0], row[1], row[2])
        for row in db.execute(
            "SELECT digest, program, min(recorded_seq) FROM (SELECT digest, program, recorded_seq FROM runs"
            " UNION ALL SELECT digest, program, recorded_seq FROM settlements"
            " UNION ALL SELECT digest, program, recorded_seq FROM publications) GROUP BY digest"
        )
    }
    used.update(db.execute(_TEXTS_OF_REPORTS))
    for digest, program, text, seq in db.execute("SELECT digest, program, text, recorded_seq FROM programs"):
        if sha256_of(text.encode("utf-8")) != digest:
            yield Difference(
                f"programs {digest}", Words("规则文件的文本被改动过。", "The programme's text was altered.")
            )
        elif (digest, program, seq) not in used:
            yield Difference(
                f"programs {digest}",
                Words(
                    "此规则文件与任何判定、结算、公布或上报不符。",
                    "This programme fits no run, settlement, publication or report.",
                ),
            )
