"""The query protocol's two sides of the wire: a request taken in, an XML answer or error given back.

Source: AWS Query protocol (https://smithy.io/2.0/aws/protocols/aws-query-protocol.html) and
"Common Error Types" of the STS API reference.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

Tree = str | Sequence["Tree"] | Mapping[str, "Tree"]


class AwsError(Exception):
    """What AWS answers instead of a result: its code, its text and the HTTP status."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.status = status


def access_denied(message: str) -> AwsError:
    """AccessDenied, HTTP 403."""
    return AwsError("AccessDenied", message, 403)


def validation_error(message: str) -> AwsError:
    """ValidationError, HTTP 400."""
    return AwsError("ValidationError", message, 400)


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request. headers: names in lower case; query: without its question mark."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def values(self) -> dict[str, str]:
        """The form of a POST, or the query of a GET; of a repeated name the first value counts."""
        text = self.body.decode("utf-8", "replace") if self.method == "POST" else self.query
        found: dict[str, str] = {}
        for name, value in parse_qsl(text, keep_blank_values=True, max_num_fields=500):
            found.setdefault(name, value)
        return found

    def asked(self) -> dict[str, str]:
        """The query of any method."""
        return dict(parse_qsl(self.query, keep_blank_values=True, max_num_fields=50))


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer. code: what the list of calls says of it ("Ok" or an error code)."""

    status: int
    body: bytes = field(repr=False)
    content_type: str = "text/xml"
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    code: str = "Ok"


def text_answer(status: int, text: str, code: str = "Ok") -> Answer:
    """A plain text answer."""
    return Answer(status, text.encode(), "text/plain; charset=utf-8", code=code)


def page_answer(status: int, html: str, code: str = "Ok") -> Answer:
    """A page for a browser, which may load nothing and tell nobody where it was."""
    headers = (
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
    )  # fmt: skip
    return Answer(status, html.encode(), "text/html; charset=utf-8", headers, code)


def result(action: str, namespace: str, content: Mapping[str, Tree]) -> Answer:
    """The answer of `action`. Values of `content` are texts, mappings, or sequences of members."""
    request_id = str(uuid.uuid4())
    body = (
        f'<{action}Response xmlns="{namespace}"><{action}Result>{_xml(content)}</{action}Result>'
        f"<ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></{action}Response>"
    )
    return Answer(200, body.encode(), headers=(("x-amzn-RequestId", request_id),))


def refusal(error: AwsError, namespace: str) -> Answer:
    """The answer that carries an error."""
    request_id = str(uuid.uuid4())
    kind = "Receiver" if error.status >= 500 else "Sender"
    said = _xml({"Type": kind, "Code": error.code, "Message": error.message})
    body = (
        f'<ErrorResponse xmlns="{namespace}"><Error>{said}</Error>'
        f"<RequestId>{request_id}</RequestId></ErrorResponse>"
    )
    headers = (("x-amzn-RequestId", request_id),)
    return Answer(error.status, body.encode(), headers=headers, code=error.code)


def _xml(tree: Tree) -> str:
    if isinstance(tree, str):
        return escape("".join(c for c in tree if c in "\t\n\r" or c >= " "))
    if isinstance(tree, Mapping):
        return "".join(f"<{name}>{_xml(value)}</{name}>" for name, value in tree.items())
    return "".join(f"<member>{_xml(value)}</member>" for value in tree)
