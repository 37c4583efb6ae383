"""Web company: the roles that a token opens, the identity pools, and where the identity provider is registered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rolecall.demo.catalogue import IdentityPool, Role, Trust, WebTrust

_ACCOUNT: Final = "333333333333"
_SANDBOX: Final = f"arn:aws:iam::{_ACCOUNT}:role"
_NOBODY: Final = Trust(())

PROVIDERS: Final = ((_ACCOUNT, ("rolecall", "rolecall-with-secret")),)
"""Accounts that know the demo's OIDC provider, each with the audiences it takes."""

POOL: Final = IdentityPool(
    "eu-central-1:5b1c2d3e-4f50-4a61-8b72-9c83ad94be05",
    _ACCOUNT,
    ("rolecall",),
    (f"{_SANDBOX}/CognitoUser", f"{_SANDBOX}/CognitoPower"),
    f"{_SANDBOX}/CognitoGuest",
)
CLOSED_POOL: Final = IdentityPool(
    "eu-central-1:0f9e8d7c-6b5a-4938-a271-6050f4e3d2c1",
    _ACCOUNT,
    ("rolecall",),
    (f"{_SANDBOX}/CognitoUser",),
    classic=False,
)
"""Lets no guests in and has the enhanced flow only."""

POOLS: Final = (POOL, CLOSED_POOL)


def roles() -> Sequence[Role]:
    """Roles that nobody's keys open, only a token."""
    cognito, pools = "cognito-identity.amazonaws.com", (POOL.pool_id, CLOSED_POOL.pool_id)
    return (
        Role(f"{_SANDBOX}/WebReader", _NOBODY, 43200, WebTrust("idp", ("rolecall",), ("alex",))),
        Role(f"{_SANDBOX}/Onward", Trust((f"{_SANDBOX}/WebReader",)), 43200),
        Role(f"{_SANDBOX}/WebOthers", _NOBODY, 3600, WebTrust("idp", ("rolecall",), ("sam",))),
        Role(
            f"{_SANDBOX}/WebSecret", _NOBODY, 3600, WebTrust("idp", ("rolecall-with-secret",))
        ),
        Role("arn:aws:iam::222222222222:role/WebReader", _NOBODY, 3600, WebTrust("idp", ("rolecall",))),
        Role(
            f"{_SANDBOX}/AmazonUser", _NOBODY, 3600,
            WebTrust("www.amazon.com", ("amzn1.application-oa2-client.demo",)),
        ),
        Role(
            f"{_SANDBOX}/FacebookUser", _NOBODY, 3600,
            WebTrust("graph.facebook.com", ("4711471147114711",)),
        ),
        Role(
            f"{_SANDBOX}/CognitoUser", _NOBODY, 3600,
            WebTrust(cognito, pools, amr="authenticated"),
        ),
        Role(
            f"{_SANDBOX}/CognitoPower", _NOBODY, 3600,
            WebTrust(cognito, (POOL.pool_id,), amr="authenticated"),
        ),
        Role(
            f"{_SANDBOX}/CognitoGuest", _NOBODY, 3600,
            WebTrust(cognito, (POOL.pool_id,), amr="unauthenticated"),
        ),
    )  # fmt: skip
