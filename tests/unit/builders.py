"""Values for tests, built short: catalogues, sessions, states."""

from __future__ import annotations

from collections.abc import Mapping

from rolecall.domain.catalogue import Catalogue
from rolecall.domain.role import Identity
from rolecall.domain.session import Credentials, Origin, Session
from rolecall.domain.state import State

NOW = 1_795_000_000.0
DEVICE = "arn:aws:iam::111111111111:mfa/alex-phone"
KEYS = {"aws_access_key_id": "AKIAEXAMPLE", "aws_secret_access_key": "•"}


def arn(name: str, account: str = "222222222222") -> str:
    return f"arn:aws:iam::{account}:role/{name}"


def catalogue(
    profiles: Mapping[str, Mapping[str, str]], identities: Mapping[str, Identity] | None = None
) -> Catalogue:
    return Catalogue(profiles=profiles, identities=identities or {})


USUAL = {
    "alex": {**KEYS, "mfa_serial": DEVICE},
    "build": KEYS,
    "plain": {"role_arn": arn("Plain"), "source_profile": "build", "duration_seconds": "7200"},
    "prod": {"role_arn": arn("Admin"), "source_profile": "alex", "mfa_serial": DEVICE},
    "prod-ro": {"role_arn": arn("ReadOnly"), "source_profile": "alex", "mfa_serial": DEVICE},
    "long": {
        "role_arn": arn("Long"),
        "source_profile": "alex",
        "mfa_serial": DEVICE,
        "duration_seconds": "14400",
    },
    "long-too": {
        "role_arn": arn("LongToo"),
        "source_profile": "alex",
        "mfa_serial": DEVICE,
        "duration_seconds": "14400",
    },
    "target": {"role_arn": arn("Target", "333333333333"), "source_profile": "prod"},
}
"""Two identities, plain and MFA roles, two that need a code of their own, and a chain."""


def session(
    name: str = "prod",
    origin: Origin = Origin.SHARED,
    issued: float = NOW,
    lifetime: float = 3600,
    **more: str,
) -> Session:
    credentials = Credentials("ASIAEXAMPLE", "secret/of+test=", "token/of+test==")
    if name in USUAL:
        more = {"made_for": catalogue(USUAL).role(name).made_for, **more}
    return Session(name, credentials, issued, issued + lifetime, origin, **more)


def shared(issued: float = NOW, lifetime: float = 43200) -> Session:
    return session("alex", Origin.SESSION_TOKEN_MFA, issued, lifetime)


def state(**more: object) -> State:
    return State(catalogue=catalogue(USUAL), **more)  # type: ignore[arg-type]
