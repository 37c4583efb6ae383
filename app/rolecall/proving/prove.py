"""prove: has a person show who they are, and finds what a Route begins with. Runs in a Job.

This package alone knows both the network and this computer: a browser is opened here, a token is asked
for there. Must not choose a way, keep a proof, or touch a widget; it tells where it stands by its Talk.
"""

from __future__ import annotations

from collections.abc import Callable

from rolecall.domain.problem import ProblemError
from rolecall.domain.proof import Proof, Talk, sign_in_over
from rolecall.domain.role import Role, Source, SourceKind
from rolecall.domain.session import Credentials
from rolecall.proving.means import Means

Prover = Callable[[Source, Talk, Means, str], Proof]
"""Source, talk, means, and what the person pasted (mostly nothing). Raises ProblemError."""


def prove(source: Source, talk: Talk, means: Means, given: str = "") -> Proof:
    """Have a person sign in for `source`. Blocks until they did, gave up, or nobody came.

    given: what the person pasted, where the provider lets nothing else through. Raises ProblemError.
    """
    prover = _provers().get(source.kind)
    if prover is None:
        raise ValueError(f"nobody signs in for {source.kind}")
    return prover(source, talk, means, given)


def _provers() -> dict[SourceKind, Prover]:
    """One for each kind of source that has a `proof_key`; each module is loaded with its first use."""
    return {}


def start_of(role: Role, proof: Proof | None, means: Means) -> Credentials | Proof | None:
    """What a Route to `role` begins with: keys, a token that lives, or None where a resolver does it all.

    proof: the one in hand, got anew here without a person where it is over. Raises ProblemError;
    `sign_in_over` where only a person helps.
    """
    source = role.source
    match source.kind:
        case SourceKind.KEYS_IN_KEYRING:
            return means.secrets.get(source.name)
        case SourceKind.KEYS_IN_FILE | SourceKind.TEMPORARY_IN_FILE:
            from rolecall.storage.aws_credentials import read_keys

            return read_keys(means.files, source.name)
        case SourceKind.TOKEN_FILE:
            return _token_of_file(source, means)
        case _:
            if not source.proof_key:
                return None
    if proof is None or not proof.live(means.now()):
        raise ProblemError(sign_in_over(source))
    return proof


def _token_of_file(source: Source, means: Means) -> Proof:
    """The token as it is in its file now: whoever put it there renews it. It is AWS that judges its age."""
    from rolecall.storage.token_file import read_token

    now = means.now()
    return Proof("", read_token(source.get("web_identity_token_file"), source.name), now, now)
