"""Web entries: ready entries of the demo for the roads that begin with a token instead of a key.

The token file stands for what a cluster or a build server puts beside a program; this one lives for half a
day and is not written anew.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from rolecall.demo.catalogue import Profile
from rolecall.demo.identity_provider import Style
from rolecall.demo.other_sources import FOLDER
from rolecall.demo.web_company import POOL
from rolecall.demo.web_federation import CLIENTS

TOKEN_FILE: Final = "web-identity-token"  # noqa: S105  a file's name
TOKEN_LIFE: Final = 43200
"""Seconds the token in the file lives."""

_URL: Final = "<url>"
_SANDBOX: Final = "arn:aws:iam::333333333333:role"
_HOME: Final = "eu-central-1"


def profiles() -> Sequence[Profile]:
    """In AWS's own keys."""
    return (
        Profile(
            "token-file",
            _HOME,
            "Starts from a token in a file, as in a cluster: no key, nobody signs in.",
            role_arn=f"{_SANDBOX}/WebReader",
            role_session_name="alex-cluster",
            more=(("web_identity_token_file", f"{FOLDER}/{TOKEN_FILE}"),),
        ),
    )


def entries() -> dict[str, Mapping[str, str]]:
    """In roles.toml. `<url>` stands for the embedded AWS's address."""
    here = {"oidc_issuer": f"{_URL}/idp", "oidc_client_id": "rolecall", "region": _HOME}
    pool = {"cognito_identity_pool_id": POOL.pool_id, "region": _HOME}
    return {
        "web-reader": {**here, "role_arn": f"{_SANDBOX}/WebReader", "duration_seconds": "43200"},
        "web-onward": {
            "role_arn": f"{_SANDBOX}/Onward",
            "source_profile": "web-reader",
            "region": _HOME,
        },
        "web-others": {**here, "role_arn": f"{_SANDBOX}/WebOthers"},
        "amazon-user": _social(Style.AMAZON, "AmazonUser"),
        "facebook-user": _social(Style.FACEBOOK, "FacebookUser"),
        "pool-user": {**here, **pool},
        "pool-power": {
            **here,
            **pool,
            "cognito_flow": "basic",
            "role_arn": f"{_SANDBOX}/CognitoPower",
        },
        "pool-guest": pool,
    }


def _social(style: Style, role: str) -> Mapping[str, str]:
    return {
        "oidc_preset": style.value,
        "oidc_issuer": f"{_URL}/{style.value}",
        "oidc_client_id": CLIENTS[style][0].client_id,
        "role_arn": f"{_SANDBOX}/{role}",
        "region": _HOME,
    }


def write_token(token: str, folder: Path) -> Path:
    """Write the token file, mode 0600, beside the AWS files."""
    path = folder / TOKEN_FILE
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(token)  # botocore takes the file as it is, a line end included
    return path
