"""First try: makes a signed call anew with what botocore settled when it was made before.

Endpoint, signing region and headers of an operation stay the same as long as its client lives, and botocore
works them out at each call, with some thirty hooks: half of a warm call's own time. The first call of an
operation goes botocore's way and is looked at; from the second on botocore's serializer, its signer, its HTTP
and its parser are called one after the other. Only an answer of 200 goes back like this. Whatever else comes is
laid where botocore's own sending finds it, as if it had just come, and the call goes botocore's way: errors,
retries and the waits between them are botocore's alone. Imports botocore at its top.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSPreparedRequest, AWSRequest, AWSResponse
from botocore.client import BaseClient
from botocore.credentials import ReadOnlyCredentials
from botocore.endpoint import convert_to_response_dict
from botocore.model import OperationModel
from botocore.parsers import ResponseParser
from botocore.serialize import create_serializer

if TYPE_CHECKING:
    from botocore.signers import RequestSigner

_came: ContextVar[AWSResponse | Exception | None] = ContextVar("came", default=None)
"""What the first try of the call under way brought, until `taken` gives it to botocore."""


def call(client: BaseClient, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """The answer of one operation of `client`, by its Python name. Raises whatever botocore raises."""
    tries = _tries.get(client)
    came = tries.answer(operation, parameters) if tries else None
    if isinstance(came, dict):
        return came
    held = _came.set(came)
    try:
        answer: dict[str, Any] = getattr(client, operation)(**parameters)
    finally:
        _came.reset(held)
    return answer


def taken() -> AWSResponse | None:
    """What the first try of this very call brought, once: its answer, or its error raised. None: nothing."""
    came = _came.get()
    if came is None:
        return None
    _came.set(None)
    if isinstance(came, Exception):
        raise came
    return came


def remember(
    client: BaseClient,
    parser: ResponseParser,
    credentials: Callable[[], ReadOnlyCredentials],
    send: Callable[[AWSPreparedRequest], AWSResponse],
) -> None:
    """From now on look at what `client` settles. credentials: those of the call under way.

    A client whose retries slow down what it sends (adaptive mode) is left alone: it counts each sending.
    So is one of another protocol than STS's and IAM's, whose headers say more.
    """
    config: Any = client.meta.config
    adaptive = (config.retries or {}).get("mode") == "adaptive"
    if not adaptive and client.meta.service_model.resolved_protocol == "query":
        _tries[client] = _Tries(parser, credentials, send)
        _tries[client].look_at(client)


@dataclass(frozen=True, slots=True)
class _Settled:
    """What stays the same from call to call of one operation.

    retries: what the first call's retries went by; botocore writes the most there may be into it.
    """

    model: OperationModel
    url: str
    headers: dict[str, str]
    signing_name: str
    region: str
    retries: dict[str, Any]

    def attempt(self) -> str:
        """What a first attempt says of itself (botocore handlers.py, add_retry_headers)."""
        most = self.retries.get("max")
        return f"attempt=1; max={most}" if most else "attempt=1"


class _Written(AWSRequest):
    """A request whose body is written out already: botocore's would do so at each look, headers and all."""

    @property
    def body(self) -> Any:
        return self.data


class _Tries:
    """The first tries of one client."""

    def __init__(
        self,
        parser: ResponseParser,
        credentials: Callable[[], ReadOnlyCredentials],
        send: Callable[[AWSPreparedRequest], AWSResponse],
    ) -> None:
        self._parser, self._credentials, self._send = parser, credentials, send
        self._serializer: Any = create_serializer("query", include_validation=False)
        self._names: dict[str, str] = {}
        self._settled: dict[str, _Settled] = {}

    def look_at(self, client: BaseClient) -> None:
        """Hear of every request that `client` has made ready."""
        self._names.update(client.meta.method_to_api_mapping)
        service = client.meta.service_model.service_id.hyphenize()
        client.meta.events.register_last(f"before-call.{service}", self._look)

    def _look(
        self,
        model: OperationModel,
        params: dict[str, Any],
        request_signer: RequestSigner,
        context: dict[str, Any],
        **_: object,
    ) -> None:
        """Called by botocore's before-call hook: `params` is the request, but for what signing adds."""
        if (context.get("auth_type") or request_signer.signature_version) == "v4":
            place = context.get("signing", {})
            self._settled[model.name] = _Settled(
                model,
                params["url"],
                dict(params["headers"]),
                place.get("signing_name") or request_signer.signing_name,
                place.get("region") or request_signer.region_name,
                context.setdefault("retries", {}),
            )

    def answer(
        self, operation: str, parameters: dict[str, Any]
    ) -> dict[str, Any] | AWSResponse | Exception | None:
        """The parsed answer; else what came in its place, or None where nothing was sent."""
        settled = self._settled.get(self._names.get(operation, ""))
        if settled is None:
            return None
        request = self._signed(settled, parameters)
        try:
            response = self._send(request)
        except Exception as error:  # noqa: BLE001  raised by `taken`, where botocore expects it
            return error
        if response.status_code != _OK:
            return response
        try:
            return self._read(response, settled.model)
        except Exception:  # noqa: BLE001  botocore reads it again, and says what is wrong
            return response

    def _signed(self, settled: _Settled, parameters: dict[str, Any]) -> AWSPreparedRequest:
        """The request as botocore sends it: the same headers, by the same signer."""
        made = self._serializer.serialize_to_request(parameters, settled.model)
        body = urlencode(made["body"]).encode("ascii")
        method: str = made["method"]
        request = _Written(method, settled.url, settled.headers, body)
        SigV4Auth(self._credentials(), settled.signing_name, settled.region).add_auth(request)
        headers: Any = dict(request.headers.items())
        headers["amz-sdk-invocation-id"] = str(uuid.uuid4())  # after signing, as botocore adds them
        headers["amz-sdk-request"] = settled.attempt()
        headers["Content-Length"] = str(len(body))
        return AWSPreparedRequest(method, settled.url, headers, body, False, {})

    def _read(self, response: AWSResponse, model: OperationModel) -> dict[str, Any]:
        answer = convert_to_response_dict(response, model)
        shape: Any = model.output_shape
        parsed: dict[str, Any] = self._parser.parse(answer, shape)
        parsed["ResponseMetadata"]["RetryAttempts"] = 0
        return parsed


_OK: Final = 200
_tries: WeakKeyDictionary[BaseClient, _Tries] = WeakKeyDictionary()
