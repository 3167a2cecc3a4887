"""A programme for other rule software: as DMN 1.3 and as GoRules JDM, with the values in force on a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from office.programs import not_in_force
from office.refusal import refuse
from rules.exchange.building import model_of
from rules.exchange.dmn_xml import dmn
from rules.exchange.jdm_json import jdm
from rules.program import NotInForce, Program

Form = Literal["dmn", "jdm"]
FORMS: Mapping[Form, Callable[[Program, date], str]] = {"dmn": dmn, "jdm": jdm}
ENDINGS: Mapping[Form, str] = {"dmn": ".dmn", "jdm": ".jdm.json"}


@dataclass(frozen=True)
class Extent:
    """How much an export holds: what is handed in, its tables and their rows."""

    inputs: int
    tables: int
    rows: int


def exported(program: Program, day: date, form: Form) -> bytes:
    """The file of a programme. Raises Refused on a day on which it is not in force yet."""
    try:
        return FORMS[form](program, day).encode("utf-8")
    except NotInForce:
        raise not_in_force(program, day) from None


def extent(program: Program, day: date) -> Extent:
    """How much the files of a programme hold. Raises Refused like `exported`."""
    try:
        model = model_of(program, day)
    except NotInForce:
        raise not_in_force(program, day) from None
    return Extent(len(model.inputs), len(model.tables), sum(len(table.rows) for table in model.tables))


def file_name(program: Program, day: date, form: Form) -> str:
    """What the file is called: the programme, the day of its values and the beginning of its digest."""
    return f"{program.program}-{day.isoformat()}-{program.digest[:8]}{ENDINGS[form]}"


def write_exchange(program: Program, day: date, files: Mapping[Form, Path]) -> dict[str, Any]:
    """Write the files asked for, all or none; the document that `exchange --json` prints.

    Raises Refused for a day too early, for one file named twice and where a file cannot be written.
    """
    if len({path.resolve() for path in files.values()}) < len(files):
        raise refuse(
            "两种格式不能写进同一个文件，没有写入", "the two formats need two files; nothing was written"
        )
    contents = {form: exported(program, day, form) for form in files}
    _write_all({files[form]: content for form, content in contents.items()})
    return {
        "program": program.program,
        "digest": program.digest,
        "as_of": day.isoformat(),
        **vars(extent(program, day)),
        "files": [
            {
                "format": form,
                "file": str(files[form]),
                "bytes": len(content),
                "sha256": sha256(content).hexdigest(),
            }
            for form, content in contents.items()
        ],
    }


def _write_all(contents: Mapping[Path, bytes]) -> None:
    """Written beside their names first, so that a full disk leaves the earlier files as they were."""
    beside = {path: path.with_name(f"{path.name}.new") for path in contents}
    try:
        for path, content in contents.items():
            beside[path].write_bytes(content)
        for path, new in beside.items():
            new.replace(path)
    except OSError as error:
        place = str(error.filename).removesuffix(".new")
        raise refuse(f"写不到 {place}：{error.strerror}", f"cannot write {place}: {error.strerror}") from None
    finally:
        for new in beside.values():
            new.unlink(missing_ok=True)
