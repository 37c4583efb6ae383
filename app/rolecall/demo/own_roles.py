"""Acme's own roles: entries of roles.toml in the demo's folder, for the roads that no AWS file knows.

Further roads add theirs to `own_roles`. A value may hold URL, which stands for the embedded AWS's address.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from rolecall.demo import web_entries
from rolecall.demo.saml_company import ANALYST, FINANCE, REPORTS

URL: Final = "<url>"
"""Replaced by the address of the embedded AWS, which is known once it listens."""

Entry = Mapping[str, str]

_SANDBOX: Final = "arn:aws:iam::333333333333:role"
_HOME: Final = "eu-central-1"

ALLOW_ALL: Final = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
)
_ONLY_S3: Final = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}],
    }
)


def own_roles() -> dict[str, Entry]:
    """The entries by name, in the order of the file."""
    return {
        "audited": {
            "role_arn": f"{_SANDBOX}/Audited",
            "source_profile": "alex",
            "region": _HOME,
            "role_session_name": "{user}-{date}",
            "source_identity": "alex",
            "session_tags": "team=payments,ticket=ACME-7",
            "transitive_session_tags": "team",
        },
        "audited-report": {
            "role_arn": f"{_SANDBOX}/AuditedReport",
            "source_profile": "audited",
            "region": _HOME,
            "session_tags": "stage=report",
        },
        "again": {
            "role_arn": f"{_SANDBOX}/Again",
            "source_profile": "alex",
            "region": _HOME,
            "duration_seconds": "14400",
        },
        "again-fewer-rights": {
            "role_arn": f"{_SANDBOX}/Again",
            "source_profile": "again",
            "region": _HOME,
            "session_policy": _ONLY_S3,
            "session_policy_arns": "arn:aws:iam::aws:policy/ReadOnlyAccess",
        },
        "alex-console": {
            "federation_name": "alex",
            "source_profile": "alex",
            "region": _HOME,
            "session_policy": ALLOW_ALL,
        },
        "root-audit": {
            "root_account": "222222222222",
            "root_task_policy": "IAMAuditRootUserCredentials",
            "source_profile": "alex",
            "region": _HOME,
        },
        **web_entries.entries(),
        **_saml_roles(),
    }


def _saml_roles() -> dict[str, Entry]:
    """By a paste, without and with a role of its own; by a listener; a role behind that one."""
    sign_in = {"saml_login_url": f"{URL}/saml-idp/sso", "region": _HOME}
    posted = f"{URL}/saml-idp/sso?acs=http://127.0.0.1:{{port}}/saml&RelayState={{state}}"
    return {
        "acme-sso": sign_in,
        "finance": {**sign_in, "role_arn": FINANCE},
        "analyst": {
            "saml_login_url": posted,
            "saml_listen_port": "0",
            "role_arn": ANALYST,
            "region": _HOME,
        },
        "reports": {"role_arn": REPORTS, "source_profile": "analyst", "region": _HOME},
    }


def write_own_roles(entries: Mapping[str, Entry], folder: Path, url: str) -> Path:
    """Write roles.toml, mode 0600, into the configuration folder of ROLECALL_HOME `folder`."""
    path = folder / "config" / "roles.toml"
    text = "# Roles that stand in no AWS file.\n"
    for name, entry in entries.items():
        text += f"\n[{json.dumps(name)}]\n"
        text += "".join(
            f"{key} = {json.dumps(value.replace(URL, url))}\n" for key, value in entry.items()
        )
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return path
