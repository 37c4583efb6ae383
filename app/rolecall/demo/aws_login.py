"""AwsLogin: what stands behind `aws login`: the sign-in service that renews its fifteen minutes.

Strict: the refresh token is good once, and every request is signed by the key that the sign-in was made with
(DPoP). Source: AWS Sign-In API reference, CreateOAuth2Token; RFC 9449; the form of the cache: AWS SDKs and
Tools Reference Guide, "Login credentials provider".
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import secrets
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from rolecall.demo.callers import Caller, Callers, Kind, new_id, new_secret, new_token
from rolecall.demo.clock import DemoClock
from rolecall.demo.faults import Call, Calls, Fault, refused_by
from rolecall.demo.wire import Answer, Request

PATH: Final = "/v1/token"
CLIENT: Final = "arn:aws:signin:::devtools/same-device"
ACTION: Final = "CreateOAuth2Token"

_LIFE: Final = 900
_LONGEST: Final = 12 * 3600
_PROOF_AGE: Final = 300


@dataclass(slots=True)
class _SignedIn:
    """One person's sign-in. refresh: the token that is good next; until: when it cannot be renewed any more."""

    arn: str
    key: tuple[str, str]
    until: float
    refresh: str = field(repr=False)
    unique_id: str = field(default_factory=lambda: new_id("AIDA"))


class _RefusedError(Exception):
    """HTTP status, AWS's name of the error, and its own word for the reason."""

    def __init__(self, status: int, name: str, word: str) -> None:
        super().__init__(name)
        self.status, self.name, self.word = status, name, word


def _denied(word: str) -> _RefusedError:
    return _RefusedError(401, "AccessDeniedException", word)


def _invalid() -> _RefusedError:
    return _RefusedError(400, "ValidationException", "INVALID_REQUEST")


class AwsLogin:
    """The service, and the browser's half of a sign-in: `signed_in` gives what the CLI would have kept."""

    def __init__(self, callers: Callers, clock: DemoClock, calls: Calls) -> None:
        self._callers, self._clock, self._calls = callers, clock, calls
        self._people: list[_SignedIn] = []
        self._proofs: set[str] = set()
        self._lock = threading.Lock()

    def signed_in(self, arn: str) -> dict[str, Any]:
        """The content of a cache file as `aws login` leaves it for the identity `arn`."""
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ec

        key = ec.generate_private_key(ec.SECP256R1())
        numbers = key.public_key().public_numbers()
        point = (_coded(numbers.x.to_bytes(32, "big")), _coded(numbers.y.to_bytes(32, "big")))
        person = _SignedIn(arn, point, self._clock.now() + _LONGEST, secrets.token_urlsafe(48))
        with self._lock:
            self._people.append(person)
        return {
            "accessToken": self._access(person, {"accountId": arn.split(":")[4]}, "expiresAt"),
            "tokenType": "aws_sigv4",
            "clientId": CLIENT,
            "refreshToken": person.refresh,
            "idToken": ".".join(_coded(part) for part in (b'{"alg":"none"}', _subject(arn), b"")),
            "dpopKey": key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.TraditionalOpenSSL,
                serialization.NoEncryption(),
            ).decode(),
        }

    def is_meant(self, request: Request) -> bool:
        """Whether a request is for this service."""
        return request.path == PATH

    def action_of(self, _request: Request) -> str:
        """What the list of calls says."""
        return ACTION

    def answer(self, request: Request, fault: Fault | None = None) -> Answer:
        """Answer one request. A fault that is an error of AWS's takes the answer's place."""
        try:
            struck = refused_by(fault, "") if fault else None
            if struck:
                raise _RefusedError(struck.status, "InternalServerException", "SERVER_ERROR")
            answer = _json(200, self._renewed(request))
        except _RefusedError as refused:
            said = {"error": refused.word, "message": refused.name}
            answer = _json(refused.status, said, refused.name)
        self._calls.add(Call(ACTION, self._clock.now(), answer.code))
        return answer

    def _renewed(self, request: Request) -> dict[str, Any]:
        try:
            asked = json.loads(request.body)
            words = [asked[name] for name in ("clientId", "grantType", "refreshToken")]
        except (ValueError, TypeError, KeyError):
            raise _invalid() from None
        if words[:2] != [CLIENT, "refresh_token"]:
            raise _invalid()
        point = self._proved(request)
        now = self._clock.now()
        with self._lock:
            known = [person for person in self._people if person.refresh == words[2]]
            if not known or known[0].key != point or known[0].until <= now:
                raise _denied("TOKEN_EXPIRED")
            known[0].refresh = secrets.token_urlsafe(48)
        return {
            "accessToken": self._access(known[0], {}, ""),
            "tokenType": "aws_sigv4",
            "expiresIn": _LIFE,
            "refreshToken": known[0].refresh,
        }

    def _access(self, person: _SignedIn, more: dict[str, str], end: str) -> dict[str, str]:
        ends = math.floor(self._clock.now()) + _LIFE
        session = self._callers.add(
            Caller(
                Kind.USER,
                person.arn,
                person.arn,
                person.unique_id,
                new_id("ASIA"),
                new_secret(),
                new_token(),
                ends,
                user=person.arn.rsplit("/", 1)[1],
            )
        )
        written = {end: f"{datetime.fromtimestamp(ends, UTC):%Y-%m-%dT%H:%M:%SZ}"} if end else {}
        return {
            "accessKeyId": session.access_key_id,
            "secretAccessKey": session.secret,
            "sessionToken": session.token,
            **more,
            **written,
        }

    def _proved(self, request: Request) -> tuple[str, str]:
        """The key that signed the request's DPoP header. Raises _RefusedError (RFC 9449 §4.3)."""
        try:
            head, claims, signature = request.headers.get("dpop", "").split(".")
            header, payload = (json.loads(_plain(part)) for part in (head, claims))
            point = (header["jwk"]["x"], header["jwk"]["y"])
            good = _signed(point, f"{head}.{claims}".encode(), _plain(signature))
            expected = f"http://{request.headers.get('host', '')}{PATH}"
            claimed = (payload["htm"], payload["htu"], header["typ"], header["alg"])
            age, name = abs(self._clock.wall() - payload["iat"]), str(payload["jti"])
        except (ValueError, TypeError, KeyError):
            raise _invalid() from None
        if not good or age > _PROOF_AGE or claimed != ("POST", expected, "dpop+jwt", "ES256"):
            raise _invalid()
        with self._lock:
            if name in self._proofs:
                raise _invalid()
            self._proofs.add(name)
        return point


def _signed(point: tuple[str, str], message: bytes, signature: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, utils

    x, y = (int.from_bytes(_plain(part), "big") for part in point)
    key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    pair = (int.from_bytes(part, "big") for part in (signature[:32], signature[32:]))
    try:
        key.verify(utils.encode_dss_signature(*pair), message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return len(signature) == 64


def cache_name(login_session: str) -> str:
    """The name of the cache file of a `login_session`."""
    return hashlib.sha256(login_session.encode()).hexdigest() + ".json"


def _subject(arn: str) -> bytes:
    return json.dumps({"sub": arn}).encode()


def _coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _plain(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _json(status: int, said: dict[str, Any], name: str = "Ok") -> Answer:
    headers = () if name == "Ok" else (("x-amzn-ErrorType", name),)
    return Answer(status, json.dumps(said).encode(), "application/json", headers, name)
