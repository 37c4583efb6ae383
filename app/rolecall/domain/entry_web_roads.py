"""Entry web roads: the own roles that begin with a token instead of a key, as a form offers them."""

from __future__ import annotations

from typing import Final

from rolecall.domain.entry_fields import (
    NAMED,
    POLICY,
    POLICY_ARNS,
    REGION,
    ROLE,
    SECONDS,
    Field,
    Road,
)
from rolecall.domain.problem import QT_TRANSLATE_NOOP

_CLIENT: Final = QT_TRANSLATE_NOOP("EntryForm", "Client id")
_ISSUER: Final = QT_TRANSLATE_NOOP("EntryForm", "Issuer")
_REDIRECT: Final = (
    Field("oidc_scopes", QT_TRANSLATE_NOOP("EntryForm", "Scopes"), more=True, sample="openid email"),
    Field(
        "oidc_redirect_port", QT_TRANSLATE_NOOP("EntryForm", "Registered port"), more=True,
        sample="8400",
    ),
    Field(
        "oidc_redirect_host", QT_TRANSLATE_NOOP("EntryForm", "Registered host"), more=True,
        sample="localhost",
    ),
)  # fmt: skip
_SESSION: Final = (SECONDS, NAMED, POLICY, POLICY_ARNS)

WEB_ROADS: Final = (
    Road(
        "cognito",
        QT_TRANSLATE_NOOP("EntryForm", "A Cognito identity pool"),
        QT_TRANSLATE_NOOP(
            "EntryForm", "The pool chooses the role. Without issuer and client id you are its guest."
        ),
        "cognito_identity_pool_id",
        (
            Field(
                "cognito_identity_pool_id", QT_TRANSLATE_NOOP("EntryForm", "Identity pool"),
                required=True, sample="eu-central-1:12345678-1234-1234-1234-123456789012",
            ),
            Field("oidc_issuer", _ISSUER, sample="https://idp.example"),
            Field("oidc_client_id", _CLIENT),
            REGION,
            Field(
                "role_arn", QT_TRANSLATE_NOOP("EntryForm", "Role of those it offers"), more=True,
                sample="arn:aws:iam::123456789012:role/Staff",
            ),
            Field(
                "cognito_flow", QT_TRANSLATE_NOOP("EntryForm", "Flow"), more=True,
                sample="enhanced",
            ),
            Field(
                "cognito_login", QT_TRANSLATE_NOOP("EntryForm", "Provider's name there"), more=True,
                sample="idp.example",
            ),
            *_REDIRECT, *_SESSION,
        ),
    ),
    Road(
        "preset",
        QT_TRANSLATE_NOOP("EntryForm", "A role by Google, Amazon or Facebook"),
        QT_TRANSLATE_NOOP("EntryForm", "You sign in there; AWS knows the three by itself."),
        "oidc_preset",
        (
            Field(
                "oidc_preset", QT_TRANSLATE_NOOP("EntryForm", "Which of them"), required=True,
                sample="google",
            ),
            Field("oidc_client_id", _CLIENT, required=True),
            ROLE, REGION, *_REDIRECT, *_SESSION,
        ),
    ),
    Road(
        "oidc",
        QT_TRANSLATE_NOOP("EntryForm", "A role by OIDC"),
        QT_TRANSLATE_NOOP("EntryForm", "You sign in at an OIDC provider; no key is needed."),
        "oidc_client_id",
        (
            Field("oidc_issuer", _ISSUER, required=True, sample="https://idp.example"),
            Field("oidc_client_id", _CLIENT, required=True),
            ROLE, REGION, *_REDIRECT, *_SESSION,
        ),
    ),
    Road(
        "token_file",
        QT_TRANSLATE_NOOP("EntryForm", "A role by a token in a file"),
        QT_TRANSLATE_NOOP("EntryForm", "The file is read at each call; whoever writes it renews it."),
        "web_identity_token_file",
        (
            Field(
                "web_identity_token_file", QT_TRANSLATE_NOOP("EntryForm", "Token file"), required=True,
                sample="/var/run/secrets/token",
            ),
            ROLE, REGION, NAMED,
        ),
    ),
)  # fmt: skip
"""The most special first: an identity pool may have a provider, a preset has a client id too."""
