"""Own user: the door to what an IAM user may ask about themself, for keys and devices. Runs in a Job.

Hands over calls signed with the key in use; brings botocore, so import it inside functions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rolecall.aws.clock_check import measured_skew
from rolecall.aws.iam import Iam
from rolecall.aws.sts import Sts
from rolecall.domain.access_key import AccessKey, NewKey
from rolecall.domain.problem import ProblemError
from rolecall.domain.role import Role
from rolecall.domain.session import Credentials

__all__ = ["Iam", "OwnKeys", "Sts", "keys_with_use", "measured_skew"]


class OwnKeys:
    """The calls a rotation makes (`key_rotation.Calls`), for one identity. now: UTC epoch seconds."""

    def __init__(self, role: Role, sts: Sts, now: Callable[[], float]) -> None:
        self._role, self._sts, self._now = role, sts, now
        self._made: dict[str, Iam] = {}

    def _iam(self, signer: Credentials) -> Iam:
        """One client for each key that signs: to build one takes as long as a call."""
        if signer.access_key_id not in self._made:
            self._made[signer.access_key_id] = Iam(signer, self._role, self._now)
        return self._made[signer.access_key_id]

    def keys(self, signer: Credentials) -> list[AccessKey]:
        """The user's keys. Raises ProblemError."""
        return self._iam(signer).access_keys()

    def used(self, signer: Credentials, key_id: str) -> bool:
        """Whether a key ever signed a call. Raises ProblemError."""
        return self._iam(signer).last_used(key_id)[0] is not None

    def create(self, signer: Credentials) -> NewKey:
        """A new key. Raises ProblemError."""
        return self._iam(signer).create_key()

    def switch_off(self, signer: Credentials, key_id: str) -> None:
        """Switch a key off. Raises ProblemError."""
        self._iam(signer).switch_key(key_id, on=False)

    def delete(self, signer: Credentials, key_id: str) -> None:
        """Delete a key. Raises ProblemError."""
        self._iam(signer).delete_key(key_id)

    def prove(self, key: Credentials) -> None:
        """Have a key sign a call to STS and one to IAM: a new key is not known everywhere at once.

        Raises ProblemError. That IAM denies the call is fine: then it knows the key.
        """
        self._sts.caller_identity(key, self._role, self._now)
        try:
            self._iam(key).access_keys()
        except ProblemError as error:
            if error.problem.code != "iam_denied":
                raise


def keys_with_use(iam: Iam) -> list[AccessKey]:
    """The user's keys, each with its last use where that may be asked. Raises ProblemError."""
    return [_with_use(iam, key) for key in iam.access_keys()]


def _with_use(iam: Iam, key: AccessKey) -> AccessKey:
    try:
        at, service, region = iam.last_used(key.key_id)
    except ProblemError as error:
        if error.problem.code != "iam_denied":
            raise
        return key
    return replace(key, used_at=at, used_known=True, service=service, region=region)
