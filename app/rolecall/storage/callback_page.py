"""The pages a browser is left with after a sign-in: no script, nothing from elsewhere, nothing of the answer."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Final

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Text

Say = Callable[[Text], str]

_STYLE: Final = """
:root{color-scheme:light dark;--ground:#eef1f5;--card:#fff;--text:#1d2129;--soft:#5c6470;--line:#e2e6ec}
@media(prefers-color-scheme:dark){:root{--ground:#14171c;--card:#1d2129;--text:#eceff4;--soft:#a0a8b4;
--line:#323843}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--ground);
color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{width:100%;max-width:440px;background:var(--card);border-radius:12px;padding:32px;
border:1px solid var(--line)}
p{margin:0;color:var(--soft)}
p.brand{margin:0 0 20px;font-size:14px}
h1{margin:0 0 6px;font-size:22px;font-weight:600}
"""


def done(say: Say) -> bytes:
    """The browser brought what was wanted; whether it is worth anything the program says."""
    return _page(
        "200 OK",
        say(Text(QT_TRANSLATE_NOOP("Problem", "Back to Rolecall"))),
        say(
            Text(QT_TRANSLATE_NOOP("Problem", "You can close this window. Rolecall does the rest."))
        ),
    )


def refused(say: Say) -> bytes:
    """The provider said no, or the person did."""
    return _page(
        "200 OK",
        say(Text(QT_TRANSLATE_NOOP("Problem", "Not signed in"))),
        say(Text(QT_TRANSLATE_NOOP("Problem", "You can close this window. Rolecall says why."))),
    )


def stranger(say: Say) -> bytes:
    """It did not come from the sign-in that is being waited for."""
    return _page(
        "400 Bad Request",
        say(Text(QT_TRANSLATE_NOOP("Problem", "This is not the sign-in Rolecall waits for"))),
        say(
            Text(
                QT_TRANSLATE_NOOP(
                    "Problem",
                    "Nothing was taken from it. Go on in the window that Rolecall opened, or begin again.",
                )
            )
        ),
    )


def _page(status: str, title: str, said: str) -> bytes:
    body = (
        '<!doctype html><html><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)} · Rolecall</title><style>{_STYLE}</style></head><body><main>"
        f'<p class="brand">Rolecall</p><h1>{escape(title)}</h1><p>{escape(said)}</p></main></body></html>'
    ).encode()
    return (
        f"HTTP/1.1 {status}\r\n"
        "Content-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\n"
        "Cache-Control: no-store\r\n"
        "Referrer-Policy: no-referrer\r\n"
        "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'\r\n"
        "X-Content-Type-Options: nosniff\r\n"
        "Connection: close\r\n\r\n"
    ).encode("ascii") + body
