"""The Proof that a SAML response is, and the call it makes: which pair of role and provider, for how long. Pure.

What may be shown of the response stands in the Proof's details, so that the response itself is read once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qs, urlencode

from rolecall.domain import saml
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Problem, ProblemError, Text, text
from rolecall.domain.proof import Proof
from rolecall.domain.role import Source
from rolecall.domain.route import Hop
from rolecall.domain.saml import Assertion, RolePair

_CHOSEN: Final = "RoleArn"
_SHORTEST, _LONGEST = 900, 43200


def read(
    source: Source,
    encoded: str,
    now: float,
    chosen: str = "",
    accounts: tuple[tuple[str, str], ...] = (),
    listeners: tuple[str, ...] = (),
) -> Proof:
    """The Proof that a response is. The entry's own role has to be in it, so that a wrong user is told at once.

    listeners: addresses beside AWS's own that it may be meant for. Raises ProblemError.
    """
    assertion = saml.read(encoded)
    saml.check(assertion, now, listeners)
    if not needs_choice(source, assertion.roles, chosen):
        wanted_pair(source, assertion, chosen)
    return proof_of(source.proof_key, assertion, chosen, now, accounts)


def proof_of(
    key: str,
    assertion: Assertion,
    chosen: str,
    now: float,
    accounts: tuple[tuple[str, str], ...] = (),
) -> Proof:
    """The Proof of `key` until the response is over.

    chosen: the role a person chose, if they had to. accounts: ids and names that came along with it.
    """
    details = [("subject", assertion.session_name)]
    details += [("role", f"{pair.role_arn} {pair.provider_arn}") for pair in assertion.roles]
    details += [("chosen", chosen)] if chosen else []
    details += [("account", f"{account} {name}") for account, name in accounts]
    if assertion.session_seconds is not None:
        details.append(("session_seconds", str(assertion.session_seconds)))
    issued = now if assertion.issued_at is None else assertion.issued_at
    return Proof(key, assertion.encoded, assertion.redeem_by(now), issued, details=tuple(details))


def roles_of(proof: Proof) -> tuple[RolePair, ...]:
    """The pairs that the response names."""
    pairs = (value.split(" ") for name, value in proof.details if name == "role")
    return tuple(RolePair(role, provider) for role, provider in pairs)


def accounts_of(proof: Proof, own: Mapping[str, str]) -> dict[str, str]:
    """Names of accounts by id: those that AWS's own page told; `own`, which the person gave, win."""
    pairs = (value.partition(" ") for name, value in proof.details if name == "account")
    return {account: name for account, _, name in pairs} | dict(own)


def needs_choice(source: Source, roles: tuple[RolePair, ...], chosen: str) -> bool:
    """Whether a person has to say which role: the entry names none, and several would do."""
    provider = source.get("saml_provider_arn")
    fitting = [pair for pair in roles if provider in {"", pair.provider_arn}]
    return len(fitting) > 1 and not source.get("role_arn") and not chosen


def undecided(source: Source, proof: Proof) -> bool:
    """`needs_choice` of what a Proof holds."""
    return needs_choice(source, roles_of(proof), dict(proof.details).get("chosen", ""))


def wanted_pair(source: Source, assertion: Assertion, chosen: str = "") -> RolePair:
    """The pair that an entry stands for. Raises ProblemError, also where a person has to choose."""
    role = source.get("role_arn") or chosen
    return saml.choose(assertion, role, source.get("saml_provider_arn"))


def completed(hop: Hop, source: Source, proof: Proof) -> Hop | Problem:
    """The call AssumeRoleWithSAML with the pair that `proof` allows for it; a Problem where it names none.

    Where neither entry nor wish say how long (`hop.fallback_seconds`), the response's own SessionDuration
    is asked for.
    """
    said = dict(proof.details)
    roles = roles_of(proof)
    known = Assertion(proof.token, roles=roles, encrypted=not roles)
    try:
        pair = wanted_pair(source, known, said.get("chosen", ""))
    except ProblemError as error:
        return error.problem
    seconds = int(said.get("session_seconds", "0"))
    if hop.fallback_seconds and seconds:
        hop = replace(hop, duration_seconds=min(max(seconds, _SHORTEST), _LONGEST))
    return replace(hop, label=pair.arn.name, role_arn=pair.role_arn, provider=pair.provider_arn)


def reasons(proof: Proof, now: float) -> tuple[Text, ...]:
    """Who is signed in and for how long, in words."""
    minutes = max(1, math.ceil((proof.expires_at - now) / 60))
    said = QT_TRANSLATE_NOOP(
        "Route",
        "{person} is signed in: AWS takes the response for {minutes} min more, for all its roles.",
    )
    return (text(said, person=dict(proof.details).get("subject", "?"), minutes=minutes),)


def handed(encoded: str, role_arn: str) -> str:
    """A response and the role chosen from it, as one text for the Job that takes it."""
    return urlencode({_CHOSEN: role_arn, "SAMLResponse": encoded})


def chosen_in(given: str) -> str:
    """The role that `handed` was told of, or an empty text."""
    if not given.startswith(f"{_CHOSEN}="):
        return ""
    return parse_qs(given.partition("&")[0]).get(_CHOSEN, [""])[0]
