"""Problems of identity providers: from what a provider answers, or what happens on the way, to a Problem.

Nothing a provider says is repeated: its texts may hold what was sent. Source of the errors: RFC 6749,
sections 4.1.2.1 and 5.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rolecall.aws import problems
from rolecall.aws.access_denied import Circumstances
from rolecall.aws.limits import CallLimits
from rolecall.domain.oidc import Provider
from rolecall.domain.problem import EMPTY, QT_TRANSLATE_NOOP, Exit, Problem, Text, text
from rolecall.domain.proof import sign_in_cancelled

_TRY_AGAIN: Final = QT_TRANSLATE_NOOP("Problem", "Try again in a minute.")
_REGISTRATION: Final = QT_TRANSLATE_NOOP(
    "Problem",
    "Compare oidc_client_id, the client secret and the redirect address with what is registered there.",
)
_UNREACHABLE: Final = QT_TRANSLATE_NOOP("Problem", "{provider} cannot be reached")
_CONNECTION: Final = QT_TRANSLATE_NOOP("Problem", "Check the network, the VPN and oidc_issuer.")


def of_answer(
    provider: Provider, status: int, body: Mapping[str, Any] | None, refreshing: bool
) -> Problem:
    """The Problem for an answer that is not the one hoped for."""
    error = _word(body.get("error")) if body else ""
    if refreshing and error in {"invalid_grant", "interaction_required", "login_required"}:
        return sign_in_ended(provider)
    if status == 429 or status >= 500 or error in {"temporarily_unavailable", "server_error"}:
        return _problem(
            "provider_unavailable",
            QT_TRANSLATE_NOOP("Problem", "{provider} cannot serve at the moment"),
            _TRY_AGAIN,
            provider,
            Exit.NETWORK,
        )
    if error in {"invalid_client", "unauthorized_client"}:
        return _refused_program(provider)
    if error == "invalid_grant":
        return _problem(
            "code_not_taken",
            QT_TRANSLATE_NOOP("Problem", "{provider} does not take its own code any more"),
            QT_TRANSLATE_NOOP("Problem", "It was too old, or used before. Sign in again."),
            provider,
        )
    if error:
        return _refused_request(provider)
    return garbage(provider)


def _word(error: object) -> str:
    """The error's name; Facebook has an object in its place, which means that the request was refused."""
    return error if isinstance(error, str) else "invalid_request" if error else ""


def of_exception(provider: Provider, error: Exception, limits: CallLimits) -> Problem:
    """The Problem for what happened on the way. The exception may carry secrets: drop it afterwards."""
    if limits.cancelled is not None and limits.cancelled():
        return sign_in_cancelled()
    if limits.timed_out:
        return _problem("timeout", _UNREACHABLE, _CONNECTION, provider, Exit.NETWORK)
    if limits.too_large:
        return garbage(provider)
    on_the_way = problems.from_exception(error, Circumstances(provider.entry), sent=True)
    if on_the_way.code in {"no_network", "timeout", "connection_closed"}:
        return _problem(on_the_way.code, _UNREACHABLE, _CONNECTION, provider, Exit.NETWORK)
    if on_the_way.code == "garbage":
        return garbage(provider)
    if on_the_way.code == "tls":
        title = QT_TRANSLATE_NOOP("Problem", "The other side could not prove that it is {provider}")
        return Problem(
            "tls", text(title, provider=provider.shown), EMPTY, on_the_way.remedy, Exit.NETWORK
        )
    return on_the_way


def refused_in_browser(provider: Provider, error: str) -> Problem:
    """The Problem for the error the browser brought back."""
    if error in {"access_denied", "login_required", "consent_required", "interaction_required"}:
        return _problem(
            "sign_in_refused",
            QT_TRANSLATE_NOOP("Problem", "{provider} did not sign you in"),
            QT_TRANSLATE_NOOP(
                "Problem", "It was declined there, or this account may not use this program."
            ),
            provider,
        )
    if error in {"unauthorized_client", "invalid_client"}:
        return _refused_program(provider)
    if error in {"temporarily_unavailable", "server_error"}:
        return of_answer(provider, 503, None, refreshing=False)
    return _refused_request(provider)


def sign_in_ended(provider: Provider) -> Problem:
    """The Problem where only a person can get the next token."""
    return _problem(
        "sign_in_ended",
        QT_TRANSLATE_NOOP("Problem", "The sign-in at {provider} is over"),
        QT_TRANSLATE_NOOP("Problem", "Sign in again."),
        provider,
        Exit.NOBODY_TO_ASK,
    )


def other_issuer(provider: Provider) -> Problem:
    """The Problem for an answer that says it is somebody else's (RFC 9207; Discovery 1.0, section 4.3)."""
    return _problem(
        "other_issuer",
        QT_TRANSLATE_NOOP("Problem", "The answer of {provider} is in another provider's name"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "oidc_issuer has to be written exactly as the provider writes it, to the last slash.",
        ),
        provider,
    )


def garbage(provider: Provider) -> Problem:
    """The Problem for an answer that is none of an identity provider."""
    return _problem(
        "garbage",
        QT_TRANSLATE_NOOP("Problem", "The answer of {provider} is not one of an identity provider"),
        QT_TRANSLATE_NOOP(
            "Problem", "Check oidc_issuer. A network sign-in page or a proxy can do that too."
        ),
        provider,
        Exit.NETWORK,
    )


def bad_token(provider: Provider, failed: str) -> Problem:
    """The Problem for an ID token that is not what was asked for. failed: the claim, or `signature`."""
    title = QT_TRANSLATE_NOOP("Problem", "The token of {provider} does not stand the test")
    why = QT_TRANSLATE_NOOP("Problem", "What does not fit: {failed}. It was not used.")
    remedy = QT_TRANSLATE_NOOP(
        "Problem", "Sign in again. If it stays, show this to whoever runs the provider."
    )
    return Problem(
        "id_token_refused",
        text(title, provider=provider.shown),
        text(why, failed=failed),
        Text(remedy),
        Exit.REFUSED,
    )


def token_expired(provider: Provider) -> Problem:
    """The Problem for a token that was over when it came."""
    return _problem(
        "id_token_expired",
        QT_TRANSLATE_NOOP("Problem", "The token of {provider} was over when it came"),
        QT_TRANSLATE_NOOP("Problem", "Check this computer's clock, then sign in again."),
        provider,
    )


def _refused_program(provider: Provider) -> Problem:
    return _problem(
        "client_refused",
        QT_TRANSLATE_NOOP("Problem", "{provider} does not know this program"),
        _REGISTRATION,
        provider,
        Exit.LOCAL,
    )


def _refused_request(provider: Provider) -> Problem:
    return _problem(
        "request_refused",
        QT_TRANSLATE_NOOP("Problem", "{provider} does not take the request"),
        _REGISTRATION,
        provider,
        Exit.LOCAL,
    )


def _problem(
    code: str, title: str, remedy: str, provider: Provider, ends: Exit = Exit.REFUSED
) -> Problem:
    return Problem(code, text(title, provider=provider.shown), remedy=Text(remedy), exit=ends)
