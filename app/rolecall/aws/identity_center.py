"""IdentityCenter: the calls to its OIDC service and its access portal. Knows no file, no browser, no person.

Sources: IAM Identity Center OIDC and Portal API References; the authorize page's form is the AWS CLI's
(botocore utils.SSOTokenFetcherAuth): its parameter is called `scopes`, its address lies below the OIDC endpoint.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final
from urllib.parse import quote, urlencode

from rolecall.aws import center_refusals, problems
from rolecall.aws.access_denied import Circumstances
from rolecall.aws.messages import Answer
from rolecall.aws.unsigned import Place, RefusedCallError, Unsigned
from rolecall.domain.identity_center import DeviceCode, Portal, Registration, Token
from rolecall.domain.pkce import Secrets
from rolecall.domain.problem import ProblemError
from rolecall.domain.role import Role, Source
from rolecall.domain.session import Credentials

BROWSER_GRANTS: Final = ("authorization_code", "refresh_token")
DEVICE_GRANT: Final = "urn:ietf:params:oauth:grant-type:device_code"
CALLBACK_PATH: Final = "/oauth/callback"
_REDIRECT: Final = f"http://127.0.0.1{CALLBACK_PATH}"
"""Registered without a port: RFC 8252 §7.3 lets the port vary."""

_CLIENT_NAME: Final = "Rolecall"
_INTERVAL: Final = 5.0
SLOWER: Final = 5.0
"""Seconds between polls, and by how much each SlowDown lengthens them (RFC 8628 §3.5)."""

Cancelled = Callable[[], bool]


class IdentityCenter:
    """The calls, for any thread. now: UTC epoch seconds."""

    def __init__(
        self, now: Callable[[], float] = time.time, unsigned: Unsigned | None = None
    ) -> None:
        """unsigned: keeps its clients longer than this object lives."""
        self._now = now
        self._unsigned = unsigned or Unsigned()

    # --- signing in --------------------------------------------------------------------

    def register(
        self, portal: Portal, grants: tuple[str, ...], cancelled: Cancelled | None = None
    ) -> Registration:
        """RegisterClient. grants: BROWSER_GRANTS, or none for the device flow. Raises ProblemError."""
        asked: dict[str, Any] = {"clientName": _CLIENT_NAME, "clientType": "public"}
        if portal.scopes:
            asked["scopes"] = list(portal.scopes)
        if grants:
            asked |= {"grantTypes": list(grants), "redirectUris": [_REDIRECT]}
            asked["issuerUrl"] = portal.start_url
        answer = self._oidc(portal, "register_client", asked, cancelled)
        try:
            return Registration(
                _word(answer, "clientId"),
                _word(answer, "clientSecret"),
                float(answer["clientSecretExpiresAt"]),
                portal.scopes,
                grants,
            )
        except (KeyError, TypeError, ValueError):
            raise ProblemError(problems.garbage(_known(portal))) from None

    def authorize_url(
        self, portal: Portal, registration: Registration, redirect: str, own: Secrets
    ) -> str:
        """The page where the person signs in. redirect: with its port. Raises ProblemError."""
        endpoint = self._unsigned.endpoint(_oidc_place(portal), "CreateToken")
        asked = {
            "response_type": "code",
            "client_id": registration.client_id,
            "redirect_uri": redirect,
            "state": own.state,
            "code_challenge_method": "S256",
            "code_challenge": own.challenge,
            "scopes": " ".join(portal.scopes),
        }
        return f"{endpoint}/authorize?{urlencode(asked, quote_via=quote)}"

    def redeem(
        self,
        portal: Portal,
        registration: Registration,
        code: str,
        redirect: str,
        verifier: str,
        cancelled: Cancelled | None = None,
    ) -> Token:
        """CreateToken for what the browser brought back. Raises ProblemError."""
        asked = {"code": code, "redirectUri": redirect, "codeVerifier": verifier}
        return self._create_token(portal, registration, BROWSER_GRANTS[0], asked, cancelled)

    def start_device(
        self, portal: Portal, registration: Registration, cancelled: Cancelled | None = None
    ) -> DeviceCode:
        """StartDeviceAuthorization. Raises ProblemError."""
        asked = {**_client(registration), "startUrl": portal.start_url}
        answer = self._oidc(portal, "start_device_authorization", asked, cancelled)
        try:
            return DeviceCode(
                _word(answer, "deviceCode"),
                _word(answer, "userCode"),
                _word(answer, "verificationUri"),
                self._now() + float(answer["expiresIn"]),
                max(1.0, float(answer.get("interval") or _INTERVAL)),
            )
        except (KeyError, TypeError, ValueError):
            raise ProblemError(problems.garbage(_known(portal))) from None

    def poll(
        self,
        portal: Portal,
        registration: Registration,
        device: DeviceCode,
        cancelled: Cancelled | None = None,
    ) -> Token | DeviceCode:
        """CreateToken for a device: the token, or the device as it is to be polled on.

        Raises ProblemError: device_code_over when nobody came in time, sign_in_denied.
        """
        if self._now() >= device.expires_at:
            raise ProblemError(center_refusals.device_code_over(portal))
        asked = {"deviceCode": device.code}
        try:
            return self._create_token(portal, registration, DEVICE_GRANT, asked, cancelled)
        except RefusedCallError as refused:
            if refused.wire_code == center_refusals.SLOW_DOWN:
                return replace(device, interval=device.interval + SLOWER)
            if refused.wire_code == center_refusals.PENDING:
                return device
            raise

    def refresh(self, portal: Portal, token: Token) -> Token:
        """CreateToken with the refresh token. Raises ProblemError; sign_in_over if it is good no more."""
        if token.registration is None or not token.refresh:
            raise ValueError("a token that cannot be refreshed")
        asked = {"refreshToken": token.refresh}
        return self._create_token(portal, token.registration, "refresh_token", asked, None)

    def sign_out(self, portal: Portal, token: Token) -> None:
        """Logout: the token dies for every program. A token that is dead already is no fault."""
        try:
            self._portal(portal, "logout", {"accessToken": token.access}, None)
        except RefusedCallError as refused:
            if refused.wire_code != center_refusals.UNAUTHORIZED:
                raise

    def _create_token(
        self,
        portal: Portal,
        registration: Registration,
        grant: str,
        asked: dict[str, str],
        cancelled: Cancelled | None,
    ) -> Token:
        whole = {**_client(registration), "grantType": grant, **asked}
        answer = self._oidc(portal, "create_token", whole, cancelled)
        access, seconds = answer.get("accessToken"), answer.get("expiresIn")
        if not isinstance(access, str) or not access or not isinstance(seconds, int | float):
            raise ProblemError(problems.garbage(_known(portal)))
        return Token(
            access,
            float(int(self._now() + seconds)),
            registration,
            str(answer.get("refreshToken") or ""),
        )

    # --- what the token is good for ----------------------------------------------------

    def page(
        self,
        portal: Portal,
        token: Token,
        operation: str,
        asked: dict[str, Any],
        cancelled: Cancelled | None = None,
    ) -> dict[str, Any]:
        """One page of `list_accounts` or `list_account_roles`. Raises RefusedCallError or ProblemError."""
        return self._portal(portal, operation, {"accessToken": token.access, **asked}, cancelled)

    def check(self, portal: Portal, token: Token, cancelled: Cancelled | None = None) -> None:
        """Ask AWS for one account, to see that it takes the token. Raises as `page` does."""
        answer = self.page(portal, token, "list_accounts", {"maxResults": 1}, cancelled)
        if not isinstance(answer.get("accountList"), list):  # a page of a hotel takes any token
            raise ProblemError(problems.garbage(_known(portal)))

    def role_credentials(self, source: Source, access: str, role: Role) -> Answer:
        """GetRoleCredentials for what `source` names. access: the token. Raises ProblemError.

        role: whose profile decides certificates and proxies. How long they live is the permission set's matter.
        """
        portal, account = Portal.of(source), source.get("sso_account_id")
        role_name = source.get("sso_role_name")
        known = Circumstances(role.name, account=account, region=portal.region)
        place = _portal_place(portal, known, role)
        sent_at = self._now()
        answer = self._unsigned.call(
            place,
            "get_role_credentials",
            {"accessToken": access, "accountId": account, "roleName": role_name},
        )
        given = answer.get("roleCredentials") or {}
        parts = [str(given.get(key) or "") for key in _PARTS]
        ends = given.get("expiration")
        expires_at = ends / 1000 if isinstance(ends, int) else 0.0
        if not all(parts) or expires_at <= sent_at:
            raise ProblemError(problems.garbage(known))
        return Answer(Credentials(*parts), sent_at, expires_at)

    def _oidc(
        self, portal: Portal, operation: str, asked: dict[str, Any], cancelled: Cancelled | None
    ) -> dict[str, Any]:
        return self._unsigned.call(_oidc_place(portal), operation, asked, cancelled)

    def _portal(
        self, portal: Portal, operation: str, asked: dict[str, Any], cancelled: Cancelled | None
    ) -> dict[str, Any]:
        return self._unsigned.call(
            _portal_place(portal, _known(portal), None), operation, asked, cancelled
        )


_PARTS: Final = ("accessKeyId", "secretAccessKey", "sessionToken")


def _word(answer: dict[str, Any], member: str) -> str:
    """A member that has to be there. Raises ValueError: botocore takes any page for an answer."""
    value = answer.get(member)
    if not isinstance(value, str) or not value:
        raise ValueError("not an answer of AWS")
    return value


def _client(registration: Registration) -> dict[str, str]:
    return {"clientId": registration.client_id, "clientSecret": registration.client_secret}


def _known(portal: Portal) -> Circumstances:
    return Circumstances(portal.name, region=portal.region)


def _oidc_place(portal: Portal) -> Place:
    known, refusal = _known(portal), center_refusals.of_oidc(portal)
    return Place("sso-oidc", portal.region, known, refusal, _trusting(portal))


def _portal_place(portal: Portal, known: Circumstances, role: Role | None) -> Place:
    """role: whose credentials are asked for. Its region is where it works, never where the portal is."""
    own = tuple((k, v) for k, v in role.client_config if k != "region") if role else ()
    return Place(
        "sso",
        portal.region,
        known,
        center_refusals.of_portal(portal),
        own or _trusting(portal),
        role.services if role else (),
        single_try=role is None,
    )


def _trusting(portal: Portal) -> tuple[tuple[str, str], ...]:
    """Settings of a client that trusts what the profile trusts."""
    return (("ca_bundle", portal.ca_bundle),) if portal.ca_bundle else ()
