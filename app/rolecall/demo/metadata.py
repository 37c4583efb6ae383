"""Metadata: the addresses under which a machine in EC2 and a container get the credentials of their role.

Strict as a machine that demands tokens (IMDSv2): whoever asks without one, or with one that has ended, is
refused. Source: EC2 User Guide, "Use the Instance Metadata Service to access instance metadata" and "Retrieve
security credentials from instance metadata"; ECS Developer Guide, "Amazon ECS task IAM role".
"""

from __future__ import annotations

import json
import math
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hmac import compare_digest
from typing import Final

from rolecall.demo.callers import Caller, Callers, Kind, new_id, new_secret, new_token
from rolecall.demo.clock import DemoClock
from rolecall.demo.faults import Call, Calls, Fault, refused_by
from rolecall.demo.wire import Answer, Request, text_answer

MACHINE_ROLE: Final = "arn:aws:iam::333333333333:role/BuildMachine"
TASK_ROLE: Final = "arn:aws:iam::333333333333:role/ReportTask"
CONTAINER_PATH: Final = "/container/credentials"

_TOKEN_PATH: Final = "/latest/api/token"  # noqa: S105
_ROLES_PATH: Final = "/latest/meta-data/iam/security-credentials/"
_LONGEST_TOKEN: Final = 21600
_LIFE: Final = 6 * 3600
_FRESH: Final = 300
"""New credentials are there at least five minutes before the old ones end."""


@dataclass(slots=True)
class _Role:
    """A role that hands itself out: its latest session."""

    arn: str
    session_name: str
    unique_id: str = field(default_factory=lambda: new_id("AROA"))
    latest: Caller | None = None


class Metadata:
    """Both addresses. `container_token`: what a container has to bring along."""

    def __init__(self, callers: Callers, clock: DemoClock, calls: Calls) -> None:
        self._callers, self._clock, self._calls = callers, clock, calls
        self.container_token = secrets.token_urlsafe(32)
        self._tokens: dict[str, float] = {}
        self._machine = _Role(MACHINE_ROLE, "i-0abc1234567890def")
        self._task = _Role(TASK_ROLE, "4b1f2c3d5e6f7a8b9c0d")
        self._lock = threading.Lock()

    def is_meant(self, request: Request) -> bool:
        """Whether a request is for one of the two."""
        return request.path.startswith("/latest/") or request.path == CONTAINER_PATH

    def action_of(self, request: Request) -> str:
        """What the list of calls says."""
        if request.path == CONTAINER_PATH:
            return "ContainerCredentials"
        return "MetadataToken" if request.path == _TOKEN_PATH else "InstanceCredentials"

    def answer(self, request: Request, fault: Fault | None = None) -> Answer:
        """Answer one request. A fault that is an error of AWS's takes the answer's place."""
        struck = refused_by(fault, "") if fault else None
        answer = (
            text_answer(503 if struck.code == "Throttling" else struck.status, "", struck.code)
            if struck
            else self._run(request)
        )
        self._calls.add(Call(self.action_of(request), self._clock.now(), answer.code))
        return answer

    def _run(self, request: Request) -> Answer:
        if request.path == CONTAINER_PATH:
            return self._container(request)
        if request.path == _TOKEN_PATH:
            return self._token(request)
        return self._instance(request)

    def _token(self, request: Request) -> Answer:
        """A forwarded request is one that somebody else's server was talked into (EC2 User Guide)."""
        if request.method != "PUT":
            return _refusal(405)
        if "x-forwarded-for" in request.headers:
            return _refusal(403)
        wanted = request.headers.get("x-aws-ec2-metadata-token-ttl-seconds", "")
        if not (wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:9]) <= _LONGEST_TOKEN):
            return _refusal(400)
        token, now = secrets.token_urlsafe(40), self._clock.now()
        with self._lock:
            self._tokens = {known: end for known, end in self._tokens.items() if end > now}
            self._tokens[token] = now + int(wanted)
        headers = (("x-aws-ec2-metadata-token-ttl-seconds", wanted),)
        return Answer(200, token.encode(), "text/plain", headers)

    def _instance(self, request: Request) -> Answer:
        token = request.headers.get("x-aws-ec2-metadata-token", "")
        with self._lock:
            ends = self._tokens.get(token, 0.0)
        if ends <= self._clock.now():
            return _refusal(401)
        if request.method != "GET":
            return _refusal(405)
        name = MACHINE_ROLE.rsplit("/", 1)[1]
        answers: dict[str, Callable[[], Answer]] = {
            _ROLES_PATH: lambda: text_answer(200, name),
            _ROLES_PATH + name: lambda: self._handed(
                self._machine, {"Code": "Success", "Type": "AWS-HMAC"}
            ),
        }
        found = answers.get(request.path)
        return found() if found else _refusal(404)

    def _container(self, request: Request) -> Answer:
        given = request.headers.get("authorization", "")
        if not compare_digest(given.encode(), self.container_token.encode()):
            return _refusal(403)
        if request.method != "GET":
            return _refusal(405)
        return self._handed(self._task, {"RoleArn": TASK_ROLE})

    def _handed(self, role: _Role, more: dict[str, str]) -> Answer:
        session = self._session(role)
        said = {
            **more,
            "AccessKeyId": session.access_key_id,
            "SecretAccessKey": session.secret,
            "Token": session.token,
            "Expiration": f"{datetime.fromtimestamp(session.expires_at or 0, UTC):%Y-%m-%dT%H:%M:%SZ}",
        }
        return Answer(200, json.dumps(said).encode(), "application/json")

    def _session(self, role: _Role) -> Caller:
        """The same one to everybody, until it comes near its end."""
        now = self._clock.now()
        with self._lock:
            latest = role.latest
            if latest is None or (latest.expires_at or 0) - now < _FRESH:
                latest = role.latest = self._callers.add(_new_session(role, now))
        return latest


def _new_session(role: _Role, now: float) -> Caller:
    account, name = role.arn.split(":")[4], role.arn.rsplit("/", 1)[1]
    return Caller(
        Kind.ROLE,
        f"arn:aws:sts::{account}:assumed-role/{name}/{role.session_name}",
        role.arn,
        f"{role.unique_id}:{role.session_name}",
        new_id("ASIA"),
        new_secret(),
        new_token(),
        math.floor(now) + _LIFE,
        role=name,
        session_name=role.session_name,
    )


def _refusal(status: int) -> Answer:
    return text_answer(status, "", str(status))
