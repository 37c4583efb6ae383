"""More tools of others: kubectl with EKS's token, the CDK, Compose, s3fs, as the pages in docs/tools have them."""

from __future__ import annotations

import base64
import json
import shlex
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from blackbox.program import AWS, PROGRAM, Demo, plain_environment, run
from blackbox.test_tools import BUCKET, CODE_ROLE, MODULES, OBJECTS, ROLE, tool
from rolecall.demo.s3 import content_of

CDK = MODULES / "aws-cdk" / "bin" / "cdk"
CLUSTER = "my-cluster"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The embedded AWS, and nothing else running."""
    with Demo(plain_environment(tmp_path_factory.mktemp("demo"))) as running:
        yield running


@pytest.fixture
def alone(demo: Demo, tmp_path: Path) -> dict[str, str]:
    """The environment of a person without a screen who has done what the demo printed."""
    return plain_environment(tmp_path) | demo.exports | {"AWS_PAGER": ""}


@pytest.fixture
def profile(alone: dict[str, str]) -> Iterator[str]:
    """The name of a wired profile."""
    done = run(alone, "wire", ROLE, "--profile", "tool")
    assert done.code == 0, done.err
    yield done.out.strip()
    assert run(alone, "unwire", "tool").code == 0


# --- kubectl ----------------------------------------------------------------------------------------


class Cluster(BaseHTTPRequestHandler):
    """As much of an API server as `kubectl get --raw` needs: it writes down who asks."""

    tokens: list[str] = []  # noqa: RUF012  one cluster, one test

    def do_GET(self) -> None:
        self.tokens.append(self.headers.get("Authorization", ""))
        body = b'{"kind": "PodList", "apiVersion": "v1", "items": []}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_any: object) -> None:
        """Nothing on the test's own output."""


@pytest.fixture
def kubeconfig(tmp_path: Path, profile: str) -> Iterator[Path]:
    """What `aws eks update-kubeconfig --profile` would write for a cluster on loopback."""
    certificate, key = tmp_path / "cluster.pem", tmp_path / "cluster.key"
    line = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        f"-subj /CN=cluster -addext subjectAltName=IP:127.0.0.1 -keyout {key} -out {certificate}"
    )
    subprocess.run(shlex.split(line), check=True, capture_output=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Cluster)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    words = ["--region", "eu-central-1", "eks", "get-token", "--cluster-name", CLUSTER]
    asks = {
        "apiVersion": "client.authentication.k8s.io/v1beta1",
        "command": AWS,
        "args": [*words, "--output", "json"],
        "env": [{"name": "AWS_PROFILE", "value": profile}],
    }
    place = {
        "server": f"https://127.0.0.1:{server.server_port}",
        "certificate-authority-data": base64.b64encode(certificate.read_bytes()).decode(),
    }
    path = tmp_path / "kubeconfig"
    path.write_text(
        json.dumps(
            {
                "apiVersion": "v1",
                "kind": "Config",
                "current-context": CLUSTER,
                "contexts": [{"name": CLUSTER, "context": {"cluster": CLUSTER, "user": "me"}}],
                "clusters": [{"name": CLUSTER, "cluster": place}],
                "users": [{"name": "me", "user": {"exec": asks}}],
            }
        )
    )
    yield path
    server.shutdown()
    serving.join()
    server.server_close()


def test_kubectl_asks_eks_token_of_the_wired_profile(
    alone: dict[str, str], kubeconfig: Path
) -> None:
    """The token it sends is a request for its caller's identity, signed by the role's session."""
    Cluster.tokens.clear()
    where = "/api/v1/namespaces/default/pods"
    said = tool(alone, "kubectl", "--kubeconfig", str(kubeconfig), "get", "--raw", where)
    assert json.loads(said)["kind"] == "PodList"
    kind, _, token = Cluster.tokens[-1].partition(" k8s-aws-v1.")
    assert kind == "Bearer"
    url = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
    asked = parse_qs(urlsplit(url).query)
    assert asked["Action"] == ["GetCallerIdentity"]
    assert asked["X-Amz-Credential"][0].startswith("ASIA")
    assert asked["X-Amz-SignedHeaders"] == ["host;x-k8s-aws-id"]
    assert asked["X-Amz-Security-Token"] != [""]


