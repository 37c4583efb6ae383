"""Judging what comes to the container endpoint: bytes of one HTTP request in, a status out. Pure.

The child's SDK sends one plain GET with the token; whatever differs from that in any way is refused,
above all everything a web page can make a browser send.
"""

from __future__ import annotations

import hmac
import re
from enum import IntEnum
from typing import Final

LONGEST_HEAD: Final = 16 * 1024
"""Bytes of request line and headers; SDKs send a few hundred."""

PATH: Final = "/credentials"

_REQUEST_LINE: Final = re.compile(r"([!-~]+) ([^ ]+) HTTP/1\.[01]")
_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_BROWSERS: Final = ("origin", "referer", "cookie", "upgrade", "forwarded", "via")
_BROWSERS_BEGIN: Final = ("sec-", "access-control-", "x-forwarded-")
"""Headers of browsers and of proxies. No SDK sends them here (Fetch Standard, section 3, HTTP extensions)."""


class Status(IntEnum):
    """What a request gets."""

    OK = 200
    MALFORMED = 400
    FORBIDDEN = 403
    NOT_FOUND = 404
    NOT_ALLOWED = 405
    TOO_LARGE = 413
    HEAD_TOO_LARGE = 431
    UNAVAILABLE = 503


def complete(received: bytes) -> bool:
    """Whether there is enough to judge: a whole head, or more than one may have."""
    return b"\r\n\r\n" in received or len(received) > LONGEST_HEAD


def judge(received: bytes, host: str, token: str) -> Status:
    """Whether `received` may have credentials. host: the exact address and port that was given out.

    Order: who asks (403), for what (404, 405), with what (403), how (404, 413); so a wrong token learns
    nothing but that it is wrong.
    """
    head, end, _ = received.partition(b"\r\n\r\n")
    if not end or len(head) > LONGEST_HEAD:
        return Status.HEAD_TOO_LARGE
    line, *rest = head.decode("latin-1").split("\r\n")
    found = _REQUEST_LINE.fullmatch(line)
    if found is None:
        return Status.MALFORMED
    headers = _headers(rest)
    if headers is None or headers.get("host") != host or _from_browser(headers):
        return Status.FORBIDDEN
    method, target = found.groups()
    path, question_mark, _ = target.partition("?")
    if path != PATH:
        return Status.NOT_FOUND
    if method != "GET":
        return Status.NOT_ALLOWED
    if not _same(headers.get("authorization", ""), token):
        return Status.FORBIDDEN
    if question_mark:
        return Status.NOT_FOUND
    has_body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
    return Status.TOO_LARGE if has_body else Status.OK


def _headers(lines: list[str]) -> dict[str, str] | None:
    """Values by lower-case name, or None where a line is no header or a name comes twice."""
    found: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not _NAME.fullmatch(name) or name.lower() in found:
            return None
        found[name.lower()] = value.strip(" \t")
    return found


def _from_browser(headers: dict[str, str]) -> bool:
    return any(name in _BROWSERS or name.startswith(_BROWSERS_BEGIN) for name in headers)


def _same(given: str, token: str) -> bool:
    """Compared in a time that tells nothing about where they differ."""
    return hmac.compare_digest(given.encode("latin-1"), token.encode("ascii"))
