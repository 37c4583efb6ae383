"""The access portal of the demo's Identity Center: ListAccounts, ListAccountRoles, GetRoleCredentials, Logout.

Source: IAM Identity Center Portal API Reference (2019-06-10). That a missing assignment is answered with
ForbiddenException "No access" is how AWS behaves; the service model does not say so.
"""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Callable, Sequence
from typing import Final

from rolecall.demo.callers import Caller, Callers, Kind, new_id, new_secret, new_token
from rolecall.demo.clock import DemoClock
from rolecall.demo.directory import PERSON, Assignment, Directory
from rolecall.demo.sso_tokens import Tokens
from rolecall.demo.wire import AwsError, Request

_PAGE: Final = 50


class SsoPortal:
    """The service. `operations` are by method and path; each takes a request whose token is good."""

    def __init__(
        self, directory: Directory, tokens: Tokens, callers: Callers, clock: DemoClock
    ) -> None:
        self._directory, self._tokens = directory, tokens
        self._callers, self._clock = callers, clock
        self.operations: dict[
            tuple[str, str], tuple[str, Callable[[dict[str, str], str], object]]
        ] = {
            ("GET", "/assignment/accounts"): ("ListAccounts", self._list_accounts),
            ("GET", "/assignment/roles"): ("ListAccountRoles", self._list_roles),
            ("GET", "/federation/credentials"): ("GetRoleCredentials", self._credentials),
            ("POST", "/logout"): ("Logout", self._logout),
        }

    def run(self, operation: Callable[[dict[str, str], str], object], request: Request) -> object:
        """Run one of `operations`. Raises AwsError, for a dead token too."""
        token = request.headers.get("x-amz-sso_bearer_token", "")
        if not token:
            raise AwsError("InvalidRequestException", "No bearer token", 400)
        if not self._tokens.good(token, self._clock.now()):
            raise AwsError("UnauthorizedException", "Session token not found or invalid", 401)
        return operation(request.asked(), token)

    def _list_accounts(self, asked: dict[str, str], _token: str) -> object:
        members = self._directory.members()
        page, following = _paged(len(members), asked)
        shown = [
            {"accountId": one.account_id, "accountName": one.name, "emailAddress": one.email}
            for one in members[page]
        ]
        return {"accountList": shown, **following}

    def _list_roles(self, asked: dict[str, str], _token: str) -> object:
        assigned = self._assigned(asked)
        page, following = _paged(len(assigned), asked)
        shown = [{"accountId": one.account_id, "roleName": one.role} for one in assigned[page]]
        return {"roleList": shown, **following}

    def _credentials(self, asked: dict[str, str], _token: str) -> object:
        """The expiration is in milliseconds."""
        found = [one for one in self._assigned(asked) if one.role == asked.get("role_name")]
        if not found:
            raise _no_access()
        session = self._callers.add(_session(found[0], self._clock.now()))
        return {
            "roleCredentials": {
                "accessKeyId": session.access_key_id,
                "secretAccessKey": session.secret,
                "sessionToken": session.token,
                "expiration": int(session.expires_at or 0) * 1000,
            }
        }

    def _logout(self, _asked: dict[str, str], token: str) -> object:
        self._tokens.end(token)
        return {}

    def _assigned(self, asked: dict[str, str]) -> Sequence[Assignment]:
        found = self._directory.assignments(asked.get("account_id", ""))
        if not found:
            raise _no_access()
        return found


def _session(assignment: Assignment, now: float) -> Caller:
    """A role session like any other; the roles it assumes in turn are chained."""
    account, name = assignment.account_id, PERSON.partition("@")[0]
    return Caller(
        Kind.ROLE,
        f"arn:aws:sts::{account}:assumed-role/{assignment.role_name}/{name}",
        assignment.role_arn,
        f"{new_id('AROA')}:{name}",
        new_id("ASIA"),
        new_secret(),
        new_token(),
        math.floor(now) + assignment.seconds,
        role=assignment.role_name,
        session_name=name,
    )


def _paged(total: int, asked: dict[str, str]) -> tuple[slice, dict[str, str]]:
    """One page, and where the next begins. Raises AwsError InvalidRequestException."""
    most = asked.get("max_result", str(_PAGE))
    if not (most.isascii() and most.isdigit() and 1 <= int(most[:9]) <= 100):
        raise AwsError("InvalidRequestException", "Invalid max_result", 400)
    start = _place(asked["next_token"]) if asked.get("next_token") else 0
    end = start + int(most)
    return slice(start, end), {"nextToken": _mark(end)} if end < total else {}


def _mark(place: int) -> str:
    return base64.urlsafe_b64encode(f"from:{place}".encode()).decode()


def _place(mark: str) -> int:
    try:
        said = base64.urlsafe_b64decode(mark.encode()).decode()
        return int(said.removeprefix("from:"))
    except (ValueError, binascii.Error):
        raise AwsError("InvalidRequestException", "Invalid next_token", 400) from None


def _no_access() -> AwsError:
    return AwsError("ForbiddenException", "No access", 403)
