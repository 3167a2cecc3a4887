"""The frame of the door's own pages, in the application's looks and both languages, and its refusals."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from html import escape

from starlette.responses import HTMLResponse

from pages.parts.language import LANGUAGES, OTHER, Lang, translate
from pages.signin.headers import policy_with_script

STYLE = """
body { margin: 0; background: #f3f6fa; color: #1f2933; font: 15px/1.6 "Microsoft YaHei", "PingFang SC",
  "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif; }
main { max-width: 27rem; margin: 4vh auto 1rem; background: #fff; border: 1px solid #d5dce5; border-radius: 4px;
  padding: 1.6rem 2rem 1.4rem; }
h1 { font-size: 1.3rem; margin: 0; } h1 small { display: block; font-size: .95rem; font-weight: 400; color: #46525f; }
h2 { font-size: 1.05rem; margin: 1rem 0 .2rem; } p { margin: .5rem 0; }
.mark { display: inline-block; margin: .8rem 0 0; padding: .1rem .5rem; border: 1px solid #8f5f00; border-radius: 4px;
  color: #6d4800; background: #fff6e0; font-size: .85rem; font-weight: 600; }
.said { border-left: 3px solid #8f5f00; padding: .2rem .7rem; background: #fffaf0; }
label { display: block; margin: .8rem 0 .15rem; font-weight: 600; }
input:not([type=checkbox]) { width: 100%; box-sizing: border-box; padding: .45rem .6rem; font: inherit; color: inherit;
  border: 1px solid #7b8794; border-radius: 4px; background: #fff; }
input[aria-invalid] { border: 2px solid #b3261e; } .hint { color: #46525f; font-size: .88rem; margin: .1rem 0; }
.fault { color: #b3261e; font-size: .92rem; font-weight: 600; margin: .15rem 0; }
.show { font-weight: 400; margin: .5rem 0; font-size: .92rem; }
button, a.button { display: flex; justify-content: space-between; box-sizing: border-box; width: 100%; margin: .5rem 0;
  padding: .55rem .9rem; font: inherit; color: #1f2933; background: #fff; border: 1px solid #7b8794; border-radius: 4px;
  cursor: pointer; text-decoration: none; }
button.main { justify-content: center; margin-top: 1rem; color: #fff; background: #1f5fa8; border-color: #1f5fa8;
  font-weight: 600; } button.main:hover { background: #17497f; color: #fff; } a.button { justify-content: center; }
button:hover, a.button:hover { border-color: #1f5fa8; color: #1f5fa8; }
button:focus-visible, a:focus-visible, input:focus-visible { outline: 3px solid #1f5fa8; outline-offset: 1px; }
button.plain { display: inline; width: auto; margin: 0; padding: 0; border: 0; color: #1f5fa8; background: none;
  text-decoration: underline; }
code { background: #eef3f9; padding: .1rem .35rem; border-radius: 3px; word-break: break-all; }
ul { list-style: none; margin: .9rem 0 0; padding: 0; font-size: .92rem; } li { margin: .3rem 0; }
footer { margin-top: 1.2rem; padding-top: .8rem; border-top: 1px solid #d5dce5; font-size: .9rem; } a { color: #1f5fa8; }
"""
# The only script of these pages: a password can be looked at while it is typed.
SCRIPT = (
    "document.addEventListener('change',function(e){if(e.target.id==='show')"
    "document.querySelectorAll('[data-secret]').forEach(function(f){f.type=e.target.checked?'text':'password'})})"
)
SCRIPT_DIGEST = "sha256-" + base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()


def speaker(language: Lang) -> Callable[[str], str]:
    """`_` for the door's pages, which no run of Streamlit stands behind."""
    return lambda words: translate(words, language)


def page(title: str, language: Lang, body: str, status: int = 200) -> HTMLResponse:
    """A page of the door; `body` is HTML in which everything foreign is escaped already."""
    code = "zh-CN" if language == "zh" else "en"
    return HTMLResponse(
        f'<!doctype html><html lang="{code}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f'<link rel="icon" href="data:,"><style>{STYLE}</style></head><body><main>{body}</main>'
        f"<script>{SCRIPT}</script></body></html>",
        status_code=status,
        headers={"content-security-policy": policy_with_script(SCRIPT_DIGEST)},
    )


def heading(language: Lang, *, demonstration: bool = False, title: str = "", said: str = "") -> str:
    """What stands above every form: whose door it is, what for, and what has just been said."""
    _ = speaker(language)
    mark = f'<span class="mark">{_("演示数据")}</span>' if demonstration else ""
    below = f"<h2>{escape(title)}</h2>" if title else ""
    words = f'<p class="said" role="alert">{escape(said)}</p>' if said else ""
    return f"<h1>{_('县电商办公室')}<small>{_('农产品帮扶资格')}</small></h1>{mark}{below}{words}"


def language_link(language: Lang, address: str) -> str:
    """The same page in the other language, where nothing has been typed that could be lost."""
    code, name = OTHER[language]
    return f'<footer><a href="{escape(address)}" lang="{code}">{name}</a></footer>'


def refusal(language: Lang, status: int, words: str) -> HTMLResponse:
    """A short page with one sentence, already translated."""
    return page(words, language, f"<p>{escape(words)}</p>", status)


def wrong_address() -> HTMLResponse:
    """Somebody called us by a name that is not ours. In both languages, for nothing else of theirs is read."""
    both = []
    for language in LANGUAGES:
        _ = speaker(language)
        words = _("请用本单位规定的地址打开。这个地址没有登记在本软件的设置里（环境变量 OFFICE_ADDRESS）。")
        both.append(f'<p lang="{language}">{words}</p>')
    return page("400", "zh", "".join(both), 400)
