"""Means: what a sign-in works with. A value; holds no secret."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rolecall.domain.problem import Text
from rolecall.proving.renewals import Renewals
from rolecall.storage.paths import AwsFiles, Paths
from rolecall.storage.secret_store import SecretStore


@dataclass(frozen=True, slots=True)
class Means:
    """What a sign-in works with. now: UTC epoch seconds; environ: of this process.

    renewals: shared by all Jobs, so that no refresh token is used twice. say: speaks the person's language.
    """

    paths: Paths
    files: AwsFiles
    secrets: SecretStore
    environ: Mapping[str, str]
    now: Callable[[], float]
    renewals: Renewals = field(default_factory=Renewals)
    say: Callable[[Text], str] = str
