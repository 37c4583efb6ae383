"""The AWS endpoint: finds the service of an action, checks who signed, answers in XML.

Further services of the query protocol are added to `_services`; operations without a signature to
`unsigned`, which are taken before one is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from rolecall.demo import iam, sts
from rolecall.demo.callers import Caller, Callers
from rolecall.demo.catalogue import Catalogue
from rolecall.demo.clock import DemoClock
from rolecall.demo.faults import Call, Calls, Fault, refused_by
from rolecall.demo.sigv4 import authenticate
from rolecall.demo.wire import Answer, AwsError, Request, Tree, refusal, result

_ACTION: Final = re.compile(r"[A-Za-z]{1,64}", re.ASCII)
_NAMESPACES: Final = {"sts": sts.NAMESPACE, "iam": iam.NAMESPACE}
_VERSIONS: Final = {sts.VERSION: "sts", iam.VERSION: "iam"}

Answering = Callable[[str, Caller, dict[str, str]], Mapping[str, Tree]]
Unsigned = Callable[[dict[str, str]], Mapping[str, Tree]]


class AwsEndpoint:
    """STS and IAM behind one address; the form's Version says which is meant."""

    def __init__(
        self,
        catalogue: Catalogue,
        callers: Callers,
        clock: DemoClock,
        calls: Calls,
        unsigned: Mapping[str, Unsigned] | None = None,
    ) -> None:
        """unsigned: STS operations by action that need no signature."""
        self._unsigned = dict(unsigned or {})
        self._callers, self._clock, self._calls = callers, clock, calls
        security, identity = sts.Sts(catalogue, callers, clock), iam.Iam(catalogue, callers, clock)
        self._services: dict[str, tuple[Answering, frozenset[str]]] = {
            "sts": (security.answer, frozenset(security.operations)),
            "iam": (identity.answer, frozenset(identity.operations)),
        }

    def answer(self, request: Request, fault: Fault | None = None) -> Answer:
        """Answer one call; never raises AwsError. A fault that is an error of AWS's takes its place."""
        values = request.values()
        action, service = values.get("Action", ""), _VERSIONS.get(values.get("Version", ""), "sts")
        try:
            answer = self._run(service, action, request, values, fault)
        except AwsError as error:
            answer = refusal(error, _NAMESPACES[service])
        shown = action if _ACTION.fullmatch(action) else "?"
        self._calls.add(
            Call(shown, self._clock.now(), answer.code, values.get("RoleArn", "")[:2048])
        )
        return answer

    def _run(
        self,
        service: str,
        action: str,
        request: Request,
        values: dict[str, str],
        fault: Fault | None,
    ) -> Answer:
        _strike(fault, values)
        if not action:
            raise AwsError("MissingAction", "The request is missing an action.", 400)
        if service == "sts" and action in self._unsigned:
            return result(action, _NAMESPACES[service], self._unsigned[action](values))
        answering, known = self._services[service]
        if action not in known:
            version = values.get("Version", "")
            text = (
                f"Could not find operation {action} for version {version or 'NO_VERSION_SPECIFIED'}"
            )
            raise AwsError("InvalidAction", text, 400)
        clock = self._clock
        caller = authenticate(request, self._callers, service, clock.wall(), clock.now())
        return result(action, _NAMESPACES[service], answering(action, caller, values))


def _strike(fault: Fault | None, values: dict[str, str]) -> None:
    arn = values.get("RoleArn", "").split(":")
    error = refused_by(fault, arn[4] if len(arn) > 4 else "111111111111") if fault else None
    if error:
        raise error
