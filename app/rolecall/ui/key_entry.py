"""Key entry: what a person typed into the add-a-key dialog, checked. Pure; the messages are translated here."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QCoreApplication

from rolecall.domain.catalogue import Catalogue, has_static_keys

_NAME: Final = re.compile(r"[\w+=,.@-]{1,64}")
_KEY_ID: Final = re.compile(r"[A-Z0-9]{16,128}")
_SECRET: Final = re.compile(r"[A-Za-z0-9/+=]{40}")
_DEVICE: Final = re.compile(
    r"arn:aws[a-z-]*:iam::\d{12}:(?:sms-)?mfa/[\w+=,.@/-]{1,226}|[\w-]{9,64}"
)
"""Sources: IAM API Reference, AccessKey (AccessKeyId), MFADevice (SerialNumber); IAM User Guide, access keys."""


def name_fault(name: str, catalogue: Catalogue) -> str:
    """What is wrong with an identity's name, or an empty text. The name of a kept key may be used again."""
    translate = QCoreApplication.translate
    if not name:
        return translate("KeyEntry", "Give the key a name, such as your user's.")
    if not _NAME.fullmatch(name):
        return translate(
            "KeyEntry", "A name has no spaces: letters, digits and + = , . @ _ - only."
        )
    if name in catalogue.identities:
        return ""
    if "role_arn" in catalogue.profiles.get(name, {}):
        return translate("KeyEntry", "A role has this name already: choose another one.")
    if has_static_keys(catalogue, name):
        return translate(
            "KeyEntry", "This profile has a key in ~/.aws already: move that one instead."
        )
    return ""


def key_id_fault(key_id: str) -> str:
    """What is wrong with an access key id, or an empty text."""
    translate = QCoreApplication.translate
    if not key_id:
        return translate("KeyEntry", "The access key ID is missing. It begins with AKIA.")
    if key_id.startswith("ASIA"):
        return translate(
            "KeyEntry",
            "An ID that begins with ASIA is of a temporary key. Enter the user's own: AKIA…",
        )
    if key_id.startswith(("AIDA", "AROA")):
        return translate(
            "KeyEntry", "This is the ID of a user or role, not of an access key: AKIA…"
        )
    if not _KEY_ID.fullmatch(key_id):
        return translate("KeyEntry", "An access key ID has 16 or more capital letters and digits.")
    return ""


def secret_fault(secret: str) -> str:
    """What is wrong with a secret access key, or an empty text. Never repeats it."""
    translate = QCoreApplication.translate
    if not secret:
        return translate("KeyEntry", "The secret access key is missing.")
    if len(secret) != 40:
        words = translate("KeyEntry", "A secret access key has 40 characters; this has {number}.")
        return words.format(number=len(secret))
    if not _SECRET.fullmatch(secret):
        return translate("KeyEntry", "A secret access key has letters, digits, / and + only.")
    return ""


def device_fault(serial: str) -> str:
    """What is wrong with the serial of an MFA device, or an empty text. No device is fine."""
    translate = QCoreApplication.translate
    if not serial or _DEVICE.fullmatch(serial):
        return ""
    if ":user/" in serial:
        return translate("KeyEntry", "This is the ARN of the user; the device's has :mfa/ in it.")
    return translate(
        "KeyEntry", "Write it as arn:aws:iam::ACCOUNT:mfa/NAME, or a device's serial number."
    )
