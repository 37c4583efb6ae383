"""The pages of the demo's access portal: allow a program, type a code. No script, nothing from elsewhere."""

from __future__ import annotations

from html import escape

from rolecall.demo.directory import PERSON
from rolecall.demo.signin_page import document


def allow(action: str, form: str, program: str, shown_code: str = "") -> str:
    """Ask the person whether a program may act for them. form: the hidden value that is sent back."""
    field = "user_code" if shown_code else "form"
    code = f'<dt>Code</dt><dd id="code">{escape(shown_code)}</dd>' if shown_code else ""
    return _document(
        "Allow access",
        f'<h1>Allow access?</h1><p class="sub">A program on this computer wants to use the accounts that '
        f"{escape(PERSON)} may use.</p><dl><dt>Signed in as</dt><dd>{escape(PERSON)}</dd>"
        f'<dt>Program</dt><dd id="program">{escape(program)}</dd>{code}</dl>'
        f'<form method="post" action="{action}">'
        f'<input type="hidden" name="{field}" value="{escape(form)}">'
        '<button name="answer" value="allow" class="main">Allow access</button>'
        '<button name="answer" value="deny">Deny</button></form>',
    )


def ask_code(said: str) -> str:
    """Ask for the code that the program shows. said: what is wrong with the last one."""
    wrong = f'<p id="reason">{escape(said)}</p>' if said else ""
    return _document(
        "Authorize a device",
        f"<h1>Authorize a device</h1>{wrong}"
        '<form method="get" action="device"><label>Code <input name="user_code" autofocus '
        'autocomplete="off" maxlength="9"></label>'
        '<button class="main">Next</button></form>',
    )


def decided(*, allowed: bool) -> str:
    """The page after a device was allowed, or not."""
    said = "Request approved" if allowed else "Request denied"
    return _document(
        said, f'<h1>{said}</h1><p class="sub">You can close this window and go back.</p>'
    )


def refused(reason: str) -> str:
    """The page of a request that cannot be answered."""
    return _document(
        "Not signed in", f'<h1>Not signed in</h1><p class="sub" id="reason">{escape(reason)}</p>'
    )


def _document(title: str, content: str) -> str:
    return document(title, content, "Demo portal", "stands for the AWS access portal")
