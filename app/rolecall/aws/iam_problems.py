"""IAM's refusals as Problems; what IAM shares with every service is in `problems.py`.

Source: IAM API reference, the errors of each action; IAM User Guide, "IAM quotas".
"""

from __future__ import annotations

from typing import Any, Final

from rolecall.aws import problems
from rolecall.aws.access_denied import Circumstances
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text, text

_ACTIONS: Final = {
    "get_user": "iam:GetUser",
    "list_mfa_devices": "iam:ListMFADevices",
    "list_virtual_mfa_devices": "iam:ListVirtualMFADevices",
    "create_virtual_mfa_device": "iam:CreateVirtualMFADevice",
    "enable_mfa_device": "iam:EnableMFADevice",
    "deactivate_mfa_device": "iam:DeactivateMFADevice",
    "delete_virtual_mfa_device": "iam:DeleteVirtualMFADevice",
    "list_access_keys": "iam:ListAccessKeys",
    "get_access_key_last_used": "iam:GetAccessKeyLastUsed",
    "create_access_key": "iam:CreateAccessKey",
    "update_access_key": "iam:UpdateAccessKey",
    "delete_access_key": "iam:DeleteAccessKey",
}

_TABLE: Final[dict[str, tuple[str, str, str]]] = {
    "InvalidAuthenticationCode": (
        "mfa_codes_refused",
        QT_TRANSLATE_NOOP("Problem", "AWS did not accept these two codes"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "They have to be two codes in a row, the second typed soon after it appears. Wait for a "
            "new code and begin again with it. If it keeps happening, check this device's clock.",
        ),
    ),
    "EntityAlreadyExists": (
        "device_exists",
        QT_TRANSLATE_NOOP("Problem", "There is already a device of this name in the account"),
        QT_TRANSLATE_NOOP("Problem", "Choose another name, or delete that device first."),
    ),
    "DeleteConflict": (
        "device_in_use",
        QT_TRANSLATE_NOOP("Problem", "The device is in use"),
        QT_TRANSLATE_NOOP("Problem", "Take it from its user first, then delete it."),
    ),
    "NoSuchEntity": (
        "no_such_entity",
        QT_TRANSLATE_NOOP("Problem", "AWS does not know this key or device any more"),
        QT_TRANSLATE_NOOP("Problem", "Somebody may have deleted it. Look in IAM."),
    ),
    "LimitExceeded": (
        "limit_exceeded",
        QT_TRANSLATE_NOOP("Problem", "The account has as many of these as AWS allows"),
        QT_TRANSLATE_NOOP(
            "Problem", "A user has two access keys and eight MFA devices at most. Delete one first."
        ),
    ),
    "EntityTemporarilyUnmodifiable": (
        "entity_busy",
        QT_TRANSLATE_NOOP("Problem", "AWS is still busy with an earlier change"),
        QT_TRANSLATE_NOOP("Problem", "Wait a minute and try again."),
    ),
}


def from_exception(error: Exception, operation: str, known: Circumstances, sent: bool) -> Problem:
    """The Problem for anything botocore raised over an IAM call. operation: botocore's name of it."""
    details: Any = (getattr(error, "response", None) or {}).get("Error") or {}
    code = details.get("Code")
    if code in _TABLE:
        name, title, remedy = _TABLE[code]
        return Problem(name, Text(title), remedy=Text(remedy), exit=Exit.REFUSED)
    if code in {"AccessDenied", "AccessDeniedException"}:
        return denied(_ACTIONS.get(operation, operation), known)
    return problems.from_exception(error, known, sent)


def denied(action: str, known: Circumstances) -> Problem:
    """The Problem of a user that may not do this to themself, or only after MFA."""
    return Problem(
        "iam_denied",
        text(QT_TRANSLATE_NOOP("Problem", "AWS does not let {name} do this"), name=known.role),
        text(QT_TRANSLATE_NOOP("Problem", "What is missing: {action}"), action=action),
        Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Have an administrator allow it for your own user. Where the policy asks for MFA, a "
                "session with a code is needed.",
            )
        ),
        exit=Exit.REFUSED,
    )
