"""Cognito: what an identity pool gives for a sign-in elsewhere, or to a guest. Unsigned calls of botocore's.

Enhanced flow: GetId, GetCredentialsForIdentity; the pool chooses the role. Basic flow: GetId, GetOpenIdToken,
and STS takes the pool's word (AssumeRoleWithWebIdentity, in sts.py). Source: Amazon Cognito Developer Guide,
"Identity pools authentication flow"; API reference (the secret's member is called SecretKey).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Final

from rolecall.aws import cognito_problems, problems
from rolecall.aws.access_denied import Circumstances
from rolecall.aws.messages import Answer
from rolecall.aws.unsigned import Place, RefusedCallError, Unsigned
from rolecall.domain.cognito import login_name, region_of
from rolecall.domain.problem import ProblemError
from rolecall.domain.role import Role, Source
from rolecall.domain.route import Hop
from rolecall.domain.session import Credentials

_GONE: Final = "ResourceNotFoundException"
_PARTS: Final = ("AccessKeyId", "SecretKey", "SessionToken")


class Cognito:
    """The calls, for any thread. A guest stays the same guest for as long as this object lives."""

    def __init__(self, unsigned: Unsigned) -> None:
        self._unsigned = unsigned
        self._guests: dict[str, str] = {}
        self._lock = threading.Lock()

    def credentials(
        self, hop: Hop, source: Source, role: Role, token: str, now: Callable[[], float]
    ) -> Answer:
        """The enhanced flow. token: of the provider, empty for a guest. Raises ProblemError."""
        asked = {"CustomRoleArn": hop.role_arn} if hop.role_arn else {}
        sent_at = now()
        answer = self._for_identity(
            "get_credentials_for_identity", hop.target, source, role, token, asked
        )
        given = answer.get("Credentials") or {}
        parts = [str(given.get(name) or "") for name in _PARTS]
        try:
            expires_at = float(given["Expiration"].timestamp())
        except (KeyError, AttributeError, ValueError, OverflowError):
            expires_at = 0.0
        if not all(parts) or expires_at <= sent_at:
            raise ProblemError(problems.garbage(_known(role)))
        return Answer(Credentials(*parts), sent_at, expires_at)

    def open_id_token(self, hop: Hop, source: Source, role: Role, token: str) -> str:
        """The pool's word for STS: the first half of the basic flow. Raises ProblemError."""
        answer = self._for_identity("get_open_id_token", hop.target, source, role, token, {})
        word = answer.get("Token")
        if not isinstance(word, str) or not word:
            raise ProblemError(problems.garbage(_known(role)))
        return word

    def _for_identity(
        self,
        operation: str,
        pool: str,
        source: Source,
        role: Role,
        token: str,
        asked: dict[str, str],
    ) -> dict[str, Any]:
        """Who this is to the pool, then `operation`; once more where the pool forgot a guest."""
        place = _place(pool, role, guest=not token)
        logins = {"Logins": {login_name(source): token}} if token else {}
        known = "" if token else self._guest(pool)
        if known:
            try:
                return self._unsigned.call(place, operation, {"IdentityId": known, **asked})
            except RefusedCallError as refused:
                if refused.wire_code != _GONE:
                    raise
        found = self._unsigned.call(place, "get_id", {"IdentityPoolId": pool, **logins})
        identity = found.get("IdentityId")
        if not isinstance(identity, str) or not identity:  # botocore takes any page for an answer
            raise ProblemError(problems.garbage(place.known))
        if not token:
            self._remember(pool, identity)
        return self._unsigned.call(place, operation, {"IdentityId": identity, **logins, **asked})

    def _guest(self, pool: str) -> str:
        with self._lock:
            return self._guests.get(pool, "")

    def _remember(self, pool: str, identity: str) -> None:
        with self._lock:
            self._guests[pool] = identity


def _place(pool: str, role: Role, *, guest: bool) -> Place:
    """The pool's own region, whatever the role's: a pool's id begins with it."""
    kept = tuple((key, value) for key, value in role.client_config if key != "region")
    refusal = cognito_problems.of_pool(pool, guest=guest)
    return Place(
        "cognito-identity", region_of(pool), _known(role), refusal, kept, role.services,
        single_try=False,
    )  # fmt: skip


def _known(role: Role) -> Circumstances:
    return Circumstances(role.name, account=role.account_id, partition=role.partition)
