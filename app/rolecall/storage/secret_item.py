"""What one item of the keyring holds, and the Problems a keyring can have. Touches no keyring itself."""

from __future__ import annotations

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text
from rolecall.domain.session import Credentials


def packed(credentials: Credentials) -> str:
    """The value of an item: JSON with a version, so that a later one can tell it apart."""
    key, secret = credentials.access_key_id, credentials.secret_access_key
    import json

    return json.dumps({"version": 1, "access_key_id": key, "secret_access_key": secret})


def unpacked(identity: str, value: str) -> Credentials:
    """The key inside an item's value. Raises ProblemError (keyring_item_bad) without naming the value."""
    try:
        import json

        item = json.loads(value)
        key, secret = item["access_key_id"], item["secret_access_key"]
        whole = item["version"] == 1 and isinstance(key, str) and isinstance(secret, str)
    except (ValueError, KeyError, TypeError):
        whole = False
    if not whole or not key or not secret:
        raise ProblemError(item_bad(identity)) from None
    return Credentials(key, secret)


def item_missing(identity: str) -> Problem:
    """The Problem for an identity the keyring has no item of."""
    return Problem(
        "keyring_item_missing",
        text(
            QT_TRANSLATE_NOOP("Problem", "The keyring has no access key called {name}"),
            name=identity,
        ),
        remedy=text(QT_TRANSLATE_NOOP("Problem", "Add the access key again.")),
        exit=Exit.KEYRING,
    )


def item_bad(identity: str) -> Problem:
    """The Problem for an item that does not hold a key as we write one."""
    return Problem(
        "keyring_item_bad",
        text(
            QT_TRANSLATE_NOOP("Problem", "The keyring's item {name} does not hold an access key"),
            name=identity,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "It was changed by another program or a newer version, and was left alone. "
                "Add the access key again to replace it.",
            )
        ),
        exit=Exit.KEYRING,
    )


def keyring_absent(cause: str) -> Problem:
    """The Problem of a computer on which no keyring answers."""
    return Problem(
        "keyring_absent",
        text(QT_TRANSLATE_NOOP("Problem", "There is no keyring to keep access keys in")),
        text(QT_TRANSLATE_NOOP("Problem", "What was found: {cause}"), cause=cause),
        text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Start or install one, such as gnome-keyring, KWallet or KeePassXC. Keys that stand in "
                "~/.aws/credentials work without it.",
            )
        ),
        exit=Exit.KEYRING,
    )


def keyring_locked() -> Problem:
    """The Problem of a keyring that is locked while nobody may be asked, or nobody answered."""
    return Problem(
        "keyring_locked",
        text(QT_TRANSLATE_NOOP("Problem", "The keyring is locked")),
        remedy=text(QT_TRANSLATE_NOOP("Problem", "Unlock it, then try again.")),
        exit=Exit.KEYRING,
    )


def keyring_dismissed() -> Problem:
    """The Problem of a person who closed the keyring's own question."""
    return Problem(
        "keyring_locked",
        text(QT_TRANSLATE_NOOP("Problem", "The keyring was not unlocked: its question was closed")),
        remedy=text(QT_TRANSLATE_NOOP("Problem", "Try again and unlock it.")),
        exit=Exit.KEYRING,
    )


def keyring_refused(backend: str) -> Problem:
    """The Problem of a backend that would not keep a secret a secret."""
    return Problem(
        "keyring_refused",
        text(
            QT_TRANSLATE_NOOP("Problem", "The keyring in use is not a safe place: {backend}"),
            backend=backend[:120],
        ),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Rolecall keeps keys in the system's own keyring only. Remove PYTHON_KEYRING_BACKEND "
                "or the setting in keyringrc.cfg that chooses this one.",
            )
        ),
        exit=Exit.KEYRING,
    )


def keyring_failed(cause: str) -> Problem:
    """The Problem of a keyring that answers with an error, or not in time."""
    return Problem(
        "keyring_failed",
        text(QT_TRANSLATE_NOOP("Problem", "The keyring does not work: {cause}"), cause=cause[:200]),
        remedy=text(QT_TRANSLATE_NOOP("Problem", "Restart it, then try again.")),
        exit=Exit.KEYRING,
    )
