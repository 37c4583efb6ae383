"""What `explain` says beforehand of the roads that are not a user's keys: how long, how renewed, what narrows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rolecall.domain import saml_proof
from rolecall.domain.catalogue import Catalogue
from rolecall.domain.explanation import explanation
from rolecall.domain.plan import plan
from rolecall.domain.problem import Exit, Problem
from rolecall.domain.proof import Proof
from rolecall.domain.role import made_for
from rolecall.domain.route import Route, Wish
from rolecall.domain.settings import Settings
from rolecall.domain.state import State
from unit import saml_documents as docs
from unit.builders import DEVICE, KEYS, session

NOW = docs.NOON
POOL = "eu-central-1:11111111-2222-3333-4444-555555555555"
OIDC = {"oidc_issuer": "https://idp.example", "oidc_client_id": "rolecall"}
LOGIN = {"saml_login_url": "https://sso.acme.example/aws"}
ROLE = {"role_arn": docs.ROLE}
ENTRIES = {
    "center": {
        "sso_start_url": "https://acme.awsapps.com/start",
        "sso_region": "eu-central-1",
        "sso_account_id": "222222222222",
        "sso_role_name": "PowerUser",
    },
    "oidc": {**OIDC, **ROLE},
    "pool": {**OIDC, "cognito_identity_pool_id": POOL},
    "guest": {"cognito_identity_pool_id": POOL},
    "basic": {"cognito_identity_pool_id": POOL, "cognito_flow": "basic", **ROLE},
    "finance": {**LOGIN, **ROLE},
    "any": LOGIN,
    "two-hours": {**LOGIN, **ROLE, "duration_seconds": "7200"},
    "reports": {"role_arn": docs.OTHER, "source_profile": "any"},
    "program": {"credential_process": "/usr/bin/gives"},
    "root": {
        "root_account": "222222222222",
        "root_task_policy": "IAMAuditRootUserCredentials",
        "source_profile": "alex",
    },
    "alex": {**KEYS, "mfa_serial": DEVICE},
}
CATALOGUE = Catalogue(profiles=ENTRIES, entries=frozenset(ENTRIES))
NOTHING = State()
READ_ONLY = Wish(policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",))


def proof_of(name: str, token: str = "token") -> Proof:
    return Proof(CATALOGUE.role(name).source.proof_key, token, NOW + 3600, NOW)


def response(name: str, **said: object) -> Proof:
    document = docs.encoded(docs.document(**said))  # type: ignore[arg-type]
    return saml_proof.read(CATALOGUE.role(name).source, document, NOW)


def route(name: str, wish: Wish = Wish(), *proofs: Proof, state: State = NOTHING) -> Route:
    known = replace(state, catalogue=CATALOGUE, proofs={one.key: one for one in proofs})
    found = plan(known, CATALOGUE.role(name), wish, NOW)
    assert isinstance(found, Route), found
    return found


def said(name: str, wish: Wish = Wish(), *proofs: Proof, state: State = NOTHING) -> str:
    return explanation(route(name, wish, *proofs, state=state), Settings(), NOW)


# --- how it is renewed ---------------------------------------------------------------------


@pytest.mark.parametrize("name", ["center", "oidc", "pool"])
def test_a_sign_in_that_lasts_renews_it(name: str) -> None:
    before, after = said(name), said(name, Wish(), proof_of(name))
    assert before.endswith("Once you are signed in it renews itself while the sign-in lasts.\n")
    assert after.endswith("\nIt renews itself while the sign-in lasts.\n")


def test_others_renew_themselves_or_not_as_ever() -> None:
    assert said("guest").endswith("\nIt renews itself.\n")
    assert said("alex").endswith("Renewing it takes a new code.\n")
    for proofs in ((), (response("finance"),)):
        assert said("finance", Wish(), *proofs).endswith("Renewing it takes a new sign-in.\n")
    held = session("any", issued=NOW, made_for=made_for(CATALOGUE.role("any").source))
    live = State(shared={("any", ""): held})
    assert said("reports", state=live).endswith("while the session of any lasts.\n")


# --- a SAML response decides ---------------------------------------------------------------

OPEN = "as long as the response says; 1 h if it says nothing"


@pytest.mark.parametrize(
    ("name", "wish", "words"),
    [
        ("finance", Wish(), f"{docs.ROLE}, {OPEN}"),
        ("finance", Wish(duration_seconds=1800), f"{docs.ROLE}, 30 min"),
        ("two-hours", Wish(), f"{docs.ROLE}, 2 h"),
        ("any", Wish(), f"the role that the response names, or that you choose of several, {OPEN}"),
        (
            "reports",
            Wish(),
            f"the role that the response names, or that you choose of several, {OPEN}",
        ),
    ],
)
def test_before_a_response_is_there(name: str, wish: Wish, words: str) -> None:
    assert f"→ AssumeRoleWithSAML {words}\n" in said(name, wish)


def test_a_response_that_is_there_is_gone_by() -> None:
    assert f"AssumeRoleWithSAML {docs.ROLE}, 4 h\n" in said("finance", Wish(), response("finance"))
    silent = response("finance", attributes=docs.attribute("RoleSessionName", "alex"))
    assert f"AssumeRoleWithSAML {docs.ROLE}, 1 h\n" in said("finance", Wish(), silent)
    one = response("any", roles=(f"{docs.ROLE},{docs.PROVIDER}",))
    assert f"AssumeRoleWithSAML {docs.ROLE}, 4 h\n" in said("any", Wish(), one)
    two_hours = said("two-hours", Wish(), response("two-hours"))
    assert f"AssumeRoleWithSAML {docs.ROLE}, 2 h\n" in two_hours


# --- a life that is nobody's to ask for ----------------------------------------------------


@pytest.mark.parametrize(
    ("name", "who"),
    [("center", "the permission set"), ("pool", "the identity pool"), ("program", "whoever gives")],
)
def test_who_decides_how_long_is_said_before(name: str, who: str) -> None:
    assert f"15 min were asked for, but {who}" in said(name, Wish(duration_seconds=900))
    assert "were asked for" not in said(name)


@pytest.mark.parametrize("name", ["basic", "oidc", "finance"])
def test_where_it_can_be_asked_for_nothing_is_said(name: str) -> None:
    assert "were asked for" not in said(name, Wish(duration_seconds=900))


# --- what takes no session policy ----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "call", "instead"),
    [
        ("center", "AWS’s call GetRoleCredentials takes no", "another permission set"),
        ("pool", "AWS’s call GetCredentialsForIdentity takes no", "cognito_flow = basic"),
        ("root", "AWS’s call AssumeRoot takes no", "task policy"),
        ("alex", "AWS’s call GetSessionToken takes no", "Name a role that starts from it"),
        ("program", "no call is made", "Name a role that starts from it"),
    ],
)
def test_why_it_cannot_be_narrowed_and_what_to_do(name: str, call: str, instead: str) -> None:
    found = plan(State(catalogue=CATALOGUE), CATALOGUE.role(name), READ_ONLY, NOW)
    assert isinstance(found, Problem)
    assert (found.code, found.exit) == ("not_narrowable", Exit.USAGE)
    assert call in str(found.explanation)
    assert instead in str(found.remedy)
