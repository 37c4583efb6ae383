"""KeptTokens: what is known of Identity Center sign-ins from this computer alone, without a call.

Read at every start, so it loads nothing of AWS. Whether a token is still good, only AWS can tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from rolecall.domain.catalogue import Catalogue
from rolecall.domain.identity_center import Portal, Token
from rolecall.domain.proof import Proof
from rolecall.domain.role import Source, SourceKind
from rolecall.storage.paths import sso_cache_folder


def proof_of(key: str, portal: Portal, token: Token, now: float) -> Proof:
    """A token as the rest of the program knows it. It is refreshed in the shared cache, not by itself."""
    refresh = token.refresh if token.refreshable(now) else ""
    return Proof(key, token.access, token.expires_at, now, refresh, (("center", portal.name),))


def kept_proofs(catalogue: Catalogue, environ: Mapping[str, str], now: float) -> dict[str, Proof]:
    """The proofs in the shared cache that serve at `now`, by proof key; other programs may have put them there."""
    folder = sso_cache_folder(environ)
    if not folder.is_dir():
        return {}
    from rolecall.storage.sso_cache import SsoCache

    cache = SsoCache(folder)
    found: dict[str, Proof] = {}
    for source in _sources(catalogue):
        portal = Portal.of(source)
        token = cache.token(portal)
        if token is not None:
            proof = proof_of(source.proof_key, portal, token, now)
            if proof.serves(now):
                found[source.proof_key] = proof
    return found


def token_files(catalogue: Catalogue, environ: Mapping[str, str]) -> tuple[Path, ...]:
    """Where the tokens of all Identity Centers of the files lie, or will lie: whoever watches hears of sign-ins."""
    from rolecall.storage.sso_cache import SsoCache

    cache = SsoCache(sso_cache_folder(environ))
    return tuple(cache.place(Portal.of(source)) for source in _sources(catalogue))


def _sources(catalogue: Catalogue) -> Iterator[Source]:
    """One Source for each Identity Center that profiles name."""
    seen: set[str] = set()
    for name, profile in catalogue.profiles.items():
        if "sso_account_id" not in profile:
            continue
        center = profile.get("sso_session") or profile.get("sso_start_url", "")
        if center in seen:
            continue
        seen.add(center)
        source = catalogue.role(name).source
        if source.kind is SourceKind.IDENTITY_CENTER:
            yield source
