"""What AWS says of a SAML response, as Problems. Recognises its texts and never shows them.

Source of the texts: IAM User Guide, "Troubleshoot SAML federation with IAM"; of the five minutes, the STS
API Reference, AssumeRoleWithSAML.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rolecall.aws.access_denied import Circumstances
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Cause, Exit, Problem, Text, text

ACTION: Final = "AssumeRoleWithSAML"

_METADATA: Final = QT_TRANSLATE_NOOP(
    "Problem",
    "Whoever runs account {account} uploads the sign-in page's metadata to IAM again, and compares the issuer.",
)
_ATTRIBUTE: Final = QT_TRANSLATE_NOOP(
    "Problem", "Whoever runs your company's sign-in page can mend the attribute."
)
_TEXTS: Final = (
    (
        "signature invalid",
        QT_TRANSLATE_NOOP("Problem", "AWS could not verify the signature of the SAML response"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Paste it as the browser sent it, not as a tool shows it. Else the certificate in account {account} "
            "is an old one: its metadata has to be uploaded to IAM again.",
        ),
    ),
    (
        "issuer not present",
        QT_TRANSLATE_NOOP(
            "Problem",
            "The SAML response comes from another sign-in page than account {account} knows",
        ),
        _METADATA,
    ),
    (
        "provider doesn't exist",
        QT_TRANSLATE_NOOP(
            "Problem", "Account {account} has no SAML provider of the name in the response"
        ),
        QT_TRANSLATE_NOOP(
            "Problem",
            "The sign-in page names it beside the role. Its administrator compares it with IAM.",
        ),
    ),
    (
        "required audience",
        QT_TRANSLATE_NOOP("Problem", "The SAML response is for another audience than AWS"),
        QT_TRANSLATE_NOOP(
            "Problem", "Choose AWS on your company's sign-in page, or have its audience set right."
        ),
    ),
    (
        "rolesessionname",
        QT_TRANSLATE_NOOP("Problem", "The SAML response lacks a RoleSessionName that AWS takes"),
        _ATTRIBUTE,
    ),
    (
        "source identity",
        QT_TRANSLATE_NOOP(
            "Problem", "The SAML response has a SourceIdentity that AWS does not take"
        ),
        _ATTRIBUTE,
    ),
)
_OTHER: Final = (
    QT_TRANSLATE_NOOP("Problem", "AWS did not accept the SAML response for {role}"),
    QT_TRANSLATE_NOOP(
        "Problem", "Sign in again at your company; then have its entry in IAM checked."
    ),
)


def response_refused(message: str, known: Circumstances) -> Problem:
    """InvalidIdentityToken or IDPRejectedClaim of AssumeRoleWithSAML."""
    said = message.lower()
    found = next((one[1:] for one in _TEXTS if one[0] in said), _OTHER)
    values = {"account": known.account, "role": known.role}
    return Problem(
        "identity_token_refused",
        text(found[0], **values),
        remedy=text(found[1], **values),
        exit=Exit.REFUSED,
    )


def response_over(known: Circumstances) -> Problem:
    """ExpiredTokenException: not redeemed within five minutes, or past its own end."""
    return Problem(
        "session_expired",
        text(QT_TRANSLATE_NOOP("Problem", "The SAML response for {role} is over"), role=known.role),
        Text(QT_TRANSLATE_NOOP("Problem", "AWS takes one for five minutes from its issue.")),
        Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Sign in at your company again. If you just did, its clock or this computer's is wrong.",
            )
        ),
        exit=Exit.REFUSED,
    )


def causes(known: Circumstances) -> Iterator[Cause]:
    """What may be behind an AccessDenied of AssumeRoleWithSAML, likeliest first; AWS names no reason."""
    values = {"account": known.account, "name": known.role_name}
    for title, remedy in (
        (
            QT_TRANSLATE_NOOP("Problem", "The role's trust policy may not name the SAML provider."),
            QT_TRANSLATE_NOOP(
                "Problem",
                "In account {account}, the trust policy of {name} has to allow sts:AssumeRoleWithSAML to it; "
                "its condition on SAML:aud has to be the response's Recipient, regional or not.",
            ),
        ),
        (
            QT_TRANSLATE_NOOP("Problem", "The role may not exist under this exact name."),
            QT_TRANSLATE_NOOP(
                "Problem",
                "Compare {name}, its path and letter case, with IAM in account {account}.",
            ),
        ),
        (
            QT_TRANSLATE_NOOP(
                "Problem", "The response may bring session tags or a source identity."
            ),
            QT_TRANSLATE_NOOP(
                "Problem",
                "Then the trust policy of {name} has to allow sts:TagSession or sts:SetSourceIdentity.",
            ),
        ),
        (
            QT_TRANSLATE_NOOP("Problem", "The response may lack a NameID."),
            QT_TRANSLATE_NOOP("Problem", "AWS wants a subject; the sign-in page has to send one."),
        ),
        (
            QT_TRANSLATE_NOOP("Problem", "The role may want MFA of AWS's own."),
            QT_TRANSLATE_NOOP(
                "Problem",
                "A SAML session never has it: the condition on aws:MultiFactorAuthPresent has to go from {name}.",
            ),
        ),
    ):
        yield Cause(text(title, **values), text(remedy, **values))
