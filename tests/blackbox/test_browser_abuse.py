"""A real browser against the container endpoint (B26): no page gets anything out of it, token or not.

Two hostile pages run in a headless Chromium. One has an origin of its own and tries every kind of
request there is. The other was rebound: its origin is the endpoint's very port under a foreign name,
so the browser lets it read whatever comes back, and tells nothing of who asks but that name.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

from rolecall import container_endpoint
from rolecall.container_endpoint import ContainerEndpoint
from rolecall.domain.handed import Handed
from rolecall.domain.session import Credentials

pytestmark = pytest.mark.gate

SECRET: Final = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
KEY: Final = "ASIAIOSFODNN7EXAMPLE"
HOSTS: Final = ("127.0.0.1", "localhost", "0.0.0.0", "evil.example")
REBOUND: Final = "127.0.0.2"
"""Where rebound.example leads: the same port as the endpoint, on another address of loopback."""

_COMMON: Final = """
const TOKEN = "%(token)s", PORT = %(port)d, HOSTS = %(hosts)s;
const late = new Promise(done => setTimeout(() => done("nothing came"), 8000));
async function tried(name, attempt) {
  let found;
  try { found = await Promise.race([attempt(), late]); }
  catch (error) { found = {failed: String(error)}; }
  return [name, found];
}
async function body(answer) {
  return {type: answer.type, status: answer.status, text: await answer.text()};
}
async function report(page, all) {
  const results = Object.fromEntries(await Promise.all(all));
  await fetch("/report?" + page, {method: "POST", body: JSON.stringify(results)});
}
"""

_FOREIGN: Final = """<!doctype html><meta name="referrer" content="no-referrer"><body><script>
%(common)s
function element(tag, set) {
  return new Promise(done => {
    const made = document.createElement(tag);
    made.onload = () => done(read(made));
    made.onerror = () => done("error");
    set(made);
    document.body.append(made);
  });
}
function read(made) {
  if (made.tagName === "IFRAME") {
    try { return {text: made.contentWindow.document.body.innerText}; }
    catch (error) { return {failed: String(error)}; }
  }
  return {text: "loaded " + made.tagName};
}
function form(url, method) {
  const name = "frame" + Math.random();
  const shown = element("iframe", made => { made.name = name; made.src = "/empty"; });
  return shown.then(() => new Promise(done => {
    const frame = document.getElementsByName(name)[0];
    frame.onload = () => done(read(frame));
    const sent = document.createElement("form");
    Object.assign(sent, {action: url, method: method, target: name, enctype: "text/plain"});
    document.body.append(sent);
    sent.submit();
  }));
}
function stream(made) {
  return new Promise(done => {
    made.onmessage = event => done({text: event.data});
    made.onopen = () => done({text: "opened"});
    made.onerror = () => done("error");
  });
}
const all = [];
for (const host of HOSTS) {
  const at = host + ":" + PORT + "/credentials", url = "http://" + at;
  const withToken = {headers: {Authorization: TOKEN}};
  const attempts = {
    cors: () => fetch(url).then(body),
    preflight: () => fetch(url, withToken).then(body),
    put: () => fetch(url, {method: "PUT", ...withToken}).then(body),
    cookies: () => fetch(url, {credentials: "include"}).then(body),
    noCors: () => fetch(url, {mode: "no-cors", ...withToken}).then(body),
    keepalive: () => fetch(url, {keepalive: true, mode: "no-cors"}).then(body),
    post: () => fetch(url, {method: "POST", mode: "no-cors", body: "x"}).then(body),
    beacon: async () => { navigator.sendBeacon(url, "x"); return "sent"; },
    formPost: () => form(url, "post"),
    formGet: () => form(url, "get"),
    image: () => element("img", made => made.src = url),
    script: () => element("script", made => made.src = url),
    scriptCors: () => element("script", made => { made.crossOrigin = "anonymous"; made.src = url; }),
    style: () => element("link", made => { made.rel = "stylesheet"; made.href = url; }),
    iframe: () => element("iframe", made => made.src = url),
    events: () => stream(new EventSource(url)),
    webSocket: () => stream(new WebSocket("ws://" + at)),
  };
  for (const [name, attempt] of Object.entries(attempts)) all.push(tried(host + " " + name, attempt));
}
report("foreign", all);
</script><iframe src="http://rebound.example:%(port)d/"></iframe>"""

_SAME_ORIGIN: Final = """<!doctype html><meta name="referrer" content="no-referrer"><script>
%(common)s
const withToken = {headers: {Authorization: TOKEN}};
report("rebound", [
  tried("get", () => fetch("/credentials").then(body)),
  tried("token", () => fetch("/credentials", withToken).then(body)),
  tried("post", () => fetch("/credentials", {method: "POST", body: "x", ...withToken}).then(body)),
]);
</script>"""


@dataclass(frozen=True)
class Heard:
    """One request that reached the endpoint, and what went back."""

    request: bytes
    status: int


class Endpoint:
    """The endpoint under attack; notes all that reaches it and all that leaves it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.heard: list[Heard] = []
        self.sent: list[bytes] = []
        judge, response = container_endpoint.judge, container_endpoint._response

        def judged(received: bytes, host: str, token: str) -> object:
            status = judge(received, host, token)
            self.heard.append(Heard(received, int(status)))
            return status

        def responded(*arguments: Any) -> bytes:
            self.sent.append(response(*arguments))
            return self.sent[-1]

        monkeypatch.setattr(container_endpoint, "judge", judged)
        monkeypatch.setattr(container_endpoint, "_response", responded)
        first = Handed("prod-admin", Credentials(KEY, SECRET, "session"), 4e9)
        self.served = ContainerEndpoint(first, lambda: first)
        variables = self.served.variables()
        self.token = variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
        self.port = urlsplit(variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"]).port or 0
        self.served.start()

    def get(self, *more: str) -> bytes:
        """The answer to what an SDK sends, with more headers."""
        lines = ["GET /credentials HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += [f"Authorization: {self.token}", *more, "", ""]
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as client:
            client.sendall("\r\n".join(lines).encode())
            return b"".join(iter(lambda: client.recv(65536), b""))


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    made = Endpoint(monkeypatch)
    yield made
    made.served.close()


class Pages(ThreadingHTTPServer):
    """Serves the hostile pages and takes their reports; hands all else to `beyond`, if there is one."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], page: str, beyond: int | None = None) -> None:
        super().__init__(address, _Page)
        self.page, self.beyond = page, beyond
        self.reports: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class _Page(BaseHTTPRequestHandler):
    server: Pages

    def do_GET(self) -> None:
        if self.path == "/credentials" and self.server.beyond:
            self._rebound(b"")
        elif self.path == "/":
            self._answer(self.server.page)
        else:
            self._answer("<!doctype html>")

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path.startswith("/report"):
            self.server.reports.put(json.loads(content))
            self._answer("")
        else:
            self._rebound(content)

    def _rebound(self, content: bytes) -> None:
        """To the endpoint, byte for byte: as after the name's second look-up."""
        assert self.server.beyond
        head = f"{self.requestline}\r\n" + "".join(f"{n}: {v}\r\n" for n, v in self.headers.items())
        with socket.create_connection(("127.0.0.1", self.server.beyond), timeout=5) as onward:
            onward.sendall(head.encode("latin-1") + b"\r\n" + content)
            try:
                while part := onward.recv(65536):
                    self.wfile.write(part)
            except ConnectionResetError:  # closed with the body unread
                return

    def _answer(self, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_arguments: object) -> None:
        """The tests' output is no place for it."""


@pytest.fixture
def browse(tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Opens an address in a Chromium that has never run before and knows no other machine."""
    program = shutil.which("chromium")
    assert program, "packaging/setup.sh gate installs it"
    known = ", ".join(f"EXCLUDE {host}" for host in HOSTS[:3])
    rules = f"MAP evil.example 127.0.0.1, MAP rebound.example {REBOUND}, MAP * ~NOTFOUND, {known}"
    options = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
    options += " --disable-background-networking --disable-component-update --no-proxy-server"
    options += " --disable-dev-shm-usage"
    started: list[subprocess.Popen[bytes]] = []

    def opened(url: str) -> None:
        profile = f"--user-data-dir={tmp_path / 'profile'}"
        with (tmp_path / "chromium.log").open("wb") as log:
            command = [program, *options.split(), f"--host-resolver-rules={rules}", profile, url]
            started.append(
                subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            )

    yield opened
    for process in started:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def readable(found: object) -> bool:
    """Whether a page that is not of the endpoint's origin got to see anything of an answer."""
    if not isinstance(found, dict) or "failed" in found:
        return False
    return found.get("type") != "opaque" or bool(found.get("text")) or bool(found.get("status"))


def test_no_page_reads_anything(endpoint: Endpoint, browse: Callable[[str], None]) -> None:
    """68 attempts of a foreign page, three of a rebound one; both know the token."""
    values = {"token": endpoint.token, "port": endpoint.port, "hosts": json.dumps(HOSTS)}
    values["common"] = _COMMON % values
    rebound = Pages((REBOUND, endpoint.port), _SAME_ORIGIN % values, endpoint.port)
    foreign = Pages(("127.0.0.1", 0), _FOREIGN % values)
    try:
        browse(f"http://127.0.0.1:{foreign.server_address[1]}/")
        of_foreign = foreign.reports.get(timeout=60)
        of_rebound = rebound.reports.get(timeout=60)
    finally:
        foreign.close()
        rebound.close()
    assert len(of_foreign) == 17 * len(HOSTS)
    assert [name for name, found in of_foreign.items() if readable(found)] == []
    assert {name: found["status"] for name, found in of_rebound.items()} == dict.fromkeys(
        ("get", "token", "post"), 403
    )
    assert_nothing_left(endpoint, json.dumps([of_foreign, of_rebound]))


def assert_nothing_left(endpoint: Endpoint, told: str) -> None:
    """The requests did arrive, the token among them, and none got more than a refusal."""
    requests = [heard.request for heard in endpoint.heard]
    for word in (b"OPTIONS ", b"POST ", b"\r\nOrigin: ", b"Sec-Fetch-", b"Upgrade: websocket"):
        assert any(word in request for request in requests), word
    for host in (b"127.0.0.1", b"localhost", b"evil.example", b"rebound.example"):
        wanted = b"\r\nHost: " + host + b":"
        assert any(wanted in request for request in requests), host
    assert any(endpoint.token.encode() in request for request in requests)
    assert {heard.status for heard in endpoint.heard} == {403}
    everything = b"".join(endpoint.sent) + told.encode()
    for word in (b"access-control", b"set-cookie", SECRET.lower().encode(), KEY.lower().encode()):
        assert word not in everything.lower()


@pytest.mark.parametrize(
    "header",
    [
        "Origin: http://127.0.0.1:{port}",
        "Origin: null",
        "origin: https://console.aws.amazon.com",
        "Sec-Fetch-Site: none",
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Mode: navigate",
        "sec-fetch-dest: empty",
    ],
)
def test_a_browsers_header_is_refused_with_the_right_token(endpoint: Endpoint, header: str) -> None:
    answer = endpoint.get(header.format(port=endpoint.port))
    assert answer.startswith(b"HTTP/1.1 403 ")
    assert SECRET.encode() not in answer
    assert b"access-control" not in answer.lower()
    assert SECRET.encode() in endpoint.get(), "it is the header that was refused"
