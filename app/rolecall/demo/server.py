"""EmbeddedAws: one loopback server that is STS, IAM, S3, Cognito, Identity Center, the sign-in host, the
identity providers and the demo itself.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

from rolecall.demo import cognito, s3, saml_company, saml_federation, saml_idp, web_identity
from rolecall.demo.aws_endpoint import AwsEndpoint
from rolecall.demo.aws_login import AwsLogin
from rolecall.demo.callers import Callers
from rolecall.demo.catalogue import Catalogue
from rolecall.demo.clock import DemoClock
from rolecall.demo.company import company
from rolecall.demo.controls import Controls
from rolecall.demo.directory import Directory
from rolecall.demo.faults import Call, Calls, Fault, Faults
from rolecall.demo.identity_center import PREFIX, IdentityCenter
from rolecall.demo.loopback import Cut, Loopback
from rolecall.demo.metadata import Metadata
from rolecall.demo.signin import SignIn
from rolecall.demo.sso_controls import portal_controls
from rolecall.demo.web_federation import Answering, WebFederation
from rolecall.demo.wire import Answer, AwsError, Request, refusal, text_answer


class Service(Protocol):
    """A service with paths of its own."""

    def is_meant(self, request: Request, /) -> bool: ...
    def action_of(self, request: Request, /) -> str: ...
    def answer(self, request: Request, fault: Fault | None, /) -> Answer: ...


class EmbeddedAws:
    """The AWS on loopback. Every instance has its own port, keys, seeds and clock; `with` starts and stops it."""

    def __init__(self, clock: DemoClock | None = None, things: Catalogue | None = None) -> None:
        """clock: the demo's clock; things: what exists, by default the demo's company."""
        self.clock = clock or DemoClock()
        self.catalogue = things or company()
        self.callers = Callers()
        self.faults = Faults(self.clock.now)
        self.calls = Calls()
        for user in self.catalogue.users.values():
            self.callers.add(user)
        self.web = WebFederation(self.catalogue, self.callers, self.clock, self.calls)
        self.web.begin(lambda: self.url)
        self.saml_idp = saml_idp.SamlIdp(saml_company.PEOPLE, self.clock)
        self.saml = saml_federation.SamlFederation(
            self.catalogue, self.callers, self.clock, self.calls, self.saml_idp
        )
        unsigned = {
            web_identity.ACTION: self.web.web_identity.answer,
            saml_federation.ACTION: self.saml.answer,
        }
        self._aws = AwsEndpoint(self.catalogue, self.callers, self.clock, self.calls, unsigned)
        self._s3 = s3.S3(self.catalogue, self.callers, self.clock, self.calls)
        self._signin = SignIn(self.catalogue, self.callers, self.clock, self.calls)
        self.identity_center = IdentityCenter(Directory(), self.callers, self.clock, self.calls)
        self.metadata = Metadata(self.callers, self.clock, self.calls)
        self.login = AwsLogin(self.callers, self.clock, self.calls)
        self._services: tuple[Service, ...] = (self.identity_center, self.metadata, self.login)
        self._controls = Controls(self.catalogue, self.clock, self.faults, self.calls)
        self._controls.routes |= portal_controls(self.identity_center)
        self._loopback = Loopback(self._respond, self.clock.date)

    def start(self) -> None:
        """Listen on a free port of 127.0.0.1. Raises OSError."""
        self._loopback.start()

    def stop(self) -> None:
        """Close the port and every connection."""
        self._loopback.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The endpoint of STS, IAM and S3, without a slash at its end."""
        return f"http://127.0.0.1:{self._loopback.port}"

    @property
    def signin_url(self) -> str:
        """Stands for the sign-in host: `/federation` and `/oauth` are appended."""
        return self.url

    @property
    def identity_center_url(self) -> str:
        """The endpoint of IAM Identity Center, its OIDC service and its portal."""
        return f"{self.url}{PREFIX}"

    @property
    def demo_url(self) -> str:
        """The demo's own address: `/code`, `/devices`, `/clock`, `/skew`, `/fault`, `/calls` are appended."""
        return f"{self.url}/demo"

    def devices(self) -> list[tuple[str, str]]:
        """The MFA devices: (serial, ARN of the owner)."""
        return [(device.serial, device.owner) for device in self.catalogue.devices]

    def code(self, serial: str) -> tuple[str, float]:
        """What a device shows now, and for how many seconds still. Raises KeyError."""
        return self._controls.code(serial)

    def _respond(self, request: Request) -> Answer | Cut:
        try:
            return self._route(request)
        except Exception:  # noqa: BLE001  a fault of ours is answered as AWS answers one of its own
            error = AwsError("InternalFailure", "The embedded AWS has a fault.", 500)
            return refusal(error, "https://sts.amazonaws.com/doc/2011-06-15/")

    def _route(self, request: Request) -> Answer | Cut:
        if action := cognito.action_of(request):
            fault = self.faults.take(action)
            return self._struck(fault, action, lambda: self.web.cognito.answer(request, fault))
        if provider := self._provider_of(request):
            fault = self.faults.take(request.path)
            return self._struck(fault, request.path, lambda: provider(request, fault))
        if request.path == "/" and not self._s3.is_meant(request):
            return self._call(request)
        if request.path == "/federation":
            action = (request.values() if request.body else request.asked()).get("Action", "")
            fault = self.faults.take(action)
            return self._struck(fault, action, lambda: self._signin.federation(request, fault))
        if request.path == "/oauth":
            return self._signin.oauth(request, self.url)
        service = next((one for one in self._services if one.is_meant(request)), None)
        if service is not None:
            action = service.action_of(request)
            fault = self.faults.take(action)
            return self._struck(fault, action, lambda: service.answer(request, fault))
        if request.path.startswith("/demo/"):
            return self._controls.answer(request, request.path.removeprefix("/demo/"))
        if self._s3.is_meant(request):
            action = s3.action_of(request)
            fault = self.faults.take(action)
            return self._struck(fault, action, lambda: self._s3.answer(request, fault))
        return text_answer(404, "Not here\n")

    def _provider_of(self, request: Request) -> Answering | None:
        """Who answers where people sign in: the identity providers, and AWS's page that SAML leads to."""
        if request.path == "/saml":
            return lambda asked, _fault: self.saml.page(asked)
        if request.path.startswith(f"{saml_idp.PREFIX}/"):
            return lambda asked, _fault: self.saml_idp.answer(asked, self.url)
        return self.web.provider_of(request)

    def _call(self, request: Request) -> Answer | Cut:
        action = request.values().get("Action", "")
        fault = self.faults.take(action)
        return self._struck(fault, action, lambda: self._aws.answer(request, fault))

    def _struck(
        self, fault: Fault | None, action: str, answered: Callable[[], Answer]
    ) -> Answer | Cut:
        """`cut` strikes after the call was made: its code is used up and nobody hears the answer."""
        if fault is None:
            return answered()
        if fault.kind == "cut":
            return Cut(answered())
        if fault.kind == "slow" and not self._loopback.wait(fault.seconds):
            return answered()
        if fault.kind not in {"slow", "hang", "garbage", "empty"}:
            return answered()
        self.calls.add(Call(action[:64], self.clock.now(), fault.kind))
        if fault.kind == "garbage":
            return Answer(200, b"<html><body>Welcome to the hotel network</body>", "text/html")
        if fault.kind == "empty":
            return Answer(200, b"")
        self._loopback.wait(fault.seconds if fault.kind == "hang" else 0)
        return Cut()
