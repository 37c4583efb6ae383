"""IAM Identity Center as one address: finds the service of a path, answers in JSON or with a page.

Both services and the pages stand below PREFIX, as the other services of this server have their own paths.
"""

from __future__ import annotations

from typing import Final

from rolecall.demo.callers import Callers
from rolecall.demo.clock import DemoClock
from rolecall.demo.directory import Directory
from rolecall.demo.faults import Call, Calls, Fault, refused_by
from rolecall.demo.json_wire import json_answer, json_refusal, read_json
from rolecall.demo.sso_authorize import SsoAuthorize
from rolecall.demo.sso_oidc import SsoOidc, oauth_name
from rolecall.demo.sso_portal import SsoPortal
from rolecall.demo.sso_tokens import Tokens
from rolecall.demo.wire import Answer, AwsError, Request, text_answer

PREFIX: Final = "/identity-center"


class IdentityCenter:
    """The service. `directory`, `tokens` and `oidc` are what the demo's own address can change."""

    def __init__(
        self, directory: Directory, callers: Callers, clock: DemoClock, calls: Calls
    ) -> None:
        self._clock, self._calls = clock, calls
        self.directory = directory
        self.tokens = Tokens()
        self.oidc = SsoOidc(self.tokens, clock)
        self._portal = SsoPortal(directory, self.tokens, callers, clock)
        self._pages = SsoAuthorize(self.oidc, clock)

    def is_meant(self, request: Request) -> bool:
        """Whether a request is for Identity Center."""
        return request.path.startswith(f"{PREFIX}/")

    def action_of(self, request: Request) -> str:
        """The action a request asks for, "?" for one that is none of ours."""
        path = _own(request)
        if path in {"/authorize", "/device"}:
            return path.removeprefix("/")
        if path in self.oidc.operations and request.method == "POST":
            return self.oidc.operations[path][0]
        return self._portal.operations.get((request.method, path), ("?",))[0]

    def answer(self, request: Request, fault: Fault | None = None) -> Answer:
        """Answer one call; never raises AwsError. A fault that is an error of AWS's takes its place."""
        action = self.action_of(request)
        try:
            answer = self._run(request, fault)
        except AwsError as error:
            answer = json_refusal(error, oauth_name(error.code) if self._is_oidc(request) else "")
        self._calls.add(Call(action, self._clock.now(), answer.code))
        return answer

    def _run(self, request: Request, fault: Fault | None) -> Answer:
        struck = refused_by(fault, "") if fault else None
        if struck and struck.code == "Throttling":
            struck = AwsError("TooManyRequestsException", "HTTP 429 Too Many Requests", 429)
        if struck:
            raise struck
        path = _own(request)
        if path == "/authorize":
            return self._pages.authorize(request)
        if path == "/device":
            return self._pages.device(request)
        if self._is_oidc(request):
            _, operation = self.oidc.operations[path]
            return json_answer(operation(read_json(request), _base(request)))
        if (request.method, path) in self._portal.operations:
            _, asked = self._portal.operations[request.method, path]
            return json_answer(self._portal.run(asked, request))
        return text_answer(404, "Not here\n", "NotFound")

    def _is_oidc(self, request: Request) -> bool:
        return request.method == "POST" and _own(request) in self.oidc.operations


def _own(request: Request) -> str:
    return request.path.removeprefix(PREFIX)


def _base(request: Request) -> str:
    """Where this server was reached, for the addresses it hands out; Host is checked by the listener."""
    return f"http://{request.headers.get('host', '127.0.0.1')}{PREFIX}"
