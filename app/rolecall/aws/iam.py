"""Iam: the calls a user makes about themself: MFA devices and access keys. Signed with one set of credentials.

Must not know where credentials come from or where anything is kept. Whatever makes something (a key, a
device) is sent once only: a second try after a lost answer would make a second one. Import it inside
functions: it brings botocore.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from rolecall.aws import client, iam_problems, problems
from rolecall.aws.access_denied import Circumstances
from rolecall.aws.under_way import CallUnderWay, within_limits
from rolecall.domain import totp
from rolecall.domain.access_key import AccessKey, NewDevice, NewKey, User
from rolecall.domain.problem import Problem, ProblemError
from rolecall.domain.role import Role
from rolecall.domain.session import Credentials

_MOST_PAGES: Final = 20
"""Pages of a listing that are read; a user has eight devices and two keys at most."""


class Iam:
    """IAM for one caller, for one thread. Every method raises ProblemError."""

    def __init__(self, credentials: Credentials, role: Role, now: Callable[[], float]) -> None:
        """credentials: sign every call. role: the key identity, whose profile decides endpoint and region.

        now: UTC epoch seconds.
        """
        self._credentials, self._role, self._now = credentials, role, now
        self._clients: dict[bool, Any] = {}

    def user(self) -> User:
        """The user that signs (GetUser)."""
        found = self._ask("get_user").get("User") or {}
        return User(self._word(found, "UserName"), self._word(found, "Arn"))

    def devices(self) -> list[str]:
        """Serials of the user's MFA devices, passkeys included (ListMFADevices)."""
        return [
            self._word(each, "SerialNumber") for each in self._all("list_mfa_devices", "MFADevices")
        ]

    def unassigned_devices(self) -> list[str]:
        """Serials of the account's virtual devices that belong to nobody (ListVirtualMFADevices)."""
        found = self._all(
            "list_virtual_mfa_devices", "VirtualMFADevices", AssignmentStatus="Unassigned"
        )
        return [self._word(each, "SerialNumber") for each in found]

    def create_device(self, name: str) -> NewDevice:
        """A new virtual device (CreateVirtualMFADevice). name: without a path."""
        answer = self._make("create_virtual_mfa_device", VirtualMFADeviceName=name)
        found = answer.get("VirtualMFADevice") or {}
        letters = found.get("Base32StringSeed")
        try:
            seed = totp.parse(letters.decode() if isinstance(letters, bytes) else "")
        except ValueError:
            seed = None
        if seed is None:
            raise ProblemError(problems.garbage(self._circumstances()))
        return NewDevice(self._word(found, "SerialNumber"), seed)

    def enable_device(self, serial: str, user: str, first: str, second: str) -> None:
        """Assign a device to the user, with two codes in a row (EnableMFADevice). The codes are used up."""
        self._make(
            "enable_mfa_device",
            UserName=user,
            SerialNumber=serial,
            AuthenticationCode1=first,
            AuthenticationCode2=second,
        )

    def deactivate_device(self, serial: str, user: str) -> None:
        """Take a device from the user (DeactivateMFADevice)."""
        self._make("deactivate_mfa_device", UserName=user, SerialNumber=serial)

    def delete_device(self, serial: str) -> None:
        """Delete a virtual device that belongs to nobody (DeleteVirtualMFADevice)."""
        self._make("delete_virtual_mfa_device", SerialNumber=serial)

    def access_keys(self) -> list[AccessKey]:
        """The user's access keys, oldest first (ListAccessKeys)."""
        found = [
            AccessKey(
                self._word(each, "AccessKeyId"),
                each.get("Status") == "Active",
                self._moment(each.get("CreateDate")),
            )
            for each in self._all("list_access_keys", "AccessKeyMetadata")
        ]
        return sorted(found, key=lambda key: key.created_at)

    def last_used(self, key_id: str) -> tuple[float | None, str, str]:
        """When a key last signed a call (None: never), for which service and region (GetAccessKeyLastUsed)."""
        found = (
            self._ask("get_access_key_last_used", AccessKeyId=key_id).get("AccessKeyLastUsed") or {}
        )
        used = found.get("LastUsedDate")
        at = self._moment(used) if used is not None else None
        return at, str(found.get("ServiceName") or ""), str(found.get("Region") or "")

    def create_key(self) -> NewKey:
        """A new access key (CreateAccessKey)."""
        found = self._make("create_access_key").get("AccessKey") or {}
        credentials = Credentials(
            self._word(found, "AccessKeyId"), self._word(found, "SecretAccessKey")
        )
        return NewKey(credentials, self._moment(found.get("CreateDate")))

    def switch_key(self, key_id: str, *, on: bool) -> None:
        """Switch an access key on or off (UpdateAccessKey)."""
        status = "Active" if on else "Inactive"
        self._make("update_access_key", AccessKeyId=key_id, Status=status)

    def delete_key(self, key_id: str) -> None:
        """Delete an access key (DeleteAccessKey)."""
        self._make("delete_access_key", AccessKeyId=key_id)

    # --- calling -----------------------------------------------------------------------

    def _ask(self, operation: str, **values: Any) -> dict[str, Any]:
        return self._call(operation, values, single_try=False)

    def _make(self, operation: str, **values: Any) -> dict[str, Any]:
        return self._call(operation, values, single_try=True)

    def _all(self, operation: str, member: str, **values: Any) -> Iterator[dict[str, Any]]:
        for _ in range(_MOST_PAGES):
            answer = self._ask(operation, **values)
            yield from answer.get(member) or ()
            if not answer.get("IsTruncated") or not answer.get("Marker"):
                return
            values["Marker"] = answer["Marker"]

    def _call(self, operation: str, values: dict[str, Any], *, single_try: bool) -> dict[str, Any]:
        call = CallUnderWay.start()
        try:
            made = self._client(single_try)
            return within_limits(made, operation, values, self._credentials, call, self._now)
        except Exception as error:  # noqa: BLE001  anything may carry what was sent
            problem = self._problem(error, operation, call)
        raise ProblemError(problem)  # out here, so that it has no context

    def _client(self, single_try: bool) -> Any:
        if single_try not in self._clients:
            role = self._role
            profile = dict(role.client_config)
            if role.region:
                profile.setdefault("region", role.region)
            settings = client.settings_of(
                profile, role.services, role.partition, single_try, service="iam"
            )
            self._clients[single_try] = client.build(settings)
        return self._clients[single_try]

    def _problem(self, error: Exception, operation: str, call: CallUnderWay) -> Problem:
        known = self._circumstances()
        if call.limits.too_large:
            return problems.garbage(known)
        if call.limits.timed_out:
            return problems.timeout(known)
        return iam_problems.from_exception(error, operation, known, call.sent)

    def _circumstances(self) -> Circumstances:
        return Circumstances(
            role=self._role.name,
            partition=self._role.partition,
            region=self._role.region,
            temporary=bool(self._credentials.session_token),
            now=self._now(),
        )

    def _word(self, found: dict[str, Any], name: str) -> str:
        value = found.get(name)
        if not isinstance(value, str) or not value:
            raise ProblemError(problems.garbage(self._circumstances()))
        return value

    def _moment(self, value: object) -> float:
        if not isinstance(value, datetime):
            raise ProblemError(problems.garbage(self._circumstances()))
        return value.timestamp()
