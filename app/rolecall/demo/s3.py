"""S3, as far as a second service is needed to prove that credentials work: buckets read, never changed.

Every account has one small bucket of made-up reports. Only path-style addresses are served, as any
endpoint that is a number gets from the SDKs. Permission policies do not exist in the embedded AWS: who
holds credentials of an account sees its bucket, and the one kind that may do nothing is refused.
Source: S3 API reference (2006-03-01), ListBuckets, HeadBucket, GetBucketLocation, ListObjectsV2,
ListObjects, HeadObject, GetObject and "Error responses".
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape

from rolecall.demo.callers import Caller, Callers, Kind
from rolecall.demo.catalogue import Account, Catalogue
from rolecall.demo.clock import DemoClock
from rolecall.demo.faults import Call, Calls, Fault, refused_by
from rolecall.demo.sigv4 import authenticate
from rolecall.demo.trust import not_authorized
from rolecall.demo.wire import Answer, AwsError, Request

NAMESPACE: Final = "http://s3.amazonaws.com/doc/2006-03-01/"
OBJECTS: Final = {
    "2026/january.csv": 1843,
    "2026/february.csv": 2210,
    "readme.txt": 96,
}
"""Keys and sizes in bytes of what lies in every bucket."""

_LINE: Final = b"made up for the demo,0\n"

_MADE: Final = "2026-01-05T08:00:00.000Z"
_MODIFIED: Final = "Mon, 05 Jan 2026 08:00:00 GMT"
_MOST: Final = 1000
_SETTINGS: Final = frozenset(
    {"acl", "cors", "lifecycle", "policy", "tagging", "uploads", "versions"}
)
"""Sub-resources of a bucket that would otherwise be mistaken for a listing of it."""

_CODES: Final = {
    "MissingAuthenticationToken": ("AccessDenied", 403),
    "IncompleteSignature": ("AuthorizationHeaderMalformed", 400),
    "InvalidClientTokenId": ("InvalidAccessKeyId", 403),
    "ExpiredToken": ("ExpiredToken", 400),
    "Throttling": ("SlowDown", 503),
    "InternalFailure": ("InternalError", 500),
}
"""What S3 calls the errors that the query services know by other names ("Error responses")."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a request asks for. bucket: empty for ListBuckets. part: a Range header, or empty."""

    action: str
    bucket: str
    asked: Mapping[str, str]
    key: str = ""
    part: str = ""


