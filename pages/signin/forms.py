"""The door's forms as HTML: labels, hints and faults beside their fields, nothing lost but passwords."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from starlette.responses import HTMLResponse

from pages.parts.language import OTHER, Lang
from pages.signin.answers import heading, page, speaker

CODE, LOGIN, NEW, NEW_AGAIN = "code", "login", "new-password", "new-password-again"


@dataclass(frozen=True)
class Field:
    """One line of a form. What was typed into a secret field never comes back."""

    name: str
    label: str
    complete: str  # what the browser may fill in: username, current-password, new-password, off, name
    secret: bool = False
    hint: str = ""
    longest: int = 200
    value: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Link:
    """Another way on, below the form."""

    address: str
    words: str
    is_button: bool = False


@dataclass(frozen=True)
class Form:
    """A whole form; every text is in its language already."""

    language: Lang
    title: str
    action: str
    button: str
    fields: tuple[Field, ...]
    hidden: tuple[tuple[str, str], ...]
    intro: str = ""
    links: tuple[Link, ...] = ()
    said: str = ""
    status: int = 200


def form_page(form: Form) -> HTMLResponse:
    """The page with the form; the first field with a fault, or the first empty one, has the cursor."""
    _ = speaker(form.language)
    cursor = next(
        (field.name for field in form.fields if field.fault),
        next((field.name for field in form.fields if field.secret or not field.value), ""),
    )
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in form.hidden
    )
    fields = "".join(_field(field, has_cursor=field.name == cursor) for field in form.fields)
    show = f'<label class="show"><input type="checkbox" id="show"> {_("显示输入的内容")}</label>'
    intro = f"<p>{escape(form.intro)}</p>" if form.intro else ""
    other, name = OTHER[form.language]
    body = (
        f"{heading(form.language, title=form.title, said=form.said)}{intro}"
        f'<form id="entry" method="post" action="{form.action}">{hidden}{fields}{show}'
        f'<button class="main">{escape(form.button)}</button></form>{_links(form.links)}'
        # a button and not a link, so that what has been typed goes along
        f'<footer><button class="plain" form="entry" name="other" value="{other}" formnovalidate'
        f' lang="{other}">{name}</button></footer>'
    )
    return page(form.title, form.language, body, form.status)


def _field(field: Field, *, has_cursor: bool) -> str:
    about = [f"{field.name}-{part}" for part in ("hint", "fault") if getattr(field, part)]
    marks = [
        f'type="{"password" if field.secret else "text"}" id="{field.name}" name="{field.name}"',
        f'autocomplete="{field.complete}" maxlength="{field.longest}" required',
        'spellcheck="false" autocapitalize="none"',
    ]
    if field.secret:
        marks.append("data-secret")
    else:
        marks.append(f'value="{escape(field.value)}"')
    if field.fault:
        marks.append('aria-invalid="true"')
    if about:
        marks.append(f'aria-describedby="{" ".join(about)}"')
    if has_cursor:
        marks.append("autofocus")
    below = "".join(
        f'<p class="{part}" id="{field.name}-{part}">{escape(words)}</p>'
        for part, words in (("fault", field.fault), ("hint", field.hint))
        if words
    )
    return f'<label for="{field.name}">{escape(field.label)}</label><input {" ".join(marks)}>{below}'


def _links(links: tuple[Link, ...]) -> str:
    if not links:
        return ""
    lines = (
        f'<li><a href="{escape(link.address)}"{" class=button" if link.is_button else ""}>{escape(link.words)}</a></li>'
        for link in links
    )
    return f"<ul>{''.join(lines)}</ul>"
