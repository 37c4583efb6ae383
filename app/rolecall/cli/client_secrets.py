"""`rolecall client-secret`: what an identity provider gave this program, into the keyring or out of it."""

from __future__ import annotations

import argparse

from rolecall.cli.own import Own, asked, tell
from rolecall.domain.oidc import provider_of
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text


def client_secret(options: argparse.Namespace) -> int:
    """Keep or remove one; returns the exit code. Raises ProblemError."""
    from rolecall.domain.find import find
    from rolecall.storage import client_secret

    own = Own(options)
    own.keyring_needed()
    catalogue = own.actions.state.catalogue
    name = find(catalogue, options.role)
    if isinstance(name, Problem):
        raise ProblemError(name)
    source = catalogue.role(name).source
    if not source.get("oidc_client_id"):
        raise ProblemError(_no_provider(name))
    provider = provider_of(source.name, dict(source.settings))
    if options.remove:
        client_secret.remove(own.secrets, provider.client_id)
        tell(f"The client secret for {provider.shown} left the keyring.")
        return int(Exit.DONE)
    given = asked(f"Client secret for {provider.shown}: ")
    client_secret.keep(own.secrets, provider.client_id, given)
    tell(f"The client secret for {provider.shown} is in the keyring.")
    return int(Exit.DONE)


def _no_provider(name: str) -> Problem:
    return Problem(
        "no_identity_provider",
        text(
            QT_TRANSLATE_NOOP("Problem", "{name} signs in at no OpenID Connect provider"), name=name
        ),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "A client secret belongs to an entry with oidc_client_id.")
        ),
        exit=Exit.USAGE,
    )
