"""Clock check: how far AWS's clock is from ours, by the Date header of any answer. Nothing is signed.

Import it inside functions: it brings botocore.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from botocore.awsrequest import AWSRequest

from rolecall.aws import client, problems, transport
from rolecall.aws.access_denied import Circumstances
from rolecall.aws.under_way import CallUnderWay, skew_of
from rolecall.domain.problem import ProblemError


def measured_skew(now: Callable[[], float]) -> float:
    """Seconds AWS's clock is ahead of `now`, 0.0 below two seconds. Raises ProblemError without a network."""
    call = CallUnderWay.start()
    try:
        made: Any = client.build(client.settings_of({}, (), "aws", single_try=True))
        url = made.meta.endpoint_url
        sent_at = now()
        answer = transport.limited_http(url).send(AWSRequest("GET", url).prepare())
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return skew_of({"ResponseMetadata": {"HTTPHeaders": headers}}, sent_at, now())
    except Exception as error:  # noqa: BLE001  whatever the network did becomes a Problem
        problem = problems.from_exception(error, Circumstances(role="STS", now=now()), call.sent)
    raise ProblemError(problem)
