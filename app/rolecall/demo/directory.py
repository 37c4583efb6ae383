"""Who may do what through the demo's IAM Identity Center: accounts, permission sets, one person.

Shapes and content; tokens are in sso_tokens.py, the answers in sso_portal.py. Source of the roles' names:
IAM Identity Center User Guide, "Referencing permission sets in resource policies".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

START_URL: Final = "https://acme-rolecall.awsapps.com/start"
REGION: Final = "eu-central-1"
SESSION: Final = "acme"
PERSON: Final = "alex@acme.example"

_NUMBERED: Final = re.compile(r"9[0-9]{11}", re.ASCII)
_STAGES: Final = ("dev", "test", "staging", "prod")
_TEAMS: Final = ("billing", "catalog", "data", "identity", "mobile", "orders", "platform", "search")


@dataclass(frozen=True, slots=True)
class Member:
    """An account as the access portal lists it."""

    account_id: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """A permission set that the person has in an account. seconds: its session duration, 1 to 12 hours."""

    account_id: str
    role: str
    seconds: int = 3600

    @property
    def role_name(self) -> str:
        """The IAM role that stands for it in the account."""
        mark = hashlib.sha256(f"{self.account_id}/{self.role}".encode()).hexdigest()[:16]
        return f"AWSReservedSSO_{self.role}_{mark}"

    @property
    def role_arn(self) -> str:
        """That role's ARN, its path included."""
        path = f"aws-reserved/sso.amazonaws.com/{REGION}"
        return f"arn:aws:iam::{self.account_id}:role/{path}/{self.role_name}"


ASSIGNED: Final = (
    Assignment("111111111111", "Billing"),
    Assignment("222222222222", "PowerUser", 14400),
    Assignment("222222222222", "ReadOnly"),
    Assignment("333333333333", "Administrator", 43200),
    Assignment("333333333333", "ReadOnly"),
    Assignment("555512340000", "DataScientist", 28800),
)
_NAMES: Final = {
    "111111111111": "Identity",
    "222222222222": "Payments",
    "333333333333": "Sandbox",
    "555512340000": "Analytics",
}


class Directory:
    """What the person sees. `more` accounts can be added, to see what a large organisation is like."""

    def __init__(self) -> None:
        self._more = 0

    @property
    def more(self) -> int:
        """Numbered accounts beside the company's own."""
        return self._more

    @more.setter
    def more(self, count: int) -> None:
        """Raises ValueError for a number out of range."""
        if not 0 <= count <= 5000:
            raise ValueError("accounts must be 0 to 5000")
        self._more = count

    def members(self) -> Sequence[Member]:
        """Every account, in the order of the portal."""
        own = [Member(at, name, f"aws+{name.lower()}@acme.example") for at, name in _NAMES.items()]
        return [*own, *(_numbered(number) for number in range(self._more))]

    def assignments(self, account_id: str) -> Sequence[Assignment]:
        """The permission sets in one account; none for an account the person does not see."""
        own = [one for one in ASSIGNED if one.account_id == account_id]
        return own or self._numbered_assignments(account_id)

    def _numbered_assignments(self, account_id: str) -> Sequence[Assignment]:
        if not _NUMBERED.fullmatch(account_id) or int(account_id[1:]) >= self._more:
            return ()
        roles = ["ReadOnly", "Developer"]
        if int(account_id[1:]) % 10 == 0:
            roles.append("Administrator")
        return [Assignment(account_id, role) for role in roles]


def numbered_name(account_id: str) -> str:
    """What a numbered account is called, or an empty text."""
    return _numbered(int(account_id[1:])).name if _NUMBERED.fullmatch(account_id) else ""


def _numbered(number: int) -> Member:
    team, stage = _TEAMS[number // 4 % len(_TEAMS)], _STAGES[number % 4]
    name = f"{team}-{stage}-{number:03}"
    return Member(f"9{number:011}", name, f"aws+{name}@acme.example")
