"""The clock of this process: the machine's, or the demo's where the demo says so."""

from __future__ import annotations

import http.client
import ipaddress
import json
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit


def clock_of(environ: Mapping[str, str]) -> Callable[[], float]:
    """UTC epoch seconds of the machine, or under ROLECALL_DEMO_URL of the demo's clock."""
    url = environ.get("ROLECALL_DEMO_URL", "")
    if not url:
        return time.time
    offset = demo_offset(url)
    return lambda: time.time() + offset


def demo_offset(url: str) -> float:
    """Seconds the demo's clock is ahead; 0.0 where `url` is not a demo on loopback, or does not answer."""
    parts = urlsplit(url)
    try:
        if not ipaddress.ip_address(parts.hostname or "").is_loopback:
            return 0.0
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=2)
        connection.request("GET", f"{parts.path.rstrip('/')}/clock")
        return float(json.loads(connection.getresponse().read(4096))["offset"])
    except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException):
        return 0.0
