"""Signing in at a company's SAML provider: what a person pastes, or what the browser posts to a listener.

Most providers post to AWS only, so the paste is the main way; nothing but the guide opens the browser then.
With `saml_listen_port` the provider may post here: {port} and {state} in the address are filled in, and a
provider that gives RelayState back proves by {state} that it answers this very sign-in.
"""

from __future__ import annotations

import secrets
from typing import Final
from urllib.parse import urlsplit

from rolecall.domain import saml_paste, saml_proof
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text
from rolecall.domain.proof import Proof, Step, StepKind, Talk
from rolecall.domain.role import Source
from rolecall.domain.saml_proof import chosen_in
from rolecall.proving.means import Means
from rolecall.storage.browser import OneTimeRedirect, open_browser
from rolecall.storage.callback import Callback, Expected
from rolecall.storage.pasted_file import pasted_text

PATH: Final = "/saml"


def prove(source: Source, talk: Talk, means: Means, given: str = "") -> Proof | None:
    """Take what was `given`, or open the sign-in page. None: the rest comes by a paste.

    Raises ProblemError.
    """
    if given:
        return _taken(source, given, means, ())
    if source.get("saml_listen_port"):
        return _listened(source, talk, means)
    url = login_url(source)
    talk.show(Step(StepKind.PASTE, url=url))
    if url:
        open_browser(url, means.environ)
    return None


def login_url(source: Source, port: int = 0, state: str = "") -> str:
    """The address of the sign-in page, or nothing where an entry names none. Raises ProblemError."""
    url = source.get("saml_login_url").replace("{port}", str(port)).replace("{state}", state)
    parts = urlsplit(url)
    local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if url and (
        not parts.hostname or parts.scheme not in ({"http", "https"} if local else {"https"})
    ):
        raise ProblemError(_bad_address(source.name))
    return url


def _taken(source: Source, given: str, means: Means, listeners: tuple[str, ...]) -> Proof:
    """The Proof in a text."""
    pasted = pasted_text(given)
    encoded, accounts = saml_paste.response_in(pasted), saml_paste.account_names(pasted)
    return saml_proof.read(source, encoded, means.now(), chosen_in(given), accounts, listeners)


def _listened(source: Source, talk: Talk, means: Means) -> Proof:
    """Wait for the provider's form."""
    state = secrets.token_urlsafe(24) if "{state}" in source.get("saml_login_url") else ""
    expected = Expected(state, "RelayState", PATH, ("SAMLResponse",), form=True)
    callback = Callback(expected, _port(source), means.say)
    try:
        port = urlsplit(callback.address).port or 0
        url = login_url(source, port, state)
        _open(url, state, means)
        talk.show(Step(StepKind.BROWSER, url="" if state else url))
    except BaseException:
        callback.close()
        raise
    fields = callback.wait(lambda: talk.cancelled)
    return _taken(source, fields["SAMLResponse"], means, (callback.address,))


def _open(url: str, state: str, means: Means) -> None:
    """A URL with a state is for this browser only: it goes by way of a one-time address."""
    if not url:
        return
    if not state:
        open_browser(url, means.environ)
        return
    redirect = OneTimeRedirect(url)
    try:
        open_browser(redirect.address, means.environ)
    except ProblemError:
        redirect.close()
        raise
    redirect.serve()


def _port(source: Source) -> int:
    written = source.get("saml_listen_port")
    if written.isascii() and written.isdigit() and int(written) < 65536:
        return int(written)
    raise ProblemError(_bad_port(source.name))


def _bad_address(name: str) -> Problem:
    return Problem(
        "bad_saml_login_url",
        text(
            QT_TRANSLATE_NOOP("Problem", "The saml_login_url of {name} is no web address"),
            name=name,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "Write it as https://…, as the browser shows it.")
        ),
        exit=Exit.LOCAL,
    )


def _bad_port(name: str) -> Problem:
    return Problem(
        "bad_saml_listen_port",
        text(QT_TRANSLATE_NOOP("Problem", "The saml_listen_port of {name} is no port"), name=name),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "Write a number up to 65535; 0 takes any free port.")
        ),
        exit=Exit.LOCAL,
    )
