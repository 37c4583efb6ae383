"""Access denied: ranks what may be behind an AccessDenied, from AWS's words and what is known of the call.

An AccessDenied proves nothing about which side refused, so causes are ranked and never a verdict. Source:
IAM User Guide, "Troubleshoot access denied error messages" and "Troubleshooting IAM roles".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from rolecall.domain.problem import EMPTY, QT_TRANSLATE_NOOP, Cause, Text, text
from rolecall.domain.route import Call


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of a call, without a secret.

    role: name of the entry; role_name, account, partition: of the role assumed, empty for none.
    chained: signed with another role's session; temporary: signed with temporary credentials;
    code_sent: the call carried a code; device: the profile or its chain names an MFA device;
    external_id: one was sent; tagged_policy: session policies were sent. skew: seconds AWS is ahead.
    call: the operation's name, where it matters which one it was; target: the account of AssumeRoot, or a
    federated user's name.
    """

    role: str
    role_name: str = ""
    account: str = ""
    partition: str = "aws"
    region: str = ""
    serial: str = ""
    device: str = ""
    code_sent: bool = False
    temporary: bool = False
    chained: bool = False
    external_id: bool = False
    seconds: int = 0
    skew: float = 0.0
    now: float = 0.0
    call: str = ""
    target: str = ""


_SUFFIXES: Final = (
    (
        "explicit deny",
        QT_TRANSLATE_NOOP("Problem", "AWS says: a policy denies it explicitly ({kind})."),
    ),
    (
        "no identity-based policy",
        QT_TRANSLATE_NOOP("Problem", "AWS says: no identity-based policy allows it."),
    ),
    (
        "role trust policy",
        QT_TRANSLATE_NOOP("Problem", "AWS says: no role trust policy allows it."),
    ),
    (
        "permissions boundary",
        QT_TRANSLATE_NOOP("Problem", "AWS says: no permissions boundary allows it."),
    ),
    (
        "service control policy",
        QT_TRANSLATE_NOOP("Problem", "AWS says: no service control policy allows it."),
    ),
    (
        "resource control policy",
        QT_TRANSLATE_NOOP("Problem", "AWS says: no resource control policy allows it."),
    ),
    ("session policy", QT_TRANSLATE_NOOP("Problem", "AWS says: no session policy allows it.")),
    (
        "vpc endpoint policy",
        QT_TRANSLATE_NOOP("Problem", "AWS says: no VPC endpoint policy allows it."),
    ),
)

_KINDS: Final = (
    "identity-based policy",
    "resource-based policy",
    "role trust policy",
    "service control policy",
    "resource control policy",
    "permissions boundary",
    "session policy",
    "vpc endpoint policy",
)


def said_by_aws(said: str) -> Text:
    """What AWS's suffix says, in words of ours."""
    for suffix, template in _SUFFIXES:
        if suffix in said:
            kind = next((kind for kind in _KINDS if kind in said), "policy")
            return text(template, kind=kind) if "{kind}" in template else Text(template)
    return EMPTY


def _cause(title: str, remedy: str, **values: object) -> Cause:
    return Cause(text(title, **values), text(remedy, **values))


_MOST: Final = 7
"""Causes that a person is told of at most: who reads a dozen reads none."""


def causes(said: str, known: Circumstances) -> Iterator[Cause]:
    """Possible causes, those AWS hinted at first, then those that fit the call, then the rest."""
    if known.call in _OTHERS:
        yield from (
            _cause(title, remedy, target=known.target) for title, remedy in _OTHERS[known.call]
        )
        return
    yield from islice(_ranked(said, known), _MOST)


def _ranked(said: str, known: Circumstances) -> Iterator[Cause]:
    yield from _hinted(said, known)
    if not any(suffix in said for suffix, _ in _SUFFIXES):
        yield from _mfa_causes(known)
    if known.role_name:
        yield from _usual(said, known)


_OTHERS: Final = {
    Call.ASSUME_ROOT.value: (
        (
            QT_TRANSLATE_NOOP("Problem", "The caller may be in an account that may not do this."),
            QT_TRANSLATE_NOOP(
                "Problem",
                "AWS gives root's tasks to the organisation's management account and to a delegated "
                "administrator of IAM only, never to root itself.",
            ),
        ),
        (
            QT_TRANSLATE_NOOP("Problem", "Central root access may be switched off."),
            QT_TRANSLATE_NOOP(
                "Problem",
                "In the management account: IAM, Root access management, Privileged root actions.",
            ),
        ),
        (
            QT_TRANSLATE_NOOP("Problem", "The caller's own policies may not allow it."),
            QT_TRANSLATE_NOOP(
                "Problem", "They have to allow sts:AssumeRoot on the root user of account {target}."
            ),
        ),
        (
            QT_TRANSLATE_NOOP("Problem", "Account {target} may be no member of the organisation."),
            QT_TRANSLATE_NOOP(
                "Problem", "Compare its number; the management account itself is no target."
            ),
        ),
    ),
    Call.GET_FEDERATION_TOKEN.value: (
        (
            QT_TRANSLATE_NOOP("Problem", "The caller's own policies may not allow it."),
            QT_TRANSLATE_NOOP(
                "Problem",
                "They have to allow sts:GetFederationToken for the federated user {target}.",
            ),
        ),
    ),
}
"""Causes of a refusal of the calls that assume no role (STS API Reference, their Permissions)."""

_RESERVED: Final = "AWSReservedSSO_"


