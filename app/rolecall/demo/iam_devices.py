"""IAM's virtual MFA devices: made, enabled with two codes in a row, switched off, deleted.

Source: IAM API reference, CreateVirtualMFADevice, EnableMFADevice, DeactivateMFADevice,
DeleteVirtualMFADevice, ListMFADevices, ListVirtualMFADevices; IAM User Guide, "IAM quotas".
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from typing import Final

from rolecall.demo.callers import Caller
from rolecall.demo.catalogue import Catalogue
from rolecall.demo.clock import DemoClock
from rolecall.demo.iam_rules import Values, check, date, limit_exceeded, no_such
from rolecall.demo.qr_png import qr_png
from rolecall.demo.totp import Device
from rolecall.demo.wire import AwsError, Tree, validation_error

MOST_DEVICES: Final = 8


class IamDevices:
    """`operations` are by action; the caller is a user already, and means its own devices."""

    def __init__(self, catalogue: Catalogue, clock: DemoClock) -> None:
        self._devices, self._clock = catalogue.devices, clock
        self.operations = {
            "ListMFADevices": self.list_mfa_devices,
            "ListVirtualMFADevices": self.list_virtual_mfa_devices,
            "CreateVirtualMFADevice": self.create_virtual_mfa_device,
            "EnableMFADevice": self.enable_mfa_device,
            "DeactivateMFADevice": self.deactivate_mfa_device,
            "DeleteVirtualMFADevice": self.delete_virtual_mfa_device,
        }

    def list_mfa_devices(self, caller: Caller, _values: Values) -> Mapping[str, Tree]:
        """The devices of the calling user."""
        devices = [
            {
                "UserName": caller.user,
                "SerialNumber": device.serial,
                "EnableDate": date(device.enabled_at),
            }
            for device in self._devices.owned_by(caller.principal)
        ]
        return {"MFADevices": devices, "IsTruncated": "false"}

    def list_virtual_mfa_devices(self, caller: Caller, values: Values) -> Mapping[str, Tree]:
        """The virtual devices of the account, with the user of those that are assigned."""
        status = values.get("AssignmentStatus", "Any")
        if status not in {"Any", "Assigned", "Unassigned"}:
            raise validation_error("Invalid AssignmentStatus.")
        listed = [
            _listed(device)
            for device in self._devices
            if device.serial.split(":")[4] == caller.account
            and status in {"Any", "Assigned" if device.owner else "Unassigned"}
        ]
        return {"VirtualMFADevices": listed, "IsTruncated": "false"}

    def create_virtual_mfa_device(self, caller: Caller, values: Values) -> Mapping[str, Tree]:
        """A new device, assigned to nobody. Its seed is in this answer and in no later one."""
        check(values, "VirtualMFADeviceName")
        name, path = values["VirtualMFADeviceName"], values.get("Path", "/")
        if not (path.startswith("/") and path.endswith("/")):
            raise validation_error("The specified value for path is invalid.")
        serial = f"arn:{caller.partition}:iam::{caller.account}:mfa{path}{name}"
        seed = base64.b32encode(secrets.token_bytes(40)).decode()
        if not self._devices.add(Device(serial, "", seed)):
            said = "MFADevice entity at the same path and name already exists."
            raise AwsError("EntityAlreadyExists", said, 409)
        uri = f"otpauth://totp/Amazon%20Web%20Services:{name}@{caller.account}?secret={seed}"
        return {
            "VirtualMFADevice": {
                "SerialNumber": serial,
                "Base32StringSeed": base64.b64encode(seed.encode()).decode(),
                "QRCodePNG": base64.b64encode(
                    qr_png(f"{uri}&issuer=Amazon%20Web%20Services")
                ).decode(),
            }
        }

    def enable_mfa_device(self, caller: Caller, values: Values) -> Mapping[str, Tree]:
        """Assign a device to the calling user, proved by two codes in a row."""
        check(values, "UserName", "SerialNumber", "AuthenticationCode1", "AuthenticationCode2")
        device, now = self._device(values["SerialNumber"]), self._clock.now()
        if device.owner:
            raise AwsError("EntityAlreadyExists", "MFA Device is already in use.", 409)
        if len(self._devices.owned_by(caller.principal)) >= MOST_DEVICES:
            raise limit_exceeded("MFADevicesPerUser", MOST_DEVICES)
        first, second = values["AuthenticationCode1"], values["AuthenticationCode2"]
        if not device.redeem_pair(first, second, now):
            said = "Authentication code for device is not valid."
            raise AwsError("InvalidAuthenticationCode", said, 403)
        device.enabled_at, device.owner = now, caller.principal
        return {}

    def deactivate_mfa_device(self, caller: Caller, values: Values) -> Mapping[str, Tree]:
        """Take a device from the calling user; it stays in the account."""
        check(values, "SerialNumber")
        device = self._device(values["SerialNumber"])
        if device.owner != caller.principal:
            raise no_such(f"MFA Device invalid for user {caller.user}.")
        device.owner = ""
        return {}

    def delete_virtual_mfa_device(self, _caller: Caller, values: Values) -> Mapping[str, Tree]:
        """Delete a device that is assigned to nobody."""
        check(values, "SerialNumber")
        device = self._device(values["SerialNumber"])
        if device.owner:
            said = "MFA VirtualDevice in use. Must deactivate first."
            raise AwsError("DeleteConflict", said, 409)
        self._devices.remove(device.serial)
        return {}

    def _device(self, serial: str) -> Device:
        device = self._devices.find(serial)
        if device is None:
            raise no_such(f"VirtualMFADevice with serial number {serial} does not exist.")
        return device


def _listed(device: Device) -> Mapping[str, Tree]:
    if not device.owner:
        return {"SerialNumber": device.serial}
    return {
        "SerialNumber": device.serial,
        "User": {"UserName": device.owner.rsplit("/", 1)[1], "Arn": device.owner},
        "EnableDate": date(device.enabled_at),
    }
