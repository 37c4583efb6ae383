"""AssumeRoot: fifteen minutes of one task as the root user of a member account.

Source: STS API reference, AssumeRoot; IAM User Guide, "Centrally manage root access for member accounts".
What AWS says to a task that is not on its list, and the ARN of such a session, are not published: ours.
"""

from __future__ import annotations

import re
from typing import Final

from rolecall.demo import rules
from rolecall.demo.callers import Caller, Kind
from rolecall.demo.catalogue import Catalogue
from rolecall.demo.trust import not_authorized
from rolecall.demo.wire import validation_error

LONGEST: Final = 900

TASKS: Final = frozenset(
    {
        "IAMAuditRootUserCredentials",
        "IAMCreateRootUserPassword",
        "IAMDeleteRootUserCredentials",
        "S3UnlockBucketPolicy",
        "SQSUnlockQueuePolicy",
    }
)

_TARGET: Final = re.compile(r"(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?", re.ASCII)
_TASK: Final = re.compile(r"arn:aws[a-z-]*:iam::aws:policy/root-task/(\w+)", re.ASCII)


def target_of(catalogue: Catalogue, caller: Caller, values: rules.Values) -> str:
    """The member account that the caller may act in. Raises AwsError.

    Only the management account and delegated administrators may, and never with root's own credentials.
    """
    rules.check(values, ("TargetPrincipal", "TaskPolicyArn.arn"))
    found = _TARGET.fullmatch(values["TargetPrincipal"])
    task = _TASK.fullmatch(values["TaskPolicyArn.arn"])
    if found is None:
        raise validation_error("Invalid target principal.")
    if task is None or task[1] not in TASKS:
        raise validation_error("Invalid task policy ARN.")
    account = found[1]
    resource = f"arn:{caller.partition}:iam::{account}:root"
    members = {each.account_id for each in catalogue.accounts if each.partition == caller.partition}
    if (
        caller.kind not in {Kind.USER, Kind.ROLE, Kind.SESSION}
        or caller.account not in catalogue.root_access
        or caller.principal in catalogue.limited
        or account not in members
        or account == caller.account
    ):
        raise not_authorized(caller, "sts:AssumeRoot", resource)
    return account


def seconds_of(values: rules.Values) -> int:
    """DurationSeconds: 0 to 900, 900 where nothing is said. Raises AwsError ValidationError."""
    return rules.duration(values, LONGEST, LONGEST, low=0)
