"""Cognito: what an entry says of an identity pool. Pure.

Source: Amazon Cognito Federated Identities API reference: IdentityPoolId `REGION:GUID`, Logins (the
provider's name as a key), CustomRoleArn.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from rolecall.domain.oidc import provider_of
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, text
from rolecall.domain.role import Source

BASIC: Final = "basic"
ENHANCED: Final = "enhanced"

_POOL: Final = re.compile(r"([a-z]{2,}(?:-[a-z]+)+-\d+):[0-9a-f-]{8,40}", re.ASCII)


def region_of(pool: str) -> str:
    """The region a pool lives in, or an empty text for what is no pool's id."""
    found = _POOL.fullmatch(pool)
    return found[1] if found and len(pool) <= 55 else ""


def is_basic(source: Source) -> bool:
    """Whether the role is the entry's own choice, and STS gives the session."""
    return source.get("cognito_flow") == BASIC


def login_name(source: Source) -> str:
    """What the pool calls the provider: the entry's word, or the issuer without its scheme."""
    given = source.get("cognito_login")
    if given:
        return given
    provider = provider_of(source.name, dict(source.settings))
    return provider.preset.provider_id or provider.issuer.partition("://")[2]


def faults(name: str, profile: Mapping[str, str]) -> Problem | None:
    """Why the settings of an entry with an identity pool do not fit, or None."""
    if not region_of(profile.get("cognito_identity_pool_id", "")):
        return _bad(name, "cognito_identity_pool_id")
    flow = profile.get("cognito_flow") or ENHANCED
    if flow not in {BASIC, ENHANCED}:
        return _bad(name, "cognito_flow")
    if flow == BASIC and not profile.get("role_arn"):
        return _bad(name, "role_arn")
    return None


REMEDIES: Final = {
    "cognito_identity_pool_id": QT_TRANSLATE_NOOP(
        "Problem", "It looks like eu-west-1:12345678-1234-1234-1234-123456789012."
    ),
    "cognito_flow": QT_TRANSLATE_NOOP(
        "Problem", "It is enhanced (the pool chooses the role) or basic (the entry names it)."
    ),
    "role_arn": QT_TRANSLATE_NOOP("Problem", "The basic flow needs role_arn: the role to take."),
}


def _bad(name: str, key: str) -> Problem:
    return Problem(
        "cognito_settings",
        text(
            QT_TRANSLATE_NOOP("Problem", "The setting {key} of {entry} does not fit"),
            key=key,
            entry=name,
        ),
        remedy=text(REMEDIES[key]),
        exit=Exit.LOCAL,
    )
