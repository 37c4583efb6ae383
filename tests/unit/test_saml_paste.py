"""A SAML response is found in whatever a person pastes, and anything else is told apart kindly."""

from __future__ import annotations

import base64
import contextlib
import string
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.domain import saml_paste
from rolecall.domain.problem import ProblemError
from unit import saml_documents as docs


def found(text: str) -> str:
    return base64.b64decode(saml_paste.response_in(text)).decode()


@pytest.mark.parametrize("form", docs.FORMS.values(), ids=docs.FORMS)
@pytest.mark.parametrize("padding", ["", " ", "  "])
def test_every_form_gives_the_same_response(form: Callable[[str], str], padding: str) -> None:
    document = docs.document().replace("></samlp", f">{padding}</samlp") + "\n"
    assert found(form(docs.encoded(document))).strip() == document.strip()


@given(
    st.sampled_from(sorted(docs.FORMS)),
    st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=40),
    st.text(string.ascii_letters + " \n", max_size=40),
)
def test_any_content_survives_any_form(form: str, content: str, blanks: str) -> None:
    attributes = docs.attribute("RoleSessionName", content)
    document = docs.document(attributes=attributes)
    around = "\n" * len(blanks)
    assert found(around + docs.FORMS[form](docs.encoded(document)) + around) == document


@given(st.text(max_size=300))
def test_other_text_is_refused_and_never_a_crash(text: str) -> None:
    with pytest.raises(ProblemError) as caught:
        saml_paste.response_in(text)
    assert caught.value.problem.code.startswith("saml_")


@given(st.sampled_from(sorted(docs.FORMS)), st.data())
def test_a_cut_is_never_taken_for_the_whole(form: str, data: st.DataObject) -> None:
    whole = docs.FORMS[form](docs.encoded(docs.document()))
    part = whole[: data.draw(st.integers(0, len(whole) - 1))]
    with contextlib.suppress(ProblemError):
        assert found(part) == docs.document()


REFUSED = {
    "saml_empty": " \n\t ",
    "saml_not_found": "good morning",
    "saml_address": "https://signin.aws.amazon.com/saml",
    "saml_request": "https://idp.acme.example/sso?SAMLRequest=fZJRb4IwFIX",
    "saml_not_text": "PK\x03\x04\0\0binary",
    "saml_not_base64": "SAMLResponse=***&RelayState=",
    "saml_cut_off": "SAMLResponse=" + docs.encoded(docs.document())[:400] + "…",
    "saml_too_much": "A" * 10_000_000,
}


@pytest.mark.parametrize(("code", "text"), REFUSED.items(), ids=REFUSED)
def test_each_mistake_has_its_own_words(code: str, text: str) -> None:
    with pytest.raises(ProblemError) as caught:
        saml_paste.response_in(text)
    assert caught.value.problem.code == code


def test_no_problem_repeats_what_was_pasted() -> None:
    secret = docs.encoded(docs.document())
    for text in (secret[:-9], "SAMLResponse=" + secret[:301], f"SAMLResponse=%%{secret[5:]}"):
        with pytest.raises(ProblemError) as caught:
            saml_paste.response_in(text)
        assert secret[20:60] not in "\n".join(caught.value.problem.lines())


HOSTILE = {
    "fields": "SAMLResponse=" * 500_000,
    "tags": "<input SAMLResponse " * 300_000,
    "values": "<input name=SAMLResponse " + "value " * 1_000_000,
    "blanks": "SAMLResponse" + " " * 7_000_000,
    "account": "Account:" + " " * 7_000_000,
    "brackets": "[" * 5_000_000 + "SAMLResponse",
    "letters": "SAMLResponse=" + "a b=" * 1_900_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_eight_million_hostile_characters_are_looked_through_in_time(text: str) -> None:
    began = time.process_time()
    with pytest.raises(ProblemError):
        saml_paste.response_in(text)
    saml_paste.account_names(text)
    assert time.process_time() - began < 10


def test_names_of_accounts_on_aws_own_page() -> None:
    page = (
        '<div class="saml-account-name">Account: acme-payments (222222222222)</div>'
        '<div class="saml-account-name"> Account: R&amp;D (333333333333) </div><div>Account: 444444444444</div>'
    )
    assert saml_paste.account_names(page) == (
        ("222222222222", "acme-payments"),
        ("333333333333", "R&D"),
    )
