"""Own entries for the roles of a SAML response: names, keys, and what is there already."""

from __future__ import annotations

from rolecall.domain.role import Source, SourceKind
from rolecall.domain.saml import RolePair
from rolecall.domain.saml_entries import entries_for

LOGIN = "https://sso.acme.example/aws"
SOURCE = Source(SourceKind.SAML, "acme", (("saml_listen_port", "0"), ("saml_login_url", LOGIN)))


def pair(account: str, role: str) -> RolePair:
    return RolePair(
        f"arn:aws:iam::{account}:role/{role}", f"arn:aws:iam::{account}:saml-provider/Acme"
    )


def test_named_after_account_and_role() -> None:
    pairs = (
        pair("222222222222", "Admin"),
        pair("333333333333", "team/Read Only".replace(" ", "+")),
    )
    found = entries_for(SOURCE, pairs, {"222222222222": "R&D Payments"}, {})
    assert list(found) == ["r-d-payments-admin", "333333333333-read+only"]
    assert found["r-d-payments-admin"] == {
        "saml_login_url": LOGIN,
        "saml_listen_port": "0",
        "role_arn": pairs[0].role_arn,
        "saml_provider_arn": pairs[0].provider_arn,
    }


def test_names_that_are_taken_get_a_number() -> None:
    pairs = (pair("222222222222", "a/Admin"), pair("222222222222", "b/Admin"))
    found = entries_for(SOURCE, pairs, {}, {"222222222222-admin": {}})
    assert list(found) == ["222222222222-admin-2", "222222222222-admin-3"]


def test_what_is_there_already_is_left_out() -> None:
    known = {"mine": {"saml_login_url": LOGIN, "role_arn": pair("222222222222", "Admin").role_arn}}
    assert entries_for(SOURCE, (pair("222222222222", "Admin"),), {}, known) == {}
    elsewhere = {"mine": known["mine"] | {"saml_login_url": "https://other.example"}}
    assert len(entries_for(SOURCE, (pair("222222222222", "Admin"),), {}, elsewhere)) == 1
