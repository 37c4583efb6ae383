"""A SAML identity provider that is not ours, in a browser that is not ours: SimpleSAMLphp and Chromium.

The person does what the guide says: signs in, and copies the payload of the request to …/saml from the
developer tools. Our AWS has that provider's own metadata.
"""

from __future__ import annotations

import base64
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest

from aws import xmlsec
from aws.test_saml_sign_in import Company
from blackbox.chromium import Chromium
from blackbox.simplesaml import AWS, PROVIDER, SimpleSaml
from rolecall.demo.catalogue import Trust
from rolecall.demo.saml_company import FINANCE, saml_roles
from rolecall.domain import saml, saml_paste
from rolecall.domain.session import Session
from rolecall.storage.callback import Callback, Expected
from ui.scene import Scene

pytestmark = pytest.mark.gate


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[SimpleSaml]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = tmp_path / "simplesaml"
    folder.mkdir()
    with SimpleSaml(folder, port, FINANCE) as running:
        yield running


@pytest.fixture
def company(tmp_path: Path, provider: SimpleSaml) -> Iterator[Company]:
    """Our AWS, which knows this provider and lets it into one role."""
    folder = tmp_path / "scene"
    folder.mkdir()
    scene = Scene(folder)
    made = Company(scene)
    made.aws.saml.registered[PROVIDER] = provider.metadata
    roles = made.aws.catalogue.roles
    roles[FINANCE] = replace(roles[FINANCE], trust=Trust((PROVIDER,)))
    yield made
    scene.close()


def signed_in(provider: SimpleSaml, folder: Path) -> str:
    """The payload of the request to AWS, after a person signed in."""
    folder.mkdir()
    with Chromium(folder) as browser:
        browser.open(provider.login_url)
        browser.wait_for("!!document.getElementById('username')")
        browser.run("document.getElementById('username').value = 'alex'")
        browser.run("document.getElementById('password').value = 'secret'")
        browser.run(
            "document.querySelector('form[name=f] button, form[name=f] [type=submit]').click()"
        )
        return browser.payload_of(AWS)


def test_from_the_providers_page_to_the_session(
    company: Company, provider: SimpleSaml, tmp_path: Path
) -> None:
    payload = signed_in(provider, tmp_path / "browser")
    assert payload.startswith("SAMLResponse=")
    assertion = saml.read(saml_paste.response_in(payload))
    assert assertion.roles == (saml.RolePair(FINANCE, PROVIDER),)
    assert (assertion.session_name, assertion.session_seconds) == ("alex@acme.example", 7200)
    assert assertion.recipient == AWS
    company.want("finance")
    company.give(payload)
    session = company.answers["finance"]
    assert isinstance(session, Session), session
    assert session.arn == "arn:aws:sts::222222222222:assumed-role/Finance/alex@acme.example"
    assert round(session.lifetime, -1) == 7200


def test_a_change_to_it_is_seen_by_our_aws_and_by_xmlsec1(
    company: Company, provider: SimpleSaml, tmp_path: Path
) -> None:
    response = saml_paste.response_in(signed_in(provider, tmp_path / "browser"))
    document = base64.b64decode(response).decode()
    certificate = "".join(provider.metadata.split("X509Certificate>")[1].split("<")[0].split())
    ids = [*xmlsec.RESPONSES, *xmlsec.NAMESPACES]
    assert xmlsec.verifies(document, certificate, tmp_path, ids)
    bent = document.replace("alex@acme", "eve@acme")
    assert not xmlsec.verifies(bent, certificate, tmp_path, ids)
    company.want("finance")
    company.give(base64.b64encode(bent.encode()).decode())
    assert company.problem("finance") == "identity_token_refused"


def test_the_demos_own_pages_in_a_real_browser(company: Company, tmp_path: Path) -> None:
    """The form posts itself, AWS's page lists the roles, and that page, saved, is what the guide takes."""
    company.aws.catalogue.roles[FINANCE] = next(r for r in saml_roles() if r.arn == FINANCE)
    folder = tmp_path / "browser"
    folder.mkdir()
    with Chromium(folder) as browser:
        browser.open(f"{company.aws.url}/saml-idp/sso")
        browser.wait_for("!!document.getElementById('continue')")
        browser.run("document.getElementById('continue').click()")
        browser.wait_for("!!document.querySelector('.saml-account-name')")
        page = browser.run("document.documentElement.outerHTML")
    company.want("finance")
    company.give(page)
    assert isinstance(company.answers["finance"], Session), company.answers
    assert dict(saml_paste.account_names(page))["222222222222"] == "acme-payments"


def test_the_listener_in_a_real_browser(company: Company, tmp_path: Path) -> None:
    """What the page's own script posts across origins is what the listener takes, state and all."""
    folder = tmp_path / "browser"
    folder.mkdir()
    expected = Expected("of-this-sign-in", "RelayState", "/saml", ("SAMLResponse",), form=True)
    callback = Callback(expected)
    with Chromium(folder) as browser:
        asked = urlencode({"acs": callback.address, "RelayState": "of-this-sign-in"})
        browser.open(f"{company.aws.url}/saml-idp/sso?{asked}")
        browser.wait_for("!!document.getElementById('continue')")
        browser.run("document.getElementById('continue').click()")
        fields = callback.wait(patience=30)
    assert saml.read(fields["SAMLResponse"]).session_name == "alex@acme.example"
