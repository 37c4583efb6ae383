"""IAM's access keys: two per user at most, switched off, deleted, and when each was last used.

Source: IAM API reference, CreateAccessKey, UpdateAccessKey, DeleteAccessKey, ListAccessKeys,
GetAccessKeyLastUsed; IAM User Guide, "IAM quotas".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from rolecall.demo.callers import Caller, Callers, Kind, new_id, new_secret
from rolecall.demo.clock import DemoClock
from rolecall.demo.iam_rules import Values, check, date, limit_exceeded, no_such
from rolecall.demo.wire import Tree, validation_error

MOST_KEYS: Final = 2


class IamKeys:
    """`operations` are by action; the caller is a user already, and means its own keys."""

    def __init__(self, callers: Callers, clock: DemoClock) -> None:
        self._callers, self._clock = callers, clock
        self.operations = {
            "ListAccessKeys": self.list_access_keys,
            "CreateAccessKey": self.create_access_key,
            "UpdateAccessKey": self.update_access_key,
            "DeleteAccessKey": self.delete_access_key,
            "GetAccessKeyLastUsed": self.get_access_key_last_used,
        }

    def list_access_keys(self, caller: Caller, _values: Values) -> Mapping[str, Tree]:
        """The keys of the calling user, without their secrets."""
        keys = [self._listed(key) for key in self._callers.keys_of(caller.principal)]
        return {"AccessKeyMetadata": keys, "IsTruncated": "false"}

    def create_access_key(self, caller: Caller, _values: Values) -> Mapping[str, Tree]:
        """A new key. Its secret is in this answer and in no later one."""
        held = self._callers.keys_of(caller.principal)
        if len(held) >= MOST_KEYS:
            raise limit_exceeded("AccessKeysPerUser", MOST_KEYS)
        made = replace(
            held[0],
            kind=Kind.USER,
            access_key_id=new_id("AKIA"),
            secret=new_secret(),
            created_at=self._clock.now(),
        )
        self._callers.add(made)
        return {"AccessKey": {**self._listed(made), "SecretAccessKey": made.secret}}

    def update_access_key(self, caller: Caller, values: Values) -> Mapping[str, Tree]:
        """Switch a key on or off."""
        key = self._key(caller, values)
        if values.get("Status") not in {"Active", "Inactive"}:
            raise validation_error("Status must be Active or Inactive.")
        self._callers.switch(key.access_key_id, on=values["Status"] == "Active")
        return {}

    def delete_access_key(self, caller: Caller, values: Values) -> Mapping[str, Tree]:
        """Delete a key, on or off."""
        self._callers.remove(self._key(caller, values).access_key_id)
        return {}

    def get_access_key_last_used(self, caller: Caller, values: Values) -> Mapping[str, Tree]:
        """When, where and for which service a key signed last; the date is absent where it never did."""
        key = self._key(caller, values)
        use = self._callers.last_use(key.access_key_id)
        last: Mapping[str, Tree] = (
            {"LastUsedDate": date(use.at), "ServiceName": use.service, "Region": use.region}
            if use
            else {"ServiceName": "N/A", "Region": "N/A"}
        )
        return {"UserName": key.user, "AccessKeyLastUsed": last}

    def _listed(self, key: Caller) -> dict[str, Tree]:
        active = self._callers.is_active(key.access_key_id)
        return {
            "UserName": key.user,
            "AccessKeyId": key.access_key_id,
            "Status": "Active" if active else "Inactive",
            "CreateDate": date(key.created_at),
        }

    def _key(self, caller: Caller, values: Values) -> Caller:
        check(values, "AccessKeyId")
        wanted = values["AccessKeyId"]
        for key in self._callers.keys_of(caller.principal):
            if key.access_key_id == wanted:
                return key
        raise no_such(f"The Access Key with id {wanted} cannot be found.")
