"""Leapp's workspace file, which Leapp encrypts with a digest of this computer's machine id. Opens it, reads only.

Source: Noovolari/leapp packages/core/src/services/file-service.ts (crypto-js AES with a passphrase: OpenSSL's
salted form, EVP_BytesToKey with MD5); node-machine-id (SHA-256 of the id). No secret of AWS is in the file.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text

_SALTED: Final = b"Salted__"
_MACHINE_IDS: Final = (Path("/var/lib/dbus/machine-id"), Path("/etc/machine-id"))


def unlock(path: Path, raw: bytes, machine_ids: Iterable[Path] = _MACHINE_IDS) -> bytes:
    """The JSON inside. Raises ProblemError where this computer's id does not open it."""
    try:
        sealed = base64.b64decode(raw.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise ProblemError(_locked(path)) from None
    if sealed.startswith(_SALTED) and len(sealed) > 16 and len(sealed) % 16 == 0:
        for place in machine_ids:
            opened = _opened(sealed, _passphrase(place))
            if opened is not None:
                return opened
    raise ProblemError(_locked(path))


def _passphrase(place: Path) -> bytes:
    try:
        machine_id = place.read_bytes()
    except OSError:
        return b""
    plain = b"".join(machine_id.split()).lower()
    return hashlib.sha256(plain).hexdigest().encode()


def _opened(sealed: bytes, passphrase: bytes) -> bytes | None:
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES256
    from cryptography.hazmat.primitives.ciphers.modes import CBC

    salt, sealed = sealed[8:16], sealed[16:]
    material = block = b""
    while len(material) < 48:
        block = hashlib.md5(block + passphrase + salt, usedforsecurity=False).digest()
        material += block
    decryptor = Cipher(AES256(material[:32]), CBC(material[32:48])).decryptor()
    plain = decryptor.update(sealed) + decryptor.finalize()
    padding = plain[-1] if plain else 0
    opened = plain[:-padding] if 0 < padding <= 16 else b""
    return opened if opened.lstrip().startswith(b"{") else None


def _locked(path: Path) -> Problem:
    return Problem(
        "leapp_locked",
        text(QT_TRANSLATE_NOOP("Problem", "Leapp’s file {file} does not open here"), file=path),
        text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Leapp encrypts it for one computer, and newer versions with a keychain item.",
            )
        ),
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "Read it on the computer it comes from, or add the roles by hand."
            )
        ),
        exit=Exit.LOCAL,
        file=str(path),
    )
