"""IdToken: whether an ID token is the one that was asked for. PyJWT reads it; what must hold is said here.

Source: OpenID Connect Core 1.0, section 3.1.3.7 (the tests), 12.2 (after a refresh); AWS STS API Reference,
AssumeRoleWithWebIdentity (the algorithms AWS takes). Nothing of a token is put into a Problem.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rolecall.aws import oidc_problems
from rolecall.domain.oidc import Provider
from rolecall.domain.problem import ProblemError

if TYPE_CHECKING:
    from jwt import PyJWK

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "ES256", "ES384", "ES512")
LEEWAY: Final = 60.0
"""Seconds this computer's clock may be ahead of the provider's."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a good token says. expires_at: UTC epoch seconds."""

    subject: str
    expires_at: float


def checked(
    token: str,
    keys: Mapping[str, Any],
    provider: Provider,
    now: float,
    nonce: str = "",
    subject: str = "",
) -> Said:
    """What `token` says. keys: the provider's JWKS document. nonce, subject: must be the same if given.

    Raises ProblemError: `id_token_refused` with the test that failed, `id_token_expired`.
    """
    claims = _claims(token, keys, provider)
    audience = claims.get("aud")
    if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != provider.client_id:
        raise ProblemError(oidc_problems.bad_token(provider, "azp"))
    if nonce and not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise ProblemError(oidc_problems.bad_token(provider, "nonce"))
    if subject and claims["sub"] != subject:
        raise ProblemError(oidc_problems.bad_token(provider, "sub"))
    for name in ("exp", "iat"):
        if type(claims[name]) is not int:  # AWS takes whole seconds only
            raise ProblemError(oidc_problems.bad_token(provider, name))
    ends = claims["exp"]
    if ends <= now - LEEWAY:
        raise ProblemError(oidc_problems.token_expired(provider))
    return Said(str(claims["sub"]), float(ends))


def _claims(token: str, keys: Mapping[str, Any], provider: Provider) -> dict[str, Any]:
    """The claims, once signature, issuer and audience hold. The clock is looked at by ours, not PyJWT's."""
    import jwt
    from jwt.exceptions import InvalidSubjectError

    failed = ""
    try:
        key = _key(token, keys)
        options = {"require": ["iss", "sub", "aud", "exp", "iat"], "verify_exp": False}
        clocks = {"verify_iat": False, "verify_nbf": False}
        claims: dict[str, Any] = jwt.decode(
            token, key, algorithms=[key.algorithm_name], audience=provider.client_id,
            issuer=provider.issuer, options={**options, **clocks},  # type: ignore[arg-type]
        )  # fmt: skip
        return claims
    except jwt.InvalidAudienceError:
        failed = "aud"
    except jwt.InvalidIssuerError:
        failed = "iss"
    except InvalidSubjectError:
        failed = "sub"
    except jwt.MissingRequiredClaimError as error:
        failed = error.claim
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        failed = "signature"
    raise ProblemError(oidc_problems.bad_token(provider, failed))


def _key(token: str, keys: Mapping[str, Any]) -> PyJWK:
    """The key the token names, or the only one there is. Raises PyJWT's errors, ValueError."""
    import jwt

    head = jwt.get_unverified_header(token)
    algorithm, name = head.get("alg"), head.get("kid")
    if algorithm not in ALGORITHMS:
        raise ValueError("an algorithm AWS does not take")
    listed = keys.get("keys")
    fitting = [
        one
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict)
        and one.get("use", "sig") == "sig"
        and one.get("alg", algorithm) == algorithm
        and one.get("kty") == ("RSA" if algorithm.startswith("RS") else "EC")
        and (name is None or one.get("kid", name) == name)
    ]
    if len(fitting) != 1:
        raise ValueError("no such key, or several")
    return jwt.PyJWK(fitting[0], algorithm)
