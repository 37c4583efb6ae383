"""The sign-in page of the demo's identity providers: one person, Allow or Deny. No script."""

from __future__ import annotations

from html import escape

from rolecall.demo.signin_page import document


def consent(provider: str, client: str, person: str, name: str, action: str) -> str:
    """The page that asks. name: of the sign-in under way; action: where the form goes."""
    return _page(
        provider,
        "Sign in",
        f'<h1>Sign in</h1><p class="sub">{escape(client)} wants to know who you are.</p>'
        f'<dl><dt>Person</dt><dd id="person">{escape(person)}</dd></dl>'
        f'<form method="post" action="{escape(action)}">'
        f'<input type="hidden" name="form" value="{escape(name)}">'
        '<button class="main" name="answer" value="allow" id="allow">Allow</button>'
        '<button name="answer" value="deny" id="deny">Deny</button></form>',
    )


def refused(provider: str, reason: str) -> str:
    """The page of a request that may not be answered by a redirect (RFC 6749, section 4.1.2.1)."""
    return _page(
        provider,
        "Not signed in",
        f'<h1>Not signed in</h1><p class="sub" id="reason">{escape(reason)}</p>',
    )


def _page(provider: str, title: str, content: str) -> str:
    return document(title, content, escape(provider), "stands for a company's identity provider")