class S3:
    """The service, as far as it goes. `operations` are by action."""

    def __init__(
        self, catalogue: Catalogue, callers: Callers, clock: DemoClock, calls: Calls
    ) -> None:
        self._catalogue, self._callers = catalogue, callers
        self._clock, self._calls = clock, calls
        self.operations: dict[str, Callable[[Caller, _Wanted], str | Answer]] = {
            "ListBuckets": self._list_buckets,
            "HeadBucket": self._head_bucket,
            "GetBucketLocation": self._location,
            "ListObjectsV2": self._list_objects,
            "ListObjects": self._list_objects,
            "HeadObject": self._object,
            "GetObject": self._object,
        }

    def answer(self, request: Request, fault: Fault | None = None) -> Answer:
        """Answer one call; never raises AwsError. A fault that is an error of AWS's takes its place."""
        wanted = _wanted(request)
        try:
            found = self._run(wanted, request, fault)
            answer = found if isinstance(found, Answer) else _answer(found)
        except AwsError as error:
            answer = _refusal(error)
        self._calls.add(Call(wanted.action, self._clock.now(), answer.code))
        return answer

    def is_meant(self, request: Request) -> bool:
        """Whether a request is for S3: signed for it, or unsigned for a bucket that there is."""
        authorization = request.headers.get("authorization", "")
        scope = authorization.partition("Credential=")[2].partition(",")[0].split("/")
        if len(scope) > 3:
            return scope[3] == "s3"
        bucket = request.path.strip("/").partition("/")[0]
        return not authorization and bucket in map(bucket_of, self._catalogue.accounts)

    def _run(self, wanted: _Wanted, request: Request, fault: Fault | None) -> str | Answer:
        struck = refused_by(fault, "") if fault else None
        if struck:
            raise struck
        clock = self._clock
        _check_payload(request)
        caller = authenticate(request, self._callers, "s3", clock.wall(), clock.now())
        operation = self.operations.get(wanted.action)
        if operation is None:
            text = "A header you provided implies functionality that is not implemented"
            raise AwsError("NotImplemented", text, 501)
        if caller.kind is Kind.ASSUMED_ROOT or (
            caller.kind is Kind.FEDERATED and not caller.policy
        ):
            raise not_authorized(caller, f"s3:{wanted.action}", f"arn:aws:s3:::{wanted.bucket}")
        return operation(caller, wanted)

    def _list_buckets(self, caller: Caller, _wanted: _Wanted) -> str:
        account = self._catalogue.account(caller.account)
        entry = f"<Bucket><Name>{bucket_of(account)}</Name><CreationDate>{_MADE}</CreationDate></Bucket>"
        owner = f"<Owner><ID>{hashlib.sha256(caller.account.encode()).hexdigest()}</ID></Owner>"
        return _document("ListAllMyBucketsResult", f"{owner}<Buckets>{entry}</Buckets>")

    def _head_bucket(self, caller: Caller, wanted: _Wanted) -> str:
        self._check_bucket(caller, wanted)
        return ""

    def _location(self, caller: Caller, wanted: _Wanted) -> str:
        self._check_bucket(caller, wanted)
        return _document("LocationConstraint", "eu-central-1")

    def _list_objects(self, caller: Caller, wanted: _Wanted) -> str:
        self._check_bucket(caller, wanted)
        return _document("ListBucketResult", _listing(wanted))

    def _object(self, caller: Caller, wanted: _Wanted) -> Answer:
        self._check_bucket(caller, wanted)
        if wanted.key not in OBJECTS:
            raise AwsError("NoSuchKey", "The specified key does not exist.", 404)
        return _content(wanted)

    def _check_bucket(self, caller: Caller, wanted: _Wanted) -> None:
        """Bucket names are one space for everybody: another account's is there, and not for you."""
        owners = [one for one in self._catalogue.accounts if bucket_of(one) == wanted.bucket]
        if not owners:
            raise AwsError("NoSuchBucket", "The specified bucket does not exist", 404)
        if owners[0].account_id != caller.account:
            raise not_authorized(caller, f"s3:{wanted.action}", f"arn:aws:s3:::{wanted.bucket}")


def bucket_of(account: Account) -> str:
    """The name of an account's bucket."""
    return f"{account.alias}-reports"


def action_of(request: Request) -> str:
    """The action a request asks for, "?" for one that is none of ours."""
    return _wanted(request).action


def _check_payload(request: Request) -> None:
    """S3 takes the hash of the content from a header, and holds the content against it.

    Raises AwsError. Source: S3 API reference, "Authenticating requests: Authorization header".
    """
    if "authorization" not in request.headers:
        raise AwsError("AccessDenied", "Access Denied", 403)
    said = request.headers.get("x-amz-content-sha256")
    if said is None:
        text = "Missing required header for this request: x-amz-content-sha256"
        raise AwsError("MissingSecurityHeader", text, 400)
    if said.startswith("STREAMING-"):
        text = "A header you provided implies functionality that is not implemented"
        raise AwsError("NotImplemented", text, 501)
    if said not in {"UNSIGNED-PAYLOAD", hashlib.sha256(request.body).hexdigest()}:
        text = "The provided 'x-amz-content-sha256' header does not match what was computed."
        raise AwsError("XAmzContentSHA256Mismatch", text, 400)


def _wanted(request: Request) -> _Wanted:
    bucket, _, key = unquote(request.path.removeprefix("/")).partition("/")
    asked = request.asked()
    action = _action(request.method, bucket, key, asked)
    return _Wanted(action, bucket, asked, key, request.headers.get("range", ""))


def _action(method: str, bucket: str, key: str, asked: Mapping[str, str]) -> str:
    if method not in ("GET", "HEAD") or asked.keys() & _SETTINGS:
        return "?"
    if bucket and key:
        return "GetObject" if method == "GET" else "HeadObject"
    if method == "HEAD":
        return "HeadBucket" if bucket else "?"
    if not bucket:
        return "ListBuckets"
    if "location" in asked:
        return "GetBucketLocation"
    return "ListObjectsV2" if asked.get("list-type") == "2" else "ListObjects"


