"""Templates belong to the office: its copies are used, and a broken one is refused in words that say where."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from data.papers.rendering import TemplateProblem, kinds, render, template
from office.paperwork.templates_of_papers import sample, shipped_templates
from tests import examples_of_papers as examples
from tests.test_papers import on_paper, text_of

KIND = "intended_notice"
NOTICE = on_paper(examples.notice())


def edited(text: str) -> bytes:
    """The shipped notice with a line of somebody's own."""
    document = Document(BytesIO(template(KIND)))
    document.add_paragraph(text)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def refused(content: bytes) -> str:
    """What is said of a template that cannot be used; both languages name it."""
    with pytest.raises(TemplateProblem) as raised:
        render(KIND, NOTICE, content)
    words = raised.value.words
    assert f"{KIND}.docx" in words.zh and f"{KIND}.docx" in words.en
    return words.zh + words.en


def test_the_offices_own_copy_goes_before_the_shipped_one(tmp_path: Path) -> None:
    assert template(KIND, tmp_path) == template(KIND)
    (tmp_path / f"{KIND}.docx").write_bytes(edited("另附：{{ good.product }}须知。"))
    assert "另附：示例红枣须知。" in text_of(render(KIND, NOTICE, template(KIND, tmp_path)))
    assert template("decision", tmp_path) == template("decision")


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("{{ phone_of_the_mayor }}", "phone_of_the_mayor"),
        ("{{ good.phone }}", "phone"),
        ("{{ findings[9].text }}", "“9”"),
        ("{{ done_on|weekday }}", "weekday"),
        ("{{ done_on", "{{"),
        ("{% if measure %}", "endif"),
        ("{{ good.__class__ }}", "__class__"),
        ("{{ [].append(1) }}", "append"),
        ("{{ done_on|yuan }}", "'str'"),
    ],
)
def test_a_faulty_line_is_refused_and_named(line: str, named: str) -> None:
    said = refused(edited(line))
    assert named in said or named == "{{"


@pytest.mark.parametrize("content", [b"", b"not a word file", b"PK\x03\x04broken"])
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    assert "不是可用的 Word 文件" in refused(content)


@pytest.mark.parametrize(
    "line", ["{% for a in range(10**9) %}{% endfor %}", "{{ 1 // 0 }}", "{{ done_on|kind_of_item }}"]
)
def test_a_line_that_cannot_be_worked_out_is_refused(line: str) -> None:
    refused(edited(line))


def test_a_value_is_never_read_as_a_template_or_as_markup() -> None:
    good = {**NOTICE["good"], "product": "<w:p/>{{ 1 + 1 }}{_{ x }_}&amp;\x00枣"}
    text = text_of(render(KIND, {**NOTICE, "good": good}, template(KIND)))
    assert "<w:p/>{{ 1 + 1 }}" in text
    assert "&amp;枣" in text


@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("full", [True, False])
def test_every_shipped_template_takes_a_full_and_a_bare_paper(kind: str, full: bool) -> None:
    assert text_of(render(kind, sample(kind, full=full), template(kind)))


def test_a_sample_has_the_fields_of_the_real_paper() -> None:
    def shape(value: object) -> object:
        if isinstance(value, dict):
            return {name: shape(one) for name, one in value.items()}
        return [shape(value[0])] if isinstance(value, list) and value else type(value).__name__

    for paper in examples.SHORT:
        real, made = on_paper(paper), sample(paper.kind, full=True)
        assert set(real) == set(made)
        for name in set(real) - {"pool", "receiver", "delivered_on"}:
            if real[name] is not None:
                assert shape(real[name]) == shape(made[name]), (paper.kind, name)


def test_copies_are_the_templates_in_force() -> None:
    assert {name.removesuffix(".docx"): content for name, content in shipped_templates().items()} == {
        kind: template(kind) for kind in kinds()
    }
