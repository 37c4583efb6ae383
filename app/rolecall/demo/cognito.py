"""Cognito identity pools: who somebody is to a pool, and the credentials the pool has for them.

JSON protocol 1.1, no signature. Source: Amazon Cognito Federated Identities API reference (2014-06-30)
and Amazon Cognito Developer Guide, "Identity pools authentication flow"; the texts as people report them.
Which error a CustomRoleArn that is not offered gets is not documented.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Mapping
from typing import Final

from rolecall.demo.callers import Callers
from rolecall.demo.catalogue import Catalogue, IdentityPool
from rolecall.demo.clock import DemoClock
from rolecall.demo.faults import Call, Calls, Fault
from rolecall.demo.jws import NotAToken, SigningKey, claims_of
from rolecall.demo.role_sessions import federated_session
from rolecall.demo.web_identity import lets_in
from rolecall.demo.web_tokens import COGNITO, Identity, WebTokens
from rolecall.demo.wire import Answer, AwsError, Request

TARGET: Final = "AWSCognitoIdentityService."
TOKEN_LIFE: Final = 600
"""Seconds a token of GetOpenIdToken lives (API reference, GetOpenIdToken)."""

SESSION_LIFE: Final = 3600
SESSION_NAME: Final = "CognitoIdentityCredentials"

_MOST_LOGINS: Final = 10


class Cognito:
    """The service. Identities are made at first sight and kept in memory. Safe to share between threads."""

    def __init__(
        self,
        catalogue: Catalogue,
        callers: Callers,
        clock: DemoClock,
        calls: Calls,
        tokens: WebTokens,
        key: SigningKey,
    ) -> None:
        self._catalogue, self._callers, self._clock, self._calls = catalogue, callers, clock, calls
        self._tokens, self._key = tokens, key
        self._identities: dict[str, tuple[IdentityPool, str]] = {}
        self._lock = threading.Lock()
        self.operations = {
            "GetId": self.get_id,
            "GetOpenIdToken": self.get_open_id_token,
            "GetCredentialsForIdentity": self.get_credentials,
        }

    def answer(self, request: Request, fault: Fault | None = None) -> Answer:
        """Answer one call; never raises AwsError."""
        action = action_of(request)
        try:
            _strike(fault)
            if action not in self.operations:
                raise AwsError("UnknownOperationException", "")
            answer = _json(200, self.operations[action](_body(request)))
        except AwsError as error:
            said = {"__type": error.code, "message": error.message}
            answer = _json(error.status, said, error.code)
        shown = action if action in self.operations else "?"
        self._calls.add(Call(shown, self._clock.now(), answer.code))
        return answer

    def get_id(self, asked: Mapping[str, object]) -> Mapping[str, object]:
        """GetId: the same person is the same identity, a guest is a new one each time."""
        name = asked.get("IdentityPoolId")
        pool = next((one for one in self._catalogue.pools if one.pool_id == name), None)
        if pool is None:
            raise AwsError("ResourceNotFoundException", f"IdentityPool '{name}' not found.")
        return {"IdentityId": self._identity(pool, self._subject(pool, asked))}

    def get_open_id_token(self, asked: Mapping[str, object]) -> Mapping[str, object]:
        """GetOpenIdToken: the first half of the basic flow."""
        name, pool, known = self._known(asked)
        if not pool.classic:
            text = "Basic (classic) flow is not enabled, please use enhanced flow."
            raise AwsError("InvalidParameterException", text)
        now = int(self._clock.now())
        claims = {
            "iss": COGNITO, "aud": pool.pool_id, "sub": name, "amr": [_amr(known)],
            "iat": now, "exp": now + TOKEN_LIFE,
        }  # fmt: skip
        return {"IdentityId": name, "Token": self._key.sign(claims)}

    def get_credentials(self, asked: Mapping[str, object]) -> Mapping[str, object]:
        """GetCredentialsForIdentity: the pool chooses the role, or takes the one of those it offers."""
        name, pool, known = self._known(asked)
        offered = pool.roles if known else (pool.guest_role,)
        wanted = str(asked.get("CustomRoleArn", offered[0]))
        if wanted not in offered:
            raise AwsError("NotAuthorizedException", "Access to the requested role is not allowed.")
        role = self._catalogue.roles.get(wanted)
        bearer = Identity("cognito-identity.amazonaws.com", "", pool.pool_id, name, (_amr(known),))
        if role is None or not lets_in(role, bearer):
            text = "Invalid identity pool configuration. Check assigned IAM roles for this pool."
            raise AwsError("InvalidIdentityPoolConfigurationException", text)
        session = federated_session(role, SESSION_NAME, SESSION_LIFE, self._callers, self._clock)
        credentials = {
            "AccessKeyId": session.access_key_id, "SecretKey": session.secret,
            "SessionToken": session.token, "Expiration": session.expires_at,
        }  # fmt: skip
        return {"IdentityId": name, "Credentials": credentials}

    def _known(self, asked: Mapping[str, object]) -> tuple[str, IdentityPool, bool]:
        """The identity that is asked for, its pool, and whether it is a person's rather than a guest's."""
        name = str(asked.get("IdentityId"))
        with self._lock:
            found = self._identities.get(name)
        if found is None:
            raise AwsError("ResourceNotFoundException", f"Identity '{name}' not found.")
        pool, owner = found
        if self._subject(pool, asked) != owner and owner:
            text = "Logins don't match. Please include at least one valid login for this identity or identity pool."
            raise AwsError("NotAuthorizedException", text)
        return name, pool, bool(owner)

    def _identity(self, pool: IdentityPool, subject: str) -> str:
        with self._lock:
            for name, held in self._identities.items():
                if subject and held == (pool, subject):
                    return name
            name = f"{pool.pool_id.split(':')[0]}:{uuid.uuid4()}"
            self._identities[name] = (pool, subject)
        return name

    def _subject(self, pool: IdentityPool, asked: Mapping[str, object]) -> str:
        """Whom the logins prove, empty for a guest. Raises AwsError NotAuthorizedException."""
        logins = asked.get("Logins") or {}
        if not isinstance(logins, dict) or len(logins) > _MOST_LOGINS:
            raise AwsError("InvalidParameterException", "Invalid logins.")
        if not logins and not pool.guest_role:
            raise _not_authorized("Unauthenticated access is not supported for this identity pool.")
        ours = self._tokens.issuer.partition("://")[2]
        subject = ""
        for provider, token in logins.items():
            if provider != ours:
                raise _not_authorized(
                    "Invalid login token. Token is not from a supported provider of this identity pool."
                )
            subject = self._proved(pool, str(token))
        return subject

    def _proved(self, pool: IdentityPool, token: str) -> str:
        try:
            claims = claims_of(token)
        except NotAToken:
            raise _not_authorized(
                "Invalid login token. Not a valid OpenId Connect identity token."
            ) from None
        if claims.get("iss") != self._tokens.issuer:
            raise _not_authorized("Invalid login token. Issuer doesn't match providerName")
        if claims.get("aud") not in pool.login:
            raise _not_authorized("Invalid login token. Incorrect token audience.")
        now, ends = int(self._clock.now()), claims.get("exp")
        if not isinstance(ends, int) or ends <= now:
            raise _not_authorized(f"Invalid login token. Token expired: {now} >= {ends}")
        try:
            return self._tokens.of_id_token(token, pool.account_id).subject
        except AwsError:
            raise _not_authorized("Invalid login token. Couldn't verify signed token.") from None


def action_of(request: Request) -> str:
    """The operation a request names, empty for one that is none of this service's."""
    target = request.headers.get("x-amz-target", "")
    return target.removeprefix(TARGET) if target.startswith(TARGET) else ""


def _amr(known: bool) -> str:
    return "authenticated" if known else "unauthenticated"


def _not_authorized(text: str) -> AwsError:
    return AwsError("NotAuthorizedException", text)


def _strike(fault: Fault | None) -> None:
    if fault and fault.kind == "throttle":
        raise AwsError("TooManyRequestsException", "Rate exceeded", 429)
    if fault and fault.kind == "500":
        raise AwsError("InternalErrorException", "We encountered an internal error.", 500)


def _body(request: Request) -> Mapping[str, object]:
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise AwsError("SerializationException", "")
    return found


def _json(status: int, value: Mapping[str, object], code: str = "Ok") -> Answer:
    return Answer(status, json.dumps(value).encode(), "application/x-amz-json-1.1", code=code)
