"""A demo of its own beside the real thing: the folder, the files, the server, and the environment naming them.

Nothing here reads or changes the person's own AWS files; the folder goes when the demo ends.
"""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from types import FrameType, TracebackType
from typing import Final, Self, TextIO

from rolecall.demo.aws_files import write_aws_files, write_settings
from rolecall.demo.clock import DemoClock
from rolecall.demo.folder import OwnFolder
from rolecall.demo.metadata import CONTAINER_PATH
from rolecall.demo.other_sources import write_container_token, write_login
from rolecall.demo.own_roles import own_roles, write_own_roles
from rolecall.demo.server import EmbeddedAws
from rolecall.demo.web_entries import TOKEN_LIFE, write_token

CLEARED: Final = (
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT_URL",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    "AWS_CA_BUNDLE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
)
"""Variables of the person's own that would win over the demo's; who runs the demo's app leaves them out."""


class DemoInstance:
    """A running demo. Made, it serves; `close()` or the end of `with` removes every trace of it."""

    def __init__(self, parent: Path, clock: DemoClock | None = None) -> None:
        """parent: the folder (made 0700 if missing) in which the demo's own 0700 folder is made.

        Raises OSError.
        """
        self.aws = EmbeddedAws(clock)
        self._own = OwnFolder(parent)
        self.folder = self._own.path
        try:
            (self.folder / "aws").mkdir(mode=0o700)
            self._files = write_aws_files(self.aws.catalogue, self.folder / "aws")
            write_settings(self.aws.catalogue, self.folder)
            self._login_cache = write_login(self.aws.login, self.folder / "aws")
            self._container_token = write_container_token(
                self.aws.metadata.container_token, self.folder / "aws"
            )
            self.aws.start()
            write_token(self.aws.web.handed_out(TOKEN_LIFE), self.folder / "aws")
            write_own_roles(own_roles(), self.folder, self.aws.url)
        except BaseException:
            self._own.remove()
            raise

    def environment(self) -> dict[str, str]:
        """What a program needs in its environment to live in the demo. Holds no key."""
        config, credentials = self._files
        return {
            "AWS_CONFIG_FILE": str(config),
            "AWS_SHARED_CREDENTIALS_FILE": str(credentials),
            "AWS_ENDPOINT_URL_STS": self.aws.url,
            "AWS_ENDPOINT_URL_IAM": self.aws.url,
            "AWS_ENDPOINT_URL_S3": self.aws.url,
            "AWS_ENDPOINT_URL_SSO": self.aws.identity_center_url,
            "AWS_ENDPOINT_URL_SSO_OIDC": self.aws.identity_center_url,
            "AWS_ENDPOINT_URL_SIGNIN": self.aws.url,
            "AWS_ENDPOINT_URL_COGNITO_IDENTITY": self.aws.url,
            "AWS_LOGIN_CACHE_DIRECTORY": str(self._login_cache),
            "AWS_EC2_METADATA_DISABLED": "false",
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": f"{self.aws.url}/",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{self.aws.url}{CONTAINER_PATH}",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": str(self._container_token),
            "ROLECALL_HOME": str(self.folder),
            "ROLECALL_SIGNIN_URL": self.aws.signin_url,
            "ROLECALL_DEMO_URL": self.aws.demo_url,
        }

    def close(self) -> None:
        """Stop the server and remove the folder. May be called twice."""
        self.aws.stop()
        self._own.remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def headless(out: TextIO, parent: Path) -> int:
    """`rolecall demo --headless`: print the environment, then `ready`; serve until SIGTERM or SIGINT.

    Returns the exit code 0. To be called on the main thread. Raises OSError where no folder or port is
    to be had, or when nobody reads `out`.
    """
    asked = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        asked.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        with DemoInstance(parent) as demo:
            out.writelines(
                f"export {name}={_quoted(value)}\n" for name, value in demo.environment().items()
            )
            out.write("ready\n")
            out.flush()
            asked.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return 0


def _quoted(value: str) -> str:
    """In single quotes, as every POSIX shell reads them."""
    return "'" + value.replace("'", "'\\''") + "'"
