"""Other sources: entries of the demo that start from a program, the environment, a container, a machine, a sign-in.

The program is a small script in the demo's folder. It stands for a password manager: it prints the keys of
one user, as it would for any AWS tool that runs the line.
"""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rolecall.demo.aws_login import AwsLogin, cache_name
from rolecall.demo.callers import Caller
from rolecall.demo.catalogue import Profile, Role, Trust
from rolecall.demo.metadata import MACHINE_ROLE, TASK_ROLE

ROBIN: Final = "arn:aws:iam::111111111111:user/robin"
"""Whose keys lie in the vault."""

LOGIN_SESSION: Final = "arn:aws:iam::111111111111:user/alex"
FOLDER: Final = "{folder}"
"""Stands in a profile for the folder that its files will lie in."""

_SANDBOX: Final = "arn:aws:iam::333333333333:role"
_HOME: Final = "eu-central-1"


def roles() -> Sequence[Role]:
    """The roles that these entries lead to."""
    return (
        Role(f"{_SANDBOX}/VaultReader", Trust((ROBIN,)), 14400),
        Role(f"{_SANDBOX}/MachineDeploy", Trust((MACHINE_ROLE,)), 14400),
        Role(f"{_SANDBOX}/TaskReport", Trust((TASK_ROLE,))),
        Role(f"{_SANDBOX}/LoginReader", Trust((LOGIN_SESSION,)), 14400),
    )


def profiles() -> Sequence[Profile]:
    """The profiles, in AWS's own keys."""
    return (
        Profile(
            "vault",
            _HOME,
            "Keys that a program prints. Nothing runs before you have seen its line.",
            more=(("credential_process", f'"{FOLDER}/acme-vault" --item aws/robin'),),
        ),
        Profile(
            "vault-reader",
            _HOME,
            "Assumed with the keys from the vault.",
            role_arn=f"{_SANDBOX}/VaultReader",
            source_profile="vault",
        ),
        Profile(
            "machine-deploy",
            _HOME,
            "Assumed with the role of the machine this runs on.",
            role_arn=f"{_SANDBOX}/MachineDeploy",
            more=(("credential_source", "Ec2InstanceMetadata"),),
        ),
        Profile(
            "task-report",
            _HOME,
            "Assumed with the role of a container.",
            role_arn=f"{_SANDBOX}/TaskReport",
            more=(("credential_source", "EcsContainer"),),
        ),
        Profile(
            "ci-environment",
            _HOME,
            "Assumed with the keys in the environment of whoever asks.",
            role_arn=f"{_SANDBOX}/Deploy",
            more=(("credential_source", "Environment"),),
        ),
        Profile(
            "alex-login",
            _HOME,
            "Signed in with “aws login”: no access key anywhere.",
            more=(("login_session", LOGIN_SESSION),),
        ),
        Profile(
            "login-reader",
            _HOME,
            "Assumed from that sign-in.",
            role_arn=f"{_SANDBOX}/LoginReader",
            source_profile="alex-login",
        ),
    )


def write_vault(robin: Caller, folder: Path) -> None:
    """Write the program and what it prints into the folder of the AWS files."""
    kept = folder / "acme-vault.json"
    printed = {
        "Version": 1,
        "AccessKeyId": robin.access_key_id,
        "SecretAccessKey": robin.secret,
    }
    _write(kept, json.dumps(printed) + "\n", 0o600)
    script = f"#!/bin/sh\n# Stands for a password manager's command.\nexec cat {shlex.quote(str(kept))}\n"
    _write(folder / "acme-vault", script, 0o700)


def write_login(login: AwsLogin, folder: Path) -> Path:
    """Write a fresh sign-in as `aws login` would; returns the cache's folder."""
    cache = folder / "login-cache"
    cache.mkdir(mode=0o700)
    _write(cache / cache_name(LOGIN_SESSION), json.dumps(login.signed_in(LOGIN_SESSION)), 0o600)
    return cache


def write_container_token(token: str, folder: Path) -> Path:
    """Write what a container has to bring along; returns the file."""
    _write(folder / "container-token", token, 0o600)
    return folder / "container-token"


def _write(path: Path, text: str, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
