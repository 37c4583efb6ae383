"""The OIDC service of the demo's Identity Center: RegisterClient, StartDeviceAuthorization, CreateToken.

Source: IAM Identity Center OIDC API Reference (2019-06-10); RFC 7636 for PKCE, RFC 8628 for the device flow.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Any, Final
from urllib.parse import urlsplit

from rolecall.demo.clock import DemoClock
from rolecall.demo.directory import START_URL
from rolecall.demo.sso_tokens import Token, Tokens
from rolecall.demo.wire import AwsError

DEVICE_GRANT: Final = "urn:ietf:params:oauth:grant-type:device_code"
GRANTS: Final = frozenset({"authorization_code", "refresh_token", DEVICE_GRANT})
REGISTERED_SECONDS: Final = 90 * 86400
WAITING_SECONDS: Final = 600

_LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ"
_OAUTH_NAMES: Final = {
    "AuthorizationPendingException": "authorization_pending",
    "SlowDownException": "slow_down",
    "ExpiredTokenException": "expired_token",
    "AccessDeniedException": "access_denied",
    "InvalidGrantException": "invalid_grant",
    "InvalidClientException": "invalid_client",
    "InvalidRequestException": "invalid_request",
    "InvalidScopeException": "invalid_scope",
    "InvalidRedirectUriException": "invalid_redirect_uri",
    "InvalidClientMetadataException": "invalid_client_metadata",
    "UnsupportedGrantTypeException": "unsupported_grant_type",
    "UnauthorizedClientException": "unauthorized_client",
}


@dataclass(frozen=True, slots=True)
class Client:
    """A registered program. scopes empty: it may not refresh. expires_at: epoch seconds."""

    client_id: str
    secret: str = field(repr=False)
    name: str
    scopes: tuple[str, ...]
    grants: frozenset[str]
    redirects: tuple[str, ...]
    expires_at: float


@dataclass(slots=True)
class Device:
    """A device authorization. allowed: what the person said, None for nothing yet."""

    client_id: str
    device_code: str = field(repr=False)
    user_code: str
    expires_at: float
    allowed: bool | None = None
    polls: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Code:
    """An authorization code and what it was given for."""

    client_id: str
    redirect_uri: str
    challenge: str
    expires_at: float


class SsoOidc:
    """The service. `operations` are by path; each takes the JSON body and may raise AwsError."""

    def __init__(self, tokens: Tokens, clock: DemoClock) -> None:
        self._tokens, self._clock = tokens, clock
        self._clients: dict[str, Client] = {}
        self._devices: dict[str, Device] = {}
        self._codes: dict[str, Code] = {}
        self._lock = threading.Lock()
        self.interval = 5
        self.operations: dict[str, tuple[str, Callable[[Mapping[str, Any], str], object]]] = {
            "/client/register": ("RegisterClient", self._register),
            "/device_authorization": ("StartDeviceAuthorization", self._start_device),
            "/token": ("CreateToken", self._create_token),
        }

    def client(self, client_id: str) -> Client | None:
        """A client whose registration is not over."""
        found = self._clients.get(client_id)
        return found if found is not None and self._clock.now() < found.expires_at else None

    def device(self, user_code: str) -> Device | None:
        """The waiting device that shows `user_code`, letters in either case, hyphen or not."""
        shown = re.sub(r"[^A-Z]", "", user_code.upper())
        now = self._clock.now()
        return next(
            (
                one
                for one in self._devices.values()
                if one.user_code.replace("-", "") == shown
                and one.expires_at > now
                and one.allowed is None
            ),
            None,
        )

    def new_code(self, client_id: str, redirect_uri: str, challenge: str) -> str:
        """A code for what the person has just allowed."""
        code = secrets.token_urlsafe(48)
        with self._lock:
            self._codes[code] = Code(
                client_id, redirect_uri, challenge, self._clock.now() + WAITING_SECONDS
            )
        return code

    def _register(self, given: Mapping[str, Any], _base: str) -> object:
        name, kind = given.get("clientName"), given.get("clientType")
        if not isinstance(name, str) or not name or kind != "public":
            raise _refused("InvalidClientMetadataException", "Invalid client metadata")
        grants = frozenset(given.get("grantTypes") or (DEVICE_GRANT, "refresh_token"))
        if not grants <= GRANTS:
            raise _refused("UnsupportedGrantTypeException", "Unsupported grant type")
        redirects = tuple(given.get("redirectUris") or ())
        if "authorization_code" in grants:
            _check_redirects(redirects, given.get("issuerUrl"))
        now = self._clock.now()
        client = Client(
            secrets.token_urlsafe(16), secrets.token_urlsafe(300), name,
            tuple(given.get("scopes") or ()), grants, redirects, int(now) + REGISTERED_SECONDS,
        )  # fmt: skip
        with self._lock:
            self._clients[client.client_id] = client
        return {
            "clientId": client.client_id,
            "clientSecret": client.secret,
            "clientIdIssuedAt": int(now),
            "clientSecretExpiresAt": int(client.expires_at),
        }

    def _start_device(self, given: Mapping[str, Any], base: str) -> object:
        client = self._proved(given)
        if given.get("startUrl") != START_URL:
            raise _refused("InvalidRequestException", "Invalid start URL")
        shown = "".join(secrets.choice(_LETTERS) for _ in range(8))
        device = Device(
            client.client_id, secrets.token_urlsafe(64), f"{shown[:4]}-{shown[4:]}",
            self._clock.now() + WAITING_SECONDS,
        )  # fmt: skip
        with self._lock:
            self._devices[device.device_code] = device
        return {
            "deviceCode": device.device_code,
            "userCode": device.user_code,
            "verificationUri": f"{base}/device",
            "verificationUriComplete": f"{base}/device?user_code={device.user_code}",
            "expiresIn": WAITING_SECONDS,
            "interval": self.interval,
        }

    def _create_token(self, given: Mapping[str, Any], _base: str) -> object:
        client, grant = self._proved(given), given.get("grantType")
        if grant not in GRANTS:
            raise _refused("UnsupportedGrantTypeException", "Unsupported grant type")
        if grant not in client.grants:
            raise _refused("UnauthorizedClientException", "Unauthorized client")
        if grant == "refresh_token":
            return _answer(self._refreshed(client, given), self._clock.now())
        if grant == "authorization_code":
            self._redeem(client, given)
        else:
            self._poll(client, given)
        now = self._clock.now()
        refreshable = bool(client.scopes) and "refresh_token" in client.grants
        return _answer(self._tokens.issue(client.client_id, now, refreshable=refreshable), now)

    def _refreshed(self, client: Client, given: Mapping[str, Any]) -> Token:
        token = self._tokens.refresh(
            client.client_id, str(given.get("refreshToken")), self._clock.now()
        )
        if token is None:
            raise _refused("InvalidGrantException", "Invalid refresh token provided")
        return token

    def _redeem(self, client: Client, given: Mapping[str, Any]) -> None:
        """The code is used up by this, whether the rest is right or not."""
        with self._lock:
            code = self._codes.pop(str(given.get("code")), None)
        verifier = str(given.get("codeVerifier") or "")
        if code is None or code.client_id != client.client_id:
            raise _refused("InvalidGrantException", "Invalid grant provided")
        if code.expires_at <= self._clock.now():
            raise _refused("ExpiredTokenException", "Authorization code has expired")
        if given.get("redirectUri") != code.redirect_uri:
            raise _refused("InvalidGrantException", "Redirect URI mismatch")
        if not compare_digest(challenge_of(verifier).encode(), code.challenge.encode()):
            raise _refused("InvalidGrantException", "Invalid code verifier")

    def _poll(self, client: Client, given: Mapping[str, Any]) -> None:
        device, now = self._devices.get(str(given.get("deviceCode"))), self._clock.now()
        if device is None or device.client_id != client.client_id:
            raise _refused("InvalidGrantException", "Invalid device code provided")
        if device.expires_at <= now:
            raise _refused("ExpiredTokenException", "Device code has expired")
        if device.allowed is None:
            self._keep_pace(device, now)
            raise _refused("AuthorizationPendingException", "Authorization is pending")
        with self._lock:
            self._devices.pop(device.device_code, None)
        if not device.allowed:
            raise _refused("AccessDeniedException", "Access denied")

    def _keep_pace(self, device: Device, now: float) -> None:
        """Two polls may come close together, as the AWS CLI's first two do; a third may not."""
        device.polls = [at for at in device.polls if now - at < self.interval * 0.9]
        device.polls.append(now)
        if len(device.polls) > 2:
            raise _refused("SlowDownException", "Slow down")

    def _proved(self, given: Mapping[str, Any]) -> Client:
        client = self.client(str(given.get("clientId")))
        secret = str(given.get("clientSecret") or "")
        if client is None or not compare_digest(client.secret.encode(), secret.encode()):
            raise AwsError("InvalidClientException", "Invalid client", 401)
        return client


