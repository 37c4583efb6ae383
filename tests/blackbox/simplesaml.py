"""SimpleSAMLphp, an identity provider that is not ours, as Debian has it: one user, AWS as its application."""

from __future__ import annotations

import subprocess
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from blackbox.waiting import until

WWW: Final = Path("/usr/share/simplesamlphp/www")
PROVIDER: Final = "arn:aws:iam::222222222222:saml-provider/SimpleSAML"
AWS: Final = "https://signin.aws.amazon.com/saml"
_ATTRIBUTES: Final = "https://aws.amazon.com/SAML/Attributes"

_CONFIG: Final = """<?php
$config = [
  'baseurlpath' => 'http://127.0.0.1:{port}/', 'certdir' => '{folder}/', 'loggingdir' => '{folder}/',
  'datadir' => '{folder}/', 'tempdir' => '{folder}/tmp', 'secretsalt' => 'of-this-test-alone-0123456789',
  'auth.adminpassword' => 'of-this-test-alone', 'technicalcontact_email' => 'nobody@acme.example',
  'timezone' => 'UTC', 'enable.saml20-idp' => true, 'logging.handler' => 'file', 'session.cookie.secure' => false,
  'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true], 'store.type' => 'phpsession',
  'session.phpsession.savepath' => '{folder}', 'language.available' => ['en'], 'language.default' => 'en',
  'theme.use' => 'default', 'metadata.sources' => [['type' => 'flatfile', 'directory' => '{folder}']],
];
"""
_USERS: Final = """<?php
$config = ['example' => ['exampleauth:UserPass', 'alex:secret' => [
  'uid' => ['alex'], '{attributes}/RoleSessionName' => ['alex@acme.example'],
  '{attributes}/SessionDuration' => ['7200'], '{attributes}/Role' => ['{provider},{role}'],
]]];
"""
_IDP: Final = """<?php
$metadata['https://idp.simple.example/'] = ['host' => '__DEFAULT__', 'privatekey' => 'idp.pem',
  'certificate' => 'idp.crt', 'auth' => 'example'];
"""
_SP: Final = """<?php
$metadata['urn:amazon:webservices'] = ['entityid' => 'urn:amazon:webservices',
  'AssertionConsumerService' => '{aws}', 'simplesaml.nameidattribute' => 'uid',
  'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  'attributes.NameFormat' => 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri'];
"""


class SimpleSaml:
    """The provider on a port of loopback, its configuration in a folder of its own. Use as a context manager."""

    def __init__(self, folder: Path, port: int, role: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        words = {"folder": folder, "port": port}
        (folder / "config.php").write_text(_filled(_CONFIG, words))
        users = {"attributes": _ATTRIBUTES, "provider": PROVIDER, "role": role}
        (folder / "authsources.php").write_text(_filled(_USERS, users))
        (folder / "saml20-idp-hosted.php").write_text(_IDP)
        (folder / "saml20-sp-remote.php").write_text(_filled(_SP, {"aws": AWS}))
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=idp",
             "-keyout", folder / "idp.pem", "-out", folder / "idp.crt"],
            check=True, capture_output=True,
        )  # fmt: skip
        with (folder / "php.log").open("wb") as log:
            self._process = subprocess.Popen(
                ["php", "-S", f"127.0.0.1:{port}", "-t", str(WWW)],
                env={"PATH": "/usr/bin:/bin", "SIMPLESAMLPHP_CONFIG_DIR": str(folder)},
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        self.metadata = until(self._metadata, "the provider to answer")

    @property
    def login_url(self) -> str:
        """Where a person begins."""
        return f"{self.url}/saml2/idp/SSOService.php?spentityid=urn:amazon:webservices"

    def _metadata(self) -> str:
        try:
            with urllib.request.urlopen(f"{self.url}/saml2/idp/metadata.php", timeout=10) as page:
                return page.read().decode()
        except OSError:
            return ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait(10)


def _filled(text: str, words: dict[str, object]) -> str:
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text
