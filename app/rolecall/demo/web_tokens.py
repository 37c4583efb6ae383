"""Whose word a token is, and whether it is good: what STS and Cognito look at before any trust policy.

Source: STS API reference, AssumeRoleWithWebIdentity; the texts as people report them of AWS.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rolecall.demo.clock import DemoClock
from rolecall.demo.identity_provider import IdentityProvider, Style
from rolecall.demo.jws import Claims, NotAToken, SigningKey, claims_of, key_id_of
from rolecall.demo.wire import AwsError

COGNITO: Final = "https://cognito-identity.amazonaws.com"
AMAZON: Final = "www.amazon.com"
FACEBOOK: Final = "graph.facebook.com"

_NO_KEY: Final = (
    "Couldn't retrieve verification key from your identity provider,  please reference "
    "AssumeRoleWithWebIdentity documentation for requirements"
)
_NO_JWT: Final = (
    "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a good token says its bearer is. provider: as `WebTrust.provider`; shown: as STS answers it."""

    provider: str
    shown: str
    audience: str
    subject: str
    amr: tuple[str, ...] = ()
    roles: tuple[str, ...] | None = None


class WebTokens:
    """All who may vouch for somebody. registered: account id -> audiences of the demo's OIDC provider."""

    def __init__(
        self,
        providers: dict[Style, IdentityProvider],
        cognito: SigningKey,
        registered: dict[str, tuple[str, ...]],
        clock: DemoClock,
    ) -> None:
        self._providers, self._cognito, self._clock = providers, cognito, clock
        self._registered = registered

    @property
    def issuer(self) -> str:
        """The issuer of the demo's OIDC provider."""
        return self._providers[Style.OIDC].issuer

    def of_id_token(self, token: str, account: str) -> Identity:
        """Who an ID token speaks of, for a role of `account`. Raises AwsError."""
        try:
            claims = claims_of(token)
            self._check_times(claims)
            identity, key = self._issuer(claims, account)
            good = key_id_of(token) == key.kid and key.signed(token)
        except NotAToken:
            raise AwsError("InvalidIdentityToken", _NO_JWT) from None
        if not good:
            raise AwsError("InvalidIdentityToken", _NO_KEY)
        return identity

    def of_access_token(self, token: str, provider: str) -> Identity:
        """Who an access token of Amazon or Facebook speaks of. Raises AwsError."""
        style = {AMAZON: Style.AMAZON, FACEBOOK: Style.FACEBOOK}[provider]
        opened = self._providers[style].opened(token)
        if opened is None:
            raise AwsError("InvalidIdentityToken", "The access token is not valid.")
        if opened.until <= self._clock.now():
            raise AwsError("ExpiredTokenException", "The access token has expired.")
        return Identity(provider, provider, opened.app_id, opened.user_id)

    def _issuer(self, claims: Claims, account: str) -> tuple[Identity, SigningKey]:
        issuer, audience = claims.get("iss"), claims.get("aud")
        if not isinstance(issuer, str):
            raise _missing("iss")
        if not isinstance(audience, str):
            raise _missing("aud")
        subject, amr = str(claims.get("sub", "")), claims.get("amr")
        methods = tuple(str(one) for one in amr) if isinstance(amr, list) else ()
        if issuer == COGNITO:
            name = "cognito-identity.amazonaws.com"
            return Identity(name, name, audience, subject, methods), self._cognito
        if issuer != self.issuer or account not in self._registered:
            text = f"No OpenIDConnect provider found in your account for {issuer}"
            raise AwsError("InvalidIdentityToken", text)
        if audience not in self._registered[account]:
            raise AwsError("InvalidIdentityToken", "Incorrect token audience")
        identity = Identity("idp", issuer, audience, subject, methods, _roles(claims))
        return identity, self._providers[Style.OIDC].key

    def _check_times(self, claims: Claims) -> None:
        """Whole numbers only, and not over (STS API reference: timestamps must be integers)."""
        now = int(self._clock.now())
        for name in ("exp", "iat"):
            if type(claims.get(name)) is not int:
                raise (
                    _missing(name)
                    if name not in claims
                    else AwsError("InvalidIdentityToken", _NO_JWT)
                )
        ends = claims["exp"]
        if isinstance(ends, int) and ends <= now:
            text = f"Token expired: current date/time {now} must be before the expiration date/time{ends}"
            raise AwsError("ExpiredTokenException", text)


def _roles(claims: Claims) -> tuple[str, ...] | None:
    """The roles its issuer lets the bearer take, None for any."""
    named = claims.get("https://aws.amazon.com/roles")
    if named is None:
        return None
    return tuple(str(one) for one in named) if isinstance(named, list) else (str(named),)


def _missing(name: str) -> AwsError:
    return AwsError("InvalidIdentityToken", f"Missing a required claim: {name}")
