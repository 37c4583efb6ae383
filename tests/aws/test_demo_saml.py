"""The demo's SAML over HTTP: what AssumeRoleWithSAML gives and refuses, the pages, software that is not ours."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import re
import time
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from aws.embedded import assume, call, fetch, refused
from rolecall.demo.clock import DemoClock
from rolecall.demo.saml_company import ANALYST, DEVELOPER, FINANCE, PEOPLE, PROVIDERS, REPORTS
from rolecall.demo.saml_idp import ENTITY, SamlIdp
from rolecall.demo.saml_response import encoded_response
from rolecall.demo.saml_verify import vouched
from rolecall.demo.server import EmbeddedAws
from rolecall.demo.wire import AwsError
from rolecall.demo.xml_signature import new_signing_key
from rolecall.domain import saml, saml_paste

PAYMENTS, SANDBOX, ANALYTICS = PROVIDERS
GET = "urn:oasis:names:tc:SAML:2.0:status"


@pytest.fixture
def aws() -> Iterator[EmbeddedAws]:
    with EmbeddedAws() as running:
        yield running


def redeem(
    aws: EmbeddedAws, response: str, role: str = FINANCE, provider: str = PAYMENTS, **values: Any
) -> Any:
    client = boto3.client(
        "sts", region_name="eu-central-1", endpoint_url=aws.url,
        config=Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1}),
    )  # fmt: skip
    try:
        return client.assume_role_with_saml(
            RoleArn=role, PrincipalArn=provider, SAMLAssertion=response, **values
        )
    finally:
        client.close()


def test_what_it_gives(aws: EmbeddedAws) -> None:
    answer = redeem(aws, aws.saml_idp.response())
    arn = "arn:aws:sts::222222222222:assumed-role/Finance/alex@acme.example"
    assert answer["AssumedRoleUser"]["Arn"] == arn
    assert answer["Subject"] == "alex"
    assert answer["SubjectType"] == "persistent"
    assert answer["Issuer"] == ENTITY
    assert answer["Audience"] == "https://signin.aws.amazon.com/saml"
    digest = hashlib.sha1(f"{ENTITY}222222222222/AcmeSSO".encode()).digest()
    assert answer["NameQualifier"] == base64.b64encode(digest).decode()
    assert call(aws, answer["Credentials"], "get_caller_identity")["Arn"] == arn


def test_one_response_serves_several_roles_and_more_than_once(aws: EmbeddedAws) -> None:
    response = aws.saml_idp.response()
    for role, provider in ((FINANCE, PAYMENTS), (DEVELOPER, SANDBOX), (FINANCE, PAYMENTS)):
        assert redeem(aws, response, role, provider)["Credentials"]


def test_its_session_is_no_chain_and_what_follows_is(aws: EmbeddedAws) -> None:
    first = redeem(
        aws, aws.saml_idp.response(session_seconds=None), ANALYST, ANALYTICS, DurationSeconds=28800
    )
    assert assume(aws, first["Credentials"], REPORTS, DurationSeconds=3600)
    with pytest.raises(ClientError, match="1 hour session limit"):
        assume(aws, first["Credentials"], REPORTS, DurationSeconds=3601)


@pytest.mark.parametrize(
    ("changes", "asked", "given"),
    [
        ({}, 3600, 3600),
        ({"session_seconds": 1800}, 3600, 1800),
        ({"session_seconds": 7200}, 3600, 3600),
    ],
)
def test_session_duration_only_shortens(
    aws: EmbeddedAws, changes: Any, asked: int, given: int
) -> None:
    answer = redeem(aws, aws.saml_idp.response(**changes), DurationSeconds=asked)
    left = answer["Credentials"]["Expiration"].timestamp() - aws.clock.now()
    assert given - 3 < left <= given


def test_the_end_of_the_session_at_the_provider_shortens_too(aws: EmbeddedAws) -> None:
    ends = aws.clock.now() + 1000
    answer = redeem(aws, aws.saml_idp.response(session_ends_at=ends))
    assert answer["Credentials"]["Expiration"].timestamp() <= ends


def test_source_identity_and_tags_where_the_trust_allows_them(aws: EmbeddedAws) -> None:
    response = aws.saml_idp.response(source_identity="alex", tags=(("team", "core"),))
    assert redeem(aws, response, DEVELOPER, SANDBOX)["SourceIdentity"] == "alex"


DENIED = "Not authorized to perform sts:AssumeRoleWithSAML"
LATE = "Token must be redeemed within 5 minutes of issuance"
Asking = Callable[[EmbeddedAws], Any]


def issued(role: str = FINANCE, provider: str = PAYMENTS, **changes: Any) -> Asking:
    return lambda aws: redeem(aws, aws.saml_idp.response(**changes), role, provider)


def aged(seconds: float, **changes: Any) -> Asking:
    def asking(aws: EmbeddedAws) -> Any:
        response = aws.saml_idp.response(**changes)
        aws.clock.advance(seconds)
        return redeem(aws, response)

    return asking


def forged(aws: EmbeddedAws) -> Any:
    return redeem(aws, encoded_response(aws.saml_idp.facts(), new_signing_key("eve")))


def changed(aws: EmbeddedAws) -> Any:
    xml = base64.b64decode(aws.saml_idp.response("sam")).decode()
    better = xml.replace(f"{DEVELOPER},{SANDBOX}", f"{FINANCE},{PAYMENTS}")
    return redeem(aws, base64.b64encode(better.encode()).decode())


def wrapped(aws: EmbeddedAws) -> Any:
    """A second assertion beside the signed one, as in signature wrapping."""
    xml = base64.b64decode(aws.saml_idp.response("sam")).decode()
    inner = xml[xml.index("<saml:Assertion") : xml.index("</saml:Assertion>") + 17]
    evil = re.sub(r"<ds:Signature.*</ds:Signature>", "", inner).replace(
        f"{DEVELOPER},{SANDBOX}", f"{FINANCE},{PAYMENTS}"
    )
    return redeem(aws, base64.b64encode(xml.replace(inner, evil + inner).encode()).decode())


REFUSALS: dict[str, tuple[Asking, str, int, str]] = {
    "not base64": (lambda aws: redeem(aws, "****"), "InvalidIdentityToken", 400, "Invalid base64 SAMLResponse"),
    "no XML": (lambda aws: redeem(aws, "AAAA"), "InvalidIdentityToken", 400, "Invalid SAML response"),
    "entities": (lambda aws: redeem(aws, base64.b64encode(b"<!DOCTYPE a><a/>").decode()),
                 "InvalidIdentityToken", 400, "Invalid SAML response"),
    "another provider's ARN": (issued(provider=f"{PAYMENTS}2"),
                               "InvalidIdentityToken", 400, "Specified provider doesn't exist"),
    "another issuer": (issued(issuer="https://other.example"),
                       "InvalidIdentityToken", 400, "Issuer not present in specified provider"),
    "no signature": (issued(signs="nothing"), "InvalidIdentityToken", 400, "Response signature invalid"),
    "another key": (forged, "InvalidIdentityToken", 400, "Response signature invalid"),
    "changed after it was signed": (changed, "InvalidIdentityToken", 400, "Response signature invalid"),
    "wrapped": (wrapped, "InvalidIdentityToken", 400, "Invalid SAML response"),
    "sign-in failed": (issued(status=f"{GET}:Responder", signs="response"),
                       "InvalidIdentityToken", 400, "Invalid SAML response"),
    "late": (aged(300, lifetime=3600.0), "ExpiredTokenException", 400, LATE),
    "past its own end": (aged(61, lifetime=60.0), "ExpiredTokenException", 400, LATE),
    "another audience": (issued(audience="https://other.example"),
                         "InvalidIdentityToken", 400, "Response does not contain the required audience"),
    "another recipient": (issued(recipient="https://other.example/saml"), "AccessDenied", 403, DENIED),
    "a listener for recipient": (issued(recipient="http://127.0.0.1:4000/saml"), "AccessDenied", 403, DENIED),
    "no session name": (issued(session_name=""),
                        "InvalidIdentityToken", 400, "RoleSessionName is required in AuthnResponse"),
    "a bad session name": (issued(session_name="alex laptop"), "InvalidIdentityToken", 400,
                           "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}"),
    "a bad source identity": (issued(source_identity="aws:alex"), "InvalidIdentityToken", 400,
                              'Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"'),
    "nobody": (issued(subject=""), "AccessDenied", 403, DENIED),
    "a role that is not in it": (issued(roles=(f"{DEVELOPER},{SANDBOX}",)), "AccessDenied", 403, DENIED),
    "a role with another account's provider": (issued(provider=SANDBOX), "AccessDenied", 403, DENIED),
    "a role that is not": (issued(role=f"{FINANCE}s", roles=(f"{FINANCE}s,{PAYMENTS}",)),
                           "AccessDenied", 403, DENIED),
    "a trust without the provider": (issued(role=REPORTS, provider=ANALYTICS, roles=(f"{REPORTS},{ANALYTICS}",)),
                                     "AccessDenied", 403, DENIED),
    "tags the trust does not allow": (issued(tags=(("a", "b"),)), "AccessDenied", 403, DENIED),
    "a source identity it does not allow": (issued(source_identity="alex"), "AccessDenied", 403, DENIED),
    "over the role's maximum": (lambda aws: redeem(aws, aws.saml_idp.response(), DurationSeconds=14401),
                                "ValidationError", 400,
                                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."),
}  # fmt: skip


@pytest.mark.parametrize(("asking", "code", "status", "text"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(aws: EmbeddedAws, asking: Asking, code: str, status: int, text: str) -> None:
    with pytest.raises(ClientError) as caught:
        asking(aws)
    assert refused(caught.value) == (code, status, text)


def test_a_response_too_long_is_refused_and_not_repeated(aws: EmbeddedAws) -> None:
    with pytest.raises(ClientError) as caught:
        redeem(aws, "A" * 100_004)
    assert "'***' at 'sAMLAssertion'" in str(caught.value)


def test_what_we_read_ourselves_is_what_aws_takes(aws: EmbeddedAws) -> None:
    assertion = saml.read(aws.saml_idp.response(signs="both"))
    saml.check(assertion, aws.clock.now())
    for pair in assertion.roles:
        assert redeem(aws, assertion.encoded, pair.role_arn, pair.provider_arn)


# --- The pages --------------------------------------------------------------------------------------


def test_a_persons_way_to_the_choice_of_roles(aws: EmbeddedAws) -> None:
    status, page = fetch(f"{aws.url}/saml-idp/sso")
    assert (status, "alex@acme.example" in page) == (200, True)
    status, form = fetch(f"{aws.url}/saml-idp/sso", {"user": "alex"})
    assert f'action="{aws.url}/saml"' in form
    response = saml_paste.response_in(form)
    status, choice = fetch(f"{aws.url}/saml", {"SAMLResponse": response})
    assert status == 200
    assert saml_paste.response_in(choice) == response
    assert dict(saml_paste.account_names(choice))["222222222222"] == "acme-payments"
    status, console = fetch(f"{aws.url}/saml", {"SAMLResponse": response, "roleIndex": FINANCE})
    assert (status, "Finance" in console, "3 h 59 min" in console or "4 h 00 min" in console) == (
        200,
        True,
        True,
    )


def test_one_role_goes_to_the_console_at_once(aws: EmbeddedAws) -> None:
    status, page = fetch(f"{aws.url}/saml", {"SAMLResponse": aws.saml_idp.response("sam")})
    assert (status, "Signed in" in page, "Developer" in page) == (200, True, True)


def test_the_form_goes_to_a_listener_on_loopback_and_nowhere_else(aws: EmbeddedAws) -> None:
    listener = "http://127.0.0.1:4444/saml"
    _, page = fetch(f"{aws.url}/saml-idp/sso", acs=listener, RelayState="a<b")
    assert f'name="acs" value="{listener}"' in page
    _, form = fetch(
        f"{aws.url}/saml-idp/sso", {"user": "alex", "acs": listener, "RelayState": "a<b"}
    )
    assert f'action="{listener}"' in form
    assert 'value="a&lt;b"' in form
    assert saml.read(saml_paste.response_in(form)).recipient == "https://signin.aws.amazon.com/saml"
    for address in (
        "https://evil.example/saml",
        "http://127.0.0.1.evil.example:80/saml",
        "http://127.0.0.1:1/a?b",
    ):
        assert fetch(f"{aws.url}/saml-idp/sso", {"user": "alex", "acs": address})[0] == 400


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({}, "Invalid SAML response"),
        ({"SAMLResponse": "***"}, "Invalid base64 SAMLResponse"),
        ({"SAMLResponse": "guest"}, "Your request included an invalid SAML response."),
        ({"SAMLResponse": "alex", "roleIndex": REPORTS}, DENIED),
    ],
)
def test_pages_of_refusal(aws: EmbeddedAws, form: dict[str, str], reason: str) -> None:
    if form.get("SAMLResponse") in aws.saml_idp.people:
        form = {**form, "SAMLResponse": aws.saml_idp.response(form["SAMLResponse"])}
    status, page = fetch(f"{aws.url}/saml", form)
    assert (status, reason in unescape(page)) == (400, True)


def test_nobody_signs_in_under_another_name(aws: EmbeddedAws) -> None:
    assert fetch(f"{aws.url}/saml-idp/sso", {"user": "eve"})[0] == 400


def test_metadata_is_what_iam_takes(aws: EmbeddedAws) -> None:
    _, metadata = fetch(f"{aws.url}/saml-idp/metadata")
    aws.saml.registered["arn:aws:iam::222222222222:saml-provider/Again"] = metadata
    with pytest.raises(ClientError, match="Not authorized"):
        redeem(
            aws, aws.saml_idp.response(), provider="arn:aws:iam::222222222222:saml-provider/Again"
        )


def test_time_is_the_demos_own(aws: EmbeddedAws) -> None:
    clock = DemoClock()
    clock.advance(86400)
    with EmbeddedAws(clock) as later:
        assert (
            redeem(later, later.saml_idp.response())["Credentials"]["Expiration"].timestamp()
            > clock.now()
        )


_IDP = SamlIdp(PEOPLE, DemoClock())


@given(st.data())
def test_no_damage_changes_what_is_vouched_for(data: st.DataObject) -> None:
    """The response around the assertion is not signed; what is read out of it never differs."""
    response, metadata = _IDP.response(), _IDP.metadata()
    document = base64.b64decode(response).decode()
    at = data.draw(st.integers(0, len(document)))
    cut = data.draw(st.integers(0, 40))
    piece = data.draw(
        st.text(max_size=5) | st.sampled_from(["<a>" * 120, "&x;", "abc", "</saml:Issuer>"])
    )
    damaged = (document[:at] + piece + document[at + cut :]).encode("utf-8", "replace")
    with contextlib.suppress(AwsError):
        found = vouched(base64.b64encode(damaged).decode(), metadata, time.time())
        assert found == vouched(response, metadata, time.time())


@pytest.mark.parametrize("seconds", ["abc", "899", "43201", "-1", "\u0663\u0660\u0660\u0660"])
def test_a_session_duration_that_is_none_is_refused(aws: EmbeddedAws, seconds: str) -> None:
    with pytest.raises(ClientError) as caught:
        redeem(aws, aws.saml_idp.response(session_seconds=seconds))
    assert caught.value.response["Error"]["Code"] == "InvalidIdentityToken"
