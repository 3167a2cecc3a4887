"""The door's own pages: sign-in form and refusals, in the application's looks and both languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from starlette.responses import HTMLResponse

from data.people import Person
from pages.parts.language import OTHER, Lang, translate

STYLE = """
body { margin: 0; background: #f3f6fa; color: #1f2933; font: 15px/1.6 "Microsoft YaHei", "PingFang SC",
  "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif; }
main { max-width: 27rem; margin: 9vh auto; background: #fff; border: 1px solid #d5dce5; border-radius: 4px;
  padding: 1.6rem 2rem 1.4rem; }
h1 { font-size: 1.3rem; margin: 0; } h1 small { display: block; font-size: .95rem; font-weight: 400; color: #46525f; }
.mark { display: inline-block; margin: .8rem 0 0; padding: .1rem .5rem; border: 1px solid #8f5f00; border-radius: 4px;
  color: #6d4800; background: #fff6e0; font-size: .85rem; font-weight: 600; }
.said { border-left: 3px solid #8f5f00; padding: .2rem .7rem; background: #fffaf0; }
button { display: flex; justify-content: space-between; width: 100%; margin: .5rem 0; padding: .55rem .9rem; font: inherit;
  color: #1f2933; background: #fff; border: 1px solid #9aa8b8; border-radius: 4px; cursor: pointer; }
button:hover { border-color: #1f5fa8; color: #1f5fa8; } button:focus-visible, a:focus-visible { outline: 3px solid #1f5fa8; }
code { background: #eef3f9; padding: .1rem .35rem; border-radius: 3px; }
footer { margin-top: 1.2rem; padding-top: .8rem; border-top: 1px solid #d5dce5; font-size: .9rem; } a { color: #1f5fa8; }
"""


@dataclass(frozen=True)
class Form:
    """What the sign-in page shows. `offered` is empty where nobody can sign in without an account."""

    language: Lang
    csrf: str
    next: str
    demonstration: bool
    offered: tuple[Person, ...] = ()
    said: str = ""
    status: int = 200
    other_address: str = field(default="/sign-in")


def sign_in_page(form: Form) -> HTMLResponse:
    """The form, or in plain words why there is none."""

    def _(words: str) -> str:
        return translate(words, form.language)

    parts = [f"<h1>{_('县电商办公室')}<small>{_('农产品帮扶资格')}</small></h1>"]
    if form.demonstration:
        parts.append(f'<span class="mark">{_("演示数据")}</span>')
    if form.said:
        parts.append(f'<p class="said" role="alert">{escape(form.said)}</p>')
    parts.append(_people(form) if form.offered else _no_accounts(form))
    other = OTHER[form.language]
    parts.append(f'<footer><a href="{escape(form.other_address)}" lang="{other[0]}">{other[1]}</a></footer>')
    return _page(_("登录"), form.language, "".join(parts), form.status)


def _people(form: Form) -> str:
    def _(words: str) -> str:
        return translate(words, form.language)

    roles = {
        "clerk": _("录入员"),
        "reviewer": _("审核员"),
        "auditor": _("审计员"),
        "administrator": _("管理员"),
    }
    buttons = "".join(
        f'<button name="login" value="{escape(person.login)}"><span>{escape(person.name)}</span>'
        f"<span>{roles[person.role]}</span></button>"
        for person in form.offered
    )
    hidden = (("csrf", form.csrf), ("next", form.next), ("lang", form.language))
    fields = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in hidden)
    return (
        f"<p>{_('这是演示数据库，人员都是虚构的，不需要密码。请选择以谁的身份进入：')}</p>"
        f'<form method="post" action="/sign-in">{fields}{buttons}</form>'
    )


def _no_accounts(form: Form) -> str:
    def _(words: str) -> str:
        return translate(words, form.language)

    if form.demonstration:
        return f"<p>{_('演示数据库只能在运行它的这台机器上打开，地址为 localhost。')}</p>"
    return (
        f"<p>{_('账号尚未开通，目前还不能登录这个数据库。')}</p>"
        f"<p>{_('想先看看，请在这台机器上打开演示数据库：')}<br><code>make run</code></p>"
    )


def refusal(language: Lang, status: int, words: str) -> HTMLResponse:
    """A short page with one sentence, already translated."""
    return _page(words, language, f"<p>{escape(words)}</p>", status)


def _page(title: str, language: Lang, body: str, status: int) -> HTMLResponse:
    code = "zh-CN" if language == "zh" else "en"
    return HTMLResponse(
        f'<!doctype html><html lang="{code}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f'<link rel="icon" href="data:,"><style>{STYLE}</style></head><body><main>{body}</main></body></html>',
        status_code=status,
    )
