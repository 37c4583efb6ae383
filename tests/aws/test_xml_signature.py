"""The demo's XML signatures: good ones of ours and of xmlsec1, and every way to break one."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from aws import xmlsec
from rolecall.demo.canonical_xml import Element, parse
from rolecall.demo.saml_response import Facts, response
from rolecall.demo.xml_signature import (
    SignatureInvalidError,
    SigningKey,
    new_signing_key,
    signed,
    verify,
)

FACTS = Facts(
    "https://idp.example/saml", "alex <&> \"'é한", ("arn:aws:iam::222222222222:role/A,arn",), 1_795_435_200.0,
    "alex", tags=(("a", "b & c"),), identifier="_id",
)  # fmt: skip


@cache
def key(name: str = "one") -> SigningKey:
    return new_signing_key(name)


def assertion(document: str) -> Element:
    return next(one for one in parse(document).walk() if one.name.endswith("Assertion"))


def test_what_we_sign_is_verified_by_us_and_by_xmlsec1(tmp_path: Path) -> None:
    document = signed(response(FACTS), "_ida", key())
    verify(assertion(document), [key("two").certificate, key().certificate])
    assert xmlsec.verifies(document, key().certificate, tmp_path)
    assert not xmlsec.verifies(document, key("two").certificate, tmp_path)


def test_response_and_assertion_both_signed(tmp_path: Path) -> None:
    document = signed(signed(response(FACTS), "_ida", key()), "_id", key())
    verify(parse(document), [key().certificate])
    verify(assertion(document), [key().certificate])
    ids = [*xmlsec.RESPONSES, *xmlsec.NAMESPACES]
    assert xmlsec.verifies(document, key().certificate, tmp_path, ids)


@pytest.mark.parametrize("prefixes", ["", "xs", "samlp saml", "#default xs"])
def test_what_xmlsec1_signs_is_verified_by_us(tmp_path: Path, prefixes: str) -> None:
    document = response(FACTS).replace("<samlp:Response ", '<samlp:Response xmlns:xs="urn:xs" ', 1)
    at = document.index("</saml:Issuer>", document.index("<saml:Assertion")) + len("</saml:Issuer>")
    whole = document[:at] + xmlsec.template("_ida", prefixes) + document[at:]
    pem = key().key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    document = xmlsec.sign(whole, pem.decode(), tmp_path)
    verify(assertion(document), [key().certificate])
    with pytest.raises(SignatureInvalidError):
        verify(assertion(document.replace("alex", "sam")), [key().certificate])


def _without_signature(xml: str) -> str:
    return xml[: xml.index("<ds:Signature ")] + xml[xml.index("</ds:Signature>") + 15 :]


BROKEN: dict[str, Callable[[str], str]] = {
    "a changed value": lambda xml: xml.replace("role/A", "role/B"),
    "a changed attribute": lambda xml: xml.replace("2026-11-23T12:05", "2026-11-23T13:05"),
    "a changed signature": lambda xml: xml.replace("<ds:SignatureValue>", "<ds:SignatureValue>AAAA"),
    "a signature that is no base64": lambda xml: xml.replace("<ds:SignatureValue>", "<ds:SignatureValue>*"),
    "a changed digest": lambda xml: xml.replace("<ds:DigestValue>", "<ds:DigestValue>AAAA"),
    "no signature": _without_signature,
    "another method": lambda xml: xml.replace("xmldsig-more#rsa-sha256", "xmldsig-more#rsa-md5"),
    "SHA-1": lambda xml: xml.replace("http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1"),
    "inclusive canonicalization": lambda xml: xml.replace("2001/10/xml-exc-c14n#", "TR/2001/REC-xml-c14n-20010315"),
    "a reference to the whole": lambda xml: xml.replace('URI="#_ida"', 'URI=""'),
    "a reference to another": lambda xml: xml.replace('URI="#_ida"', 'URI="#_id"'),
    "two references": lambda xml: xml.replace("</ds:Reference>", '</ds:Reference><ds:Reference URI="#_ida"/>'),
    "no method": lambda xml: xml.replace(' Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"', ""),
}  # fmt: skip


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_broken(change: Callable[[str], str]) -> None:
    document = change(signed(response(FACTS), "_ida", key()))
    with pytest.raises(SignatureInvalidError):
        verify(assertion(document), [key().certificate])


@pytest.mark.parametrize("certificates", [[], ["AAAA"], ["not base64"]])
def test_a_key_that_is_none(certificates: list[str]) -> None:
    document = signed(response(FACTS), "_ida", key())
    with pytest.raises(SignatureInvalidError):
        verify(assertion(document), [*certificates, key("two").certificate])


def test_the_key_that_a_signature_brings_along_is_not_believed() -> None:
    document = signed(response(dataclasses.replace(FACTS, subject="eve")), "_ida", key("two"))
    assert key("two").certificate in document
    with pytest.raises(SignatureInvalidError):
        verify(assertion(document), [key().certificate])
