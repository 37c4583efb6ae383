"""Refusals: the Problems that depend on what AWS said and on what is known of the call.

An AccessDenied proves nothing about which side refused, so its causes are ranked and never a verdict.
Source: IAM User Guide, "Troubleshoot access denied error messages" and "Troubleshooting IAM roles".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rolecall.domain.code_queue import next_code_at
from rolecall.domain.problem import EMPTY, QT_TRANSLATE_NOOP, Cause, Exit, Problem, Text, text

SKEW_LIMIT: Final = 240.0
"""Seconds of clock difference from which on a refused signature is put down to the clock.

AWS accepts five minutes (IAM User Guide, "Troubleshoot signed requests"); one is left for the way.
"""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of a call, without a secret.

    role: name of the entry; role_name, account, partition: of the role assumed, empty for none.
    chained: signed with another role's session; temporary: signed with temporary credentials;
    code_sent: the call carried a code; device: the profile or its chain names an MFA device;
    external_id: one was sent; tagged_policy: session policies were sent. skew: seconds AWS is ahead.
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


def access_denied(message: str, known: Circumstances) -> Problem:
    """AccessDenied: a code refused, a wrong device, a caller of the wrong kind, or ranked causes."""
    said = message.lower()
    if "invalid mfa one time pass code" in said:
        return _code_refused(known)
    if "multifactorauthentication failed" in said:
        return _device_wrong(known)
    if "root accounts" in said:
        return _root(known)
    if "with session credentials" in said or "with temporary credentials" in said:
        return _session_not_allowed(known)
    return Problem(
        "access_denied",
        text(QT_TRANSLATE_NOOP("Problem", "AWS refused to give {role}"), role=known.role),
        explanation=_said(said),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "AWS does not say why. These causes are possible, likeliest first:"
            )
        ),
        exit=Exit.REFUSED,
        causes=tuple(_causes(said, known)),
    )


def _code_refused(known: Circumstances) -> Problem:
    following = next_code_at(known.now)
    return Problem(
        "mfa_code_refused",
        Text(QT_TRANSLATE_NOOP("Problem", "AWS did not accept this code: wrong, or already used")),
        explanation=Text(
            QT_TRANSLATE_NOOP("Problem", "Each code works once, also when another program sent it.")
        ),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "Type the next code of {device}; it comes in {next} s."),
            device=known.serial or known.device,
            next=max(1, round(following - known.now)),
        ),
        exit=Exit.REFUSED,
        retry_at=following,
    )


def _device_wrong(known: Circumstances) -> Problem:
    following = next_code_at(known.now)
    return Problem(
        "mfa_device_wrong",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "AWS could not check the code against the MFA device {device}"
            ),
            device=known.serial or known.device,
        ),
        explanation=Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "The device belongs to another user, its name is wrong (:mfa/, not :user/), or "
                "the code is of another device. The next code comes in {next} s.",
            ),
            (("next", str(max(1, round(following - known.now)))),),
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Compare mfa_serial with IAM, Security credentials, of the user who signs in.",
            )
        ),
        exit=Exit.REFUSED,
        retry_at=following,
    )


def _root(known: Circumstances) -> Problem:
    return Problem(
        "root_cannot_assume",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "The key {role} starts from is the root user's: root assumes no roles"
            ),
            role=known.role,
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "Use an access key of an IAM user, and delete root's.")
        ),
        exit=Exit.REFUSED,
    )


def _session_not_allowed(known: Circumstances) -> Problem:
    return Problem(
        "needs_long_lived_keys",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "The keys {role} starts from are temporary; AWS wants a user's own"
            ),
            role=known.role,
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Start from a profile that holds an IAM user's access key."
            )
        ),
        exit=Exit.REFUSED,
    )


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


def _said(said: str) -> Text:
    """What AWS's suffix says, in words of ours."""
    for suffix, template in _SUFFIXES:
        if suffix in said:
            kind = next((kind for kind in _KINDS if kind in said), "policy")
            return text(template, kind=kind) if "{kind}" in template else Text(template)
    return EMPTY


def _cause(title: str, remedy: str, **values: object) -> Cause:
    return Cause(text(title, **values), text(remedy, **values))


