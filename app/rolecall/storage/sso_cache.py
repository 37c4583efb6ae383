"""SsoCache: the folder in which the AWS CLI and the SDKs share tokens of IAM Identity Center.

Read, written and named as botocore does it (utils.SSOTokenLoader, tokens.SSOTokenProvider), so that one
sign-in serves all programs of this person. The CLI writes in place: a file that is half there is none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rolecall.domain.identity_center import Portal, Registration, Token
from rolecall.domain.portal_entries import same_url
from rolecall.domain.problem import ProblemError
from rolecall.storage.atomic_file import lock, read, replace
from rolecall.storage.paths import private_folder


class SsoCache:
    """The folder. Files are 0600 and replaced whole; other programs' files are left alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def token(self, portal: Portal) -> Token | None:
        """The token of `portal`, alive or not; None where there is none that can be read."""
        return _token(self._load(self.place(portal)), portal)

    def all_of(self, portal: Portal) -> list[tuple[Path, Token]]:
        """Each file with a token of that Identity Center, whichever session or profile it was made for."""
        own = self.place(portal)
        files = sorted({own, *self._folder.glob("*.json")})
        contents = ((path, self._load(path)) for path in files)
        tokens = (
            (path, _token(found, portal))
            for path, found in contents
            if path == own or _is_of(found, portal)
        )
        return [(path, token) for path, token in tokens if token is not None]

    def keep_token(self, portal: Portal, token: Token) -> None:
        """Write a token. Raises ProblemError."""
        content: dict[str, Any] = {
            "startUrl": portal.start_url,
            "region": portal.region,
            "accessToken": token.access,
            "expiresAt": _text(token.expires_at),
        }
        if token.registration:
            content["clientId"] = token.registration.client_id
            content["clientSecret"] = token.registration.client_secret
            content["registrationExpiresAt"] = _text(token.registration.expires_at)
        if token.refresh:
            content["refreshToken"] = token.refresh
        self._save(token_key(portal), content)

    def forget_token(self, portal: Portal) -> None:
        """Remove the token, for all programs. Raises ProblemError."""
        self.forget(self.place(portal))

    def forget(self, path: Path) -> None:
        """Remove the token in the file `path` of this folder. Raises ProblemError."""
        if path.exists():
            with lock(path):
                path.unlink(missing_ok=True)

    def registration(self, portal: Portal, grants: tuple[str, ...]) -> Registration | None:
        """The client registered for `portal` with exactly these grants, or None. It may be over."""
        found = self._load(self._path(registration_key(portal)))
        known = found.get("grantTypes", [])
        if not isinstance(known, list) or tuple(known) != grants:
            return None
        return _registration(found, found.get("expiresAt"), portal.scopes, grants)

    def keep_registration(self, portal: Portal, registration: Registration) -> None:
        """Write a registration. Raises ProblemError."""
        content: dict[str, Any] = {
            "clientId": registration.client_id,
            "clientSecret": registration.client_secret,
            "expiresAt": _text(registration.expires_at),
        }
        if registration.scopes:
            content["scopes"] = list(registration.scopes)
        if registration.grants:
            content["grantTypes"] = list(registration.grants)
        self._save(registration_key(portal), content)

    def forget_registration(self, portal: Portal) -> None:
        """Remove the registration, so that the next sign-in begins with a new one. Never raises."""
        with suppress(OSError):
            self._path(registration_key(portal)).unlink(missing_ok=True)

    def place(self, portal: Portal) -> Path:
        """The file of the token, to be locked while it is refreshed."""
        return self._path(token_key(portal))

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.json"

    def _load(self, path: Path) -> Mapping[str, Any]:
        try:
            found = json.loads(read(path)[1])
        except (ProblemError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def _save(self, key: str, content: Mapping[str, Any]) -> None:
        if not self._folder.exists():
            private_folder(self._folder)
        replace(self._path(key), json.dumps(content).encode())


def token_key(portal: Portal) -> str:
    """The name of a token's file, without its ending. Source: botocore utils.SSOTokenLoader."""
    return _sha1(portal.session or portal.start_url)


def registration_key(portal: Portal) -> str:
    """The name of a registration's file. Source: AWS CLI botocore utils.SSOTokenFetcher."""
    named = {
        "tool": "botocore",
        "startUrl": portal.start_url,
        "region": portal.region,
        "scopes": list(portal.scopes) or None,
        "session_name": portal.session or None,
    }
    return _sha1(json.dumps(named, sort_keys=True))


def _sha1(name: str) -> str:
    import hashlib  # loads OpenSSL, which an idle app does without

    return hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest()


def _token(found: Mapping[str, Any], portal: Portal) -> Token | None:
    access, expires_at = found.get("accessToken"), _moment(found.get("expiresAt"))
    if not isinstance(access, str) or not access or expires_at is None:
        return None
    refresh = found.get("refreshToken")
    return Token(
        access,
        expires_at,
        _registration(found, found.get("registrationExpiresAt"), portal.scopes),
        refresh if isinstance(refresh, str) else "",
    )


def _is_of(found: Mapping[str, Any], portal: Portal) -> bool:
    """Whether a token's file says that it is of this Identity Center."""
    start_url, region = found.get("startUrl"), found.get("region")
    return (
        isinstance(start_url, str)
        and same_url(start_url, portal.start_url)
        and region in {None, portal.region}
    )


def _registration(
    found: Mapping[str, Any], ends: object, scopes: tuple[str, ...], grants: tuple[str, ...] = ()
) -> Registration | None:
    client_id, secret, expires_at = found.get("clientId"), found.get("clientSecret"), _moment(ends)
    if not isinstance(client_id, str) or not isinstance(secret, str) or expires_at is None:
        return None
    return Registration(client_id, secret, expires_at, scopes, grants)


def _text(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(text: object) -> float | None:
    """UTC epoch seconds. Older programs wrote `UTC` in the place of Z."""
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text.removesuffix("UTC") + "Z" * text.endswith("UTC"))
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
