"""A paper's template filled in: the door to docxtpl and jinja2.

Templates are the office's to edit, so nothing in them is trusted: they run in jinja2's sandbox, a name that the
paper does not have is refused in words, and every value is written as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from data.papers.archive import saved
from data.papers.charts import charts_into
from data.papers.filters import FILTERS
from data.words import Words

SHIPPED = Path(__file__).parent / "templates"
OWN_FOLDER = "templates"  # the office's edited copies, beside the database
# What else an expression of somebody's own, or markup that it tears apart, can bring about.
UNFILLABLE = (
    TemplateError,
    SyntaxError,
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
    LookupError,
    RecursionError,
)
_MISSING = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'|has no element (\S+)")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class TemplateProblem(ValueError):
    """A template that cannot be used; `words` say which, and what is wrong in it."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def template(kind: str, own: Path | None = None) -> bytes:
    """The template in force for a kind of paper: the office's copy in the folder `own`, else the shipped one."""
    mine = own / f"{kind}.docx" if own else None
    if mine and mine.is_file():
        try:
            return mine.read_bytes()
        except OSError as error:
            raise _problem(kind, f"读不到：{error.strerror}", f"cannot be read: {error.strerror}") from error
    return (SHIPPED / f"{kind}.docx").read_bytes()


def digest(content: bytes) -> str:
    """SHA-256 of a template, by which a paper names the one it was printed with."""
    return sha256(content).hexdigest()


def kinds() -> tuple[str, ...]:
    """Every kind of paper there is a template for."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.docx")))


def render(kind: str, context: Mapping[str, Any], content: bytes) -> bytes:
    """The .docx of a paper from its context and its template's bytes; the same bytes for the same two.

    Raises TemplateProblem naming the template and the place where it cannot be filled in.
    """
    document, context = _opened(kind, content), _printable(dict(context))
    env = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    env.filters.update(FILTERS)
    env.filters["chart"] = charts_into(document.docx)
    try:
        document.render(context, env, autoescape=True)
    except UndefinedError as error:
        name = _name_in(error)
        raise _problem(
            kind, f"占位符“{name}”没有对应的内容", f'there is nothing for the placeholder "{name}"'
        ) from error
    except TemplateSyntaxError as error:
        raise _problem(kind, f"写法有误：{error.message}", f"does not read well: {error.message}") from error
    except SecurityError as error:
        raise _problem(kind, f"含有不允许的写法：{error}", f"holds what is not allowed: {error}") from error
    except UNFILLABLE as error:
        raise _problem(kind, f"不能填写：{error}", f"cannot be filled in: {error}") from error
    at = datetime.combine(date.fromisoformat(context["done_on"]), time())
    title = f"{context.get('number', '')} {kind}".strip()
    return saved(document.docx, title=title, author=context["letterhead"]["name"], at=at)


def _opened(kind: str, content: bytes) -> Any:
    document = DocxTemplate(BytesIO(content))
    try:
        document.init_docx()
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise _problem(kind, "不是可用的 Word 文件（.docx）", "is not a Word file (.docx)") from error
    return document


def _printable(value: Any) -> Any:
    """The value without characters that a Word file cannot hold."""
    if isinstance(value, str):
        return _NOT_XML.sub("", value)
    if isinstance(value, list):
        return [_printable(one) for one in value]
    if isinstance(value, dict):
        return {name: _printable(one) for name, one in value.items()}
    return value


def _name_in(error: UndefinedError) -> str:
    found = _MISSING.search(error.message or "")
    return next((name for name in found.groups() if name), "") if found else str(error)


def _problem(kind: str, zh: str, en: str) -> TemplateProblem:
    return TemplateProblem(
        Words(
            f"模板 {kind}.docx {zh}。没有生成文件；请改正模板，或从 templates 文件夹移走它，改用自带的模板。",
            f"The template {kind}.docx {en}. No file was made: mend it, or move it out of the folder templates "
            "to use the one that comes with the application.",
        )
    )