def _hinted(said: str, known: Circumstances) -> Iterator[Cause]:
    if "sts:tagsession" in said:
        yield _cause(
            QT_TRANSLATE_NOOP("Problem", "Session tags are not allowed."),
            QT_TRANSLATE_NOOP("Problem", "The role's trust policy has to allow sts:TagSession."),
        )
    if "sts:setsourceidentity" in said:
        yield _cause(
            QT_TRANSLATE_NOOP("Problem", "A source identity is not allowed."),
            QT_TRANSLATE_NOOP(
                "Problem",
                "The trust policy and the caller's policy have to allow sts:SetSourceIdentity.",
            ),
        )
    if "explicit deny" in said:
        yield _cause(
            QT_TRANSLATE_NOOP("Problem", "A policy denies it, whatever else allows it."),
            QT_TRANSLATE_NOOP(
                "Problem",
                "Look for Deny in the caller's policies, the organisation's and the trust policy; "
                "a Deny without MFA is common.",
            ),
        )
    if "no identity-based policy" in said:
        yield _identity_policy(known)
    elif "role trust policy" in said and known.role_name:
        yield _trust(known)


def _mfa_causes(known: Circumstances) -> Iterator[Cause]:
    if known.code_sent or known.chained:
        return
    if not known.temporary:
        yield _cause(
            QT_TRANSLATE_NOOP("Problem", "The role may want MFA, and no code was sent."),
            QT_TRANSLATE_NOOP(
                "Problem", "Add mfa_serial = (the ARN of your device) to the profile of {role}."
            ),
            role=known.role,
        )
    elif known.device:
        yield _cause(
            QT_TRANSLATE_NOOP("Problem", "The role may want a fresher code than the shared one."),
            QT_TRANSLATE_NOOP("Problem", "Sign in to {role} with a code of its own."),
            role=known.role,
        )


def _mfa_impossible(known: Circumstances) -> Iterator[Cause]:
    """That no code helps a caller which is itself a role's or a federated session.

    Source: IAM User Guide, "Configuring MFA-protected API access".
    """
    if known.chained or (known.temporary and not known.device and not known.code_sent):
        yield _cause(
            QT_TRANSLATE_NOOP(
                "Problem", "The role may want MFA, which a role’s or a federated session never has."
            ),
            QT_TRANSLATE_NOOP(
                "Problem",
                "AWS takes codes of IAM users only: start {role} straight from a key with a device, or "
                "have the owner of account {account} take MFA out of its trust policy.",
            ),
            role=known.role,
            account=known.account or "?",
        )


def _usual(said: str, known: Circumstances) -> Iterator[Cause]:
    if known.role_name.startswith(_RESERVED):
        yield _cause(
            QT_TRANSLATE_NOOP("Problem", "This role belongs to Identity Center."),
            QT_TRANSLATE_NOOP(
                "Problem", "Only a sign-in at Identity Center gives it. Add it as such a role."
            ),
        )
    if known.external_id:
        yield _cause(
            QT_TRANSLATE_NOOP("Problem", "The external id may be wrong."),
            QT_TRANSLATE_NOOP(
                "Problem", "Compare external_id, letter by letter, with the role's trust policy."
            ),
        )
    if "role trust policy" not in said:
        yield _trust(known)
    if "no identity-based policy" not in said:
        yield _identity_policy(known)
    if not any(suffix in said for suffix, _ in _SUFFIXES):
        yield from _mfa_impossible(known)
    if not known.external_id:
        yield _cause(
            QT_TRANSLATE_NOOP("Problem", "The role may want an external id."),
            QT_TRANSLATE_NOOP("Problem", "Ask the owner of account {account} and add external_id."),
            account=known.account,
        )
    yield _cause(
        QT_TRANSLATE_NOOP(
            "Problem", "The role may want a certain session name, tag or source identity."
        ),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Often the session has to be named as the user is: role_session_name. Ask its owner.",
        ),
    )
    yield _cause(
        QT_TRANSLATE_NOOP(
            "Problem", "It may be allowed only at a time, from an address, region or organisation."
        ),
        QT_TRANSLATE_NOOP("Problem", "Try from the office or its VPN, and ask the role’s owner."),
    )
    yield _cause(
        QT_TRANSLATE_NOOP(
            "Problem", "The role may not exist under this exact name, or not everywhere yet."
        ),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Check account {account}, the name {name} with its path and letter case, and the "
            "partition {partition}. After a change, try again in a minute.",
        ),
        account=known.account,
        name=known.role_name,
        partition=known.partition,
    )


def _trust(known: Circumstances) -> Cause:
    return _cause(
        QT_TRANSLATE_NOOP("Problem", "The role's trust policy may not name the caller."),
        QT_TRANSLATE_NOOP(
            "Problem",
            "In account {account}, the trust policy of {name} has to allow sts:AssumeRole to you. "
            "Where it shows an id (AIDA…, AROA…) for you, you were deleted and made anew: it has to "
            "name you again.",
        ),
        account=known.account,
        name=known.role_name,
    )


def _identity_policy(known: Circumstances) -> Cause:
    return _cause(
        QT_TRANSLATE_NOOP("Problem", "The caller's own policies may not allow it."),
        QT_TRANSLATE_NOOP(
            "Problem", "They have to allow sts:AssumeRole on {name} in account {account}."
        ),
        account=known.account or "?",
        name=known.role_name or known.role,
    )
