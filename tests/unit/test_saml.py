"""What is read out of a SAML response, what is refused, and in which words."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.domain import saml
from rolecall.domain.problem import ProblemError
from unit import saml_documents as docs
from unit.saml_documents import NOON, attribute


def read(**changes: Any) -> saml.Assertion:
    return saml.read(docs.encoded(docs.document(**changes)))


def test_what_it_says() -> None:
    encoded = docs.encoded(docs.document())
    assert saml.read(encoded) == saml.Assertion(
        encoded,
        issuer="https://idp.acme.example/metadata",
        roles=(
            saml.RolePair(docs.ROLE, docs.PROVIDER),
            saml.RolePair(docs.OTHER, docs.OTHER_PROVIDER),
        ),
        subject="alex",
        session_name="alex@acme.example",
        session_seconds=14400,
        session_ends_at=NOON + 28800,
        issued_at=NOON,
        ends_at=NOON + 300,
        recipient=docs.AWS,
        audiences=("urn:amazon:webservices",),
        answers="_q",
    )


def test_the_response_is_hidden_from_repr() -> None:
    assertion = read()
    assert assertion.encoded[:20] not in repr(assertion)


ROLES = {
    "role first": (f"{docs.ROLE},{docs.PROVIDER}", True),
    "provider first": (f"{docs.PROVIDER},{docs.ROLE}", True),
    "spaces and line breaks": (f"\n  {docs.PROVIDER} ,\t{docs.ROLE}\n", True),
    "a role alone": (docs.ROLE, False),
    "two roles": (f"{docs.ROLE},{docs.OTHER}", False),
    "three parts": (f"{docs.ROLE},{docs.PROVIDER},{docs.PROVIDER}", False),
    "no ARN": ("admin,okta", False),
    "a user": (f"arn:aws:iam::222222222222:user/x,{docs.PROVIDER}", False),
    "a comment inside does not cut it": (f"{docs.ROLE},{docs.PROVIDER}", True),
}


@pytest.mark.parametrize(("value", "good"), ROLES.values(), ids=ROLES)
def test_role_pairs(value: str, good: bool) -> None:
    expected = (saml.RolePair(docs.ROLE, docs.PROVIDER),) if good else ()
    assert read(roles=(value, value)).roles == expected


def test_a_comment_does_not_shorten_a_value() -> None:
    xml = docs.document().replace("role/Finance,", "role/Fin<!-- x -->ance,")
    assert saml.read(docs.encoded(xml)).roles[0].role_arn == docs.ROLE


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-23T12:00:00Z",
        "2026-11-23T12:00:00.0000000Z",
        "2026-11-23T12:00:00",
        "2026-11-23T14:00:00+02:00",
    ],
)
def test_times_of_all_shapes(written: str) -> None:
    xml = docs.document().replace(docs.instant(NOON), written)
    assert saml.read(docs.encoded(xml)).issued_at == NOON


def test_the_earliest_end_counts() -> None:
    def shorter(xml: str) -> str:
        return xml.replace(
            "<saml:Conditions>", f'<saml:Conditions NotOnOrAfter="{docs.instant(NOON + 60)}">'
        )

    assertion = read(assertion=shorter)
    assert assertion.ends_at == NOON + 60
    assert assertion.redeem_by(NOON + 10) == NOON + 60
    assert read(ends=NOON + 3600).redeem_by(NOON + 10) == NOON + 300
    assert replace(assertion, issued_at=None, ends_at=None).redeem_by(NOON + 10) == NOON + 310


def test_attribute_names_of_china() -> None:
    chinese = attribute("RoleSessionName", "min", prefix="http://www.amazonaws.cn/SAML/Attributes/")
    assert read(attributes=chinese).session_name == "min"


def test_attribute_names_are_case_sensitive() -> None:
    assert read(attributes=attribute("rolesessionname", "alex")).session_name == ""


DOCUMENTS = {
    "saml_not_base64": "not base64 at all",
    "saml_too_long": "A" * 100_001,
    "saml_other_document": docs.encoded("<html><body/></html>"),
    "saml_assertion_alone": docs.encoded('<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion"></Assertion>'),
    "saml_request": docs.encoded('<AuthnRequest xmlns="urn:oasis:names:tc:SAML:2.0:protocol"></AuthnRequest>'),
    "saml_unsafe": docs.encoded('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + docs.document()),
    "saml_status": docs.encoded(docs.document(
        status='<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode '
        'Value="urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"/></samlp:StatusCode>', assertion=lambda _: "")),
}  # fmt: skip


@pytest.mark.parametrize(("code", "encoded"), DOCUMENTS.items(), ids=DOCUMENTS)
def test_documents_that_are_none(code: str, encoded: str) -> None:
    with pytest.raises(ProblemError) as caught:
        saml.read(encoded)
    assert caught.value.problem.code == code


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_declaration_cannot_hide_in_another_encoding(encoding: str) -> None:
    hidden = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x []>{docs.document()}'
    with pytest.raises(ProblemError) as caught:
        saml.read(base64.b64encode(hidden.encode(encoding)).decode())
    assert caught.value.problem.code in {"saml_not_base64", "saml_other_document"}


def test_a_bomb_of_nested_elements_is_only_a_wrong_document() -> None:
    with pytest.raises(ProblemError) as caught:
        saml.read(docs.encoded("<a>" * 8000 + "</a>" * 8000))
    assert caught.value.problem.code == "saml_other_document"


def test_status_words_from_outside_are_letters_only() -> None:
    status = '<samlp:StatusCode Value="x:Evil&#10;&lt;b&gt;{0}"/>'
    with pytest.raises(ProblemError) as caught:
        read(status=status)
    assert "Evil" in str(caught.value.problem.title)
    assert "<b>" not in str(caught.value.problem.title)


CHECKS: dict[str, tuple[dict[str, Any], float]] = {
    "saml_expired": ({"ends": NOON + 3600}, NOON + 300),
    "saml_expired ": ({"ends": NOON + 60}, NOON + 61),
    "saml_unsigned": ({"signature": ""}, NOON),
    "saml_no_roles": ({"roles": ()}, NOON),
    "saml_recipient": ({"recipient": "https://login.example.com/saml"}, NOON),
    "saml_recipient ": ({"recipient": "https://signin.aws.amazon.com.evil.example/saml"}, NOON),
    "saml_recipient  ": ({"recipient": "http://127.0.0.1:4000/saml"}, NOON),
    "saml_audience": ({"audience": "https://other.example"}, NOON),
    "saml_no_session_name": ({"attributes": ""}, NOON),
    "saml_no_session_name ": ({"attributes": attribute("RoleSessionName", "alex laptop")}, NOON),
}


@pytest.mark.parametrize(("code", "given"), CHECKS.items(), ids=CHECKS)
def test_what_aws_would_refuse_is_refused_first(
    code: str, given: tuple[dict[str, Any], float]
) -> None:
    changes, now = given
    with pytest.raises(ProblemError) as caught:
        saml.check(read(**changes), now)
    assert caught.value.problem.code == code.strip()


@pytest.mark.parametrize(
    "recipient",
    [
        "https://signin.aws.amazon.com/saml",
        "https://eu-central-1.signin.aws.amazon.com/saml",
        "https://signin.aws.amazon.com/saml/acs/SAMLSPABCDEF",
        "https://signin.amazonaws.cn/saml",
        "https://signin.amazonaws-us-gov.com/saml",
        "https://eusc-de-east-1.signin.amazonaws-eusc.eu/saml",
    ],
)
def test_recipients_of_every_partition(recipient: str) -> None:
    saml.check(read(recipient=recipient, audience=recipient), NOON + 299)


def test_a_clock_that_is_behind_is_no_reason_to_refuse() -> None:
    assertion = read()
    saml.check(assertion, NOON - 3600)
    assert assertion.redeem_by(NOON - 3600) == NOON - 3300


def test_a_listener_of_ours_may_be_the_recipient() -> None:
    saml.check(read(recipient="http://127.0.0.1:4000/saml"), NOON, ("http://127.0.0.1:4000/saml",))


def test_choosing() -> None:
    assertion = read()
    assert saml.choose(assertion, docs.OTHER).provider_arn == docs.OTHER_PROVIDER
    assert saml.choose(assertion, "", docs.PROVIDER).role_arn == docs.ROLE
    assert saml.choose(assertion, docs.ROLE, docs.PROVIDER).role_arn == docs.ROLE
    for code, wanted in {
        "saml_choose": ("", ""),
        "saml_role_missing": (docs.ROLE, docs.OTHER_PROVIDER),
        "saml_role_missing ": ("arn:aws:iam::222222222222:role/Admin", ""),
    }.items():
        with pytest.raises(ProblemError) as caught:
            saml.choose(assertion, *wanted)
        assert caught.value.problem.code == code.strip()


def test_an_encrypted_assertion_goes_to_aws_where_both_names_are_known() -> None:
    assertion = read(
        assertion=lambda _: (
            '<e:EncryptedAssertion xmlns:e="urn:oasis:names:tc:SAML:2.0:assertion"/>'
        )
    )
    assert assertion.encrypted
    saml.check(assertion, NOON + 10)
    assert saml.choose(assertion, docs.ROLE, docs.PROVIDER) == saml.RolePair(
        docs.ROLE, docs.PROVIDER
    )
    with pytest.raises(ProblemError) as caught:
        saml.choose(assertion, docs.ROLE)
    assert caught.value.problem.code == "saml_encrypted"


_PIECES = st.sampled_from(
    [
        "<",
        ">",
        "&amp;",
        "&#0;",
        "&x;",
        "<a/>",
        "</saml:Assertion>",
        "<![CDATA[",
        "]]>",
        "<!-- ",
        "-->",
        "<?p x?>",
        '"',
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "2026-99-99T99:99:99Z",
        "\ufffe",
        "\x01",
        "é한",
        "=" * 50,
        "9" * 400,
    ]
)


@given(st.data())
def test_a_damaged_response_is_refused_or_read_and_nothing_else(data: st.DataObject) -> None:
    document = docs.document()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(document)))
        cut = data.draw(st.integers(0, 30))
        document = document[:at] + data.draw(_PIECES | st.text(max_size=5)) + document[at + cut :]
    try:
        assertion = saml.read(base64.b64encode(document.encode("utf-8", "replace")).decode())
        saml.check(assertion, NOON)
        saml.choose(assertion, docs.ROLE)
    except ProblemError as error:
        code = error.problem.code
    else:
        code = "saml_"
    assert code.startswith("saml_")


@pytest.mark.parametrize(
    "written", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "24:00", ""]
)
def test_a_time_that_no_clock_knows_is_none(written: str) -> None:
    xml = docs.document().replace(docs.instant(NOON), written)
    issued = saml.read(docs.encoded(xml)).issued_at
    assert issued is None or isinstance(issued, float)
