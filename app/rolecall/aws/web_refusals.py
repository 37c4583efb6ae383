"""What AWS says of an identity token, as Problems. Recognises its texts and never shows them.

Source: STS API Reference, AssumeRoleWithWebIdentity; IAM User Guide, "Creating a role for web identity"; the
texts as people report them of AWS.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rolecall.aws.access_denied import Circumstances
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Cause, Exit, Problem, text

ACTION: Final = "AssumeRoleWithWebIdentity"

_TEXTS: Final = (
    (
        "no openidconnect provider found",
        "provider_unknown_to_account",
        QT_TRANSLATE_NOOP("Problem", "Account {account} does not know the identity provider"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "It has to be added there (IAM, Identity providers) with exactly the address of oidc_issuer.",
        ),
    ),
    (
        "audience",
        "audience_unknown_to_account",
        QT_TRANSLATE_NOOP(
            "Problem", "The token is for another program than account {account} takes"
        ),
        QT_TRANSLATE_NOOP(
            "Problem",
            "oidc_client_id has to be among the audiences of the provider's entry in IAM.",
        ),
    ),
    (
        "roles claim",
        "role_not_in_token",
        QT_TRANSLATE_NOOP("Problem", "The token does not let its bearer take {role}"),
        QT_TRANSLATE_NOOP(
            "Problem", "Whoever runs the identity provider decides which roles it names."
        ),
    ),
    (
        "verification key",
        "identity_token_refused",
        QT_TRANSLATE_NOOP("Problem", "AWS could not check the token with the provider's keys"),
        QT_TRANSLATE_NOOP(
            "Problem", "The provider has to be reachable from the internet. Sign in again."
        ),
    ),
    (
        "not a valid jwt",
        "identity_token_refused",
        QT_TRANSLATE_NOOP("Problem", "What {role} starts from is no identity token"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "AWS wants the ID token (a JWT with whole seconds), not an access token. Sign in again, "
            "or look at what writes the token file.",
        ),
    ),
)
_OTHER: Final = (
    "identity_token_refused",
    QT_TRANSLATE_NOOP("Problem", "AWS did not accept the token for {role}"),
    QT_TRANSLATE_NOOP(
        "Problem", "Sign in again at the identity provider; then check its entry in IAM."
    ),
)


def token_refused(message: str, known: Circumstances) -> Problem:
    """InvalidIdentityToken and IDPRejectedClaim: a wrong token, or an account that is not set up for it."""
    said = message.lower()
    code, title, remedy = next((words for mark, *words in _TEXTS if mark in said), _OTHER)
    values = {"role": known.role, "account": known.account}
    return Problem(code, text(title, **values), remedy=text(remedy, **values), exit=Exit.REFUSED)


def token_over(known: Circumstances) -> Problem:
    """ExpiredTokenException."""
    return Problem(
        "session_expired",
        text(
            QT_TRANSLATE_NOOP("Problem", "The token that {role} starts from is over"),
            role=known.role,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "Sign in again, or start what renews the token file.")
        ),
        exit=Exit.REFUSED,
    )


_CAUSES: Final = (
    (
        QT_TRANSLATE_NOOP("Problem", "The role's trust policy may not let this token in."),
        QT_TRANSLATE_NOOP(
            "Problem",
            "It has to name the provider as Federated and allow sts:AssumeRoleWithWebIdentity.",
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Problem", "A condition on aud or sub may not fit."),
        QT_TRANSLATE_NOOP(
            "Problem", "Compare them with oidc_client_id and with who you are at the provider."
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Problem", "Name, path or account of the role may be wrong."),
        QT_TRANSLATE_NOOP(
            "Problem",
            "AWS does not say whether a role exists. Compare role_arn, capitals included.",
        ),
    ),
)


def causes(_known: Circumstances) -> Iterator[Cause]:
    """What may be behind an AccessDenied, likeliest first."""
    return (Cause(text(title), text(remedy)) for title, remedy in _CAUSES)
