"""IAM: what a user may ask about and do to themself: devices, access keys, the account's alias.

Source: IAM API reference (2010-05-08); that a session without MFA may not call IAM: IAM User Guide,
"Requesting temporary security credentials". Policies are not modelled beyond "one's own user only",
`Catalogue.limited` and `Catalogue.mfa_first`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from rolecall.demo.callers import Caller, Callers, Kind
from rolecall.demo.catalogue import Catalogue
from rolecall.demo.clock import DemoClock
from rolecall.demo.iam_devices import IamDevices
from rolecall.demo.iam_keys import IamKeys
from rolecall.demo.iam_rules import date
from rolecall.demo.trust import not_authorized
from rolecall.demo.wire import AwsError, Tree, access_denied

NAMESPACE: Final = "https://iam.amazonaws.com/doc/2010-05-08/"
VERSION: Final = "2010-05-08"

Operation = Callable[[Caller, dict[str, str]], Mapping[str, Tree]]

_LIMITED: Final = frozenset({"ListMFADevices", "GetUser", "ListAccountAliases"})
_BEFORE_MFA: Final = frozenset(
    {
        "CreateVirtualMFADevice", "EnableMFADevice", "GetUser", "ListMFADevices",
        "ListVirtualMFADevices", "ResyncMFADevice",
    }
)  # fmt: skip
_OF_NOBODY: Final = frozenset({"ListAccountAliases", "GetAccessKeyLastUsed"})
"""Operations that take no user from the signing key."""


class Iam:
    """The service, as far as it goes. `operations` are by action."""

    def __init__(self, catalogue: Catalogue, callers: Callers, clock: DemoClock) -> None:
        self._catalogue = catalogue
        devices, keys = IamDevices(catalogue, clock), IamKeys(callers, clock)
        self.operations: dict[str, Operation] = {
            "GetUser": self.get_user,
            "ListAccountAliases": self.list_account_aliases,
            **devices.operations,
            **keys.operations,
        }

    def answer(self, action: str, caller: Caller, values: dict[str, str]) -> Mapping[str, Tree]:
        """Run one of `operations`. Raises AwsError."""
        bare_session = caller.kind is Kind.SESSION and caller.mfa_at is None
        if bare_session or caller.kind is Kind.FEDERATED:
            raise not_authorized(caller, f"iam:{action}", "*")
        self._check_policies(action, caller)
        if action not in _OF_NOBODY:
            _check_user(action, caller, values)
        return self.operations[action](caller, values)

    def get_user(self, caller: Caller, _values: dict[str, str]) -> Mapping[str, Tree]:
        """The calling user."""
        made = datetime(2025, 1, 7, 8, tzinfo=UTC).timestamp()
        return {
            "User": {
                "Path": "/",
                "UserName": caller.user,
                "UserId": caller.unique_id,
                "Arn": caller.principal,
                "CreateDate": date(made),
            }
        }

    def list_account_aliases(self, caller: Caller, _values: dict[str, str]) -> Mapping[str, Tree]:
        """The alias of the caller's account; an account has one at most."""
        alias = self._catalogue.account(caller.account).alias
        return {"AccountAliases": [alias] if alias else [], "IsTruncated": "false"}

    def _check_policies(self, action: str, caller: Caller) -> None:
        if caller.principal in self._catalogue.limited and action not in _LIMITED:
            why = f"because no identity-based policy allows the iam:{action} action"
        elif (
            caller.principal in self._catalogue.mfa_first
            and caller.mfa_at is None
            and action not in _BEFORE_MFA
        ):
            why = "with an explicit deny in an identity-based policy"
        else:
            return
        said = f"User: {caller.arn} is not authorized to perform: iam:{action} on resource: "
        raise access_denied(f"{said}user {caller.user} {why}")


def _check_user(action: str, caller: Caller, values: dict[str, str]) -> None:
    """Without UserName the user is taken from the key, which has to be a user's."""
    if caller.kind not in {Kind.USER, Kind.SESSION}:
        text = "Must specify userName when calling with non-User credentials"
        raise AwsError("ValidationError", text)
    name = values.get("UserName", caller.user)
    if name != caller.user:
        raise not_authorized(caller, f"iam:{action}", f"user {name}")
