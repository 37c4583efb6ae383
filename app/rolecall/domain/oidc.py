"""Oidc: where a person signs in for an identity token, and what the browser is sent there with. Pure.

A provider is a plain OpenID Connect issuer, or one of three that AWS knows by name. Sources: OpenID Connect
Core 1.0 and Discovery 1.0; RFC 7636 (PKCE); RFC 8252 (loopback); AWS STS API Reference,
AssumeRoleWithWebIdentity (ProviderId); the manuals of Google, Login with Amazon and Facebook Login.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode, urlsplit

from rolecall.domain.pkce import Secrets
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text
from rolecall.domain.role import Source

PATH: Final = "/callback"
"""Path of the loopback address that has to be registered with the provider."""

LOOPBACK: Final = ("127.0.0.1", "::1")
"""Hosts that may be spoken to without TLS: a literal address of this computer (RFC 8252, section 8.3)."""


REDIRECT_HOSTS: Final = ("127.0.0.1", "localhost")


@dataclass(frozen=True, slots=True)
class Preset:
    """What is the same for all who use one provider.

    name: what people call it, empty for a plain issuer, which is called by its host.
    issuer: of its discovery document, empty where it has none; then authorize and token are its endpoints.
    places: their paths where a test stands for the provider. host: the name of this computer it takes in
    a redirect. secret: it wants a client secret even of a desktop program. extra: what its authorization
    request needs besides.
    """

    name: str = ""
    issuer: str = ""
    authorize: str = ""
    token: str = ""
    places: tuple[str, str] = ("", "")
    scopes: tuple[str, ...] = ()
    host: str = "127.0.0.1"
    secret: bool = False
    extra: tuple[tuple[str, str], ...] = ()
    provider_id: str = ""


PRESETS: Final[Mapping[str, Preset]] = {
    "oidc": Preset(),
    "google": Preset(
        name="Google",
        issuer="https://accounts.google.com",
        scopes=("openid", "email"),
        secret=True,
        extra=(("access_type", "offline"),),
    ),
    "amazon": Preset(
        name="Amazon",
        authorize="https://www.amazon.com/ap/oa",
        token="https://api.amazon.com/auth/o2/token",  # noqa: S106  an address
        places=("/ap/oa", "/auth/o2/token"),
        scopes=("profile",),
        host="localhost",
        provider_id="www.amazon.com",
    ),
    "facebook": Preset(
        name="Facebook",
        authorize="https://www.facebook.com/v23.0/dialog/oauth",
        token="https://graph.facebook.com/v23.0/oauth/access_token",  # noqa: S106  an address
        places=("/dialog/oauth", "/oauth/access_token"),
        scopes=("public_profile",),
        host="localhost",
        provider_id="graph.facebook.com",
    ),
}


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider and our registration with it. entry: the name of the entry that describes it.

    scopes: empty for what suits its discovery document. port, host: of the redirect, as it is registered;
    0 for any free port.
    """

    entry: str
    preset: Preset
    issuer: str
    client_id: str
    scopes: tuple[str, ...] = ()
    port: int = 0
    host: str = LOOPBACK[0]

    @property
    def by_id_token(self) -> bool:
        """Whether an ID token is what it gives, rather than an access token of its own."""
        return not self.preset.provider_id

    @property
    def shown(self) -> str:
        """Its name for a person."""
        return self.preset.name or urlsplit(self.issuer).netloc

    @property
    def local(self) -> bool:
        """Whether it runs on this computer, as in a demo or a test."""
        return _is_loopback(self.issuer)


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a provider is asked. jwks: empty for one without ID tokens.

    scopes: what it says it knows. basic: it takes a client secret in the Authorization header only.
    names_itself: its answers carry `iss` (RFC 9207).
    """

    authorize: str
    token: str
    jwks: str = ""
    scopes: tuple[str, ...] = ()
    basic: bool = False
    names_itself: bool = False


def provider_of(entry: str, settings: Mapping[str, str]) -> Provider:
    """The provider that an entry's `oidc_` settings describe. Raises ProblemError for settings that do not fit.

    `oidc_issuer` beside Amazon's or Facebook's preset is an address of this computer that stands for them.
    """
    name = settings.get("oidc_preset") or "oidc"
    preset = PRESETS.get(name)
    if preset is None:
        raise ProblemError(_bad(entry, "oidc_preset"))
    issuer = settings.get("oidc_issuer") or preset.issuer
    if not _may_be_issuer(issuer, needed=not preset.provider_id):
        raise ProblemError(_bad(entry, "oidc_issuer"))
    if preset.provider_id and issuer and not _is_loopback(issuer):
        raise ProblemError(_bad(entry, "oidc_issuer"))
    client_id = settings.get("oidc_client_id", "")
    if not client_id or not client_id.isascii() or not client_id.isprintable():
        raise ProblemError(_bad(entry, "oidc_client_id"))
    port = settings.get("oidc_redirect_port", "0")
    if not (port.isascii() and port.isdecimal() and int(port[:6]) <= 65535):
        raise ProblemError(_bad(entry, "oidc_redirect_port"))
    host = settings.get("oidc_redirect_host") or preset.host
    if host not in REDIRECT_HOSTS:
        raise ProblemError(_bad(entry, "oidc_redirect_host"))
    scopes = tuple(settings.get("oidc_scopes", "").replace(",", " ").split())
    return Provider(entry, preset, issuer, client_id, scopes, int(port), host)


def shown_name(source: Source) -> str:
    """What the provider of an entry is called, whatever else is wrong with its settings."""
    try:
        return provider_of(source.name, dict(source.settings)).shown
    except ProblemError:
        return source.name


def fixed_endpoints(provider: Provider) -> Endpoints:
    """Those of a provider without a discovery document."""
    if provider.issuer:
        authorize, token = provider.preset.places
        return Endpoints(f"{provider.issuer}{authorize}", f"{provider.issuer}{token}")
    return Endpoints(provider.preset.authorize, provider.preset.token)


def discovery_url(issuer: str) -> str:
    """Where an issuer describes itself (OpenID Connect Discovery 1.0, section 4)."""
    return f"{issuer.rstrip('/')}/.well-known/openid-configuration"


def authorization_url(
    provider: Provider, endpoints: Endpoints, redirect: str, secrets: Secrets
) -> str:
    """What the browser opens. It holds nothing that lets anybody else finish the sign-in."""
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect,
        "scope": " ".join(_scopes(provider, endpoints)),
        "state": secrets.state,
        "code_challenge": secrets.challenge,
        "code_challenge_method": "S256",
    }
    if provider.by_id_token:
        asked["nonce"] = secrets.nonce
    join = "&" if urlsplit(endpoints.authorize).query else "?"
    return f"{endpoints.authorize}{join}{urlencode({**asked, **dict(provider.preset.extra)})}"


def _scopes(provider: Provider, endpoints: Endpoints) -> tuple[str, ...]:
    """Those of the entry, else what gives an ID token and, where it is offered, a refresh token."""
    scopes = provider.scopes or provider.preset.scopes or ("openid", "email")
    if provider.by_id_token and "openid" not in scopes:
        scopes = ("openid", *scopes)
    offered = "offline_access" in endpoints.scopes and not provider.scopes
    return (*scopes, "offline_access") if offered else scopes


def may_be_asked(url: str, provider: Provider) -> bool:
    """Whether a provider's endpoint may be spoken to: by TLS, or on this computer as the provider is."""
    try:
        parts = urlsplit(url)
        known = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and " " not in url and not parts.fragment
    if not (known and plain) or parts.username is not None:
        return False
    return parts.scheme == "https" or (provider.local and _is_loopback(url))