def oauth_name(code: str) -> str:
    """OAuth's own word for an error of this service."""
    return _OAUTH_NAMES.get(code, "")


def challenge_of(verifier: str) -> str:
    """S256 of a code verifier, unpadded (RFC 7636 §4.2)."""
    if not re.fullmatch(r"[A-Za-z0-9._~-]{43,128}", verifier, re.ASCII):
        return ""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _check_redirects(redirects: tuple[object, ...], issuer: object) -> None:
    """Programs on a computer register a loopback address without its port (RFC 8252 §7.3)."""
    if issuer != START_URL:
        raise _refused("InvalidClientMetadataException", "Invalid issuer URL")
    for one in redirects or ("",):
        parts = urlsplit(str(one))
        if parts.scheme != "http" or parts.netloc != "127.0.0.1" or not parts.path:
            raise _refused("InvalidRedirectUriException", "Invalid redirect URI")


def _answer(token: Token, now: float) -> object:
    answer: dict[str, object] = {
        "accessToken": token.access,
        "tokenType": "Bearer",
        "expiresIn": max(0, round(token.expires_at - now)),
    }
    if token.refresh:
        answer["refreshToken"] = token.refresh
    return answer


def _refused(code: str, message: str) -> AwsError:
    return AwsError(code, message, 400)
