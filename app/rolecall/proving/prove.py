"""prove: has a person show who they are, and finds what a Route begins with. Runs in a Job.

This package alone knows both the network and this computer: a browser is opened here, a token is asked
for there. Must not choose a way, keep a proof, or touch a widget; it tells where it stands by its Talk.
"""

from __future__ import annotations

from collections.abc import Callable

from rolecall.domain.problem import ProblemError
from rolecall.domain.proof import Proof, Surroundings, Talk, sign_in_over
from rolecall.domain.role import Role, Source, SourceKind
from rolecall.domain.session import Credentials
from rolecall.proving.means import Means

Prover = Callable[[Source, Talk, Means, str], Proof | None]
"""Source, talk, means, and what the person pasted (mostly nothing). None: a paste has to come.

Raises ProblemError."""


def prove(source: Source, talk: Talk, means: Means, given: str = "") -> Proof | None:
    """Have a person sign in for `source`. Blocks until they did, gave up, or nobody came.

    Returns None where the sign-in page is open and only a paste brings what it gives.

    given: what the person pasted, where the provider lets nothing else through. Raises ProblemError.
    """
    prover = _provers().get(source.kind)
    if prover is None:
        raise ValueError(f"nobody signs in for {source.kind}")
    return prover(source, talk, means, given)


def _provers() -> dict[SourceKind, Prover]:
    """One for each kind of source that has a `proof_key`; each module is loaded with its first use."""
    from rolecall.proving import identity_center, oidc, saml

    return {
        SourceKind.IDENTITY_CENTER: identity_center.prove,
        SourceKind.SAML: saml.prove,
        SourceKind.OIDC: oidc.prove,
        SourceKind.COGNITO: oidc.prove,
    }


def recall(source: Source, means: Means) -> Proof | None:
    """The proof of another program's sign-in, tried and good; None where a person has to sign in.

    Raises ProblemError where nobody can be asked whether it is good.
    """
    if source.kind is not SourceKind.IDENTITY_CENTER:
        return None
    from rolecall.proving import identity_center

    return identity_center.recall(source, means)


def start_of(
    role: Role, proof: Proof | None, means: Means
) -> Credentials | Proof | Surroundings | None:
    """What a Route to `role` begins with: keys, a token that lives, an environment, or nothing at all.

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
        case SourceKind.OIDC | SourceKind.COGNITO if proof is not None:
            from rolecall.proving.oidc import current

            return current(source, proof, means)
        case (
            SourceKind.PROCESS
            | SourceKind.ENVIRONMENT
            | SourceKind.CONTAINER
            | SourceKind.INSTANCE
            | SourceKind.LOGIN
        ):
            from rolecall.storage.browser import child_environment

            return Surroundings(child_environment(means.environ))
        case _:
            if not source.proof_key:
                return None
    if source.kind is SourceKind.IDENTITY_CENTER:
        from rolecall.proving.identity_center import renewed

        proof = renewed(source, proof, means)
    if proof is None or not proof.live(means.now()):
        raise ProblemError(sign_in_over(source))
    return proof


def _token_of_file(source: Source, means: Means) -> Proof:
    """The token as it is in its file now: whoever put it there renews it. It is AWS that judges its age."""
    from rolecall.storage.token_file import read_token

    now = means.now()
    return Proof("", read_token(source.get("web_identity_token_file"), source.name), now, now)
