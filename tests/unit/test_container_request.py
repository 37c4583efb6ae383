"""What may have credentials: the one request of an SDK, and nothing that differs from it."""

from __future__ import annotations

import hmac
import secrets

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rolecall.domain.container_request import LONGEST_HEAD, Status, complete, judge

PORT = 40123
HOST = f"127.0.0.1:{PORT}"
TOKEN = "b2xkIHRva2Vucy1hcmUtbm90X2dvb2QtZW5vdWdoLTA"


def request(
    *headers: str, line: str = "GET /credentials HTTP/1.1", host: str | None = f"Host: {HOST}"
) -> bytes:
    """A request of these lines; the right Host among them unless told otherwise."""
    lines = [line, *([host] if host is not None else []), *headers]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape")


RIGHT = f"Authorization: {TOKEN}"


def status(raw: bytes) -> Status:
    return judge(raw, HOST, TOKEN)


@pytest.mark.parametrize(
    "raw",
    [
        request("Accept: application/json", "User-Agent: Botocore/1.44", RIGHT),
        request(f"authorization:\t{TOKEN} ", "Accept-Encoding: identity"),
        request(RIGHT, "Content-Length: 0", line="GET /credentials HTTP/1.0"),
        request(RIGHT) + request(RIGHT),
    ],
)
def test_an_sdk_is_served(raw: bytes) -> None:
    assert status(raw) is Status.OK


# --- the token (B24) --------------------------------------------------------------------------------

WRONG_TOKENS = [
    request(),
    request("Authorization:"),
    request("Authorization: x"),
    request(f"Authorization: {TOKEN[:-1]}"),
    request(f"Authorization: {TOKEN}x"),
    request(f"Authorization: {TOKEN.lower()}"),
    request(f"Authorization: {TOKEN.upper()}"),
    request(f"Authorization: Bearer {TOKEN}"),
    request(f"Authorization: {TOKEN}\n"),
    request(f"Authorization: {TOKEN[:9]}\r\n {TOKEN[9:]}"),
    request(f"Authorization: {TOKEN}\0"),
    request(f"Authorization: {TOKEN}é"),
    request(RIGHT, RIGHT),
    request(RIGHT, "Authorization: x"),
    request(f"X-Aws-Token: {TOKEN}"),
    request(f"Cookie: Authorization={TOKEN}"),
    request(f"Authorization : {TOKEN}"),
    request(line=f"GET /credentials?token={TOKEN} HTTP/1.1"),
    request(line=f"GET /credentials?Authorization={TOKEN} HTTP/1.1"),
]


@pytest.mark.parametrize("raw", WRONG_TOKENS)
def test_a_wrong_token_is_forbidden(raw: bytes) -> None:
    assert status(raw) is Status.FORBIDDEN


def test_ten_thousand_guesses_are_forbidden() -> None:
    guesses = (request(f"Authorization: {secrets.token_urlsafe(32)}") for _ in range(10_000))
    assert {status(raw) for raw in guesses} == {Status.FORBIDDEN}


def test_tokens_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    monkeypatch.setattr(hmac, "compare_digest", lambda *both: compared.append(both))
    assert status(request(RIGHT)) is Status.FORBIDDEN
    assert compared == [(TOKEN.encode(), TOKEN.encode())]


# --- the host (B25) ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        None,
        "Host:",
        f"Host: evil.example:{PORT}",
        "Host: 127.0.0.1",
        f"Host: 127.0.0.1:{PORT + 1}",
        f"Host: :{PORT}",
        f"Host: localhost:{PORT}",
        f"Host: localhost.evil:{PORT}",
        f"Host: 127.0.0.1.:{PORT}",
        f"Host: 127.0.0.1.evil.example:{PORT}",
        f"Host: 127.1:{PORT}",
        f"Host: 0.0.0.0:{PORT}",
        f"Host: 2130706433:{PORT}",
        f"Host: [::1]:{PORT}",
        f"Host: [::ffff:127.0.0.1]:{PORT}",
        f"Host: {HOST}\r\nHost: {HOST}",
        f"Host: {HOST}\r\nhost: evil.example",
        f"Host: {HOST}, {HOST}",
        f"Host: user@{HOST}",
        f"Host: {HOST}/",
    ],
)
def test_only_the_address_that_was_given_out_is_a_host(host: str | None) -> None:
    assert status(request(RIGHT, host=host)) is Status.FORBIDDEN


@pytest.mark.parametrize("target", [f"http://{HOST}/credentials", f"http://evil{HOST}/credentials"])
def test_an_absolute_address_is_refused(target: str) -> None:
    assert status(request(RIGHT, line=f"GET {target} HTTP/1.1")) is Status.NOT_FOUND


# --- browsers (B26) ---------------------------------------------------------------------------------

