"""Presets: session policies with a name, for one session with less than the role's permissions. Pure.

A session may do what both the role and the session policies allow, so every preset allows something. Sources:
IAM User Guide, "Session policies"; AWS Organizations, example policies ("Deny access based on the requested
Region"); AWS managed policies ReadOnlyAccess, job-function/ViewOnlyAccess, SecurityAudit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text, text
from rolecall.domain.role import Role
from rolecall.domain.route import Wish

READ_ONLY: Final = "read-only"

NAMES: Final = (READ_ONLY, "view-only", "security-audit", "no-iam", "one-region")

_MANAGED: Final = {
    READ_ONLY: "ReadOnlyAccess",
    "view-only": "job-function/ViewOnlyAccess",
    "security-audit": "SecurityAudit",
}
_TITLES: Final = {
    READ_ONLY: QT_TRANSLATE_NOOP("Preset", "Read-only"),
    "view-only": QT_TRANSLATE_NOOP("Preset", "Names only, no contents"),
    "security-audit": QT_TRANSLATE_NOOP("Preset", "Security audit"),
    "no-iam": QT_TRANSLATE_NOOP("Preset", "Everything but IAM"),
    "one-region": QT_TRANSLATE_NOOP("Preset", "Only {region}"),
}
_IDENTITY: Final = (
    "iam:*",
    "organizations:*",
    "account:*",
    "sso:*",
    "sso-directory:*",
    "identitystore:*",
)
_EVERYWHERE: Final = (
    "iam:*",
    "sts:*",
    "organizations:*",
    "account:*",
    "route53:*",
    "cloudfront:*",
    "globalaccelerator:*",
    "support:*",
    "health:*",
    "budgets:*",
    "ce:*",
    "s3:ListAllMyBuckets",
)
"""Actions of services that know no region: one region means nothing there."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A named narrowing of a role's sessions."""

    name: str
    title: Text
    wish: Wish


def presets(role: Role) -> Iterator[Preset]:
    """The presets that mean something for `role`: one region needs a region."""
    for name in NAMES:
        if name != "one-region" or role.region:
            yield Preset(name, _title(name, role), _wish(name, role))


def preset(name: str, role: Role) -> Preset | None:
    """The preset called `name` for `role`, or None where there is none."""
    return next((each for each in presets(role) if each.name == name), None)


def no_region(name: str) -> Problem:
    """The Problem of one region asked for where the profile `name` has none."""
    return Problem(
        "preset_needs_region",
        text(
            QT_TRANSLATE_NOOP("Problem", "{role} has no region that it could be kept to"), role=name
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "Give its profile a region, or use another preset.")
        ),
        exit=Exit.USAGE,
    )


def name_of(scope: str, role: Role) -> str:
    """The name of the preset that made the narrowed session of `scope`, or ``narrowed``."""
    return next((each.name for each in presets(role) if each.wish.scope == scope), "narrowed")


def title_of(scope: str, role: Role) -> Text:
    """What made the narrowed session of `scope`: a preset's title, or that it was narrowed at all."""
    for each in presets(role):
        if each.wish.scope == scope:
            return each.title
    return Text(QT_TRANSLATE_NOOP("Preset", "Narrowed"))


def _title(name: str, role: Role) -> Text:
    return text(_TITLES[name], region=role.region) if name == "one-region" else Text(_TITLES[name])


def _wish(name: str, role: Role) -> Wish:
    managed = _MANAGED.get(name)
    if managed:
        return Wish(policy_arns=(f"arn:{role.partition}:iam::aws:policy/{managed}",))
    if name == "no-iam":
        return Wish(policy=_all_but({"Action": list(_IDENTITY)}))
    outside = {"StringNotEquals": {"aws:RequestedRegion": role.region}}
    return Wish(policy=_all_but({"NotAction": list(_EVERYWHERE), "Condition": outside}))


def _all_but(denied: dict[str, object]) -> str:
    statements = [
        {"Effect": "Allow", "Action": "*", "Resource": "*"},
        {"Effect": "Deny", "Resource": "*", **denied},
    ]
    return json.dumps(
        {"Version": "2012-10-17", "Statement": statements}, separators=(",", ":"), sort_keys=True
    )
