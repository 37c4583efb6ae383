"""Refusals: the Problems that depend on what AWS said and on what is known of the call.

Each maker takes AWS's message, to recognise it and never to show it, and the `Circumstances`. Sources: AWS
STS API Reference, AssumeRole; IAM User Guide, "Troubleshooting IAM roles".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rolecall.aws import saml_refusals, web_refusals
from rolecall.aws.access_denied import Circumstances, causes, said_by_aws
from rolecall.domain.code_queue import next_code_at
from rolecall.domain.problem import EMPTY, QT_TRANSLATE_NOOP, Cause, Exit, Problem, Text, text

SKEW_LIMIT: Final = 240.0
"""Seconds of clock difference from which on a refused signature is put down to the clock.

AWS accepts five minutes (IAM User Guide, "Troubleshoot signed requests"); one is left for the way.
"""


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
        text(QT_TRANSLATE_NOOP("Problem", "AWS refused the role {role}"), role=known.role),
        explanation=said_by_aws(said),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "AWS does not say why. These causes are possible, likeliest first:"
            )
        ),
        exit=Exit.REFUSED,
        causes=tuple(_causes(said, known)),
    )


def _causes(said: str, known: Circumstances) -> Iterator[Cause]:
    if known.call == saml_refusals.ACTION:
        return saml_refusals.causes(known)
    return web_refusals.causes(known) if known.call == web_refusals.ACTION else causes(said, known)


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


def signature(message: str, known: Circumstances) -> Problem:
    """A refused signature: the clock where the measured difference explains it, else the secret key."""
    said = message.lower()
    by_text = "signature expired" in said or "not yet current" in said
    if by_text or abs(known.skew) > SKEW_LIMIT:
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
    if not known.skew:
        title = QT_TRANSLATE_NOOP(
            "Problem", "This computer's clock and AWS's differ too much, so AWS refuses the call"
        )
    elif known.skew > 0:
        title = QT_TRANSLATE_NOOP(
            "Problem",
            "This computer's clock is {minutes} min behind AWS's, so AWS refuses the call",
        )
    else:
        title = QT_TRANSLATE_NOOP(
            "Problem",
            "This computer's clock is {minutes} min ahead of AWS's, so AWS refuses the call",
        )
    return Problem(
        "clock_skew",
        text(title, minutes=minutes),
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
