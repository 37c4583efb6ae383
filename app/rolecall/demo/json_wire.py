"""The REST and JSON side of the wire: a body read, an answer or an AWS error given back.

Source: AWS restJson1 protocol (https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html): the error's
name stands in the header x-amzn-ErrorType.
"""

from __future__ import annotations

import json
import uuid
from typing import Any, Final

from rolecall.demo.wire import Answer, AwsError, Request

_TYPE: Final = "application/json"
_PRIVATE: Final = (("Cache-Control", "no-store"),)


def read_json(request: Request) -> dict[str, Any]:
    """The object in a request's body. Raises AwsError InvalidRequestException for anything else."""
    try:
        found = json.loads(request.body or b"{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise AwsError("InvalidRequestException", "Invalid request body", 400)
    return found


def json_answer(value: object, status: int = 200) -> Answer:
    """An answer that nobody may keep."""
    headers = (*_PRIVATE, ("x-amzn-RequestId", str(uuid.uuid4())))
    return Answer(status, json.dumps(value).encode(), _TYPE, headers)


def json_refusal(error: AwsError, name: str = "") -> Answer:
    """The answer that carries an error. name: OAuth's own word for it (RFC 6749 §5.2), empty for none."""
    said = (
        {"error": name, "error_description": error.message} if name else {"message": error.message}
    )
    headers = (
        *_PRIVATE,
        ("x-amzn-RequestId", str(uuid.uuid4())),
        ("x-amzn-ErrorType", f"{error.code}:http://internal.amazon.com/coral/"),
    )
    return Answer(error.status, json.dumps(said).encode(), _TYPE, headers, error.code)
