"""Handed: credentials on their way to a child process or a shell, and the environment that holds them. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rolecall.domain.export_format import VARIABLES, utc
from rolecall.domain.session import Credentials
from rolecall.domain.terminal import visible

ROLE_VARIABLE: Final = "ROLECALL_ROLE"
"""Names the role that an environment belongs to, for prompts; safe to print."""

INHERITED: Final = (
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_ACCESS_KEY",
    "AWS_SECRET_KEY",
    "AMAZON_ACCESS_KEY_ID",
    "AMAZON_SECRET_ACCESS_KEY",
    "AMAZON_SESSION_TOKEN",
    "AWS_ACCOUNT_ID",
    "AWS_CREDENTIAL_SCOPE",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_CREDENTIAL_FILE",
    "AWS_ROLE_ARN",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_ROLE_SESSION_NAME",
    ROLE_VARIABLE,
)
"""Variables that say who one is: no child may find those of somebody else.

Source: AWS SDKs and Tools Reference Guide, "Environment variables list"; AWS_CREDENTIAL_FILE is
botocore's OriginalEC2Provider. AWS_ACCESS_KEY and AWS_SECRET_KEY are the older names of the SDKs for Java and
Go, AMAZON_… those of the SDK for Ruby; AWS_CREDENTIAL_SCOPE is the SDK for JavaScript's.
"""

REGIONS: Final = ("AWS_REGION", "AWS_DEFAULT_REGION")
_CONTAINER: Final = "AWS_CONTAINER_"
_BEARER: Final = "AWS_BEARER_TOKEN_"
"""Begins the name of a token for one service, taken before any keys (botocore.tokens.ScopedEnvTokenProvider)."""

RENEW_BEFORE: Final = 360.0
"""Seconds before its end from which a session is replaced.

More than the five minutes at which the JavaScript and Java SDKs come back (their reference, container
credentials), and well within the 15 minutes that the shortest session lives.
"""

LAST_MINUTE: Final = 60.0
"""Seconds: a session with less left is not handed out, the call made with it could arrive too late."""


@dataclass(frozen=True, slots=True)
class Handed:
    """Credentials as `rolecall export --format json` gives them. expires_at: UTC epoch seconds."""

    name: str
    credentials: Credentials
    expires_at: float
    region: str = ""
    role_arn: str = ""
    account_id: str = ""

    @classmethod
    def parse(cls, content: str, name: str) -> Handed:
        """From the JSON form; `name` where an older app does not say which role it is.

        Raises ValueError, which never quotes the content.
        """
        try:
            found = json.loads(content)
            end = datetime.strptime(found["Expiration"], "%Y-%m-%dT%H:%M:%S%z")
            return cls(
                name=str(found.get("name") or name),
                credentials=Credentials(
                    str(found["AccessKeyId"]),
                    str(found["SecretAccessKey"]),
                    str(found.get("SessionToken") or ""),
                ),
                expires_at=end.timestamp(),
                region=str(found.get("region") or ""),
                role_arn=str(found.get("role_arn") or ""),
                account_id=str(found.get("account_id") or ""),
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            raise ValueError("not the JSON form of credentials") from None

    def due(self, now: float) -> bool:
        """Whether it is time for a new one."""
        return now >= self.expires_at - RENEW_BEFORE

    def usable(self, now: float) -> bool:
        """Whether it may still be handed out."""
        return now < self.expires_at - LAST_MINUTE

    def variables(self) -> dict[str, str]:
        """The environment variables that hold these credentials; the region only where it is known."""
        token = self.credentials.session_token
        return {
            "AWS_ACCESS_KEY_ID": self.credentials.access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.credentials.secret_access_key,
            **({"AWS_SESSION_TOKEN": token} if token else {}),
            "AWS_CREDENTIAL_EXPIRATION": utc(self.expires_at),
        } | self.about()

    def about(self) -> dict[str, str]:
        """What a child is told besides the credentials: the role's name and its region."""
        regions = dict.fromkeys(REGIONS, self.region) if self.region else {}
        return regions | {ROLE_VARIABLE: visible(self.name).replace("\n", " ").replace("\0", "")}

    def container_answer(self) -> str:
        """The answer of a container credentials endpoint, JSON.

        Source: AWS SDKs and Tools Reference Guide, "Container credential provider"; botocore
        credentials.ContainerProvider.
        """
        found = {
            "AccessKeyId": self.credentials.access_key_id,
            "SecretAccessKey": self.credentials.secret_access_key,
            "Token": self.credentials.session_token,
            "Expiration": utc(self.expires_at),
        }
        more = {"RoleArn": self.role_arn, "AccountId": self.account_id}
        return json.dumps(found | {name: value for name, value in more.items() if value})


def foreign(environ: Mapping[str, str]) -> list[str]:
    """Names in `environ` that say who one is, to be removed before another identity moves in.

    A region that an earlier role of ours brought along goes with that role; a person's own stays.
    """
    names = [name for name in INHERITED if name in environ]
    names += [name for name in environ if name.startswith((_CONTAINER, _BEARER))]
    if ROLE_VARIABLE in environ:
        names += [name for name in REGIONS if name in environ]
    return names


def mixed(environ: Mapping[str, str]) -> list[str]:
    """Names in `environ` that AWS tools would take before exported keys, or together with them.

    What an export sets by itself is not among them, nor what AWS tools look at after keys.
    """
    own = frozenset(VARIABLES).difference(REGIONS)
    return [
        name for name in foreign(environ) if name not in own and not name.startswith(_CONTAINER)
    ]


def clean_environment(environ: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """`environ` without anybody's credentials, and `new` in their place."""
    gone = frozenset(foreign(environ))
    return {name: value for name, value in environ.items() if name not in gone} | dict(new)
