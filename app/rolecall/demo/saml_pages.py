"""The pages of SAML in the demo: the company's sign-in, the form that posts itself, AWS's choice of a role."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Final

from rolecall.demo.signin_page import document
from rolecall.demo.wire import Answer

_SUBMIT: Final = "document.forms[0].submit()"
_STYLE: Final = """<style>
select{font:inherit;padding:8px 10px;border-radius:8px;border:1px solid var(--line);background:var(--card);
color:var(--text);flex:1}
form#saml_form{display:block}
fieldset{border:0;padding:0;margin:0 0 24px}
.saml-account{margin:0 0 18px}
.saml-account-name{color:var(--soft);font-size:14px;margin:0 0 6px}
.saml-role{display:flex;gap:12px;align-items:center;padding:8px 12px;margin:0 0 6px;border:1px solid var(--line);
border-radius:8px}
input.saml-radio{width:auto;margin:0}
</style>"""
_IDP: Final = ("Acme sign-in", "stands for a company's identity provider")
_AWS: Final = ("Demo sign-in", "stands for AWS's sign-in page at …/saml")


def who(people: Sequence[tuple[str, str]], hidden: Mapping[str, str]) -> Answer:
    """The identity provider's sign-in. people: name and mail; hidden: fields that are sent back."""
    listed = "".join(
        f'<option value="{escape(name)}">{escape(mail)}</option>' for name, mail in people
    )
    content = (
        f"{_STYLE}"
        '<h1>Sign in to Acme</h1><p class="sub">Next stop: Amazon Web Services</p>'
        f'<form method="post" action="sso">{_hidden(hidden)}'
        f'<label>User <select name="user" id="user" autofocus>{listed}</select></label>'
        '<button class="main" id="continue">Continue</button></form>'
    )
    return page(200, document("Sign in", content, *_IDP))


def posting(target: str, fields: Mapping[str, str]) -> Answer:
    """The form that posts itself to `target`, with a button where scripts are off."""
    content = (
        f'<h1>Signed in</h1><p class="sub">On the way to {escape(target.split("?", 1)[0])}</p>'
        f'<form method="post" action="{escape(target)}">{_hidden(fields)}'
        f'<noscript><button class="main">Continue</button></noscript></form><script>{_SUBMIT}</script>'
    )
    return page(200, document("Signed in", content, *_IDP), script=_SUBMIT)


def choose(
    roles: Sequence[tuple[str, str]], names: Mapping[str, str], fields: Mapping[str, str]
) -> Answer:
    """AWS's own choice of a role. roles: ARN and provider; names: accounts by id.

    The marks (saml-account, saml-account-name, roleIndex) are those of AWS's page as people save it.
    """
    groups = groupby(sorted(roles), key=lambda pair: pair[0].split(":")[4])
    listed = "".join(
        f'<div class="saml-account"><div class="saml-account-name">Account: {escape(names.get(account, ""))} '
        f"({account})</div>{''.join(_role(arn) for arn, _ in pairs)}</div>"
        for account, pairs in groups
    )
    content = (
        f"{_STYLE}"
        '<h1>Choose a role</h1><p class="sub">Rolecall takes this page too: save it and open the file there, '
        "or copy SAMLResponse, as it was sent to this page.</p>"
        f'<form id="saml_form" method="post" action="saml">{_hidden(fields)}<fieldset>{listed}</fieldset>'
        '<button class="main" id="signin_button">Sign in</button></form>'
    )
    return page(200, document("Choose a role", content, *_AWS))


def refused(reason: str, *, by_aws: bool = True) -> Answer:
    """A sign-in that is refused."""
    content = f'<h1>Not signed in</h1><p class="sub" id="reason">{escape(reason)}</p>'
    return page(400, document("Not signed in", content, *(_AWS if by_aws else _IDP)), "BadRequest")


def _role(arn: str) -> str:
    name = arn.split(":role/", 1)[1]
    return (
        f'<div class="saml-role"><input type="radio" name="roleIndex" value="{escape(arn)}" id="{escape(arn)}" '
        f'class="saml-radio"><label for="{escape(arn)}" class="saml-role-description">{escape(name)}</label></div>'
    )


def _hidden(fields: Mapping[str, str]) -> str:
    return "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}"/>'
        for name, value in fields.items()
    )


def page(status: int, html: str, code: str = "Ok", script: str = "") -> Answer:
    """A page for a browser. script: the one that may run."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    scripts = f"; script-src 'sha256-{digest}'" if script else ""
    headers = (
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", f"default-src 'none'; style-src 'unsafe-inline'{scripts}"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
    )
    return Answer(status, html.encode(), "text/html; charset=utf-8", headers, code)
