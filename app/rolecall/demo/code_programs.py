"""Codes by a program: a user of the demo with two MFA devices, and a script that prints the code of one.

The script stands for `ykman`, `op` or `pass`: it asks the demo's own address, as those ask their device.
"""

from __future__ import annotations

import base64
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rolecall.demo.catalogue import Profile, Role, Trust
from rolecall.demo.other_sources import FOLDER
from rolecall.demo.totp import Device

CASEY: Final = "arn:aws:iam::111111111111:user/casey"
KEY: Final = "arn:aws:iam::111111111111:mfa/casey-key"
SPARE: Final = "arn:aws:iam::111111111111:mfa/casey-phone"

_OPERATE: Final = "arn:aws:iam::333333333333:role/Operate"
_HOME: Final = "eu-central-1"


def devices() -> Sequence[Device]:
    """Both devices of casey, with new seeds."""
    return [
        Device(serial, CASEY, base64.b32encode(secrets.token_bytes(20)).decode())
        for serial in (KEY, SPARE)
    ]


def roles() -> Sequence[Role]:
    """The role that wants a code of casey's."""
    return (Role(_OPERATE, Trust((CASEY,), mfa=True), 14400),)


def profiles() -> Sequence[Profile]:
    """The profiles, in the keys that AWS and aws-vault read."""
    return (
        Profile(
            "casey",
            _HOME,
            "Two MFA devices; a program gives the code, once you have accepted its line.",
            keys="casey",
            mfa_serial=KEY,
            more=(("mfa_process", f'"{FOLDER}/acme-code" {KEY}'),),
        ),
        Profile(
            "operate",
            _HOME,
            "Wants MFA, and gets its code from casey's program.",
            role_arn=_OPERATE,
            source_profile="casey",
            mfa_serial=KEY,
        ),
    )


def write_code_program(folder: Path) -> None:
    """Write the program into the folder of the AWS files."""
    script = (
        f"#!{sys.executable}\n"
        "# Stands for ykman, op or pass: prints what the device shows now.\n"
        "import os, sys, urllib.parse, urllib.request\n"
        "asked = urllib.parse.urlencode({'serial': sys.argv[1]})\n"
        "print(urllib.request.urlopen(os.environ['ROLECALL_DEMO_URL'] + '/code?' + asked)"
        ".read().decode())\n"
    )
    descriptor = os.open(folder / "acme-code", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o700)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(script)
