"""Client secret: what some identity providers give a program besides its id. One item of the keyring each.

For a desktop program it is no great secret, and is kept as one all the same (RFC 8252, section 8.5).
"""

from __future__ import annotations

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text
from rolecall.domain.session import Credentials
from rolecall.storage.secret_store import SecretStore


def of(store: SecretStore, client_id: str, *, needed: bool) -> str:
    """The secret of a registration, empty where none is kept.

    needed: the provider never does without; then a keyring that fails is told. Raises ProblemError.
    """
    try:
        return store.get(_item(client_id)).secret_access_key
    except ProblemError as error:
        if needed and error.problem.code != "keyring_item_missing":
            raise
    return ""


def keep(store: SecretStore, client_id: str, secret: str) -> None:
    """Keep the secret of a registration. Raises ProblemError."""
    given = secret.strip()
    if not given or not given.isprintable() or len(given) > 512:
        raise ProblemError(_not_one())
    store.put(_item(client_id), Credentials(client_id, given))


def remove(store: SecretStore, client_id: str) -> None:
    """Take it out of the keyring; one that is not there is no error. Raises ProblemError."""
    store.remove(_item(client_id))


def _item(client_id: str) -> str:
    """No identity can be called so: their names hold no space."""
    return f"oidc client {client_id}"


def missing(entry: str, provider: str) -> Problem:
    """The Problem where a provider wants a secret and the keyring has none."""
    return Problem(
        "client_secret_missing",
        text(
            QT_TRANSLATE_NOOP("Problem", "{provider} wants a client secret of this program"),
            provider=provider,
        ),
        text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "It was shown when the program was registered there. The keyring keeps it.",
            )
        ),
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "Enter it in the window, or with “rolecall client-secret {entry}”."
            ),
            entry=entry,
        ),
        Exit.NOBODY_TO_ASK,
    )


def _not_one() -> Problem:
    return Problem(
        "client_secret_bad",
        text(QT_TRANSLATE_NOOP("Problem", "This is no client secret")),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "It is one line of text, as the provider shows it.")
        ),
        exit=Exit.USAGE,
    )
