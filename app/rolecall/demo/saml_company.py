"""Acme's SAML: who signs in at the company's identity provider, to which roles, in which accounts.

Every account has a provider of its own for it, as on AWS. Shapes are in catalogue.py and saml_idp.py.
"""

from __future__ import annotations

from typing import Final

from rolecall.demo.catalogue import Role, Trust
from rolecall.demo.saml_idp import Person

_ACCOUNTS: Final = ("222222222222", "333333333333", "555512340000")
PROVIDERS: Final = tuple(f"arn:aws:iam::{one}:saml-provider/AcmeSSO" for one in _ACCOUNTS)
_PAYMENTS, _SANDBOX, _ANALYTICS = PROVIDERS

FINANCE: Final = "arn:aws:iam::222222222222:role/Finance"
DEVELOPER: Final = "arn:aws:iam::333333333333:role/team/Developer"
ANALYST: Final = "arn:aws:iam::555512340000:role/Analyst"
REPORTS: Final = "arn:aws:iam::555512340000:role/Reports"


def saml_roles() -> tuple[Role, ...]:
    """Roles that only a SAML response opens, and one that is assumed from one of them."""
    return (
        Role(FINANCE, Trust((_PAYMENTS,)), 14400),
        Role(DEVELOPER, Trust((_SANDBOX,), tags=True, source_identity=True), 43200),
        Role(ANALYST, Trust((_ANALYTICS,)), 28800),
        Role(REPORTS, Trust((ANALYST,)), 43200),
    )


PEOPLE: Final = (
    Person(
        "alex",
        "alex@acme.example",
        # Both orders and a space: identity providers write them all.
        (f"{FINANCE},{_PAYMENTS}", f"{_SANDBOX}, {DEVELOPER}", f"{ANALYST},{_ANALYTICS}"),
        14400,
    ),
    Person("sam", "sam@acme.example", (f"{DEVELOPER},{_SANDBOX}",)),
    Person("guest", "guest@acme.example", ()),
)
