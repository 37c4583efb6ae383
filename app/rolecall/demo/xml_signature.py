"""XML signatures as SAML uses them: one enveloped RSA-SHA256 signature of the element that holds it.

Source: OASIS SAML 2.0 core §5.4 (signature profile) and W3C "XML Signature Syntax and Processing".
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from typing import TYPE_CHECKING, Final

from rolecall.demo.canonical_xml import Element, canonical, parse

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

DS: Final = "http://www.w3.org/2000/09/xmldsig#"
EXCLUSIVE: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
ENVELOPED: Final = f"{DS}enveloped-signature"
_DIGESTS: Final = {
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}
_METHODS: Final = {
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256": "SHA256",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512": "SHA512",
}


class SignatureInvalidError(Exception):
    """No signature, or one that is not of this key over this element."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key and its self-signed certificate (DER, base64 in one line)."""

    key: RSAPrivateKey
    certificate: str


def new_signing_key(name: str) -> SigningKey:
    """An RSA key of 2048 bits, with a certificate for ten years. Takes some 0.1 s."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    since = datetime(2025, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    der = certificate.public_bytes(serialization.Encoding.DER)
    return SigningKey(key, base64.b64encode(der).decode())


def signed(document: str, identifier: str, signing: SigningKey) -> str:
    """`document` with a signature of the element of that ID, put after its Issuer.

    The element has to have an Issuer of the prefix `saml`, and no signature yet.
    """
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    element = _by_id(parse(document), identifier)
    digest = base64.b64encode(hashlib.sha256(canonical(element)).digest()).decode()
    info = (
        f'<ds:SignedInfo xmlns:ds="{DS}"><ds:CanonicalizationMethod Algorithm="{EXCLUSIVE}">'
        '</ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="'
        'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod>'
        f'<ds:Reference URI="#{identifier}"><ds:Transforms><ds:Transform Algorithm="{ENVELOPED}">'
        f'</ds:Transform><ds:Transform Algorithm="{EXCLUSIVE}"></ds:Transform></ds:Transforms>'
        '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod>'
        f"<ds:DigestValue>{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
    )
    octets = signing.key.sign(canonical(parse(info)), padding.PKCS1v15(), hashes.SHA256())
    signature = (
        f'<ds:Signature xmlns:ds="{DS}">{info}'
        f"<ds:SignatureValue>{base64.b64encode(octets).decode()}</ds:SignatureValue><ds:KeyInfo>"
        f"<ds:X509Data><ds:X509Certificate>{signing.certificate}</ds:X509Certificate></ds:X509Data>"
        "</ds:KeyInfo></ds:Signature>"
    )
    begins = document.index(f'ID="{identifier}"')
    after = document.index("</saml:Issuer>", begins) + len("</saml:Issuer>")
    return document[:after] + signature + document[after:]


def verify(element: Element, certificates: list[str]) -> None:
    """Raise SignatureInvalidError unless `element` holds a good signature of itself by one of these keys.

    certificates: DER in base64. What the signature itself carries as its key is not looked at.
    """
    signatures = element.all(DS, "Signature")
    if len(signatures) != 1:
        raise SignatureInvalidError("not one signature")
    signature = signatures[0]
    try:
        info = _only(signature, "SignedInfo")
        _check_reference(element, signature, info)
        octets = _octets(_only(signature, "SignatureValue"))
        method = _METHODS[_only(info, "SignatureMethod").attributes["Algorithm"]]
        how = _only(info, "CanonicalizationMethod")
        if how.attributes["Algorithm"] != EXCLUSIVE:
            raise SignatureInvalidError("another canonicalization")
        message = canonical(info, prefixes=_prefixes(how))
    except (KeyError, ValueError):
        raise SignatureInvalidError("not of the SAML profile") from None
    if not any(_is_of(certificate, octets, message, method) for certificate in certificates):
        raise SignatureInvalidError("not of this key")


def _check_reference(element: Element, signature: Element, info: Element) -> None:
    reference = _only(info, "Reference")
    identifier = element.attributes.get("ID", "")
    if not identifier or reference.attributes.get("URI") != f"#{identifier}":
        raise SignatureInvalidError("signs something else")
    transforms = _only(reference, "Transforms").all(DS, "Transform")
    if [one.attributes.get("Algorithm") for one in transforms] != [ENVELOPED, EXCLUSIVE]:
        raise SignatureInvalidError("other transforms")
    name = _DIGESTS[_only(reference, "DigestMethod").attributes["Algorithm"]]
    octets = canonical(element, signature, _prefixes(transforms[1]))
    told = _octets(_only(reference, "DigestValue"))
    if not compare_digest(hashlib.new(name, octets).digest(), told):
        raise SignatureInvalidError("changed after it was signed")


def _is_of(certificate: str, octets: bytes, message: bytes, method: str) -> bool:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    try:
        key = x509.load_der_x509_certificate(base64.b64decode(certificate)).public_key()
        if not isinstance(key, rsa.RSAPublicKey):
            return False
        key.verify(octets, message, padding.PKCS1v15(), getattr(hashes, method)())
    except (InvalidSignature, ValueError):
        return False
    return True


def _only(element: Element, local: str) -> Element:
    found = element.all(DS, local)
    if len(found) != 1:
        raise SignatureInvalidError(f"not one {local}")
    return found[0]


def _octets(element: Element) -> bytes:
    return base64.b64decode("".join(element.text.split()), validate=True)


def _prefixes(transform: Element) -> frozenset[str]:
    listed = transform.all(EXCLUSIVE, "InclusiveNamespaces")
    words = listed[0].attributes.get("PrefixList", "").split() if listed else []
    return frozenset("" if word == "#default" else word for word in words)


def _by_id(root: Element, identifier: str) -> Element:
    return next(one for one in root.walk() if one.attributes.get("ID") == identifier)
