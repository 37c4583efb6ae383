"""Who signed a request: Signature Version 4 checked against the keys that were handed out.

Source: "Create a signed AWS API request" of the IAM User Guide; the errors, "Common Error Types" of the
STS API reference. Only signatures in the Authorization header are taken.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl, quote

from rolecall.demo.callers import Caller, Callers, Use
from rolecall.demo.wire import AwsError, Request

WINDOW: Final = 900
"""Seconds a signature may be off, as the text of AWS's own error says ("- 15 min.")."""

_ALGORITHM: Final = "AWS4-HMAC-SHA256"
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_PREFIXES: Final = {"cn-": "aws-cn", "us-gov-": "aws-us-gov", "eusc-": "aws-eusc"}
_MISMATCH: Final = (
    "The request signature we calculated does not match the signature you provided. Check your AWS "
    "Secret Access Key and signing method. Consult the service documentation for details."
)


@dataclass(frozen=True, slots=True)
class _Signed:
    key: str
    day: str
    region: str
    service: str
    headers: tuple[str, ...]
    signature: str

    @property
    def scope(self) -> str:
        return f"{self.day}/{self.region}/{self.service}/aws4_request"


def authenticate(
    request: Request, callers: Callers, service: str, wall: float, now: float
) -> Caller:
    """The signer of `request`. wall: the clock signatures are judged on; now: the one sessions end on.

    Raises AwsError: MissingAuthenticationToken, IncompleteSignature, InvalidClientTokenId,
    SignatureDoesNotMatch or ExpiredToken.
    """
    signed = _parse(request)
    caller = _holder(callers.active(signed.key), request, signed.region)
    stamp = _stamp(request, signed)
    _check_time(stamp, wall)
    if signed.service != service:
        raise _mismatch(f"Credential should be scoped to correct service: '{service}'.")
    expected = _signature(caller.secret, request, signed)
    if not hmac.compare_digest(expected.encode(), signed.signature.encode()):
        raise _mismatch(_MISMATCH)
    if caller.expires_at is not None and caller.expires_at <= now:
        raise AwsError("ExpiredToken", "The security token included in the request is expired", 403)
    callers.note_use(signed.key, Use(now, service, signed.region))
    return caller


def partition_of(region: str) -> str:
    """The partition of a region, by its prefix. Source: botocore's partitions.json."""
    return next((name for prefix, name in _PREFIXES.items() if region.startswith(prefix)), "aws")


def _parse(request: Request) -> _Signed:
    header = request.headers.get("authorization")
    if not header:
        text = "Request is missing Authentication Token"
        raise AwsError("MissingAuthenticationToken", text, 403)
    algorithm, _, rest = header.partition(" ")
    if algorithm != _ALGORITHM:
        raise _incomplete(f"Unsupported AWS 'algorithm': '{algorithm[:32]}'.")
    parts = dict(part.strip().partition("=")[::2] for part in rest.split(","))
    missing = [name for name in ("Credential", "Signature", "SignedHeaders") if not parts.get(name)]
    if missing:
        text = " ".join(f"Authorization header requires '{name}' parameter." for name in missing)
        raise _incomplete(text)
    scope = parts["Credential"].split("/")
    if len(scope) != 5 or scope[4] != "aws4_request":
        raise _incomplete("Credential must have exactly 5 slash-delimited elements.")
    names = tuple(parts["SignedHeaders"].split(";"))
    return _Signed(scope[0], scope[1], scope[2], scope[3], names, parts["Signature"])


def _holder(caller: Caller | None, request: Request, region: str) -> Caller:
    token = request.headers.get("x-amz-security-token", "")
    known = caller is not None and hmac.compare_digest(caller.token.encode(), token.encode())
    if caller is None or not known or caller.partition != partition_of(region):
        text = "The security token included in the request is invalid."
        raise AwsError("InvalidClientTokenId", text, 403)
    return caller


def _stamp(request: Request, signed: _Signed) -> str:
    stamp = request.headers.get("x-amz-date", "")
    if not re.fullmatch(r"[0-9]{8}T[0-9]{6}Z", stamp, re.ASCII):
        raise _incomplete(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
        )
    if not stamp.startswith(signed.day):
        text = "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date."
        raise _mismatch(text)
    if not {"host", "x-amz-date"} <= set(signed.headers):
        raise _mismatch("'Host' and 'X-Amz-Date' must be SignedHeaders.")
    return stamp


def _check_time(stamp: str, wall: float) -> None:
    """The texts are those of "Troubleshoot signed requests" of the IAM User Guide."""
    try:
        signed_at = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        raise _incomplete("Date must be in ISO-8601 'basic format'.") from None
    now, slack = datetime.fromtimestamp(wall, UTC), timedelta(seconds=WINDOW)
    if signed_at < now - slack:
        bound = f"{now - slack:{_STAMP}} ({now:{_STAMP}} - 15 min.)"
        raise _mismatch(f"Signature expired: {stamp} is now earlier than {bound}")
    if signed_at > now + slack:
        bound = f"{now + slack:{_STAMP}} ({now:{_STAMP}} + 15 min.)"
        raise _mismatch(f"Signature not yet current: {stamp} is still later than {bound}")


def _signature(secret: str, request: Request, signed: _Signed) -> str:
    canonical = hashlib.sha256(_canonical(request, signed).encode()).hexdigest()
    stamp = request.headers["x-amz-date"]
    to_sign = f"{_ALGORITHM}\n{stamp}\n{signed.scope}\n{canonical}"
    key = f"AWS4{secret}".encode()
    for part in (signed.day, signed.region, signed.service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()


def _canonical(request: Request, signed: _Signed) -> str:
    pairs = parse_qsl(request.query, keep_blank_values=True)
    encoded = sorted((quote(k, safe="-_.~"), quote(v, safe="-_.~")) for k, v in pairs)
    headers = "".join(
        f"{name}:{' '.join(request.headers.get(name, '').split())}\n" for name in signed.headers
    )
    return "\n".join(
        (
            request.method,
            request.path if signed.service == "s3" else quote(request.path, safe="/-_.~"),
            "&".join(f"{name}={value}" for name, value in encoded),
            headers,
            ";".join(signed.headers),
            _content_hash(request, signed.service),
        )
    )


def _content_hash(request: Request, service: str) -> str:
    """S3 alone takes it from a header, and its path as it was sent; s3.py holds the content against it.

    Source: "Create a signed AWS API request", steps on the canonical URI and the hashed payload.
    """
    said = request.headers.get("x-amz-content-sha256") if service == "s3" else None
    return said or hashlib.sha256(request.body).hexdigest()


def _mismatch(text: str) -> AwsError:
    return AwsError("SignatureDoesNotMatch", text, 403)


def _incomplete(text: str) -> AwsError:
    return AwsError("IncompleteSignature", text, 400)