def _may_be_issuer(url: str, needed: bool) -> bool:
    if not url:
        return not needed
    try:
        parts = urlsplit(url)
        known = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and not any(mark in url for mark in " ?#@")
    return known and plain and (parts.scheme == "https" or _is_loopback(url))


def _is_loopback(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and parts.hostname in LOOPBACK
    except ValueError:
        return False


def _bad(entry: str, key: str) -> Problem:
    return Problem(
        "oidc_settings",
        text(
            QT_TRANSLATE_NOOP("Problem", "The setting {key} of {entry} does not fit"),
            key=key,
            entry=entry,
        ),
        remedy=text(REMEDIES[key]),
        exit=Exit.LOCAL,
    )


REMEDIES: Final = {
    "oidc_preset": QT_TRANSLATE_NOOP(
        "Problem", "It is one of oidc, google, amazon and facebook, or is left out."
    ),
    "oidc_issuer": QT_TRANSLATE_NOOP(
        "Problem", "It is the provider's address, exactly as IAM has it, and begins with https://."
    ),
    "oidc_client_id": QT_TRANSLATE_NOOP(
        "Problem",
        "It is what the provider calls this program: register one there and enter its id.",
    ),
    "oidc_redirect_host": QT_TRANSLATE_NOOP(
        "Problem", "It is 127.0.0.1 or localhost, as in the registered address."
    ),
    "oidc_redirect_port": QT_TRANSLATE_NOOP(
        "Problem", "It is the port of the registered loopback address, or 0 for any."
    ),
}
