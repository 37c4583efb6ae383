"""The ready folder: the catalogue's profiles as a `config` and a `credentials` file.

Source of the keys: AWS SDKs and Tools Reference Guide, "Shared config and credentials files".
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from rolecall.demo.catalogue import Catalogue, Profile
from rolecall.demo.code_programs import write_code_program
from rolecall.demo.other_sources import FOLDER, write_vault
from rolecall.demo.portal_profiles import session_section


def write_aws_files(catalogue: Catalogue, folder: Path) -> tuple[Path, Path]:
    """Write both files, mode 0600, into an existing folder; returns (config, credentials)."""
    config, credentials = folder / "config", folder / "credentials"
    sections = [_config(profile, folder) for profile in catalogue.profiles]
    if any(key == "sso_session" for profile in catalogue.profiles for key, _ in profile.more):
        sections.append(session_section())
    _write(config, "\n".join(sections))
    held = [profile for profile in catalogue.profiles if profile.keys]
    _write(credentials, "\n".join(_credentials(catalogue, profile) for profile in held))
    write_vault(catalogue.users["robin"], folder)
    write_code_program(folder)
    return config, credentials


def write_settings(catalogue: Catalogue, folder: Path) -> None:
    """Write the app's own settings of a demo: what its accounts are called. folder: ROLECALL_HOME."""
    (folder / "config").mkdir(mode=0o700)
    names = "".join(
        f"{json.dumps(account.account_id)} = {json.dumps(account.name)}\n"
        for account in catalogue.accounts
    )
    _write(folder / "config" / "settings.toml", f"[accounts]\n{names}")


def _config(profile: Profile, folder: Path) -> str:
    lines = [f"# {profile.comment}", f"[profile {profile.name}]"]
    keys = (
        "role_arn",
        "source_profile",
        "mfa_serial",
        "external_id",
        "role_session_name",
        "region",
    )
    lines += [f"{key} = {getattr(profile, key)}" for key in keys if getattr(profile, key)]
    lines += [f"{key} = {value.replace(FOLDER, str(folder))}" for key, value in profile.more]
    if profile.duration_seconds is not None:
        lines.append(f"duration_seconds = {profile.duration_seconds}")
    return "\n".join(lines) + "\n"


def _credentials(catalogue: Catalogue, profile: Profile) -> str:
    held = catalogue.users[profile.keys]
    return (
        f"[{profile.name}]\n"
        f"aws_access_key_id = {held.access_key_id}\n"
        f"aws_secret_access_key = {held.secret}\n"
    )


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
