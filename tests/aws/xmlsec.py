"""xmlsec1, the XML Security Library's own command: signatures of and for software that is not ours."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

NAMESPACES = ["--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:assertion:Assertion"]
RESPONSES = ["--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:protocol:Response"]
DS = "http://www.w3.org/2000/09/xmldsig#"


def available() -> str:
    """The command's path; the test is skipped where it is not installed."""
    found = shutil.which("xmlsec1")
    if found is None:
        pytest.skip("xmlsec1 is not installed (packaging/setup.sh test)")
    return found


def verifies(document: str, certificate: str, folder: Path, ids: list[str] = NAMESPACES) -> bool:
    """Whether xmlsec1 finds the first signature of `document` good. certificate: DER in base64."""
    pem = f"-----BEGIN CERTIFICATE-----\n{_folded(certificate)}\n-----END CERTIFICATE-----\n"
    (folder / "certificate.pem").write_text(pem)
    (folder / "document.xml").write_text(document)
    command = [available(), "--verify", "--pubkey-cert-pem", str(folder / "certificate.pem"), *ids]
    done = subprocess.run(
        [*command, str(folder / "document.xml")], check=False, capture_output=True, timeout=30
    )
    return done.returncode == 0


def sign(document: str, key_pem: str, folder: Path, ids: list[str] = NAMESPACES) -> str:
    """`document`, which holds a signature's template, signed by xmlsec1."""
    (folder / "key.pem").write_text(key_pem)
    (folder / "template.xml").write_text(document)
    command = [available(), "--sign", "--privkey-pem", str(folder / "key.pem"), *ids]
    done = subprocess.run(
        [*command, str(folder / "template.xml")], capture_output=True, timeout=30, check=True
    )
    return done.stdout.decode()


def template(identifier: str, prefixes: str = "") -> str:
    """What xmlsec1 fills in."""
    listed = (
        f'<ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="{prefixes}"/>'
        if prefixes
        else ""
    )
    exclusive = 'Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"'
    return (
        f'<ds:Signature xmlns:ds="{DS}">\n<ds:SignedInfo>\n<ds:CanonicalizationMethod {exclusive}/>\n'
        '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>\n'
        f'<ds:Reference URI="#{identifier}">\n<ds:Transforms>\n'
        f'<ds:Transform Algorithm="{DS}enveloped-signature"/>\n'
        f"<ds:Transform {exclusive}>{listed}</ds:Transform>\n</ds:Transforms>\n"
        '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>\n<ds:DigestValue/>\n'
        "</ds:Reference>\n</ds:SignedInfo>\n<ds:SignatureValue/>\n</ds:Signature>"
    )


def _folded(text: str) -> str:
    return "\n".join(text[at : at + 64] for at in range(0, len(text), 64))