PAGE = "Origin: https://evil.example"
CHROME = "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
BROWSER_FORMS = {
    "fetch, cors": ["Sec-Fetch-Mode: cors", "Sec-Fetch-Site: cross-site", PAGE],
    "fetch, no-cors": ["Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: empty"],
    "fetch, keepalive": ["Sec-Fetch-Mode: no-cors", "Referer: https://evil.example/"],
    "fetch, same origin by a rebound name": ["Sec-Fetch-Site: same-origin"],
    "fetch, an old browser": [PAGE],
    "image": ["Sec-Fetch-Dest: image", "Sec-Fetch-Mode: no-cors"],
    "script": ["Sec-Fetch-Dest: script", "Sec-Fetch-Mode: no-cors"],
    "frame": ["Sec-Fetch-Dest: iframe", "Sec-Fetch-Mode: navigate", "Sec-Fetch-User: ?1"],
    "address bar": ["Sec-Fetch-Dest: document", "Sec-Fetch-Site: none"],
    "event source": ["Accept: text/event-stream", PAGE],
    "web socket": ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", PAGE],
    "opaque origin": ["Origin: null"],
    "own origin": [f"Origin: http://{HOST}"],
    "client hints": ['Sec-CH-UA: "Chromium";v="140"'],
    "a cookie": ["Cookie: a=b"],
    "link": ["Referer: http://127.0.0.1/"],
    "a proxy": ["Via: 1.1 proxy", "X-Forwarded-For: 10.0.0.1"],
}


@pytest.mark.parametrize("form", BROWSER_FORMS)
def test_no_browser_is_served_even_with_the_token(form: str) -> None:
    assert status(request(CHROME, *BROWSER_FORMS[form], RIGHT)) is Status.FORBIDDEN


@pytest.mark.parametrize(
    "raw",
    [
        request(PAGE, "Content-Length: 3", line="POST /credentials HTTP/1.1") + b"a=b",
        request(
            PAGE,
            "Access-Control-Request-Method: GET",
            "Access-Control-Request-Headers: authorization",
            line="OPTIONS /credentials HTTP/1.1",
        ),
        request("Access-Control-Request-Private-Network: true", line="OPTIONS * HTTP/1.1"),
        request(PAGE, host=f"Host: rebound.example:{PORT}"),
        request(CHROME, host=f"Host: 0.0.0.0:{PORT}"),
    ],
)
def test_forms_preflights_and_rebinding_are_forbidden(raw: bytes) -> None:
    assert status(raw) is Status.FORBIDDEN


# --- paths and methods (B28) -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "//credentials",
        "/credentials/",
        "/Credentials",
        "/../credentials",
        "/%2e%2e%2fcredentials",
        "/credential%73",
        "/credentials%00",
        "/credentials\0",
        "/credentials;x",
        "/credentials#x",
        "/credentials?",
        "/credentials?role=prod-admin",
        "/prod-admin",
        "/arn:aws:iam::222222222222:role/Admin",
        "/" + "a" * 8192,
        "credentials",
        "*",
    ],
)
def test_there_is_one_path(target: str) -> None:
    assert status(request(RIGHT, line=f"GET {target} HTTP/1.1")) is Status.NOT_FOUND


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "get", "X", "CONNECT"]
)
def test_there_is_one_method(method: str) -> None:
    assert status(request(RIGHT, line=f"{method} /credentials HTTP/1.1")) is Status.NOT_ALLOWED


@pytest.mark.parametrize(
    "line",
    [
        "GET /credentials",
        "GET  /credentials HTTP/1.1",
        "GET /credentials HTTP/2",
        "GET /credentials HTTP/1.1 ",
        " GET /credentials HTTP/1.1",
        "PRI * HTTP/2.0",
        "\x16\x03\x01\x02",
        "",
    ],
)
def test_what_is_not_http_is_malformed(line: str) -> None:
    assert status(request(RIGHT, line=line)) is Status.MALFORMED


# --- sizes (B27) ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header", ["Content-Length: 1073741824", "Content-Length: x", "Transfer-Encoding: chunked"]
)
def test_a_body_is_refused_unread(header: str) -> None:
    assert status(request(RIGHT, header)) is Status.TOO_LARGE


def test_a_long_head_is_refused() -> None:
    long = request(RIGHT, "X: " + "a" * LONGEST_HEAD)
    assert complete(long)
    assert status(long) is Status.HEAD_TOO_LARGE
    assert status(long[: LONGEST_HEAD + 1]) is Status.HEAD_TOO_LARGE
    assert not complete(long[:LONGEST_HEAD])


@given(st.binary(max_size=300))
@example(b"\r\n\r\n")
def test_no_bytes_are_a_fault(raw: bytes) -> None:
    assert status(raw) is not Status.OK
    assert status(request(RIGHT).replace(b"User", raw)) in Status


@given(st.integers(min_value=0, max_value=len(request(RIGHT)) - 1), st.integers(1, 255))
def test_one_changed_byte_never_opens_it_by_another_token(at: int, change: int) -> None:
    """Whatever else a changed byte may do, a changed token or host is refused."""
    raw = bytearray(request(RIGHT))
    raw[at] ^= change
    if status(bytes(raw)) is Status.OK:
        assert TOKEN.encode() in raw
        assert HOST.encode() in raw
