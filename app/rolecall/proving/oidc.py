"""Signing in at an OpenID Connect provider, Amazon or Facebook: the browser, and the next token without a person.

Source: RFC 8252 (the system's browser, a loopback address), RFC 7636 (PKCE), OpenID Connect Core 1.0.
"""

from __future__ import annotations

from rolecall.aws import oidc
from rolecall.aws.oidc import Tokens
from rolecall.aws.pkce import fresh
from rolecall.domain.oidc import PATH, Provider, authorization_url, provider_of
from rolecall.domain.problem import ProblemError
from rolecall.domain.proof import Proof, Step, StepKind, Talk, sign_in_cancelled, sign_in_over
from rolecall.domain.role import Source
from rolecall.proving.means import Means
from rolecall.proving.page import show_page
from rolecall.storage import client_secret
from rolecall.storage.callback import Callback, Expected


def prove(source: Source, talk: Talk, means: Means, given: str = "") -> Proof:
    """Have a person sign in. given: the client secret, to be kept in the keyring. Raises ProblemError."""
    provider = provider_of(source.name, dict(source.settings))
    talk.show(Step(StepKind.WAITING))
    if given:
        client_secret.keep(means.secrets, provider.client_id, given)
    secret = _secret(provider, means)
    own = fresh()
    expected = Expected(own.state, path=PATH, host=provider.host)
    callback = Callback(expected, provider.port, means.say)
    try:
        endpoints = oidc.discover(provider, lambda: talk.cancelled)
        show_page(authorization_url(provider, endpoints, callback.address, own), talk, means)
        answer = callback.wait(lambda: talk.cancelled)
    finally:
        callback.close()
    talk.show(Step(StepKind.WAITING))
    code = oidc.code_in(answer, provider, endpoints)
    tokens = oidc.redeem(
        provider, endpoints, code, callback.address, own, secret, means.now, lambda: talk.cancelled
    )
    if talk.cancelled:
        raise ProblemError(sign_in_cancelled())
    return _proof(source, provider, tokens, means.now())


def current(source: Source, proof: Proof, means: Means) -> Proof:
    """`proof`, or the next one, had without a person. Raises ProblemError; `sign_in_over` if one is needed."""
    if not proof.refresh:
        if proof.live(means.now()):
            return proof
        raise ProblemError(sign_in_over(source))
    return means.renewals.current(proof, means.now, lambda held: _renewed(source, held, means))


def _renewed(source: Source, held: Proof, means: Means) -> Proof:
    provider = provider_of(source.name, dict(source.settings))
    subject = dict(held.details).get("subject", "")
    tokens = Tokens(held.token, held.expires_at, held.refresh, subject)
    try:
        secret = _secret(provider, means)
        renewed = oidc.refresh(provider, oidc.discover(provider), tokens, secret, means.now)
    except ProblemError as error:
        if error.problem.code != "sign_in_ended":
            raise
        over = sign_in_over(source)
    else:
        return _proof(source, provider, renewed, means.now())
    raise ProblemError(over)


def _proof(source: Source, provider: Provider, tokens: Tokens, now: float) -> Proof:
    details = (("provider", provider.shown), ("subject", tokens.subject))
    return Proof(source.proof_key, tokens.token, tokens.expires_at, now, tokens.refresh, details)


def _secret(provider: Provider, means: Means) -> str:
    """The client secret of the keyring, empty for a program that is registered without one.

    Raises ProblemError `client_secret_missing` for a provider that never does without.
    """
    needed = provider.preset.secret
    found = client_secret.of(means.secrets, provider.client_id, needed=needed)
    if needed and not found:
        raise ProblemError(client_secret.missing(provider.entry, provider.shown))
    return found