# --- CDK --------------------------------------------------------------------------------------------

APP = """
import json, os, pathlib
out = pathlib.Path(os.environ["CDK_OUTDIR"])
out.mkdir(exist_ok=True)
(out / "reports.json").write_text("{}")
stack = {
    "type": "aws:cloudformation:stack",
    "environment": "aws://{CDK_DEFAULT_ACCOUNT}/{CDK_DEFAULT_REGION}".format_map(os.environ),
    "properties": {"templateFile": "reports.json"},
}
(out / "manifest.json").write_text(json.dumps({"version": "36.0.0", "artifacts": {"Reports": stack}}))
"""
"""What an app made with the CDK's library does: it writes down its stacks, for the account it is told."""


def test_the_cdk_knows_the_account_of_the_wired_profile(
    alone: dict[str, str], profile: str, tmp_path: Path
) -> None:
    """Its own command line takes the credentials and asks STS whose they are, before any app of yours runs."""
    (tmp_path / "app.py").write_text(APP)
    told = ("--no-version-reporting", "--no-notices", "--output", str(tmp_path / "cdk.out"))
    app = shlex.join([sys.executable, str(tmp_path / "app.py")])
    line = ("node", str(CDK), "ls", "--long", "--json", "--app", app, *told)
    quiet = alone | {"CI": "1"}
    for said in (
        tool(quiet, *line, "--profile", profile),
        tool(quiet | {"AWS_PROFILE": profile}, *line),
        tool(quiet, PROGRAM, "exec", ROLE, "--", *line),
    ):
        [stack] = json.loads(said)
        assert stack["environment"]["account"] == "222222222222"
        assert stack["environment"]["region"] == "eu-central-1"


# --- Compose ----------------------------------------------------------------------------------------


def test_compose_takes_the_variables_by_their_names(alone: dict[str, str], tmp_path: Path) -> None:
    """What the page has in the file, as Compose reads it under exec; no container is started."""
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION")
    file = tmp_path / "docker-compose.yml"
    file.write_text(
        'version: "3.8"\nservices:\n  app:\n    image: my-image\n'
        f"    environment: [{', '.join(names)}]\n"
    )
    compose = ("docker-compose", "-f", str(file), "config")
    said = tool(alone, PROGRAM, "exec", ROLE, "--", *compose)
    lines = (line.strip() for line in said.splitlines() if "AWS_" in line)
    found = {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
    assert set(found) == set(names)
    assert found["AWS_ACCESS_KEY_ID"].startswith("ASIA")
    assert found["AWS_REGION"] == "eu-central-1"
    assert all(found.values())


# --- s3fs -------------------------------------------------------------------------------------------

MOUNTS = """
mkdir -p ~root/.aws && mount --bind "$1" ~root/.aws && cd "$2" &&
s3fs "$3" mnt -o profile=tool -o url="$4" -o use_path_request_style -o endpoint=eu-central-1 -o ro &&
find mnt -type f -printf '%P\\n' && cat mnt/2026/january.csv >read; umount mnt
"""


@pytest.mark.skipif(
    not Path("/dev/fuse").exists()
    or subprocess.run(["unshare", "--mount", "true"], check=False, capture_output=True).returncode,
    reason="no FUSE here, or nobody but root may mount",
)
def test_s3fs_mounts_a_bucket_with_written_credentials(
    alone: dict[str, str], demo: Demo, tmp_path: Path
) -> None:
    """It reads ~/.aws/credentials only; the home is that of the user database, so another is laid over it."""
    done = run(
        alone, "write", CODE_ROLE, "--profile", "tool", "--mfa-stdin", typed=demo.fresh_code()
    )
    assert done.code == 0, done.err
    (tmp_path / "mnt").mkdir()
    folder = str(Path(alone["AWS_SHARED_CREDENTIALS_FILE"]).parent)
    words = (folder, str(tmp_path), BUCKET, demo.exports["AWS_ENDPOINT_URL_S3"])
    said = tool(alone, "unshare", "--mount", "sh", "-c", MOUNTS, "sh", *words)
    assert set(said.split()) == OBJECTS
    assert (tmp_path / "read").read_bytes() == content_of("2026/january.csv")
    assert run(alone, "unwrite", "tool").code == 0
