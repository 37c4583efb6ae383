"""IAM: the two listings a role switcher may ask for, the caller's MFA devices and the account's alias.

Source: IAM API reference (2010-05-08), ListMFADevices and ListAccountAliases; that a session without MFA
may not call IAM: IAM User Guide, "Requesting temporary security credentials".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from rolecall.demo.callers import Caller, Kind
from rolecall.demo.catalogue import Catalogue
from rolecall.demo.trust import not_authorized
from rolecall.demo.wire import AwsError, Tree, access_denied

NAMESPACE: Final = "https://iam.amazonaws.com/doc/2010-05-08/"
VERSION: Final = "2010-05-08"


class Iam:
    """The service, as far as it goes. `operations` are by action."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.operations: dict[str, Callable[[Caller, dict[str, str]], Mapping[str, Tree]]] = {
            "ListMFADevices": self.list_mfa_devices,
            "ListAccountAliases": self.list_account_aliases,
        }

    def answer(self, action: str, caller: Caller, values: dict[str, str]) -> Mapping[str, Tree]:
        """Run one of `operations`. Raises AwsError."""
        bare_session = caller.kind is Kind.SESSION and caller.mfa_at is None
        if bare_session or caller.kind is Kind.FEDERATED:
            raise not_authorized(caller, f"iam:{action}", "*")
        return self.operations[action](caller, values)

    def list_mfa_devices(self, caller: Caller, values: dict[str, str]) -> Mapping[str, Tree]:
        """The devices of the calling user; without UserName the user is taken from the key."""
        if caller.kind not in {Kind.USER, Kind.SESSION}:
            text = "Must specify userName when calling with non-User credentials"
            raise AwsError("ValidationError", text)
        name = values.get("UserName", caller.user)
        if name != caller.user:
            raise access_denied(
                f"User: {caller.arn} is not authorized to perform: iam:ListMFADevices "
                f"on resource: user {name}"
            )
        devices = [
            {"UserName": name, "SerialNumber": device.serial, "EnableDate": "2026-01-05T08:00:00Z"}
            for device in self._catalogue.devices
            if device.owner == caller.principal
        ]
        return {"MFADevices": devices, "IsTruncated": "false"}

    def list_account_aliases(self, caller: Caller, _values: dict[str, str]) -> Mapping[str, Tree]:
        """The alias of the caller's account; an account has one at most."""
        alias = self._catalogue.account(caller.account).alias
        return {"AccountAliases": [alias] if alias else [], "IsTruncated": "false"}