def _causes(said: str, known: Circumstances) -> Iterator[Cause]:
    """Possible causes, those AWS hinted at first, then those that fit the call, then the rest."""
    yield from _hinted(said, known)
    mfa = list(_mfa_causes(known))
    if not any(suffix in said for suffix, _ in _SUFFIXES):
        yield from mfa
    if known.role_name:
        yield from _usual(said, known)


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


def _usual(said: str, known: Circumstances) -> Iterator[Cause]:
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
    if not known.external_id:
        yield _cause(
            QT_TRANSLATE_NOOP("Problem", "The role may want an external id."),
            QT_TRANSLATE_NOOP("Problem", "Ask the owner of account {account} and add external_id."),
            account=known.account,
        )
    yield _cause(
        QT_TRANSLATE_NOOP("Problem", "The role may not exist under this exact name."),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Check account {account}, the name {name} with its path and letter case, and the "
            "partition {partition}.",
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
            "In account {account}, the trust policy of {name} has to allow sts:AssumeRole to you; "
            "its conditions (MFA, address, session name) count too.",
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


def signature(message: str, known: Circumstances) -> Problem:
    """A refused signature: the clock where the measured difference explains it, else the secret key."""
    said = message.lower()
    by_text = "signature expired" in said or "not yet current" in said
    if abs(known.skew) > SKEW_LIMIT or (by_text and known.skew):
        return _clock(known)
    return Problem(
        "signature_refused",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "The secret access key that {role} starts from does not fit its key id"
            ),
            role=known.role,
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Replace the key. A missing character, or a note after the secret on the same "
                "line of the file, is enough to break it.",
            )
        ),
        exit=Exit.REFUSED,
    )


def _clock(known: Circumstances) -> Problem:
    minutes = max(1, round(abs(known.skew) / 60))
    behind = QT_TRANSLATE_NOOP(
        "Problem", "This computer's clock is {minutes} min behind AWS's, so AWS refuses the call"
    )
    ahead = QT_TRANSLATE_NOOP(
        "Problem", "This computer's clock is {minutes} min ahead of AWS's, so AWS refuses the call"
    )
    return Problem(
        "clock_skew",
        text(behind if known.skew > 0 else ahead, minutes=minutes),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Set the clock (switch on automatic time), then try again."
            )
        ),
        exit=Exit.REFUSED,
    )


def validation(message: str, known: Circumstances) -> Problem:
    """ValidationError: the two duration limits are told apart; anything else names the field only."""
    said = message.lower()
    if "role chaining" in said:
        return duration_over_chain_cap(message, known)
    if "maxsessionduration" in said:
        return _duration_over_role_max(known)
    fields = [name for name in _FIELDS if f"'{name.lower()}'" in said]
    return Problem(
        "validation",
        text(
            QT_TRANSLATE_NOOP("Problem", "AWS does not accept a value sent for {role}"),
            role=known.role,
        ),
        explanation=text(
            QT_TRANSLATE_NOOP("Problem", "It names: {fields}."), fields=", ".join(fields)
        )
        if fields
        else EMPTY,
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Check role_arn, role_session_name, external_id, mfa_serial and duration_seconds "
                "in the profile.",
            )
        ),
        exit=Exit.REFUSED,
    )


_FIELDS: Final = (
    "roleArn",
    "roleSessionName",
    "externalId",
    "serialNumber",
    "tokenCode",
    "durationSeconds",
    "policy",
    "policyArns",
)


def _duration_over_role_max(known: Circumstances) -> Problem:
    return Problem(
        "duration_over_role_max",
        text(
            QT_TRANSLATE_NOOP("Problem", "{seconds} s is longer than {role} may live"),
            seconds=known.seconds,
            role=known.role,
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Ask for 3600 s or less, or have the role's MaxSessionDuration raised.",
            )
        ),
        exit=Exit.REFUSED,
    )


def duration_over_chain_cap(message: str, known: Circumstances) -> Problem:
    """The one-hour limit of role chaining. Source: AWS STS API Reference, AssumeRole."""
    del message
    return Problem(
        "duration_over_chain_cap",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "{role} is assumed with temporary credentials: one hour at most"
            ),
            role=known.role,
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Ask for 3600 s or less, or sign in with a code of its own."
            )
        ),
        exit=Exit.REFUSED,
    )
