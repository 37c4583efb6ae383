"""Moves an access key out of AWS's files into the keyring. Owns the order, in which nothing can be lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text
from rolecall.domain.role import Identity
from rolecall.domain.session import Credentials
from rolecall.domain.settings import Settings
from rolecall.storage.aws_config import read_catalogue
from rolecall.storage.aws_credentials import read_keys, remove_keys
from rolecall.storage.paths import AwsFiles
from rolecall.storage.secret_store import SecretStore
from rolecall.storage.settings_file import load_settings, save_settings


def move_keys_to_keyring(
    files: AwsFiles, profile: str, store: SecretStore, settings_file: Path
) -> Settings:
    """Move the key of `profile` into the keyring, under the same name; returns the settings as saved.

    The order is: into the keyring, read back and compared, noted in the settings, and only then out of
    the file. A crash in between leaves the key in both places, and the same call again finishes the
    move. Raises ProblemError.
    """
    settings, problem = load_settings(settings_file)
    if problem is not None:
        raise ProblemError(problem)
    keys = read_keys(files, profile)
    if keys.session_token:
        raise ProblemError(_temporary(profile))
    _refuse_another(store, profile, keys)
    store.put(profile, keys)
    if store.get(profile) != keys:
        raise ProblemError(_not_the_same(profile))
    identity = _identity(files, profile, settings)
    settings = replace(settings, identities={**settings.identities, profile: identity})
    save_settings(settings_file, settings)
    remove_keys(files, profile, keys)
    return settings


def _identity(files: AwsFiles, profile: str, settings: Settings) -> Identity:
    kept = read_catalogue(files, {}).profiles.get(profile, {})
    known = settings.identities.get(profile, Identity(profile))
    return replace(
        known,
        mfa_serial=kept.get("mfa_serial", "") or known.mfa_serial,
        region=kept.get("region", "") or known.region,
    )


def _refuse_another(store: SecretStore, profile: str, keys: Credentials) -> None:
    """A different key of the same name would be lost."""
    try:
        present = store.get(profile)
    except ProblemError as error:
        if error.problem.code != "keyring_item_missing":
            raise
        return
    if present != keys:
        raise ProblemError(_another(profile))


def _local(code: str, title: str, remedy: str, name: str, exit_code: Exit) -> Problem:
    return Problem(code, text(title, name=name), remedy=text(remedy), exit=exit_code)


def _temporary(name: str) -> Problem:
    return _local(
        "keys_temporary",
        QT_TRANSLATE_NOOP("Problem", "The key of profile {name} is a temporary one"),
        QT_TRANSLATE_NOOP("Problem", "Only an IAM user's own access key is kept in the keyring."),
        name,
        Exit.LOCAL,
    )


def _another(name: str) -> Problem:
    return _local(
        "keyring_has_another",
        QT_TRANSLATE_NOOP("Problem", "The keyring already has another access key called {name}"),
        QT_TRANSLATE_NOOP(
            "Problem", "Both were left as they are. Remove the one in the keyring first."
        ),
        name,
        Exit.KEYRING,
    )


def _not_the_same(name: str) -> Problem:
    return _local(
        "keyring_failed",
        QT_TRANSLATE_NOOP(
            "Problem", "The keyring did not give back the key of {name} as it was put in"
        ),
        QT_TRANSLATE_NOOP("Problem", "The key stays in its file."),
        name,
        Exit.KEYRING,
    )