def _listing(wanted: _Wanted) -> str:
    """One page. A delimiter folds what lies behind it into common prefixes, which count as one entry each."""
    asked = wanted.asked
    prefix, delimiter = asked.get("prefix", ""), asked.get("delimiter", "")
    after = asked.get("continuation-token") or asked.get("start-after") or asked.get("marker", "")
    entries = sorted({_folded(key, prefix, delimiter) for key in OBJECTS if key.startswith(prefix)})
    left = [entry for entry in entries if entry > after]
    page = left[: _most(asked.get("max-keys", ""))]
    more = len(page) < len(left)
    shown = quote if asked.get("encoding-type") == "url" else escape
    parts = [f"<Name>{wanted.bucket}</Name><Prefix>{shown(prefix)}</Prefix>"]
    parts += [f"<Delimiter>{shown(delimiter)}</Delimiter>"] if delimiter else []
    parts.append(f"<MaxKeys>{_most(asked.get('max-keys', ''))}</MaxKeys>")
    parts.append(f"<KeyCount>{len(page)}</KeyCount><IsTruncated>{str(more).lower()}</IsTruncated>")
    if more and page:
        name = "NextContinuationToken" if wanted.action == "ListObjectsV2" else "NextMarker"
        parts.append(f"<{name}>{shown(page[-1])}</{name}>")
    parts += ["<EncodingType>url</EncodingType>"] if shown is quote else []
    return "".join((*parts, *(_entry(one, shown) for one in page)))


def content_of(key: str) -> bytes:
    """What lies under a key."""
    size = OBJECTS[key]
    return (_LINE * (size // len(_LINE) + 1))[:size]


def _content(wanted: _Wanted) -> Answer:
    """An object, or the one part of it that is asked for (RFC 9110, Range; AWS takes one part only)."""
    whole, status = content_of(wanted.key), 200
    headers = [
        ("x-amz-request-id", _id()),
        ("ETag", f'"{_tag(wanted.key)}"'),
        ("Last-Modified", _MODIFIED),
        ("Accept-Ranges", "bytes"),
    ]
    part = re.fullmatch(r"bytes=(\d{1,9})-(\d{0,9})", wanted.part, re.ASCII)
    if part:
        first, last = int(part[1]), min(int(part[2] or len(whole)), len(whole) - 1)
        if first > last:
            raise AwsError("InvalidRange", "The requested range is not satisfiable", 416)
        headers.append(("Content-Range", f"bytes {first}-{last}/{len(whole)}"))
        whole, status = whole[first : last + 1], 206
    return Answer(status, whole, "binary/octet-stream", tuple(headers))


def _tag(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _folded(key: str, prefix: str, delimiter: str) -> str:
    head, found, _ = key[len(prefix) :].partition(delimiter) if delimiter else (key, "", "")
    return prefix + head + found if found else key


def _entry(name: str, shown: Callable[[str], str]) -> str:
    if name not in OBJECTS:
        return f"<CommonPrefixes><Prefix>{shown(name)}</Prefix></CommonPrefixes>"
    tag = _tag(name)
    return (
        f"<Contents><Key>{shown(name)}</Key><LastModified>{_MADE}</LastModified><ETag>&quot;{tag}&quot;</ETag>"
        f"<Size>{OBJECTS[name]}</Size><StorageClass>STANDARD</StorageClass></Contents>"
    )


def _most(text: str) -> int:
    if not text:
        return _MOST
    if not re.fullmatch(r"[0-9]{1,9}", text, re.ASCII):
        raise AwsError(
            "InvalidArgument", "Provided max-keys not an integer or within integer range"
        )
    return min(int(text), _MOST)


def _document(name: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{NAMESPACE}">{content}</{name}>'


def _answer(document: str) -> Answer:
    headers = (("x-amz-request-id", _id()), ("x-amz-bucket-region", "eu-central-1"))
    return Answer(200, document.encode(), "application/xml", headers)


def _refusal(error: AwsError) -> Answer:
    code, status = _renamed(error)
    said = escape("".join(c for c in error.message if c >= " "))
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Error><Code>{code}</Code><Message>{said}</Message><RequestId>{_id()}</RequestId></Error>"
    )
    return Answer(status, body.encode(), "application/xml", (("x-amz-request-id", _id()),), code)


def _renamed(error: AwsError) -> tuple[str, int]:
    if error.message.startswith(("Signature expired", "Signature not yet")):
        return "RequestTimeTooSkewed", 403
    return _CODES.get(error.code, (error.code, error.status))


def _id() -> str:
    return uuid.uuid4().hex[:16].upper()
