"""Identity Center: which one, what it gave, and who may do what there. Values only.

Tokens, codes and client secrets are hidden from `repr`. How they lie in files is storage/sso_cache.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NoReturn

from rolecall.domain.problem import Problem, ProblemError
from rolecall.domain.role import Source
from rolecall.domain.sources import words

DEFAULT_SCOPES: Final = ("sso:account:access",)
"""What may list accounts and give role credentials. Source: AWS CLI User Guide, sso_registration_scopes."""

REFRESH_WINDOW: Final = 15 * 60.0
"""A token with less time left is refreshed first, in seconds, as botocore does (tokens.SSOTokenProvider)."""


@dataclass(frozen=True, slots=True)
class Portal:
    """One IAM Identity Center. region: where its instance lives, not where a role works.

    start_url: exactly as configured, for the shared cache goes by its letters. session: name of the
    `[sso-session]`, empty where a profile names the start URL itself. ca_bundle: the profile's, or empty.
    """

    start_url: str
    region: str
    session: str = ""
    scopes: tuple[str, ...] = DEFAULT_SCOPES
    ca_bundle: str = ""

    @classmethod
    def of(cls, source: Source) -> Portal:
        """The Identity Center that a profile names."""
        scopes = words(source.get("sso_registration_scopes"))
        return cls(
            source.get("sso_start_url"),
            source.get("sso_region"),
            source.get("sso_session"),
            scopes or DEFAULT_SCOPES,
            source.get("ca_bundle"),
        )

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self.session or self.start_url.removeprefix("https://").partition("/")[0]


@dataclass(frozen=True, slots=True)
class Registration:
    """Rolecall as a client of an Identity Center. expires_at: UTC epoch seconds.

    grants: what it may do; none for a client of the device flow, as the AWS CLI writes it.
    """

    client_id: str
    client_secret: str = field(repr=False)
    expires_at: float
    scopes: tuple[str, ...] = ()
    grants: tuple[str, ...] = ()

    def __reduce__(self) -> NoReturn:
        raise TypeError("client secrets are not to be pickled")


@dataclass(frozen=True, slots=True)
class Token:
    """What a person's sign-in gave. refresh: empty where only a person gets the next one."""

    access: str = field(repr=False)
    expires_at: float
    registration: Registration | None = None
    refresh: str = field(default="", repr=False)

    def __reduce__(self) -> NoReturn:
        raise TypeError("tokens are not to be pickled")

    def refreshable(self, now: float) -> bool:
        """Whether the next one can be had without a person."""
        known = self.registration
        return bool(self.refresh) and known is not None and now < known.expires_at

    def due(self, now: float) -> bool:
        """Whether it should be refreshed before it is used."""
        return now > self.expires_at - REFRESH_WINDOW


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """A device authorization that waits for a person. code is the secret one, shown the one to type.

    url: where to type it. expires_at: UTC epoch seconds; interval: seconds.
    """

    code: str = field(repr=False)
    shown: str
    url: str
    expires_at: float
    interval: float


@dataclass(frozen=True, slots=True)
class PortalAccount:
    """An account the person sees."""

    account_id: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class PortalRole:
    """A permission set that the person may use in an account."""

    account: PortalAccount
    role: str

    @property
    def text(self) -> str:
        """All of it in one line, lower case, to be searched."""
        return f"{self.account.name} {self.account.account_id} {self.role} {self.account.email}".lower()


@dataclass(frozen=True, slots=True)
class Found:
    """What a look through an Identity Center brought, complete or not.

    done, total: accounts looked at, and all there are.
    """

    roles: tuple[PortalRole, ...] = ()
    done: int = 0
    total: int = 0


class PartlyListedError(ProblemError):
    """It could not be listed to its end. found: what was seen until then."""

    def __init__(self, problem: Problem, found: Found) -> None:
        super().__init__(problem)
        self.found = found
