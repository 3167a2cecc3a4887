"""`verify`: one document with what was decided again, a refusal where something differs, marks from paper compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from data.store import reading
from office.__main__ import main
from tests.rechained import rechained


def verify(file: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, dict[str, Any], str]:
    code = main(["--db", str(file), "verify", "--json", *more])
    out, err = capsys.readouterr()
    return code, json.loads(out), err


def test_all_that_was_recorded_is_decided_again(demo_db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with reading(demo_db) as db:
        recorded = db.execute("SELECT count(*) FROM decisions").fetchone()[0]
        seq, digest = db.execute("SELECT seq, hash FROM chain ORDER BY seq DESC").fetchone()
    code, document, err = verify(demo_db, capsys, "--anchor", f"{seq}：{digest[:16]}")
    assert code == 0
    assert document.pop("seconds") > 0
    assert document == {
        "ok": True,
        "entries": seq,
        "head": digest,
        "decisions": recorded,
        "rechecked": recorded,
        "notes": [],
        "differences": [],
    }
    assert "重新判定" in err and "\r" not in err  # nobody sits before it: no bar of progress


def test_a_difference_is_said_with_its_place_in_both_languages(
    demo_db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rechained(demo_db, "UPDATE decisions SET verdict = 'revoked' WHERE id = 3")
    code, document, err = verify(demo_db, capsys)
    assert code == 1 and not document["ok"] and "head" not in document
    assert document["differences"][0]["place"] == "decisions 3"
    assert "结论存档为“应取消”" in err
    main(["--db", str(demo_db), "--lang", "en", "verify"])
    assert 'verdict was recorded as "to be revoked"' in capsys.readouterr().err


@pytest.mark.parametrize("text", ["7", "七:00", "7:", ":00"])
def test_what_is_no_mark_is_wrong_usage(demo_db: Path, text: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--db", str(demo_db), "verify", "--anchor", text])
    assert ended.value.code == 2
