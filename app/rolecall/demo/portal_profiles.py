"""The profiles of the ready folder that begin at the demo's Identity Center, in AWS's own keys.

Source of the keys: AWS SDKs and Tools Reference Guide, "IAM Identity Center credential provider".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rolecall.demo.catalogue import Profile
from rolecall.demo.directory import REGION, SESSION, START_URL

RELEASE_ROLE: Final = "arn:aws:iam::333333333333:role/ReleaseDeploy"

_PAYMENTS: Final = "222222222222"


def profiles() -> Sequence[Profile]:
    """Two of one sign-in, one that names the start URL itself, and a role behind one of them."""
    return (
        Profile(
            "payments-poweruser",
            "eu-central-1",
            "Identity Center: a sign-in in the browser serves all of these.",
            more=_at_session(_PAYMENTS, "PowerUser"),
        ),
        Profile(
            "sandbox-center",
            "eu-central-1",
            "Identity Center, twelve hours.",
            more=_at_session("333333333333", "Administrator"),
        ),
        Profile(
            "analytics-scientist",
            "eu-west-1",
            "Identity Center, as profiles named it before there were sso-sessions.",
            more=(
                ("sso_start_url", START_URL),
                ("sso_region", REGION),
                *_role("555512340000", "DataScientist"),
            ),
        ),
        Profile(
            "release-deploy",
            "eu-central-1",
            "Chained from an Identity Center role: one hour.",
            role_arn=RELEASE_ROLE,
            source_profile="payments-poweruser",
        ),
    )


def session_section() -> str:
    """The `[sso-session]` that profiles share."""
    return (
        f"[sso-session {SESSION}]\nsso_start_url = {START_URL}\nsso_region = {REGION}\n"
        "sso_registration_scopes = sso:account:access\n"
    )


def _at_session(account: str, role: str) -> tuple[tuple[str, str], ...]:
    return (("sso_session", SESSION), *_role(account, role))


def _role(account: str, role: str) -> tuple[tuple[str, str], ...]:
    return (("sso_account_id", account), ("sso_role_name", role))
