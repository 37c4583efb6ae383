"""From a click to credentials, warm, against the bare round trip; ten roles at 100 ms against one.

The embedded AWS and the delay run as programs of their own. "Bare" is the same request, signed beforehand,
sent over a kept connection and read whole: what no client can be faster than.
"""

from __future__ import annotations

import configparser
import http.client
import os
import shlex
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from measure import HEAD, Row, interleaved, row

from rolecall.domain.role import Role, RoleArn, RoleHop, Source, SourceKind
from rolecall.domain.route import Call, Hop, Route
from rolecall.domain.session import Credentials, Origin
from rolecall.sign_in import Sts, sign_in

ROUND_TRIP = 0.1
TEN = 10
_SERVE = (
    "import pathlib, sys; from rolecall.demo.instance import headless; "
    "headless(sys.stdout, pathlib.Path(sys.argv[1]))"
)
_ARN = RoleArn.parse("arn:aws:iam::222222222222:role/ReadOnly")
_ROUTE = Route(
    "readonly",
    Source(SourceKind.KEYS_IN_FILE, "alex"),
    (Hop(Call.ASSUME_ROLE, "ReadOnly", 3600, role_arn=str(_ARN), session_name="bench"),),
    Origin.KEYS,
)


def rows(rounds: int = 200) -> Iterator[Row]:
    """Warm click against the bare round trip, then ten roles against one at 100 ms."""
    with _demo() as (port, keys):
        found = interleaved(
            {"bare round trip": _bare(port, keys), "click": _click(port, keys)}, rounds, warm_up=10
        )
        yield row("click → credentials, warm", found, "click", "bare round trip", "ms", 2.0)
        with _delayed(port) as slow:
            found = interleaved(
                {
                    "one role": lambda: _roles_at_once(1, slow, keys),
                    "ten roles": lambda: _roles_at_once(TEN, slow, keys),
                },
                max(5, rounds // 20),
            )
        yield row("ten roles at 100 ms round trip", found, "ten roles", "one role", "ms", 1.7)


def _click(port: int, keys: Credentials) -> Callable[[], float]:
    sts = Sts()
    return lambda: _timed(lambda: _take(sts, _role(port), keys))


def _take(sts: Sts, role: Role, keys: Credentials) -> bool:
    made = sign_in(_ROUTE, role, lambda: keys, sts, None, time.time).session
    return bool(made.credentials.session_token)


def _bare(port: int, keys: Credentials) -> Callable[[], float]:
    body, headers = _signed(port, keys)
    connection = http.client.HTTPConnection("127.0.0.1", port)

    def round_trip() -> None:
        connection.request("POST", "/", body, headers)
        answer = connection.getresponse()
        assert answer.status == 200, answer.read()
        answer.read()

    return lambda: _timed(round_trip)


def _signed(port: int, keys: Credentials) -> tuple[bytes, dict[str, str]]:
    """The body and headers of an AssumeRole call, good for five minutes."""
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials as BotoCredentials

    body = (
        f"Action=AssumeRole&Version=2011-06-15&RoleArn={_ARN}&RoleSessionName=bench"
        "&DurationSeconds=3600"
    )
    request = AWSRequest(
        "POST",
        f"http://127.0.0.1:{port}/",
        {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"},
        body,
    )
    signer = BotoCredentials(keys.access_key_id, keys.secret_access_key)
    SigV4Auth(signer, "sts", "us-east-1").add_auth(request)
    return body.encode(), dict(request.headers.items())


def _roles_at_once(count: int, port: int, keys: Credentials) -> float:
    """One thread a role, as background.py starts them; no connection is open yet, the client is there."""
    sts, role = Sts(), _role(port)
    sts.warm(role)
    done: list[bool] = []
    threads = [
        threading.Thread(target=lambda: done.append(_take(sts, role, keys))) for _ in range(count)
    ]

    def all_of_them() -> None:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    spent = _timed(all_of_them)
    assert len(done) == count
    return spent


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _role(port: int) -> Role:
    return Role(
        "readonly",
        _ROUTE.source,
        (RoleHop("readonly", _ARN),),
        _ARN,
        region="us-east-1",
        client_config=(("endpoint_url", f"http://127.0.0.1:{port}"), ("region", "us-east-1")),
    )


@contextmanager
def _demo() -> Iterator[tuple[int, Credentials]]:
    """The embedded AWS in a process of its own: its port and alex's keys."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", _SERVE, folder]
        with _running(command, clean) as process:
            assert process.stdout is not None
            exported: dict[str, str] = {}
            for line in iter(process.stdout.readline, "ready\n"):
                name, _, value = shlex.split(line)[1].partition("=")
                exported[name] = value
            parser = configparser.RawConfigParser()
            parser.read(exported["AWS_SHARED_CREDENTIALS_FILE"])
            alex = parser["alex"]
            keys = Credentials(alex["aws_access_key_id"], alex["aws_secret_access_key"])
            yield int(exported["AWS_ENDPOINT_URL_STS"].rsplit(":", 1)[1]), keys


@contextmanager
def _delayed(port: int) -> Iterator[int]:
    program = str(Path(__file__).with_name("delay_proxy.py"))
    command = [sys.executable, program, str(port), str(ROUND_TRIP)]
    with _running(command, dict(os.environ)) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())


@contextmanager
def _running(command: list[str], environ: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


if __name__ == "__main__":
    print(HEAD)
    for measured in rows():
        print(measured.line())
