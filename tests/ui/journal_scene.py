"""A journal worth looking at: two days of a person's roles, with refusals and programs."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from rolecall.domain.journal import NOBODY, Asker, Entry, How, Outcome
from rolecall.storage.journal import append

TERRAFORM = Asker(4121, "/usr/bin/terraform", "", "terraform", "alex")
AWS = Asker(5230, "/usr/bin/python3.11", "/usr/bin/aws", "aws", "alex")
CODE = Asker(3377, "/usr/share/code/code", "", "code", "alex")
SHELL = Asker(2211, "/usr/bin/zsh", "", "zsh", "alex")

_PAYMENTS, _SANDBOX, _DATA, _IDENTITY = (
    "222222222222",
    "333333333333",
    "555512340000",
    "111111111111",
)

_DAY = (
    (8.6, "prod-readonly", _PAYMENTS, How.SESSION, NOBODY, 60, ""),
    (8.7, "prod-readonly", _PAYMENTS, How.CONSOLE, NOBODY, 54, ""),
    (9.2, "prod-admin", _PAYMENTS, How.EXPORT, TERRAFORM, 0, "approval_denied"),
    (9.3, "prod-admin", _PAYMENTS, How.EXPORT, TERRAFORM, 60, ""),
    (9.55, "prod-readonly", _PAYMENTS, How.RENEWAL, NOBODY, 60, ""),
    (9.9, "sandbox-admin", _SANDBOX, How.EXPORT, AWS, 240, ""),
    (10.1, "data-notebook", _DATA, How.EXPORT, CODE, 60, ""),
    (10.9, "sealed", _SANDBOX, How.SESSION, NOBODY, 0, "access_denied"),
    (11.05, "data-notebook", _DATA, How.RENEWAL, NOBODY, 60, ""),
    (11.7, "sealed", _SANDBOX, How.EXPORT, SHELL, 0, "access_denied"),
    (13.2, "billing", _IDENTITY, How.CONSOLE, NOBODY, 60, ""),
    (13.6, "prod-admin", _PAYMENTS, How.EXPORT, TERRAFORM, 60, ""),
    (14.1, "prod-admin", _PAYMENTS, How.END, NOBODY, 0, ""),
    (14.3, "data-notebook", _DATA, How.EXPORT, CODE, 60, ""),
    (14.9, "prod-admin", _PAYMENTS, How.EXPORT, AWS, 0, "code_cancelled"),
    (15.2, "prod-readonly", _PAYMENTS, How.COPY, NOBODY, 60, ""),
)


def day(moment: float, skip: int = 0) -> list[Entry]:
    """The entries of the local day of `moment`; every `skip`-th is left out."""
    local = datetime.fromtimestamp(moment).astimezone()
    start = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return [
        Entry(
            at=(start + timedelta(hours=hour)).timestamp(),
            role=role,
            outcome=_outcome(problem),
            how=how,
            account=account,
            problem=problem,
            seconds=minutes * 60,
            asker=asker,
        )
        for number, (hour, role, account, how, asker, minutes, problem) in enumerate(_DAY)
        if not skip or number % skip
    ]


def _outcome(problem: str) -> Outcome:
    if problem.startswith("approval"):
        return Outcome.DENIED
    if problem.startswith("code"):
        return Outcome.CANCELLED
    return Outcome.REFUSED if problem else Outcome.SERVED


def write(path: Path, moment: float) -> None:
    """A week of it."""
    for before in range(6, 0, -1):
        append(path, day(moment - before * 86_400, skip=before + 2))
    append(path, day(moment))
